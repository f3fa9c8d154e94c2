// Band-limited change of sample rate: a Kaiser-windowed sinc of 64 zero crossings a side, stop band 100 dB,
// cutoff (-6 dB) at half of the lower rate, pass band to 0.475 and stop band from 0.525 of it.
// Output m is the band-limited signal at time m/toHz, so output 0 stands at the time of input 0: no delay.

import { halfLength, kaiserSinc } from './kaiser-sinc.js';

/** Largest table of exact filter phases, in coefficients; ratios that need more interpolate the prototype. */
const mostCoefficients = 2 ** 20;
/** Prototype samples per zero crossing; linear interpolation errs by at most pi^2/8/4096^2, which is -143 dB. */
const tableDensity = 4096;
const mostOutputs = 2 ** 31;

/**
 * Resamples by any ratio; the length is ceil(n * toHz / fromHz). Constants are kept to rounding: the weights of every
 * output sum to 1. Beyond its ends the record is continued by its mirror image, which shows within 64 periods of the lower
 * rate from an end. When toHz is a multiple of fromHz the input samples reappear unchanged.
 * @throws RangeError when a rate is not positive and finite or the result would be longer than 2^31
 */
export function resample(values: Float64Array, fromHz: number, toHz: number): Float64Array {
  if (!(fromHz > 0 && toHz > 0 && Number.isFinite(fromHz) && Number.isFinite(toHz))) {
    throw new RangeError(`rates must be positive and finite, not ${fromHz} Hz and ${toHz} Hz`);
  }
  const divisor = Number.isSafeInteger(fromHz) && Number.isSafeInteger(toHz) ? greatestCommonDivisor(fromHz, toHz) : 1;
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const length = Math.ceil((values.length * up) / down);
  if (length > mostOutputs) throw new RangeError(`${length} output samples are too many`);
  if (length === 0) return new Float64Array(0);
  if (up === down) return values.slice();
  const isRational = Number.isInteger(up) && Number.isInteger(down);
  return isRational && up * tapsOf(up / down) <= mostCoefficients
    ? resampleByPhases(values, up, down, length)
    : resampleByTable(values, up / down, length);
}

/**
 * Inserts `factor - 1` band-limited values behind every value: `resample` by a whole ratio, output `k * factor` is input `k`.
 * @throws RangeError when the factor is not a whole number of at least 1
 */
export function upsample(values: Float64Array, factor: number): Float64Array {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError(`factor must be a whole number of at least 1, not ${factor}`);
  return resample(values, 1, factor);
}

/** Input samples that reach an output on each side, for `ratio` = to/from. */
function reachOf(ratio: number): number {
  return Math.ceil(halfLength / Math.min(1, ratio));
}

function tapsOf(ratio: number): number {
  return 2 * reachOf(ratio);
}

/** Ratio up/down in lowest terms: output m lies at input m*down/up, so `up` phases of the filter serve every output. */
function resampleByPhases(values: Float64Array, up: number, down: number, length: number): Float64Array {
  const reach = reachOf(up / down);
  const taps = 2 * reach;
  const weights = new Float64Array(up * taps);
  for (let phase = 0; phase < up; phase++) {
    const row = weights.subarray(phase * taps, (phase + 1) * taps);
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      row[tap] = kaiserSinc(((tap - reach + 1) * up - phase) / Math.max(up, down));
      sum += row[tap]!;
    }
    for (let tap = 0; tap < taps; tap++) row[tap]! /= sum;
  }
  const padded = extend(values, reach);
  const output = new Float64Array(length);
  let base = 0;
  let phase = 0;
  for (let m = 0; m < length; m++) {
    // The first tap stands at input base - reach + 1, which is base + 1 in the padded record.
    let sum = 0;
    for (let tap = 0, row = phase * taps; tap < taps; tap++) sum += weights[row + tap]! * padded[base + 1 + tap]!;
    output[m] = sum;
    phase += down;
    base += Math.floor(phase / up);
    phase %= up;
  }
  return output;
}

/** Any ratio: the prototype is tabulated finely and interpolated at every tap. */
function resampleByTable(values: Float64Array, ratio: number, length: number): Float64Array {
  const table = Float64Array.from({ length: halfLength * tableDensity + 2 }, (_, i) => kaiserSinc(i / tableDensity));
  const reach = reachOf(ratio);
  const taps = 2 * reach;
  const density = tableDensity * Math.min(1, ratio);
  const padded = extend(values, reach);
  const output = new Float64Array(length);
  for (let m = 0; m < length; m++) {
    const position = m / ratio;
    const base = Math.min(Math.floor(position), values.length - 1);
    const fraction = position - base;
    let sum = 0;
    let total = 0;
    for (let tap = 0; tap < taps; tap++) {
      const place = Math.abs(tap - reach + 1 - fraction) * density;
      const index = Math.min(Math.floor(place), table.length - 2);
      const low = table[index]!;
      const weight = low + (place - index) * (table[index + 1]! - low);
      sum += weight * padded[base + 1 + tap]!;
      total += weight;
    }
    output[m] = sum / total;
  }
  return output;
}

/**
 * The record with `reach` more samples at each end, mirrored about its first and last sample: x[-k] = x[k], so it repeats
 * after 2(n-1) samples and stays within its own range.
 */
function extend(values: Float64Array, reach: number): Float64Array {
  const period = Math.max(1, 2 * (values.length - 1));
  return Float64Array.from({ length: values.length + 2 * reach }, (_, i) => {
    const folded = (((i - reach) % period) + period) % period;
    return values[Math.min(folded, period - folded)]!;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
