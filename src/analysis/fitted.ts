// Tones by least squares: offset, cosine and sine of given frequencies, or of one unknown frequency (the four-parameter
// fit of IEEE Std 1057). What the fit leaves is noise and distortion. No tone needs to be coherent with the record.

import { sumOf, variance } from '../numeric/statistics.js';
import { formatQuantity } from '../units/engineering.js';
import { toneOffsetBins } from './coherence.js';
import { decibels } from './decibels.js';
import { fitColumns } from './fit-columns.js';
import { MeasureError } from './measure-error.js';
import { lastBinOfBand } from './sndr.js';
import { spectrum } from './spectrum.js';
import { requireFinite, requireRows } from './waveform.js';
import type { Waveform } from './waveform.js';

/** amplitude * cos(2 pi freqHz t + phaseRad), t = 0 at the first row. */
export interface Tone {
  readonly freqHz: number;
  readonly amplitude: number;
  readonly phaseRad: number;
}

export interface ToneFit {
  readonly offset: number;
  readonly tones: readonly Tone[];
  /** The record less offset and tones. */
  readonly residual: Float64Array;
}

/**
 * Fits an offset and tones of the given frequencies, each between 0 and half the sample rate. Throws MeasureError when the
 * record is too short to tell them apart.
 */
export function fitTones(wave: Waveform, freqsHz: readonly number[]): ToneFit {
  requireFinite(wave);
  requireRows(wave, 2 * freqsHz.length + 2);
  const { values, sampleRateHz } = wave;
  const outside = freqsHz.find((freqHz) => !(freqHz > 0 && freqHz < sampleRateHz / 2));
  if (outside !== undefined) {
    throw new MeasureError(
      `tone at ${formatQuantity(outside, 'Hz')} is not between 0 and half the sample rate (${formatQuantity(sampleRateHz / 2, 'Hz')})`,
    );
  }
  const rates = freqsHz.map((freqHz) => freqHz / sampleRateHz);
  const columns = [new Float64Array(values.length).fill(1), ...rates.flatMap((rate) => quadrature(rate, values.length))];
  const { solution, residual } = fitColumns(columns, values, indistinct(wave));
  const tones = rates.map((rate, i) => toneOf(rate, solution[2 * i + 1]!, solution[2 * i + 2]!, wave));
  return { offset: solution[0]!, tones, residual };
}

/**
 * Fits one sine whose frequency is not known: starts at the largest peak of the spectrum and refines by Gauss-Newton.
 * Throws MeasureError when the iteration leaves the peak, as it does when no tone stands out.
 */
export function fitSine(wave: Waveform): ToneFit {
  const hann = spectrum(wave);
  const { powers, nfft } = hann;
  const peak = powers.reduce((best, power, k) => (k >= 1 && power > powers[best]! ? k : best), 1);
  const vague = new MeasureError(`'${wave.name}' holds no tone that stands out`, 'name its frequency with freqs');
  if (powers[peak] === 0) throw vague;
  const n = wave.values.length;
  const start = (peak + (toneOffsetBins(hann, peak) ?? 0)) / nfft;
  const ones = new Float64Array(n).fill(1);
  let rate = start;
  for (let iteration = 0; iteration < 50; iteration++) {
    const [cosine, sine] = quadrature(rate, n);
    const linear = fitColumns([ones, cosine, sine], wave.values, indistinct(wave)).solution;
    // d/d(rate) of a cos(2 pi rate t) + b sin(2 pi rate t)
    const slope = cosine.map((c, i) => 2 * Math.PI * (i - (n - 1) / 2) * (linear[2]! * c - linear[1]! * sine[i]!));
    const change = fitColumns([ones, cosine, sine, slope], wave.values, indistinct(wave)).solution[3]!;
    rate += change;
    if (!(Math.abs(rate - start) < 1.5 / n && rate > 0 && rate < 0.5)) break;
    if (Math.abs(change) * n < 1e-10) return fitTones(wave, [rate * wave.sampleRateHz]);
  }
  throw vague;
}

export interface ToneSndr extends ToneFit {
  readonly sndrDb: number;
  /** Sum of amplitude^2 / 2 over the tones. */
  readonly signalPower: number;
  /** Mean square of the residual, in the band if one was given. */
  readonly noisePower: number;
}

/**
 * Power of the fitted tones over the power of what they leave. Without frequencies one sine is fitted. With `bandwidthHz`
 * only the noise up to there counts, summed over a Hann spectrum of the residual, in which no tone is left to leak.
 */
export function toneSndr(wave: Waveform, freqsHz?: readonly number[], bandwidthHz?: number): ToneSndr {
  if (variance(wave.values) === 0) throw new MeasureError(`'${wave.name}' is constant`);
  const fit = freqsHz === undefined || freqsHz.length === 0 ? fitSine(wave) : fitTones(wave, freqsHz);
  const signalPower = fit.tones.reduce((sum, tone) => sum + tone.amplitude ** 2 / 2, 0);
  const { residual } = fit;
  let noisePower = sumOf(residual.length, (i) => residual[i]! ** 2) / residual.length;
  if (bandwidthHz !== undefined) {
    const outside = fit.tones.find((tone) => tone.freqHz > bandwidthHz);
    if (outside !== undefined) {
      throw new MeasureError(
        `tone at ${formatQuantity(outside.freqHz, 'Hz')} lies outside the bandwidth ${formatQuantity(bandwidthHz, 'Hz')}`,
      );
    }
    const noise = spectrum({ ...wave, values: residual, type: 'real' }, { fullScale: 1 });
    const inBand = noise.powers.subarray(0, lastBinOfBand(noise, bandwidthHz) + 1);
    noisePower = sumOf(inBand.length, (k) => inBand[k]!) / noise.nbwBins / 2;
  }
  return { ...fit, signalPower, noisePower, sndrDb: decibels(signalPower / noisePower) };
}

/** cos and sin of 2 pi rate t, t counted from the middle of the record, which keeps slope and phase apart in the fit. */
function quadrature(rate: number, n: number): [Float64Array, Float64Array] {
  const cosine = new Float64Array(n);
  const sine = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const turns = rate * (i - (n - 1) / 2);
    const angle = 2 * Math.PI * (turns - Math.round(turns));
    cosine[i] = Math.cos(angle);
    sine[i] = Math.sin(angle);
  }
  return [cosine, sine];
}

function toneOf(rate: number, a: number, b: number, { values, sampleRateHz }: Waveform): Tone {
  // a cos x + b sin x = |a + ib| cos(x - arg(a + ib)), moved from the middle of the record to its first row.
  const turns = -Math.atan2(b, a) / (2 * Math.PI) - (rate * (values.length - 1)) / 2;
  return { freqHz: rate * sampleRateHz, amplitude: Math.hypot(a, b), phaseRad: 2 * Math.PI * (turns - Math.round(turns)) };
}

function indistinct(wave: Waveform): string {
  return `the tones cannot be told apart in the record of '${wave.name}'`;
}
