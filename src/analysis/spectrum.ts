// One-sided power spectrum of a record, scaled so that a full-scale sine reads 0 dBFS in its bin. The
// noise bandwidth that turns bins into densities is part of the result. Welch's average (IEEE Trans. Audio
// Electroacoust. 15, 1967) when segments are shorter than the record.

import { realFft } from '../numeric/fft.js';
import { mean } from '../numeric/statistics.js';
import { makeWindow } from '../numeric/windows.js';
import type { WindowName } from '../numeric/windows.js';
import { formatQuantity } from '../units/engineering.js';
import { MeasureError } from './measure-error.js';
import { requireFinite, requireRows } from './waveform.js';
import type { Waveform } from './waveform.js';

export interface Spectrum {
  /**
   * Powers of bins 0 .. floor(nfft/2) relative to a full-scale sine: 10 log10 of one is in dBFS. A sum over bins divided
   * by `nbwBins` is the power in them, relative to a full-scale sine.
   */
  readonly powers: Float64Array;
  /** Bin k is at k * freqStepHz. */
  readonly freqStepHz: number;
  readonly window: WindowName;
  readonly nbwBins: number;
  readonly nbwHz: number;
  readonly nfft: number;
  /** Segments averaged; 1 when nfft is the record's length. */
  readonly segments: number;
  /** Amplitude of the sine that reads 0 dBFS, in the unit of the signal. */
  readonly fullScale: number;
  /** All of the above in words, for captions. */
  readonly reference: string;
}

export interface SpectrumOptions {
  /** Default `hann`. */
  readonly window?: WindowName | undefined;
  /** Default 1, or 0.5 for bits, whose largest sine swings from 0 to 1. */
  readonly fullScale?: number | undefined;
  /** Rows of a segment, any integer from 16 up to the record's length, which is the default. Segments overlap by half. */
  readonly nfft?: number | undefined;
}

const fewestRows = 16;

/** The mean of the record is removed first. Throws MeasureError for short or non-finite records and bad options. */
export function spectrum(wave: Waveform, options: SpectrumOptions = {}): Spectrum {
  requireFinite(wave);
  requireRows(wave, fewestRows);
  const { values, sampleRateHz } = wave;
  const { window: name = 'hann', fullScale = wave.type === 'bit' ? 0.5 : 1, nfft = values.length } = options;
  if (!(fullScale > 0 && Number.isFinite(fullScale))) throw new MeasureError(`full scale ${fullScale} is not positive`);
  if (!(Number.isInteger(nfft) && nfft >= fewestRows && nfft <= values.length)) {
    throw new MeasureError(`segments of ${nfft} rows do not fit: 16 to ${values.length} rows are possible`);
  }

  const window = makeWindow(name, nfft);
  const center = mean(values);
  const powers = new Float64Array(Math.floor(nfft / 2) + 1);
  const hop = Math.ceil(nfft / 2);
  const segments = Math.floor((values.length - nfft) / hop) + 1;
  const weighted = new Float64Array(nfft);
  for (let segment = 0; segment < segments; segment++) {
    const start = segment * hop;
    for (let j = 0; j < nfft; j++) weighted[j] = window.values[j]! * (values[start + j]! - center);
    const { re, im } = realFft(weighted);
    for (let k = 0; k < powers.length; k++) powers[k] = powers[k]! + re[k]! ** 2 + im[k]! ** 2;
  }
  // A sine of amplitude A gives |X| = A * sum(w) / 2 in its bin. Bins 0 and nfft/2 have no mirror image: a constant c there
  // gives |X| = c * sum(w), and its power c^2 is that of a sine of amplitude c * sqrt(2).
  const scale = (2 / (window.sum * fullScale)) ** 2 / segments;
  for (let k = 0; k < powers.length; k++) {
    const isUnpaired = k === 0 || 2 * k === nfft;
    powers[k] = powers[k]! * (isUnpaired ? scale / 2 : scale);
  }
  const freqStepHz = sampleRateHz / nfft;
  const nbwHz = window.nbwBins * freqStepHz;
  const averaged = segments === 1 ? '' : `, ${segments} segments averaged`;
  return {
    powers,
    freqStepHz,
    window: name,
    nbwBins: window.nbwBins,
    nbwHz,
    nfft,
    segments,
    fullScale,
    reference:
      `0 dBFS = sine of amplitude ${formatQuantity(fullScale, wave.unit)}; ${name.replace('_', '-')} window, ` +
      `${nfft} points${averaged}, NBW ${formatQuantity(window.nbwBins, '')} bins = ${formatQuantity(nbwHz, 'Hz')}`,
  };
}
