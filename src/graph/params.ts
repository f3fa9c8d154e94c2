// Parameters of a block instance: evaluated, checked against their declaration, and handed to the step
// as plain values (structural) or expressions over the parameter vector (tunable).

import type { Param, SamplesFormat, Shapes } from '../blocks/define.js';
import type { Effect } from '../blocks/effects.js';
import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { nearestName } from '../diagnostics/suggest.js';
import { param as paramLeaf, real } from '../ir/build.js';
import { argOf, type Expr } from '../ir/expr.js';
import type { DataRef } from '../ir/types.js';
import type { Samples } from '../io/samples.js';
import { formatQuantity } from '../units/engineering.js';
import { printDimension, sameDimension } from '../units/dimension.js';
import { parseUnit } from '../units/unit.js';
import { expectInteger, expectQuantity } from './constants.js';
import type { FixedParam, GraphLimit } from './graph.js';
import { describeValue, type Quantity, type Value } from './value.js';

/** Where tunables are registered, overrides looked up and files read. */
export interface ParamHost {
  /** A number that replaces the one in the netlist, by full path (`x1.gain`). */
  override(path: string): Quantity | undefined;
  addTunable(name: string, value: number, unit: string): void;
  /** Notes that a tunable, or every element of a list, is moved to a coherent frequency. */
  addCoherent(name: string): void;
  /** Notes what a tunable may be. */
  addLimit(limit: GraphLimit): void;
  /** Whether an effect is switched off. */
  isOff(effect: Effect): boolean;
  /** Whether a parameter that the netlist leaves at its default will be varied. */
  isVaried(path: string): boolean;
  /** Notes why a parameter is no tunable of its own. */
  noteFixed(path: string, why: FixedParam): void;
  /** Notes that a value shapes the graph. */
  useStructurally(quantity: Quantity): void;
  readSamples(path: string, format: SamplesFormat, span: Span): Samples;
}

/** One evaluated parameter: what the step gets, and its shape. */
interface Evaluated {
  readonly value: unknown;
  readonly shape: unknown;
  /** It was given as true or false. */
  readonly isBit?: true;
}

/**
 * Evaluates one parameter of an instance at `path`; `given` is absent where the netlist leaves the default.
 * `adjust` changes numbers, whether they stand in the netlist or override it; lists are overridden by element.
 */
