// The netlist with what was learned in place of what stood there: a netlist like any other, which runs by itself.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import type {
  Argument,
  CallExpression,
  Expression,
  Item,
  LetStatement,
  NetlistFile,
  OptimizeItem,
  Statement,
  SystemItem,
} from '../netlist/ast.js';
import type { Library } from '../netlist/library.js';
import { printExpression } from '../netlist/loom/print-expression.js';
import { printDimension } from '../units/dimension.js';
import { parseQuantity } from '../units/quantity.js';
import type { LearnedGroup } from './learned-parameters.js';
import type { OptimizationPlan } from './plan/plan-optimization.js';

/** Values by element name, in SI units. */
export type LearnedValues = ReadonlyMap<string, number>;

/** Where a learned parameter stands in the text. */
type Place =
  { readonly kind: 'param'; readonly name: string } | { readonly kind: 'argument'; readonly block: string; readonly param: string };

/**
 * Finds where the parameter is written, so that it can be written anew.
 * @throws NetlistError DL306 where the system itself does not write it
 */
export function placeOf(target: Expression, system: SystemItem): Place {
  const fromOutside = (why: string): never =>
    fail('DL306', target.span, `'${printExpression(target)}' cannot be learned here`, {
      why,
      help: 'hand it to the sub-system as a parameter, and learn that',
    });
  if (target.kind === 'name') {
    if (system.params.some(({ name }) => name.name === target.name)) return { kind: 'param', name: target.name };
    return fromOutside(`system '${system.name.name}' has no parameter of this name`);
  }
  if (target.kind !== 'member' || target.object.kind !== 'name') return fromOutside('it stands inside of a sub-system');
  const block = target.object.name;
  const statement = system.body.find(
    (one): one is LetStatement => one.kind === 'let' && one.name.name === block && one.index === undefined,
  );
  if (statement?.value.kind !== 'call') return fromOutside(`'${block}' is not a block that the system names in a line of its own`);
  return { kind: 'argument', block, param: target.name };
}

/** The system of an optimize item, where its file declares it. Throws NetlistError DL212 for an imported one. */
export function systemOfItem(library: Library, item: OptimizeItem): SystemItem {
  const { name, span } = item.system ?? item.name;
  const system = library.file.items.find((one): one is SystemItem => one.kind === 'system' && one.name.name === name);
  return (
    system ??
    fail('DL212', span, `system '${name}' is not declared in this file`, {
      why: 'what is learned is written into the system',
      help: 'write the optimize item into the file of the system',
    })
  );
}

/** The file with the learned values and what the item gives the system; its other optimize items are left out. */
export function learnedNetlist(library: Library, plan: OptimizationPlan, values: LearnedValues): NetlistFile {
  const { item } = plan;
  const system = systemOfItem(library, item);
  const learned = plan.learned.groups.map((group) => {
    const learn = item.body.find((statement) => statement.kind === 'learn' && printExpression(statement.target) === group.target);
    if (learn?.kind !== 'learn') throw new Error(`internal: nothing learns '${group.target}'`);
    return { place: placeOf(learn.target, system), value: valueOf(group, plan, values, system.span) };
  });
  const written = writeSystem(system, plan.args, learned);
  const items = library.file.items.flatMap((one): Item[] => {
    if (one === system) return [written];
    if (one === item) return [goingOn(item, plan)];
    return one.kind === 'optimize' ? [] : [one];
  });
  return { ...library.file, items };
}

interface Learned {
  readonly place: Place;
  readonly value: Expression;
}

function writeSystem(system: SystemItem, args: readonly Argument[], learned: readonly Learned[]): SystemItem {
  const params = system.params.map((param) => {
    const given =
      learned.find(({ place }) => place.kind === 'param' && place.name === param.name.name)?.value ??
      args.find(({ name }) => name === param.name.name)?.value;
    return given === undefined ? param : { ...param, value: given };
  });
  const body = system.body.map((statement): Statement => {
    if (statement.kind !== 'let' || statement.value.kind !== 'call') return statement;
    const own = learned.flatMap(({ place, value }) =>
      place.kind === 'argument' && place.block === statement.name.name ? [{ name: place.param, value }] : [],
    );
    return { ...statement, value: own.reduce((call, { name, value }) => withArgument(call, name, value), statement.value) };
  });
  return { ...system, params, body };
}

function withArgument(call: CallExpression, name: string, value: Expression): CallExpression {
  const isGiven = call.args.some((arg) => arg.name === name);
  const args = isGiven
    ? call.args.map((arg) => (arg.name === name ? { ...arg, value } : arg))
    : [...call.args, { name, value, span: call.span }];
  return { ...call, args };
}

/** The item with what it varied as it was in this variant, and starts at what was learned: optimizing the learned netlist goes on from there. */
function goingOn(item: OptimizeItem, { varied, args }: OptimizationPlan): OptimizeItem {
  const body = item.body.flatMap((statement): Statement[] => {
    if (statement.kind === 'learn')
      return [{ ...statement, options: statement.options.filter(({ name }) => name !== 'init' && name !== 'spread') }];
    if (statement.kind !== 'vary') return [statement];
    const { name, span, trivia } = statement;
    const isArgument = args.some((arg) => arg.name === name.name);
    const { value, dimension } = varied.get(name.name)!;
    const unit = dimension === undefined ? '' : printDimension(dimension);
    return isArgument ? [] : [{ kind: 'param', name, value: numberAt(value, unit, span), span, trivia }];
  });
  return { ...item, args, body };
}

/** A number, or a list or matrix of them; elements that are not learned are no connection, and stay 0. */
function valueOf({ target, elements }: LearnedGroup, { shapes }: OptimizationPlan, values: LearnedValues, span: Span): Expression {
  const shape = shapes.get(target)!;
  const numberOf = (name: string): Expression => {
    const element = elements.find((one) => one.name === name);
    return numberAt(element === undefined ? 0 : values.get(name)!, shape.unit, span);
  };
  const list = (length: number, itemAt: (i: number) => Expression): Expression => ({
    kind: 'list',
    items: Array.from({ length }, (_, i) => itemAt(i)),
    span,
  });
  if (shape.rows === undefined)
    return shape.length === undefined ? numberOf(target) : list(shape.length, (i) => numberOf(`${target}[${i}]`));
  return list(shape.rows, (i) => list(shape.length!, (j) => numberOf(`${target}[${i}][${j}]`)));
}

const prefixes = ['', 'm', 'u', 'n', 'p', 'f', 'k', 'M', 'G'] as const;

/** A literal that reads back as exactly this number, with its unit where that can be. */
export function numberAt(value: number, unit: string, span: Span): Expression {
  const plain = Object.is(value, -0) ? 0 : value;
  const magnitude: Expression = { kind: 'number', text: textOf(Math.abs(plain), unit), value: Math.abs(plain), unit, span };
  return plain < 0 ? { kind: 'unary', operator: '-', operand: magnitude, span } : magnitude;
}

function textOf(value: number, unit: string): string {
  if (unit === '' || value === 0) return String(value);
  const candidates = prefixes.map((prefix) => {
    const scale = parseQuantity(`1${prefix}${unit}`);
    return 'problem' in scale ? undefined : `${Number((value / scale.value).toPrecision(17))}${prefix}${unit}`;
  });
  const exact = candidates.filter((text) => {
    const parsed = text === undefined ? undefined : parseQuantity(text);
    return parsed !== undefined && !('problem' in parsed) && parsed.value === value;
  });
  return exact.sort((a, b) => a!.length - b!.length)[0] ?? String(value);
}
