// Figures of a converter from one tone, by the bins of one windowed FFT: SNDR, SNR, SFDR, THD, ENOB.
// Method of Schreier and Temes, Understanding Delta-Sigma Data Converters, appendix A; terms of IEEE Std 1241.
// It needs a coherent tone; `fitted.ts` does not.

import type { WindowName } from '../numeric/windows.js';
import { halfLobeBins } from '../numeric/windows.js';
import { formatQuantity } from '../units/engineering.js';
import { checkCoherence } from './coherence.js';
import type { CoherenceWarning } from './coherence.js';
import { decibels } from './decibels.js';
import { MeasureError } from './measure-error.js';
import { spectrum } from './spectrum.js';
import type { Spectrum } from './spectrum.js';
import type { Waveform } from './waveform.js';

export interface SndrOptions {
  /** Upper edge of the band, its bin included; default: half the sample rate. */
  readonly bandwidthHz?: number | undefined;
  /** Frequency of the tone; default: the largest bin of the band. */
  readonly freqHz?: number | undefined;
  /** Default `hann`. */
  readonly window?: WindowName | undefined;
  /** As for `spectrum`. */
  readonly fullScale?: number | undefined;
  /** How many harmonics, from the second on, count as distortion; default 5. Folded ones count where they fall. */
  readonly harmonics?: number | undefined;
}

export interface ToneFigures {
  /** Tone over everything else in the band but DC. */
  readonly sndrDb: number;
  /** Tone over everything else but DC and harmonics. */
  readonly snrDb: number;
  /** Tone over the largest other bin, harmonic or not. */
  readonly sfdrDb: number;
  /** Harmonics over tone, negative; undefined when no harmonic falls in the band. */
  readonly thdDb: number | undefined;
  /** (SNDR - 1.76 dB) / 6.02 dB. */
  readonly enobBits: number;
  /** Frequency of the tone's bin. */
  readonly freqHz: number;
  /** Power of the tone relative to a full-scale sine. */
  readonly signalDbfs: number;
  /** Power of noise and distortion in the band relative to a full-scale sine. */
  readonly noiseDbfs: number;
  readonly bandwidthHz: number;
  readonly spectrum: Spectrum;
  readonly warnings: readonly CoherenceWarning[];
}

/** What the power of a bin counts as. */
type Share = 'noise' | 'dc' | 'signal' | 'harmonic';

/** Throws MeasureError when the band holds no tone and noise to tell apart, or the record cannot be analysed. */
export function sndr(wave: Waveform, options: SndrOptions = {}): ToneFigures {
  const { window = 'hann', harmonics = 5 } = options;
  const measured = spectrum(wave, { window, fullScale: options.fullScale });
  const { powers, freqStepHz, nbwBins, nfft } = measured;
  const lastBin = lastBinOfBand(measured, options.bandwidthHz ?? wave.sampleRateHz / 2);
  const half = halfLobeBins(window);
  if (lastBin < 3 * half + 2) {
    throw new MeasureError(`band of ${lastBin + 1} bins is too narrow for a tone and noise: record more rows or widen it`);
  }
  const tone =
    options.freqHz === undefined ? largestBin(wave, powers, half + 1, lastBin) : binOf(options.freqHz, freqStepHz, half + 1, lastBin);

  const shares = new Array<Share>(lastBin + 1).fill('noise');
  const claim = (center: number, share: Share) => {
    for (let k = Math.max(0, center - half); k <= Math.min(lastBin, center + half); k++) if (shares[k] === 'noise') shares[k] = share;
  };
  claim(tone, 'signal');
  claim(0, 'dc');
  let harmonicsInBand = 0;
  for (let order = 2; order <= harmonics + 1; order++) {
    const turn = (order * tone) % nfft;
    const folded = Math.min(turn, nfft - turn);
    if (folded > lastBin || shares[folded] !== 'noise') continue;
    claim(folded, 'harmonic');
    harmonicsInBand++;
  }

  const sums = { noise: 0, dc: 0, signal: 0, harmonic: 0 };
  let spur = 0;
  shares.forEach((share, k) => {
    sums[share] += powers[k]!;
    if (share === 'noise' || share === 'harmonic') spur = Math.max(spur, powers[k]!);
  });
  const disturbance = sums.noise + sums.harmonic;
  const sndrDb = decibels(sums.signal / disturbance);
  const warning = checkCoherence(wave, measured, tone, disturbance / sums.signal, lastBin, options.freqHz);
  return {
    sndrDb,
    snrDb: decibels(sums.signal / sums.noise),
    sfdrDb: decibels(powers[tone]! / spur),
    thdDb: harmonicsInBand === 0 ? undefined : decibels(sums.harmonic / sums.signal),
    enobBits: (sndrDb - 1.76) / 6.02,
    freqHz: tone * freqStepHz,
    signalDbfs: decibels(sums.signal / nbwBins),
    noiseDbfs: decibels(disturbance / nbwBins),
    bandwidthHz: lastBin * freqStepHz,
    spectrum: measured,
    warnings: warning === undefined ? [] : [warning],
  };
}

/** The last bin at or below `bandwidthHz`. Throws MeasureError when that is not in 0 .. half the sample rate. */
export function lastBinOfBand({ freqStepHz, powers }: Spectrum, bandwidthHz: number): number {
  if (!(bandwidthHz > 0)) throw new MeasureError(`bandwidth ${formatQuantity(bandwidthHz, 'Hz')} is not positive`);
  // An edge meant to be on a bin may miss it by rounding.
  const bin = Math.floor(bandwidthHz / freqStepHz + 1e-6);
  if (bin >= powers.length) {
    throw new MeasureError(`bandwidth ${formatQuantity(bandwidthHz, 'Hz')} is above half the sample rate`);
  }
  return bin;
}

function largestBin(wave: Waveform, powers: Float64Array, first: number, last: number): number {
  let best = first;
  for (let k = first; k <= last; k++) if (powers[k]! > powers[best]!) best = k;
  if (powers[best] === 0) throw new MeasureError(`'${wave.name}' holds no tone: it is constant`);
  return best;
}

function binOf(freqHz: number, freqStepHz: number, first: number, last: number): number {
  const bin = Math.round(freqHz / freqStepHz);
  if (bin >= first && bin <= last) return bin;
  const [low, high] = [first, last].map((k) => formatQuantity(k * freqStepHz, 'Hz'));
  throw new MeasureError(`tone at ${formatQuantity(freqHz, 'Hz')} lies outside ${low} to ${high}, where this record can tell it from DC`);
}
