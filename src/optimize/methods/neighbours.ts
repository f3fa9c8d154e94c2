// The points near a point that integer_search tries, in their order, each within the bounds. None is evaluated here.

import type { Problem } from './method.js';

export type PairKind = 'none' | 'swaps' | 'all';

interface SingleReach {
  /** Tried first: 1 or -1. */
  readonly direction: number;
  /** Grid steps at most. */
  readonly reach: number;
  /** Step of a coordinate without a grid, relative to its value. */
  readonly relative: number;
}

/** `x` with coordinate `i` moved: on its grid by 1 step each way, then by 2, …; without a grid by one step each way. */
export function* singleMoves(
  x: Float64Array,
  i: number,
  problem: Problem,
  { direction, reach, relative }: SingleReach,
): Generator<Float64Array> {
  if (problem.grid[i]! > 0) {
    for (let steps = 1; steps <= reach; steps++) {
      for (const sign of [direction, -direction]) yield* inBounds(problem, x, [[i, gridValue(x, i, sign * steps, problem)]]);
    }
    return;
  }
  const value = x[i]!;
  const length = relative * (value === 0 ? problem.rate[i]! : Math.abs(value));
  for (const sign of [direction, -direction]) {
    const moved = Math.min(Math.max(value + sign * length, problem.min[i]!), problem.max[i]!);
    if (moved !== value) yield* inBounds(problem, x, [[i, moved]]);
  }
}

/** `x` with two coordinates moved by one grid step: one up and one down, and for `all` both up and both down. */
export function* pairMoves(x: Float64Array, [i, j]: readonly [number, number], problem: Problem, kind: PairKind): Generator<Float64Array> {
  const swaps = [
    [1, -1],
    [-1, 1],
  ] as const;
  const both = [
    [1, 1],
    [-1, -1],
  ] as const;
  for (const [a, b] of kind === 'all' ? [...swaps, ...both] : swaps) {
    yield* inBounds(problem, x, [
      [i, gridValue(x, i, a, problem)],
      [j, gridValue(x, j, b, problem)],
    ]);
  }
}

/** Pair number `index` of (0, 1), (0, 2), (1, 2), (0, 3), …: the second of pair (i, j) is the largest j with j (j - 1) / 2 <= index. */
export function pairAt(index: number): [number, number] {
  const j = Math.floor((1 + Math.sqrt(1 + 8 * index)) / 2);
  return [index - (j * (j - 1)) / 2, j];
}

/** A whole multiple of the grid's spacing, so that moves there and back leave no rounding. */
const gridValue = (x: Float64Array, i: number, steps: number, { grid }: Problem): number =>
  (Math.round(x[i]! / grid[i]!) + steps) * grid[i]!;

function* inBounds({ min, max }: Problem, x: Float64Array, entries: readonly (readonly [number, number])[]): Generator<Float64Array> {
  if (entries.some(([i, value]) => value < min[i]! || value > max[i]!)) return;
  const moved = Float64Array.from(x);
  for (const [i, value] of entries) moved[i] = value;
  yield moved;
}