export function evaluateParam(
  path: string,
  name: string,
  declared: Param,
  given: Value | undefined,
  span: Span,
  host: ParamHost,
  adjust: (value: Value) => Value,
): Evaluated {
  const full = `${path}.${name}`;
  const isNumber = declared.kind === 'tunable' || declared.kind === 'integer' || declared.kind === 'number';
  if (declared.kind !== 'tunable' && declared.kind !== 'tunables' && declared.kind !== 'matrix')
    host.noteFixed(full, { kind: 'shape', isNumber });
  const stated = (isNumber ? host.override(full) : undefined) ?? given;
  const value = stated === undefined ? undefined : adjust(stated);
  const element = (index: string, item: Value): Quantity => {
    const override = host.override(`${full}${index}`);
    return expectQuantity(override === undefined ? item : adjust(override));
  };
  if (value === undefined && declared.kind !== 'samples' && declared.kind !== 'table' && declared.default !== undefined) {
    return fromDefault(full, declared, host);
  }
  if (value === undefined) fail('DL206', span, `parameter '${name}' is missing`, { why: declared.doc, help: `add ${name}: …` });
  switch (declared.kind) {
    case 'tunable': {
      const quantity = expectQuantity(value);
      checkUnit(quantity, declared.unit, name);
      checkRange(quantity, declared.min, declared.max, name, declared.unit);
      if (declared.effect !== undefined && host.isOff(declared.effect)) return switchedOff(full, declared, declared.effect, host);
      const expr = tunableExpr(full, quantity, declared.unit, host);
      noteLimit(full, declared, expr, host);
      return { value: expr, shape: quantity.value };
    }
    case 'tunables': {
      const items = listOf(value, name).map((item, i) => element(`[${i}]`, item));
      items.forEach((item) => checkUnit(item, declared.unit, name));
      return { value: items.map((item, i) => tunableExpr(`${full}[${i}]`, item, declared.unit, host)), shape: items.length };
    }
    case 'matrix':
      return matrixParam(full, name, value, element, host);
    case 'integer': {
      const quantity = expectQuantity(value);
      host.useStructurally(quantity);
      checkRange(quantity, declared.min, declared.max, name, '');
      checkUnit(quantity, '', name);
      const whole = expectInteger(value);
      return { value: whole, shape: whole };
    }
    case 'number': {
      if (declared.flex && value.kind === 'boolean') return { value: Number(value.value), shape: Number(value.value), isBit: true };
      const quantity = expectQuantity(value);
      host.useStructurally(quantity);
      checkUnit(quantity, declared.unit, name);
      if (!Number.isFinite(quantity.value)) fail('DL303', quantity.span, `'${name}' is not a finite number`);
      return { value: quantity.value, shape: quantity.value };
    }
    case 'choice': {
      const text = choiceText(value);
      if (text === undefined || !declared.choices.includes(text)) {
        const nearest = text === undefined ? undefined : nearestName(text, declared.choices);
        fail('DL305', value.span, `${describeValue(value)} is no choice for '${name}'`, {
          why: `choices: ${declared.choices.map((choice) => `"${choice}"`).join(', ')}`,
          help: nearest === undefined ? undefined : `did you mean "${nearest}"?`,
        });
      }
      return { value: text, shape: text };
    }
    case 'text':
      if (value.kind !== 'text') fail('DL305', value.span, `${describeValue(value)} where a text is needed`, { help: `${name}: "…"` });
      return { value: value.value, shape: value.value };
    case 'table': {
      const items = listOf(value, name).map(expectQuantity);
      items.forEach((item) => host.useStructurally(item));
      if (items.length === 0) fail('DL303', value.span, `'${name}' is empty`);
      const data: DataRef = { kind: 'data', name: full, values: Float64Array.from(items, (item) => item.value) };
      return { value: data, shape: items.length };
    }
    case 'samples': {
      if (value.kind !== 'text')
        fail('DL305', value.span, `${describeValue(value)} where a file name is needed`, {
          help: `${name}: "${declared.format === 'wav' ? 'recording.wav' : 'data.csv'}"`,
        });
      const file = host.readSamples(value.value, declared.format, value.span);
      return { value: file, shape: file };
    }
  }
}

function choiceText(value: Value): string | undefined {
  if (value.kind === 'text') return value.value;
  return value.kind === 'boolean' ? (value.value ? 'yes' : 'no') : undefined;
}

function fromDefault(full: string, declared: Exclude<Param, { kind: 'samples' | 'table' }>, host: ParamHost): Evaluated {
  switch (declared.kind) {
    case 'tunable': {
      if (declared.effect !== undefined) {
        if (host.isOff(declared.effect)) return switchedOff(full, declared, declared.effect, host);
        if (!host.isVaried(full)) {
          host.noteFixed(full, { kind: 'unstated' });
          return { value: real(declared.default!), shape: declared.default };
        }
      }
      host.addTunable(full, declared.default!, plainUnit(declared.unit));
      noteLimit(full, declared, paramLeaf(full), host);
      return { value: paramLeaf(full), shape: declared.default };
    }
    case 'tunables':
      return { value: declared.default!.map((item) => real(item)), shape: declared.default!.length };
    case 'matrix': {
      const rows = declared.default!;
      return { value: rows.map((row) => row.map((entry) => real(entry))), shape: { rows: rows.length, columns: rows[0]?.length ?? 0 } };
    }
    default:
      return { value: declared.default, shape: declared.default };
  }
}

function switchedOff(full: string, declared: Param & { kind: 'tunable' }, effect: Effect, host: ParamHost): Evaluated {
  host.noteFixed(full, { kind: 'off', effect });
  return { value: real(declared.ideal!), shape: declared.ideal };
}

const plainUnit = (unit: string): string => (unit === '*' || unit === 'any' ? '' : unit);

/** A number of the netlist is a tunable of its own; one that depends on tunables already is theirs. */
function tunableExpr(full: string, quantity: Quantity, unit: string, host: ParamHost): Expr {
  if (quantity.expr !== undefined) {
    host.noteFixed(full, { kind: 'follows', from: [...new Set(paramsIn(quantity.expr))] });
    return quantity.expr;
  }
  host.addTunable(full, quantity.value, quantity.dimension === undefined ? plainUnit(unit) : printDimension(quantity.dimension));
  return paramLeaf(full);
}

