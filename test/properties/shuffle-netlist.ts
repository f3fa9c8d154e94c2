// Shuffles the items and statements of a netlist. Inputs and outputs keep their order among themselves:
// it numbers positional arguments and names the first output.

import type { NetlistFile, Statement } from '../../src/netlist/ast.js';

/** Numbers that decide the order, used over and over. */
export type Keys = readonly number[];

export function shuffleNetlist(file: NetlistFile, keys: Keys): NetlistFile {
  let next = 0;
  const shuffled = <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => ({ item, key: keys[next++ % keys.length]! + next / 1e6 }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  };
  const shuffleBody = (body: readonly Statement[]): Statement[] => {
    const all = shuffled(body).map((statement) =>
      statement.kind === 'for' ? { ...statement, body: shuffleBody(statement.body) } : statement,
    );
    return restoreOrder(restoreOrder(all, body, 'input'), body, 'output');
  };
  return {
    ...file,
    items: shuffled(file.items).map((item) => (item.kind === 'import' ? item : { ...item, body: shuffleBody(item.body) })),
  };
}

function restoreOrder(shuffled: readonly Statement[], original: readonly Statement[], kind: Statement['kind']): Statement[] {
  const inOrder = original.filter((statement) => statement.kind === kind);
  return shuffled.map((statement) => (statement.kind === kind ? inOrder.shift()! : statement));
}
