// Effective bits of a converter that converts one value after another, from the errors of many conversions: no spectrum and
// no tone. Verdant, Guicquero, Chossat, RCNet (arXiv 2506.16903), whose names are kept for the two errors.

import { maximum, mean, sumOf } from '../numeric/statistics.js';
import { MeasureError } from './measure-error.js';
import type { Waveform } from './waveform.js';

export const conversionErrors = ['rms', 'max'] as const;
export type ConversionError = (typeof conversionErrors)[number];

/** What is taken out of the transfer by least squares before its errors count. */
export const conversionFits = ['none', 'offset', 'offset_gain'] as const;
export type ConversionFit = (typeof conversionFits)[number];

export interface ConversionOptions {
  /** Width of the range of the input, positive. */
  readonly range: number;
  /** Rows of one conversion. */
  readonly frame: number;
  readonly error: ConversionError;
  readonly fit: ConversionFit;
}

/**
 * rms: log2(range / (sqrt(12) * rms error)), the bits of an ideal quantizer of that error. max: log2(range/2 / largest error),
 * the bits of one whose half step is that error. Row `cycle` (0 .. frame - 1) of each whole frame is judged.
 */
export function conversionEnob(output: Waveform, input: Waveform, cycle: number, { range, frame, error, fit }: ConversionOptions): number {
  const errors = conversionErrorsAt(output, input, cycle, frame, fit);
  if (error === 'max') return Math.log2(range / 2 / maximum(errors.map(Math.abs)));
  return Math.log2(range / Math.sqrt((12 * sumOf(errors.length, (k) => errors[k]! ** 2)) / errors.length));
}

/** Errors referred to the input, one a conversion. */
function conversionErrorsAt(output: Waveform, input: Waveform, cycle: number, frame: number, fit: ConversionFit): Float64Array {
  const count = Math.floor(output.values.length / frame);
  const at = ({ values }: Waveform): Float64Array => Float64Array.from({ length: count }, (_, k) => values[k * frame + cycle]!);
  const [found, given] = [at(output), at(input)];
  if (fit === 'none') return found.map((value, k) => value - given[k]!);
  const [meanFound, meanGiven] = [mean(found), mean(given)];
  const gain = fit === 'offset' ? 1 : gainOf(found, meanFound, given, meanGiven);
  if (!(Math.abs(gain) > 0)) throw new MeasureError(`'${output.name}' does not follow '${input.name}': its fitted gain is ${gain}`);
  return found.map((value, k) => (value - meanFound) / gain - (given[k]! - meanGiven));
}

function gainOf(found: Float64Array, meanFound: number, given: Float64Array, meanGiven: number): number {
  const product = sumOf(found.length, (k) => (found[k]! - meanFound) * (given[k]! - meanGiven));
  return product / sumOf(given.length, (k) => (given[k]! - meanGiven) ** 2);
}
