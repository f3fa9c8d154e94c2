// A stored signal: one value a row, rows at a constant rate. Everything in this room is a pure function of these.

import { allFinite } from '../numeric/all-finite.js';
import { MeasureError } from './measure-error.js';

export interface Waveform {
  readonly name: string;
  readonly values: Float64Array;
  readonly sampleRateHz: number;
  /** Unit of the values, such as `V`; '' for plain numbers. */
  readonly unit: string;
  readonly type: 'real' | 'int' | 'bit';
}

/** Throws MeasureError naming the first row that is NaN or infinite. */
export function requireFinite(wave: Waveform): void {
  if (allFinite(wave.values)) return;
  const row = wave.values.findIndex((value) => !Number.isFinite(value));
  throw new MeasureError(`'${wave.name}' is ${wave.values[row]} at row ${row}`);
}

/** Throws MeasureError when the record has fewer than `rows` rows. */
export function requireRows(wave: Waveform, rows: number): void {
  const { length } = wave.values;
  if (length < rows) throw new MeasureError(`'${wave.name}' has ${length} rows, at least ${rows} are needed`);
}
