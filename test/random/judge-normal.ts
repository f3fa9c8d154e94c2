// Whether numbers are independent draws of the normal distribution with mean 0 and variance 1, as statistics in
// standard deviations of their own: right numbers give values within 4.5 of 0, but for once in 100,000.

import { mean } from '../../src/numeric/statistics.js';

/** Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + …) (Marsaglia 2004). */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let [sum, term] = [x, x];
  for (let i = 3; sum + term !== sum; i += 2) sum += term *= (x * x) / i;
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

const power = (values: Float64Array, exponent: number): number => mean(values.map((value) => value ** exponent));

/** Chi-square over bins of equal probability, in standard deviations. */
function binning(values: Float64Array, bins: number): number {
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(normalCdf(value) * bins))]!++;
  const expected = values.length / bins;
  const square = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (square - (bins - 1)) / Math.sqrt(2 * (bins - 1));
}

/** sqrt(n) times the largest distance of the distribution functions (Kolmogorov, Smirnov): 0.3 .. 2.3 but for once in 20,000. */
export function distanceFromNormal(values: Float64Array): number {
  const sorted = values.toSorted();
  let distance = 0;
  sorted.forEach((value, i) => {
    const cdf = normalCdf(value);
    distance = Math.max(distance, cdf - i / sorted.length, (i + 1) / sorted.length - cdf);
  });
  return distance * Math.sqrt(sorted.length);
}

/** Correlation of draws of mean 0 and variance 1, in standard deviations. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const count = Math.min(a.length, b.length);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[i]! * b[i]!;
  return sum / Math.sqrt(count);
}

/** Moments, bins, and correlations of neighbours, of their squares too. */
export function judgeNormal(values: Float64Array): Record<string, number> {
  const n = values.length;
  const squares = values.map((value) => (value * value - 1) / Math.SQRT2);
  const lags = [1, 2, 3, 4, 8, 16, 64];
  return {
    mean: mean(values) * Math.sqrt(n),
    variance: (power(values, 2) - 1) * Math.sqrt(n / 2),
    // Hermite polynomials x^3 - 3x and x^4 - 6x^2 + 3: uncorrelated with the moments before.
    skewness: (power(values, 3) - 3 * power(values, 1)) * Math.sqrt(n / 6),
    kurtosis: (power(values, 4) - 6 * power(values, 2) + 3) * Math.sqrt(n / 24),
    bins: binning(values, 128),
    ...Object.fromEntries(lags.map((lag) => [`lag ${lag}`, correlation(values, values.subarray(lag))])),
    ...Object.fromEntries(lags.map((lag) => [`squares, lag ${lag}`, correlation(squares, squares.subarray(lag))])),
  };
}

/** The statistics that are too far from 0. */
export const faultsOf = (values: Float64Array): string[] =>
  Object.entries(judgeNormal(values)).flatMap(([name, sigmas]) => (Math.abs(sigmas) < 4.5 ? [] : [`${name}: ${sigmas.toFixed(1)} sigma`]));
