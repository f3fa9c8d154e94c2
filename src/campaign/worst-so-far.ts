// The worst point of a campaign while it runs, for the line of progress.

import type { CampaignManifest } from './campaign-manifest.js';
import { rowLength, unpackRow, type RowShape } from './point-row.js';
import type { CampaignPart } from './shards.js';
import { WorstOfCheck } from './worst-point.js';

interface DoneTiles {
  readonly tiles: number;
  /** Undefined for a tile that is not done. */
  read(tile: number): Float64Array | undefined;
}

export class WorstSoFar {
  private readonly checks: readonly { readonly text: string; readonly follower: WorstOfCheck }[];
  private readonly shape: RowShape;
  private readonly failures: number[];

  constructor({ campaign: { measures, checks } }: CampaignManifest) {
    this.shape = { measures: measures.length, checks: checks.length };
    this.checks = checks.map((text) => ({ text, follower: new WorstOfCheck() }));
    this.failures = checks.map(() => 0);
  }

  /** Rows of the tiles that are done already, as an earlier run left them. */
  seeDone({ first, tilePoints }: Pick<CampaignPart, 'first' | 'tilePoints'>, slots: DoneTiles): void {
    for (let tile = 0; tile < slots.tiles; tile++) {
      const rows = slots.read(tile);
      if (rows !== undefined) this.see(first + tile * tilePoints, rows);
    }
  }

  /** Rows of the points from `first` on. */
  see(first: number, rows: Float64Array): void {
    const length = rowLength(this.shape);
    for (let start = 0; start < rows.length; start += length) {
      unpackRow(rows, start, this.shape).checks.forEach((outcome, i) => {
        this.checks[i]!.follower.see(first + start / length, outcome);
        if (!outcome.pass) this.failures[i]!++;
      });
    }
  }

  /** The check that fails most often and its worst point; '' where there is no check or no point. */
  get text(): string {
    const most = this.failures.indexOf(Math.max(...this.failures));
    const { text, follower } = this.checks[most] ?? {};
    if (follower?.worst === undefined) return '';
    const { point, margin } = follower.worst;
    const how = margin === null ? 'not judged' : `by ${margin.toPrecision(3)}`;
    return `worst so far: point ${point}, ${text} ${how}`;
  }
}
