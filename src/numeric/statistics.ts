// Sums that do not lose digits over long records, and the statistics built on them. Neumaier's
// compensated summation (ZAMM 54, 1974): the error does not grow with the length.

/** Compensated sum of `term(0) .. term(count-1)`. */
export function sumOf(count: number, term: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const value = term(i);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  // An infinite sum has a compensation of NaN.
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** Arithmetic mean; NaN for no values, as are all statistics here. */
export function mean(values: Float64Array): number {
  return sumOf(values.length, (i) => values[i]!) / values.length;
}

/** Population variance (divided by n), in two passes. */
export function variance(values: Float64Array): number {
  const center = mean(values);
  return sumOf(values.length, (i) => (values[i]! - center) ** 2) / values.length;
}

/** Root of the mean square, mean included. */
export function rms(values: Float64Array): number {
  return Math.sqrt(sumOf(values.length, (i) => values[i]! ** 2) / values.length);
}

export function minimum(values: Float64Array): number {
  let result = NaN;
  for (const value of values) if (!(result <= value)) result = value;
  return result;
}

export function maximum(values: Float64Array): number {
  let result = NaN;
  for (const value of values) if (!(result >= value)) result = value;
  return result;
}

/** Value below which a share `percent` (0 .. 100) lies, linear between order statistics (Hyndman and Fan, type 7). */
export function percentile(values: Float64Array, percent: number): number {
  if (!(percent >= 0 && percent <= 100)) throw new RangeError(`percentile ${percent} is not between 0 and 100`);
  const sorted = Float64Array.from(values).sort();
  const position = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (position - below) * (high - low);
}
