// Values of an axis: of a grid axis by index, of a sampled one by a uniform number. Only operations whose bits the language
// fixes are used, and the shared definitions of elementary functions, so that every engine computes the same values.

import { evaluateIntrinsic } from '../ir/evaluate-intrinsic.js';
import { normalQuantile } from '../numeric/normal-quantile.js';
import { addRational, makeRational, multiplyRational, negateRational, rationalOfNumber, rationalToNumber } from '../numeric/rational.js';
import type { Axis } from './plan.js';

export type GridAxis = Extract<Axis, { kind: 'list' | 'lin' | 'log' }>;
export type SampledAxis = Extract<Axis, { kind: 'uniform' | 'loguniform' | 'normal' }>;

export const isGridAxis = (axis: Axis): axis is GridAxis => axis.kind === 'list' || axis.kind === 'lin' || axis.kind === 'log';

/** Values a grid axis has. */
export const gridSize = (axis: GridAxis): number => (axis.kind === 'list' ? axis.values.length : axis.count);

/**
 * Value `index` of a grid axis. Those of `lin` are computed as decimals and rounded once: lin(0.1, 1, 10) has 0.3, as written.
 * Those of `log` between its ends are rounded to 14 digits, so that a decade after 1000 is 10000.
 */
export function gridValue(axis: GridAxis, index: number): number {
  if (axis.kind === 'list') return axis.values[index]!;
  const { from, to, count } = axis;
  if (index === 0) return from;
  if (index === count - 1) return to;
  if (axis.kind === 'log') return clamp(Number(between(from, to, index / (count - 1)).toPrecision(14)), from, to);
  const [start, end] = [rationalOfNumber(from), rationalOfNumber(to)];
  const share = makeRational(BigInt(index), BigInt(count - 1));
  return rationalToNumber(addRational(start, multiplyRational(addRational(end, negateRational(start)), share)));
}

/** The value below which a sampled axis lies with probability `u`, 0 < u < 1. */
export function sampledValue(axis: SampledAxis, u: number): number {
  switch (axis.kind) {
    case 'uniform':
      return clamp((1 - u) * axis.from + u * axis.to, axis.from, axis.to);
    case 'loguniform':
      return clamp(between(axis.from, axis.to, u), axis.from, axis.to);
    case 'normal':
      return axis.mean + axis.sigma * normalQuantile(u, (x) => evaluateIntrinsic('log', [x]));
  }
}

/** from^(1-share) to^share, without overflow: half the way twice. */
function between(from: number, to: number, share: number): number {
  const half = evaluateIntrinsic('pow', [Math.sqrt(to) / Math.sqrt(from), share]);
  return from * half * half;
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to));
}
