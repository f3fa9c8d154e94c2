// Whether numbers are all finite, at the speed of memory.

/** x - x is 0 for a finite x and NaN otherwise; a NaN stays in the sum. */
export function allFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! - values[i]!;
  return sum === 0;
}
