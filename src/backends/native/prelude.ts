// The functions that emitted C calls: elementary functions from their shared definitions, and the few
// operations that are longer than an expression.

import { intrinsicDefinition } from '../../ir/intrinsics.js';
import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr, Op } from '../../ir/expr.js';
import { reachableNodes } from '../../ir/leaves.js';
import { orderNodes } from '../../ir/order.js';
import { BodyEmitter, repeatsOperands, type LeafText } from '../js/body.js';
import { countUses } from '../uses.js';
import { cDialect, cPrelude } from './ops.js';

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** The functions that the nodes call, each emitted once. */
export function emitPrelude(nodes: ReadonlySet<Expr>): string[] {
  const used = new Set<Op>();
  // Bits become ints by a cast, not by the function.
  const use = (node: Expr): void => void (node.op === 'toInt' && node.src[0]!.type === 'bit' ? undefined : used.add(node.op));
  nodes.forEach(use);
  const called = intrinsicNames.filter((name) => used.has(name));
  for (const name of called) reachableNodes([intrinsicDefinition(name).body]).forEach(use);
  const operations = Object.entries(cPrelude).flatMap(([name, text]) => (used.has(name as Op) ? [text] : []));
  return [...operations, ...called.map(emitIntrinsic)];
}

function emitIntrinsic(name: Intrinsic): string {
  const { params, body } = intrinsicDefinition(name);
  const region = orderNodes([{ expr: body }]);
  const noLeaf = (): never => {
    throw new Error('internal: an elementary function reads only its arguments');
  };
  const leaves: LeafText = { input: (key) => key, param: noLeaf, state: noLeaf, element: noLeaf, time: noLeaf, tick: noLeaf };
  let names = 0;
  const emitter = new BodyEmitter(cDialect, region, countUses(region, [body], repeatsOperands), leaves, () => `t${names++}`);
  emitter.emit(region.nodes, '  ');
  const args = params.map((param) => `double ${param}`).join(', ');
  return [`static double dl_${name}(${args}) {`, ...emitter.lines, `  return ${emitter.text(body)};`, '}'].join('\n');
}
