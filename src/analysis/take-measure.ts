// Takes a measure: checks what it was given against its definition, cuts the records, fills in defaults.

import { didYouMean } from '../diagnostics/suggest.js';
import { formatQuantity } from '../units/engineering.js';
import { commonOptions } from './define-measure.js';
import type { MeasureDefinition, MeasureOption, MeasureOptionValue, MeasureResult } from './define-measure.js';
import { MeasureError } from './measure-error.js';
import { requireFinite } from './waveform.js';
import type { Waveform } from './waveform.js';

/**
 * Throws MeasureError when signals or options do not fit the definition, when records differ in rate or length, are empty
 * after `skip` and `count`, or hold values that are not finite, and for what the measure itself finds impossible.
 */
export function takeMeasure(
  definition: MeasureDefinition,
  waves: readonly Waveform[],
  options: Readonly<Record<string, MeasureOptionValue>> = {},
): MeasureResult {
  const { name, signals } = definition;
  if (waves.length !== signals.length) {
    const names = signals.map((signal) => signal.name).join(', ');
    throw new MeasureError(
      `'${name}' takes ${signals.length} ${signals.length === 1 ? 'signal' : 'signals'} (${names}), not ${waves.length}`,
    );
  }
  const known: Readonly<Record<string, MeasureOption>> = { ...definition.options, ...commonOptions };
  const values: Record<string, MeasureOptionValue> = {};
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, key)) throw new MeasureError(`'${name}' has no option '${key}'`, didYouMean(key, Object.keys(known)));
    values[key] = readOption(key, known[key]!, value);
  }
  for (const [key, option] of Object.entries(known)) if (option.default !== undefined) values[key] ??= option.default;

  checkAgreement(waves);
  const { skip, count, ...own } = values;
  const kept = waves.map((wave) => cutRows(wave, skip as number, count as number | undefined));
  kept.forEach(requireFinite);
  return definition.take(kept, own);
}

/** The value in the kind declared: one number is a list of one. */
function readOption(key: string, option: MeasureOption, value: MeasureOptionValue): MeasureOptionValue {
  if (option.kind === 'choice') {
    if (typeof value === 'string' && option.choices?.includes(value)) return value;
    throw new MeasureError(`option '${key}' is not one of ${option.choices?.join(', ')}`);
  }
  const numbers = typeof value === 'object' ? value : typeof value === 'number' ? [value] : [];
  if (numbers.length === 0 || (option.kind === 'number' && typeof value !== 'number')) {
    throw new MeasureError(`option '${key}' is not ${option.kind === 'number' ? 'a number' : 'a list of numbers'}`);
  }
  if (!numbers.every(Number.isFinite)) throw new MeasureError(`option '${key}' is not finite`);
  return option.kind === 'numbers' ? numbers : value;
}

function checkAgreement(waves: readonly Waveform[]): void {
  const [first, ...others] = waves;
  for (const wave of others) {
    if (Math.abs(wave.sampleRateHz / first!.sampleRateHz - 1) > 1e-12) {
      const rates = [first!, wave].map(({ sampleRateHz }) => formatQuantity(sampleRateHz, 'Hz', 8));
      throw new MeasureError(`'${first!.name}' is recorded at ${rates[0]}, '${wave.name}' at ${rates[1]}`);
    }
    if (wave.values.length !== first!.values.length) {
      throw new MeasureError(`'${first!.name}' has ${first!.values.length} rows, '${wave.name}' has ${wave.values.length}`);
    }
  }
}

function cutRows(wave: Waveform, skip: number, count: number | undefined): Waveform {
  const { length } = wave.values;
  if (!(Number.isInteger(skip) && skip >= 0)) throw new MeasureError(`option 'skip' is ${skip}, not a number of rows`);
  if (count !== undefined && !(Number.isInteger(count) && count > 0))
    throw new MeasureError(`option 'count' is ${count}, not a number of rows`);
  const end = skip + (count ?? 0);
  if (skip >= length || end > length) throw new MeasureError(`'${wave.name}' has ${length} rows, too few for ${describeCut(skip, count)}`);
  return { ...wave, values: wave.values.subarray(skip, count === undefined ? length : end) };
}

function describeCut(skip: number, count: number | undefined): string {
  return count === undefined ? `skip: ${skip}` : `skip: ${skip}, count: ${count}`;
}
