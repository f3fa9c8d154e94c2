// A netlist in another folder: paths of what it imports and of what its blocks read are relative to it.

import { findBlock } from '../blocks/registry.js';
import type { CallExpression, Item, NetlistFile } from './ast.js';
import { mapArguments, mapStatementCalls } from './map-calls.js';

/** `move` gives the path that is to stand where one stands. */
export function relocateNetlist(file: NetlistFile, move: (path: string) => string): NetlistFile {
  const moveCall = (call: CallExpression): CallExpression => {
    const params = findBlock(call.callee.name)?.params ?? {};
    const args = call.args.map((arg) => {
      const { name, value } = arg;
      const isPath = name !== undefined && Object.hasOwn(params, name) && params[name]!.kind === 'samples';
      return isPath && value.kind === 'string' ? { ...arg, value: { ...value, value: move(value.value) } } : arg;
    });
    return { ...call, args };
  };
  const items = file.items.map((item): Item => {
    if (item.kind === 'import') return { ...item, path: { ...item.path, value: move(item.path.value) } };
    const body = item.body.map((statement) => mapStatementCalls(statement, moveCall));
    return item.kind === 'system' ? { ...item, body } : { ...item, body, args: mapArguments(item.args, moveCall) };
  });
  return { ...file, items };
}
