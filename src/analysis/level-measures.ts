// Measures of levels and of bit-streams.

import { maximum, mean, minimum, rms, variance } from '../numeric/statistics.js';
import { density, transitionRateHz } from './bit-stream.js';
import { defineMeasure } from './define-measure.js';
import { MeasureError } from './measure-error.js';
import { requireRows } from './waveform.js';
import type { Waveform } from './waveform.js';

/** A measure of one record without options. */
function levelMeasure(name: string, unit: string, doc: string, levelOf: (wave: Waveform) => number) {
  return defineMeasure({
    name,
    doc,
    signals: [{ name: 'signal', doc: 'The record.' }],
    options: {},
    unit,
    take: ([wave]) => ({ value: levelOf(wave) }),
  });
}

export const levelMeasures = [
  levelMeasure('rms', 'same', 'Root mean square, mean included.', ({ values }) => rms(values)),
  levelMeasure('rms_ac', 'same', 'Root mean square without the mean: the standard deviation.', ({ values }) => Math.sqrt(variance(values))),
  levelMeasure('mean', 'same', 'Arithmetic mean.', ({ values }) => mean(values)),
  levelMeasure('min', 'same', 'Smallest value.', ({ values }) => minimum(values)),
  levelMeasure('max', 'same', 'Largest value.', ({ values }) => maximum(values)),
  levelMeasure('peak', 'same', 'Largest magnitude.', ({ values }) => Math.max(-minimum(values), maximum(values))),
  levelMeasure('density', '', 'Share of ones of a bit-stream; of other signals, share of rows above zero.', density),
  levelMeasure('transition_rate', 'Hz', 'Changes of a bit per second; other signals count as one above zero.', (wave) => {
    requireRows(wave, 2);
    return transitionRateHz(wave);
  }),
  levelMeasure('bit_rate', 'Hz', 'Bits per second of a bit-stream recorded at every tick.', (wave) => {
    if (wave.type !== 'bit') throw new MeasureError(`'${wave.name}' is not a bit`);
    return wave.sampleRateHz;
  }),
  defineMeasure({
    name: 'value',
    doc: 'Value at one row.',
    signals: [{ name: 'signal', doc: 'The record.' }],
    options: { row: { unit: '', kind: 'number', default: -1, doc: 'Row counted from 0; negative: from the end, -1 the last.' } },
    unit: 'same',
    take: ([{ name, values }], { row }) => {
      const value = Number.isInteger(row) ? values.at(row) : undefined;
      if (value === undefined) throw new MeasureError(`'${name}' has no row ${row}: it has ${values.length} rows`);
      return { value };
    },
  }),
];
