// Measures of one record against another.

import { maxError, rmsError } from './errors.js';
import { defineMeasure } from './define-measure.js';
import type { MeasureOption } from './define-measure.js';
import { MeasureError } from './measure-error.js';
import { referenceSndr } from './reference.js';

const signals = [
  { name: 'signal', doc: 'The record that is judged.' },
  { name: 'reference', doc: 'The record it should follow.' },
] as const;

const options = {
  max_delay: { unit: 's', kind: 'number', doc: 'Longest delay searched, either way; default and limit: a quarter of the record.' },
} as const satisfies Readonly<Record<string, MeasureOption>>;

function longestDelay(seconds: number | undefined): number | undefined {
  if (seconds !== undefined && seconds < 0) throw new MeasureError(`option 'max_delay' is negative`);
  return seconds;
}

export const referenceMeasures = [
  defineMeasure({
    name: 'reference_sndr',
    doc: 'Signal to noise and distortion against a reference, with gain, offset and delay (fractions of a row too) fitted.',
    signals,
    options,
    unit: 'dB',
    take: ([wave, reference], given) => {
      const { sndrDb, gain, offset, delaySeconds } = referenceSndr(wave, reference, longestDelay(given.max_delay));
      return {
        value: sndrDb,
        details: {
          gain: { value: gain, unit: wave.unit === reference.unit ? '' : `${wave.unit || '1'}/${reference.unit || '1'}` },
          offset: { value: offset, unit: wave.unit },
          delay: { value: delaySeconds, unit: 's' },
        },
      };
    },
  }),
  defineMeasure({
    name: 'delay',
    doc: 'Delay of the signal behind the reference, fitted as for reference_sndr; of a periodic reference the one nearest zero.',
    signals,
    options,
    unit: 's',
    take: ([wave, reference], given) => ({ value: referenceSndr(wave, reference, longestDelay(given.max_delay)).delaySeconds }),
  }),
  defineMeasure({
    name: 'rms_error',
    doc: 'Root mean square of the difference, row by row.',
    signals,
    options: {},
    unit: 'same',
    take: ([wave, reference]) => ({ value: rmsError(wave, reference) }),
  }),
  defineMeasure({
    name: 'max_error',
    doc: 'Largest magnitude of the difference, row by row.',
    signals,
    options: {},
    unit: 'same',
    take: ([wave, reference]) => ({ value: maxError(wave, reference) }),
  }),
];
