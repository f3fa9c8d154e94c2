// Measures of tones: the figures of `sndr.ts`, and SNDR by fitted tones.

import { windowNames } from '../numeric/windows.js';
import { defineMeasure } from './define-measure.js';
import type { MeasureOption, MeasureResult } from './define-measure.js';
import { toneSndr } from './fitted.js';
import { MeasureError } from './measure-error.js';
import { sndr } from './sndr.js';
import type { ToneFigures } from './sndr.js';

const signals = [{ name: 'signal', doc: 'The record that holds the tone.' }] as const;

const bandwidth = { unit: 'Hz', kind: 'number', doc: 'Upper edge of the band that counts; default: half the sample rate.' } as const;

const options = {
  bandwidth,
  freq: { unit: 'Hz', kind: 'number', doc: 'Frequency of the tone; default: the largest bin of the band.' },
  window: { unit: '', kind: 'choice', choices: windowNames, default: 'hann', doc: 'Window of the spectrum.' },
  full_scale: { unit: 'same', kind: 'number', doc: 'Amplitude of the sine that reads 0 dBFS; default: 1, or 0.5 for bits.' },
  harmonics: { unit: '', kind: 'number', default: 5, doc: 'How many harmonics, from the second on, count as distortion.' },
} as const satisfies Readonly<Record<string, MeasureOption>>;

const cites = 'Schreier and Temes, Understanding Delta-Sigma Data Converters, appendix A; IEEE Std 1241.';

/** A measure that is one of the figures `sndr` computes. */
function figureMeasure(name: string, unit: string, doc: string, figureOf: (figures: ToneFigures) => number) {
  return defineMeasure({
    name,
    doc,
    cites,
    signals,
    options,
    unit,
    take: ([wave], given): MeasureResult => {
      const { harmonics } = given;
      if (!(Number.isInteger(harmonics) && harmonics >= 1 && harmonics <= 1000)) {
        throw new MeasureError(`option 'harmonics' is ${harmonics}, not a whole number from 1 to 1000`);
      }
      const figures = sndr(wave, {
        bandwidthHz: given.bandwidth,
        freqHz: given.freq,
        window: given.window,
        fullScale: given.full_scale,
        harmonics,
      });
      return {
        value: figureOf(figures),
        warnings: figures.warnings.map(({ message, help }) => `${message}; ${help}`),
        spectrum: figures.spectrum,
        details: {
          freq: { value: figures.freqHz, unit: 'Hz' },
          bandwidth: { value: figures.bandwidthHz, unit: 'Hz' },
          signal_dbfs: { value: figures.signalDbfs, unit: 'dB' },
          noise_dbfs: { value: figures.noiseDbfs, unit: 'dB' },
        },
      };
    },
  });
}

export const toneMeasures = [
  figureMeasure('sndr', 'dB', 'Signal to noise and distortion of one coherent tone.', (figures) => figures.sndrDb),
  figureMeasure('snr', 'dB', 'Signal to noise of one coherent tone, harmonics left out.', (figures) => figures.snrDb),
  figureMeasure('enob', '', 'Effective number of bits, (SNDR - 1.76 dB) / 6.02 dB.', (figures) => figures.enobBits),
  figureMeasure('sfdr', 'dB', 'Tone over the largest other bin of the band.', (figures) => figures.sfdrDb),
  figureMeasure('thd', 'dB', 'Harmonics in the band over the tone; negative.', (figures) => {
    if (figures.thdDb === undefined) throw new MeasureError('no harmonic of the tone falls in the band');
    return figures.thdDb;
  }),
  defineMeasure({
    name: 'tone_sndr',
    doc: 'Signal to noise and distortion of tones fitted by least squares; they need not be coherent with the record.',
    cites: 'IEEE Std 1057, sine fitting.',
    signals,
    options: {
      freqs: { unit: 'Hz', kind: 'numbers', doc: 'Frequencies of the tones; default: one tone, whose frequency is fitted too.' },
      bandwidth,
    },
    unit: 'dB',
    take: ([wave], given): MeasureResult => {
      const { sndrDb, tones, offset, noisePower } = toneSndr(wave, given.freqs, given.bandwidth);
      return {
        value: sndrDb,
        details: {
          ...Object.fromEntries(
            tones.flatMap(({ freqHz, amplitude }, i) => [
              [`freq_${i + 1}`, { value: freqHz, unit: 'Hz' }],
              [`amplitude_${i + 1}`, { value: amplitude, unit: wave.unit }],
            ]),
          ),
          offset: { value: offset, unit: wave.unit },
          noise_rms: { value: Math.sqrt(noisePower), unit: wave.unit },
        },
      };
    },
  }),
];