function noteLimit(name: string, { min, max, unit }: Param & { kind: 'tunable' }, expr: Expr, host: ParamHost): void {
  if (min !== undefined || max !== undefined)
    host.addLimit({ name, expr, min: min ?? -Infinity, max: max ?? Infinity, unit: plainUnit(unit) });
}

function listOf(value: Value, name: string): readonly Value[] {
  return value.kind === 'list'
    ? value.items
    : fail('DL305', value.span, `${describeValue(value)} where a list is needed`, { help: `${name}: [ … ]` });
}

/** Entries written as 0 are constants and mean no connection; all others are tunables. */
function matrixParam(
  full: string,
  name: string,
  value: Value,
  element: (index: string, item: Value) => Quantity,
  host: ParamHost,
): Evaluated {
  const rows = listOf(value, name).map((row, i) => listOf(row, name).map((entry, j) => element(`[${i}][${j}]`, entry)));
  const columns = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== columns))
    fail('DL305', value.span, `rows of '${name}' differ in length`, { why: 'a matrix has rows of equal length' });
  const entries = rows.map((row, i) =>
    row.map((entry, j) => (entry.value === 0 && entry.expr === undefined ? real(0) : tunableExpr(`${full}[${i}][${j}]`, entry, '', host))),
  );
  return { value: entries, shape: { rows: rows.length, columns } };
}

/** DL301 unless the quantity's unit is the declared one; bare numbers fit every unit. */
export function checkUnit(quantity: Quantity, unit: string, name: string): void {
  if (quantity.dimension === undefined || unit === '*' || unit === 'any') return;
  const declared = parseUnit(unit)!;
  if (sameDimension(declared.dimension, quantity.dimension)) return;
  const expected = unit === '' ? 'a plain number' : `a value in ${unit}`;
  fail('DL301', quantity.span, `'${name}' is ${expected}, not in ${printDimension(quantity.dimension)}`, {
    why: 'a value has the unit of what it is given to, or none',
    help: unit === '' ? 'leave the unit out' : `write it in ${unit}, or without a unit`,
  });
}

function checkRange(quantity: Quantity, min: number | undefined, max: number | undefined, name: string, unit: string): void {
  const { value, span } = quantity;
  const why = `'${name}' takes ${describeRange(min, max, unit)}`;
  const shown = (limit: number): string => formatQuantity(limit, plainUnit(unit));
  if (Number.isNaN(value)) fail('DL303', span, `'${name}' is not a number`);
  if (min !== undefined && value < min) {
    fail(
      'DL303',
      span,
      `'${name}' is ${shown(value)}, ${min === Number.MIN_VALUE ? 'but must be positive' : `below its least value ${shown(min)}`}`,
      { why },
    );
  }
  if (max !== undefined && value > max)
    fail('DL303', span, `'${name}' is ${shown(value)}, above its greatest value ${shown(max)}`, { why });
}

/** `values above 0 V`, `values from 0 to 1`. */
export function describeRange(min: number | undefined, max: number | undefined, unit: string): string {
  const shown = (limit: number): string => formatQuantity(limit, plainUnit(unit));
  const [hasMin, hasMax] = [min !== undefined && min !== -Infinity, max !== undefined && max !== Infinity];
  const from = min === Number.MIN_VALUE ? `above ${shown(0)}` : hasMin && hasMax ? `from ${shown(min!)}` : `of at least ${shown(min!)}`;
  if (!hasMin) return `values of at most ${shown(max!)}`;
  return hasMax ? `values ${from} to ${shown(max!)}` : `values ${from}`;
}

/** The shapes as the declaration's functions read them. */
export function shapesOf(shapes: ReadonlyMap<string, unknown>): Shapes {
  const size = (name: string): { rows: number; columns: number } => shapes.get(name) as { rows: number; columns: number };
  return {
    integer: (name) => shapes.get(name) as number,
    number: (name) => shapes.get(name) as number,
    choice: (name) => shapes.get(name) as string,
    text: (name) => shapes.get(name) as string,
    length: (name) => shapes.get(name) as number,
    rows: (name) => size(name).rows,
    columns: (name) => size(name).columns,
    samples: (name) => shapes.get(name) as Samples,
  };
}

/** Names of the tunables an expression reads. */
export function paramsIn(expr: Expr): string[] {
  const names: string[] = [];
  const stack = [expr];
  const seen = new Set<Expr>();
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.op === 'param') names.push(argOf(node, 'param'));
    stack.push(...node.src);
  }
  return names;
}
