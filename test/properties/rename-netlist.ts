// Gives the blocks of a system other names, there and in its benches. Records keep their old labels.

import type { NetlistFile, RecordItem, Statement } from '../../src/netlist/ast.js';
import { printExpression } from '../../src/netlist/loom/print-expression.js';
import { mapReads, type NameChange } from './map-names.js';
import { benched, identifier, nameOf, replaceSystem, systemOf } from './netlist-text.js';

export function renameBlocks(file: NetlistFile, system: string, names: ReadonlyMap<string, string>): NetlistFile {
  const change: NameChange = (expression) => {
    const name = expression.kind === 'name' ? expression.name : expression.object.name;
    const renamed = names.get(name);
    if (renamed === undefined) return undefined;
    return expression.kind === 'name' ? nameOf(renamed) : { ...expression, object: nameOf(renamed) };
  };
  const declare = (statement: Statement): Statement => {
    if (statement.kind === 'let') return { ...statement, name: identifier(names.get(statement.name.name) ?? statement.name.name) };
    if (statement.kind === 'for') return { ...statement, body: statement.body.map(declare) };
    return statement;
  };
  const label = (item: RecordItem): RecordItem => ({ ...item, name: item.name ?? labelOf(item) });
  const labelled = (statement: Statement): Statement =>
    statement.kind === 'record' ? { ...statement, items: statement.items.map(label) } : statement;
  const item = systemOf(file, system);
  const renamed = replaceSystem(file, system, { ...item, body: item.body.map((statement) => declare(mapReads(statement, change))) });
  return {
    ...renamed,
    items: renamed.items.map((other) =>
      other.kind === 'bench' && benched(other) === system
        ? { ...other, body: other.body.map((statement) => mapReads(labelled(statement), change)) }
        : other,
    ),
  };
}

/** A label is a name: texts such as `x[0]` have none to keep. */
function labelOf({ value }: RecordItem) {
  const text = printExpression(value);
  return /^\w+$/.test(text) ? identifier(text) : undefined;
}
