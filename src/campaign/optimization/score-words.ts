// How the score of restarts is called, and its unit.

import { printExpression } from '../../netlist/loom/print-expression.js';
import type { OptimizationOutline } from '../../optimize/plan/outline-optimization.js';
import type { RestartResult } from './restart-result.js';

export interface ScoreWords {
  readonly name: string;
  /** '' for plain numbers, and where an expression makes it of several measures. */
  readonly unit: string;
  /** Where the score is one measure as it is. */
  readonly measure?: string | undefined;
}

export function scoreWords({ judge }: OptimizationOutline, results: readonly RestartResult[]): ScoreWords {
  if (judge === undefined) return { name: 'score, the negative loss', unit: '' };
  const name = printExpression(judge.value);
  const measure = results.flatMap(({ measures }) => measures).find((one) => one.name === name);
  return { name, unit: measure?.unit ?? '', measure: measure?.name };
}
