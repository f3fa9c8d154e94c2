// Ratios of powers on the logarithmic scale.

/** 10 log10 of a ratio of powers: -Infinity for 0, Infinity for a power over nothing. */
export function decibels(powerRatio: number): number {
  return 10 * Math.log10(powerRatio);
}
