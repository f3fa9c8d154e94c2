// How a record follows a reference: output(t) = offset + gain * reference(t - delay) + residual, fitted by least squares.
// The whole samples of the delay come from the peak of the cross-correlation, the fraction from Gauss-Newton steps on the
// residual, with the reference delayed by band-limited (Kaiser-windowed sinc) interpolation.

import { crossCorrelate } from '../numeric/cross-correlate.js';
import { delayBy, halfTaps } from '../numeric/fractional-delay.js';
import { mean, sumOf, variance } from '../numeric/statistics.js';
import { fitColumns } from './fit-columns.js';
import { MeasureError } from './measure-error.js';
import { requireFinite, requireRows } from './waveform.js';
import type { Waveform } from './waveform.js';

export interface Alignment {
  readonly gain: number;
  readonly offset: number;
  /** Positive when the output comes after the reference. */
  readonly delayRows: number;
  /** Mean squares over the rows compared: of gain * reference without its mean, and of the residual. */
  readonly signalPower: number;
  readonly residualPower: number;
  /** Rows compared: those whose delayed reference, interpolation included, lies inside the record. */
  readonly rows: number;
}

const fewestRows = 4 * halfTaps;
/** A step that is a share of a sample this small no longer changes the residual. */
const smallestStepRows = 1e-8;
/** Share of the reference's slope that offset and gain must leave: less is no mark of time but rounding. */
const smallestFeature = 1e-12;
/** An output counts as inverted when its negative correlation exceeds the positive by this: a period off is likelier. */
const inversionMargin = 1.25;

/**
 * Delays from -maxDelayRows to maxDelayRows are searched; default and limit: a quarter of the record. Of a periodic
 * reference the delay nearest zero is found. Both records have the same rows and rate. Throws MeasureError for records
 * under 192 rows, a constant record, or a reference without any feature to align on.
 */
export function alignToReference(output: Waveform, reference: Waveform, maxDelayRows = Infinity): Alignment {
  for (const wave of [output, reference]) {
    requireFinite(wave);
    requireRows(wave, fewestRows);
    if (variance(wave.values) === 0) throw new MeasureError(`'${wave.name}' is constant`);
  }
  const y = output.values;
  const r = reference.values;
  let delay = peakLag(y, r, Math.floor(Math.min(maxDelayRows, y.length / 4)));
  const featureless = `reference '${reference.name}' has no feature to align on`;
  let best: Alignment | undefined;
  for (let iteration = 0; iteration < 50; iteration++) {
    if (Math.abs(delay) > y.length / 2) break;
    const { first, last } = rowsInside(delay, y.length);
    const { delayed, slope } = delayBy(r, delay, first, last);
    const target = y.subarray(first, last);
    const ones = new Float64Array(target.length).fill(1);
    const fit = fitColumns([ones, delayed], target, featureless);
    const [offset, gain] = fit.solution as unknown as [number, number];
    const residualPower = sumOf(target.length, (i) => fit.residual[i]! ** 2) / target.length;
    if (best === undefined || residualPower < best.residualPower) {
      best = { gain, offset, delayRows: delay, signalPower: gain ** 2 * variance(delayed), residualPower, rows: target.length };
    }
    // To first order, gain * reference(t - delay - step) = gain * delayed - gain * step * slope; what offset and gain
    // cannot make of the slope moves the residual.
    const free = fitColumns([ones, delayed], slope, featureless).residual;
    const freePower = dot(free, free);
    if (!(freePower > smallestFeature * dot(slope, slope))) throw new MeasureError(featureless);
    const change = -dot(fit.residual, free) / freePower / gain;
    const step = Math.max(-1, Math.min(1, change));
    if (!(Math.abs(step) > smallestStepRows)) break;
    delay += step;
  }
  return best!;
}

/** Lag of the largest correlation, of either sign, of the records without their means. */
function peakLag(output: Float64Array, reference: Float64Array, maxLag: number): number {
  const [outputMean, referenceMean] = [mean(output), mean(reference)];
  const correlation = crossCorrelate(
    output.map((value) => value - outputMean),
    reference.map((value) => value - referenceMean),
    maxLag,
  );
  let highest = 0;
  let lowest = 0;
  correlation.forEach((value, i) => {
    if (value > correlation[highest]!) highest = i;
    if (value < correlation[lowest]!) lowest = i;
  });
  const isInverted = -correlation[lowest]! > inversionMargin * correlation[highest]!;
  return (isInverted ? lowest : highest) - maxLag;
}

/** Rows t for which t - delay and its `halfTaps` neighbours on both sides lie in a record of n rows. */
function rowsInside(delay: number, n: number): { first: number; last: number } {
  const whole = Math.ceil(delay);
  return { first: Math.max(0, whole + halfTaps), last: Math.min(n, n + whole - halfTaps) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return sumOf(a.length, (i) => a[i]! * b[i]!);
}
