// A table whose rows are uniformly spaced in time -> a recording. The rate comes from the time
// column, or from the caller when there is none. It never resamples uneven rows: it refuses them.

import { fail } from '../diagnostics/diagnostic.js';
import type { CsvTable } from './csv-table.js';
import type { Samples } from './samples.js';

/** Largest deviation of one time step from the mean step, and of the stated rate from the measured one. */
const spacingTolerance = 1e-6;
/** A measured rate this near to a whole number of hertz is that number: 1/16000 has no exact binary form. */
const wholeRateTolerance = 1e-9;

/**
 * Takes the column named `t` or `time` (any case, in seconds) as time and the others as channels.
 * @param rateHz the rate when the table has no time column; beside one it must agree to 1e-6
 * @throws NetlistError DL602 when time is not uniformly spaced to 1e-6 of the mean step, or the rate is unknown or
 *   contradicted, or no channel is left
 */
export function samplesFromCsv(table: CsvTable, rateHz?: number): Samples {
  const refuse = (what: string, why?: string, help?: string): never => fail('DL602', undefined, `${table.file}: ${what}`, { why, help });
  if (rateHz !== undefined && !(rateHz > 0 && Number.isFinite(rateHz))) refuse(`sample rate must be positive, not ${rateHz} Hz`);

  const isTime = table.names.map((name) => table.hasHeader && /^(t|time)$/i.test(name));
  const timeIndex = isTime.indexOf(true);
  if (isTime.lastIndexOf(true) !== timeIndex) refuse("has two time columns, 't' and 'time'");
  const channels = table.columns.filter((_, i) => !isTime[i]);
  const names = table.names.filter((_, i) => !isTime[i]);
  if (channels.length === 0) refuse('has no column beside time');

  const time = table.columns[timeIndex];
  if (time === undefined || time.length < 2) {
    if (rateHz !== undefined) return { rateHz, channels, names };
    return refuse(
      time === undefined ? 'has no time column and no sample rate was given' : 'has one row, which tells no sample rate',
      'a recording needs a rate',
      "add a column 't' in seconds",
    );
  }
  const measuredHz = rateOfTimes(time, refuse);
  if (rateHz !== undefined && Math.abs(rateHz - measuredHz) > spacingTolerance * measuredHz) {
    refuse(`its time column says ${measuredHz} Hz, but ${rateHz} Hz was given`);
  }
  return { rateHz: rateHz ?? measuredHz, channels, names };
}

function rateOfTimes(time: Float64Array, refuse: (what: string, why?: string, help?: string) => never): number {
  const last = time.length - 1;
  const step = (time[last]! - time[0]!) / last;
  if (!(step > 0)) refuse('time does not increase');
  // Two rounded times differ from the true step by up to an ulp of the larger one.
  const allowed = spacingTolerance * step + 2 * Number.EPSILON * Math.max(Math.abs(time[0]!), Math.abs(time[last]!));
  for (let i = 1; i <= last; i++) {
    const difference = time[i]! - time[i - 1]!;
    if (!(Math.abs(difference - step) <= allowed)) {
      refuse(
        `time is not uniformly spaced: from row ${i} to row ${i + 1} it moves by ${difference} s, by ${step} s on average`,
        `steps must agree to ${spacingTolerance} of the mean step`,
        'write time with more digits',
      );
    }
  }
  const measuredHz = 1 / step;
  const wholeHz = Math.round(measuredHz);
  return Math.abs(measuredHz - wholeHz) <= wholeRateTolerance * measuredHz ? wholeHz : measuredHz;
}
