// Which point is worst: by a check, the one that misses it by most; of those that could not be judged, the first.

import type { PointResult } from './point-row.js';

export interface WorstPoint {
  readonly point: number;
  /** By how much the check holds; null where that is no number. */
  readonly margin: number | null;
}

/** How bad a check's outcome is, for comparing: what could not be judged before failures before passes. */
const badness = ({ pass, margin }: PointResult['checks'][number]): number => {
  if (Number.isNaN(margin)) return pass ? -Infinity : Infinity;
  return -margin;
};

/** Follows one check through the points, which may come in any order. */
export class WorstOfCheck {
  worst: WorstPoint | undefined;
  private badness = -Infinity;

  see(point: number, outcome: PointResult['checks'][number]): void {
    const bad = badness(outcome);
    const isWorse = bad > this.badness || this.worst === undefined || (bad === this.badness && point < this.worst.point);
    if (!isWorse) return;
    this.badness = bad;
    this.worst = { point, margin: Number.isFinite(outcome.margin) ? outcome.margin : null };
  }
}
