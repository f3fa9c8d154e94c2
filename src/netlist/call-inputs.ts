// Inputs of a call by name or by position: YAML names them, .loom leaves the names of leading ones out.

import { findBlock } from '../blocks/registry.js';
import type { Argument, CallExpression, NetlistFile } from './ast.js';

/** Names of the inputs of a block type or system, in order; undefined if it is not known. */
export type InputNames = (callee: string) => readonly string[] | undefined;

/** Inputs of block types, and of the systems of the file, which come first. */
export function inputNamesIn(file: NetlistFile): InputNames {
  const systems = new Map<string, string[]>();
  for (const item of file.items) {
    if (item.kind !== 'system') continue;
    const inputs = item.body.flatMap((statement) => (statement.kind === 'input' ? statement.inputs.map(({ name }) => name.name) : []));
    systems.set(item.name.name, inputs);
  }
  return (callee) => {
    const block = findBlock(callee);
    return systems.get(callee) ?? (block && Object.keys(block.inputs));
  };
}

/**
 * The call with its inputs named, in their declared order, before its other arguments. Arguments without a
 * name stay as they are, all of them, if one has no input to go to.
 */
export function nameInputs(call: CallExpression, inputNames: InputNames): CallExpression {
  const names = inputNames(call.callee.name) ?? [];
  const positional = call.args.filter(({ name }) => name === undefined);
  const named = call.args.filter(({ name }) => name !== undefined);
  const taken = new Set(named.map(({ name }) => name));
  const fits =
    positional.length <= names.length && new Set(names).size === names.length && positional.every((_, i) => !taken.has(names[i]!));
  const inputs = fits ? [...positional.map((arg, i): Argument => ({ ...arg, name: names[i]! })), ...named] : named;
  const rank = ({ name }: Argument): number => (names.includes(name!) ? names.indexOf(name!) : names.length);
  const sorted = [...inputs].sort((a, b) => rank(a) - rank(b));
  return { ...call, args: fits ? sorted : [...positional, ...sorted] };
}

/** The call with the names of its leading inputs left out; calls with arguments in order already stay as they are. */
export function positionInputs(call: CallExpression, inputNames: InputNames): CallExpression {
  const names = inputNames(call.callee.name);
  if (names === undefined || call.args.some(({ name }) => name === undefined)) return call;
  const leading: Argument[] = [];
  for (const name of names) {
    const given = call.args.filter((arg) => arg.name === name);
    if (given.length !== 1) break;
    leading.push(given[0]!);
  }
  const bare = leading.map(({ value, span }): Argument => ({ value, span }));
  return { ...call, args: [...bare, ...call.args.filter((arg) => !leading.includes(arg))] };
}
