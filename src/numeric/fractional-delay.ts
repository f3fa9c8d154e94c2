// Delays a record by a fraction of a sample: band-limited interpolation with a Kaiser-windowed sinc.
// Local (2 * halfTaps samples), so that a finite record needs no wrap-around. Exact for whole samples.

import { kaiser } from './kaiser.js';

/** Samples on either side of a point that its interpolated value depends on. */
export const halfTaps = 48;
/** Kaiser's shape for errors below -130 dB up to 0.9 of the Nyquist frequency with these taps. */
const kaiserBeta = 14;

/**
 * values(t - delaySamples) for the rows t = first .. last-1. Every t - delaySamples must be at least `halfTaps` inside the
 * record, else RangeError. `slope` is the derivative with respect to time in samples.
 */
export function delayBy(
  values: Float64Array,
  delaySamples: number,
  first: number,
  last: number,
): { readonly delayed: Float64Array; readonly slope: Float64Array } {
  const whole = Math.floor(-delaySamples);
  const fraction = -delaySamples - whole;
  if (first + whole < halfTaps || last - 1 + whole + halfTaps >= values.length) {
    throw new RangeError(`rows ${first} .. ${last} delayed by ${delaySamples} leave a record of ${values.length} values`);
  }
  // The kernel's slope by central differences: good to 1e-9, and it only steers an iteration.
  const step = 1e-5;
  const kernel = kernelAt(fraction);
  const above = kernelAt(fraction + step);
  const below = kernelAt(fraction - step);
  const kernelSlope = kernel.map((_, j) => (above[j]! - below[j]!) / (2 * step));

  const delayed = new Float64Array(last - first);
  const slope = new Float64Array(last - first);
  for (let i = 0; i < delayed.length; i++) {
    const start = first + i + whole - halfTaps + 1;
    let value = 0;
    let derivative = 0;
    for (let j = 0; j < kernel.length; j++) {
      const sample = values[start + j]!;
      value += kernel[j]! * sample;
      derivative += kernelSlope[j]! * sample;
    }
    delayed[i] = value;
    slope[i] = derivative;
  }
  return { delayed, slope };
}

/** Weights of the samples at -halfTaps+1 .. halfTaps for the value at `fraction`; they sum to 1, so a constant stays. */
function kernelAt(fraction: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * halfTaps }, (_, j) => {
    const x = j - halfTaps + 1 - fraction;
    // sin(pi x) by the fraction's sine: exactly zero at whole samples.
    const sine = fraction === 0 ? 0 : ((j - halfTaps) % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * fraction);
    const sinc = x === 0 ? 1 : sine / (Math.PI * x);
    return sinc * kaiser(x / halfTaps, kaiserBeta);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
