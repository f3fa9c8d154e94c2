// Syntax tree to YAML values: expressions as text or lists, calls of blocks as mappings with `type`.

import type { Block } from '../../blocks/define.js';
import { findBlock } from '../../blocks/registry.js';
import { declares, takesText } from '../../blocks/schema.js';
import type {
  Argument,
  CallExpression,
  ClockStatement,
  Expression,
  InputDeclaration,
  LetStatement,
  MethodStatement,
  WriteStatement,
} from '../ast.js';
import { printExpression, printString } from '../loom/print-expression.js';
import type { YamlValue } from './yaml-value.js';

export function expressionValue(expression: Expression): YamlValue {
  return expression.kind === 'list' ? expression.items.map(expressionValue) : printExpression(expression);
}

export function letValue({ value, at }: LetStatement): YamlValue {
  const call = value.kind === 'call' ? callValue(value, at, findBlock(value.callee.name)) : undefined;
  if (call !== undefined) return call;
  if (at === undefined) return expressionValue(value);
  return new Map([
    ['expr', printExpression(value)],
    ['at', printExpression(at)],
  ]);
}

/** A call as a mapping; undefined where only an expression says it: functions, names that are keys themselves, names given twice. */
function callValue(call: CallExpression, at: LetStatement['at'], block: Block | undefined): YamlValue | undefined {
  const positional = call.args.filter(({ name }) => name === undefined);
  const named = call.args.filter(({ name }) => name !== undefined);
  if (block === undefined && named.length === 0 && at === undefined) return undefined;
  const ownsAt = block !== undefined && declares(block, 'at');
  const reserved = new Set(['type', 'args', 'expr', ...(ownsAt ? [] : ['at'])]);
  const names = named.map(({ name }) => name!);
  if (new Set(names).size < names.length || names.some((name) => reserved.has(name)) || (ownsAt && at !== undefined)) return undefined;

  const pairs: [string, YamlValue][] = [['type', call.callee.name]];
  if (positional.length > 0) pairs.push(['args', positional.map((arg) => expressionValue(arg.value))]);
  for (const arg of named) {
    const value = argumentValue(arg, block);
    if (value === undefined) return undefined;
    pairs.push([arg.name!, value]);
  }
  if (at !== undefined) pairs.push(['at', printExpression(at)]);
  return new Map(pairs);
}

/** Undefined for an expression where the key takes bare text. */
function argumentValue({ name, value }: Argument, block: Block | undefined): YamlValue | undefined {
  if (block === undefined || !takesText(block, name!)) return expressionValue(value);
  return value.kind === 'string' ? { text: value.value } : undefined;
}

export function clockValue({ frequency, phases, offset }: ClockStatement): YamlValue {
  if (phases.length === 0 && offset === undefined) return printExpression(frequency);
  const pairs: [string, YamlValue][] = [['frequency', printExpression(frequency)]];
  if (phases.length > 0)
    pairs.push(['phases', phases.map(({ name, at }) => (at === undefined ? name.name : `${name.name} at ${printExpression(at)}`))]);
  if (offset !== undefined) pairs.push(['offset', printExpression(offset)]);
  return new Map(pairs);
}

export function inputValue({ length }: InputDeclaration, unit: string | undefined): YamlValue {
  if (length === undefined) return unit ?? null;
  const pairs: [string, YamlValue][] = unit === undefined ? [] : [['unit', unit]];
  return new Map([...pairs, ['length', expressionValue(length)]]);
}

/** A mapping, or text where an option has no name, or the name of a key. */
export function writeValue({ signal, file, options }: WriteStatement): YamlValue {
  const names = ['signal', 'file', ...options.map(({ name }) => name)];
  if (new Set(names).size < names.length || names.includes(undefined)) {
    const args = options.map(({ name, value }) => (name === undefined ? '' : `${name}: `) + printExpression(value));
    return `${signal.name} to ${printString(file.value)} (${args.join(', ')})`;
  }
  const pairs = options.map(({ name, value }): [string, YamlValue] => [name!, expressionValue(value)]);
  return new Map<string, YamlValue>([['signal', signal.name], ['file', { text: file.value }], ...pairs]);
}

/** A mapping, or text where an argument has no name or only text can say it. */
export function methodValue({ call }: MethodStatement): YamlValue {
  const isNamed = call.args.every(({ name }) => name !== undefined);
  return (isNamed ? callValue(call, undefined, undefined) : undefined) ?? printExpression(call);
}

/** Arguments by name; a list where one has no name or one appears twice. */
export function argsValue(args: readonly Argument[]): YamlValue {
  const names = args.map(({ name }) => name);
  if (!names.includes(undefined) && new Set(names).size === names.length)
    return new Map(args.map(({ name, value }) => [name!, expressionValue(value)]));
  return args.map(({ name, value }) => (name === undefined ? printExpression(value) : new Map([[name, expressionValue(value)]])));
}
