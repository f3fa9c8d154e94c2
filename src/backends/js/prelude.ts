// The functions that emitted nodes call: elementary functions from their shared definitions, and the few
// operations that are longer than an expression.

import { intrinsicDefinition } from '../../ir/intrinsics.js';
import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr, Op } from '../../ir/expr.js';
import { reachableNodes } from '../../ir/leaves.js';
import { orderNodes } from '../../ir/order.js';
import { countUses } from '../uses.js';
import { BodyEmitter, repeatsOperands, type LeafText } from './body.js';
import { jsDialect, jsPrelude, jsWords } from './ops.js';

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** The functions that the nodes call, each emitted once. */
export function emitPrelude(nodes: ReadonlySet<Expr>): string[] {
  const used = new Set<Op>();
  // Bits become ints by an operator, not by the function.
  for (const node of nodes) if (node.op !== 'toInt' || node.src[0]!.type === 'real') used.add(node.op);
  const called = intrinsicNames.filter((name) => used.has(name));
  for (const name of called) for (const node of reachableNodes([intrinsicDefinition(name).body])) used.add(node.op);
  const words = used.has('pow2') || used.has('exponent') ? [jsWords] : [];
  const operations = Object.entries(jsPrelude).flatMap(([name, text]) => (used.has(name as Op) ? [text] : []));
  return [...words, ...operations, ...called.map(emitIntrinsic)];
}

function emitIntrinsic(name: Intrinsic): string {
  const { params, body } = intrinsicDefinition(name);
  const region = orderNodes([{ expr: body }]);
  const noLeaf = (): never => {
    throw new Error('internal: an elementary function reads only its arguments');
  };
  const leaves: LeafText = { input: (key) => key, param: noLeaf, state: noLeaf, element: noLeaf, time: noLeaf, tick: noLeaf };
  let names = 0;
  const emitter = new BodyEmitter(jsDialect, region, countUses(region, [body], repeatsOperands), leaves, () => `t${names++}`);
  emitter.emit(region.nodes, '  ');
  return [`const ${name} = (${params.join(', ')}) => {`, ...emitter.lines, `  return ${emitter.text(body)};`, '};'].join('\n');
}
