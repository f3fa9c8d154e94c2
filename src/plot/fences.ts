// The part of scattered values that an axis shows: far outliers must not squeeze the rest. Tukey's fences (Exploratory Data
// Analysis, 1977): some multiple of the distance of the quartiles beyond them.

import { percentile } from '../numeric/statistics.js';

/** Pairs of percentiles; the first that differ give the fences, so that values that are mostly one do not hide the others. */
const spans = [
  [25, 75],
  [10, 90],
  [0, 100],
] as const;

export const innerFence = 1.5;
export const outerFence = 3;

/** Least and greatest of the finite values within the fences, so many distances of quartiles away; [Infinity, -Infinity] where none is finite. */
export function fencedRange(values: readonly number[], fence: number): [low: number, high: number] {
  const finite = Float64Array.from(values.filter(Number.isFinite));
  const fences = finite.length === 0 ? undefined : fencesOf(finite, fence);
  const within = fences === undefined ? finite : finite.filter((value) => value >= fences[0] && value <= fences[1]);
  return [within.reduce((a, b) => Math.min(a, b), Infinity), within.reduce((a, b) => Math.max(a, b), -Infinity)];
}

function fencesOf(values: Float64Array, fence: number): [number, number] | undefined {
  for (const [from, to] of spans) {
    const [low, high] = [percentile(values, from), percentile(values, to)];
    if (low < high) return [low - fence * (high - low), high + fence * (high - low)];
  }
  return undefined;
}
