// Holds a bench's measures against their definitions before anything runs: names, signals, options, units.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { BenchMeasure } from '../graph/bench.js';
import type { Elaboration } from '../graph/elaborate.js';
import { expectQuantity } from '../graph/constants.js';
import { checkUnit } from '../graph/params.js';
import { guard } from '../graph/scope.js';
import { describeValue, type Value } from '../graph/value.js';
import { commonOptions, type MeasureDefinition, type MeasureOption, type MeasureOptionValue } from './define-measure.js';
import { measures } from './measures.js';

/** A measure that can be taken. */
export interface PreparedMeasure {
  readonly name: string;
  readonly definition: MeasureDefinition;
  readonly signals: readonly string[];
  readonly options: Readonly<Record<string, MeasureOptionValue>>;
  /** Unit of the result. */
  readonly unit: string;
  readonly source: BenchMeasure;
}

/** Problems go into the bag; what is right is returned. */
export function prepareMeasures({ bench, unitOf }: Elaboration, bag: DiagnosticBag): PreparedMeasure[] {
  const units = new Map(bench?.records.map((record) => [record.name, unitOf(record.signal)]));
  return (bench?.measures ?? []).flatMap((measure) => {
    const prepared = guard(bag, () => prepare(measure, (name) => units.get(name) ?? '', bag));
    return prepared === undefined ? [] : [prepared];
  });
}

function prepare(measure: BenchMeasure, unitOf: (record: string) => string, bag: DiagnosticBag): PreparedMeasure {
  const definition = measures.get(measure.function);
  if (definition === undefined) {
    fail('DL502', measure.functionSpan, `unknown measure '${measure.function}'`, {
      help: didYouMean(measure.function, measures.keys()) ?? `measures: ${[...measures.keys()].join(', ')}`,
    });
  }
  const wanted = definition.signals.map((signal) => signal.name);
  if (measure.signals.length !== wanted.length) {
    fail(
      'DL503',
      measure.span,
      `'${definition.name}' takes ${wanted.length} signal${wanted.length === 1 ? '' : 's'} (${wanted.join(', ')}), not ${measure.signals.length}`,
    );
  }
  const firstUnit = unitOf(measure.signals[0] ?? '');
  const known = { ...definition.options, ...commonOptions };
  const options = prepareOptions(`measure '${definition.name}'`, known, measure.options, firstUnit, bag);
  const unit = definition.unit === 'same' ? firstUnit : definition.unit;
  return { name: measure.name, definition, signals: measure.signals, options, unit, source: measure };
}

/** Values of options that fit what is known of them; `owner` is whose they are, for messages. Problems go into the bag. */
export function prepareOptions(
  owner: string,
  known: Readonly<Record<string, MeasureOption>>,
  given: BenchMeasure['options'],
  firstUnit: string,
  bag: DiagnosticBag,
): Readonly<Record<string, MeasureOptionValue>> {
  const entries: [string, MeasureOptionValue][] = [];
  for (const [name, { value, nameSpan }] of given) {
    guard(bag, () => {
      const option = Object.hasOwn(known, name) ? known[name] : undefined;
      if (option === undefined) fail('DL204', nameSpan, `${owner} has no option '${name}'`, { help: didYouMean(name, Object.keys(known)) });
      entries.push([name, optionValue(name, option, value, firstUnit)]);
    });
  }
  return Object.fromEntries(entries);
}

function optionValue(name: string, option: MeasureOption, value: Value, firstUnit: string): MeasureOptionValue {
  if (option.kind === 'choice') {
    if (value.kind === 'text' && option.choices?.includes(value.value)) return value.value;
    fail('DL305', value.span, `${describeValue(value)} is no choice for '${name}'`, {
      why: `choices: ${option.choices?.map((choice) => `"${choice}"`).join(', ')}`,
    });
  }
  const items = value.kind === 'list' ? value.items : [value];
  const numbers = items.map((item) => {
    const quantity = expectQuantity(item);
    checkUnit(quantity, option.unit === 'same' ? firstUnit : option.unit, name);
    return quantity.value;
  });
  if (option.kind === 'numbers') return numbers;
  return value.kind === 'list' ? fail('DL305', value.span, `'${name}' is one number, not a list`) : numbers[0]!;
}
