// What emitted text calls besides operators, in JavaScript as in C: which operations are functions, which
// elementary functions, and the statements of those from their shared definitions.

import type { Intrinsic } from '../ir/evaluate.js';
import type { Expr, Op } from '../ir/expr.js';
import { intrinsicDefinition } from '../ir/intrinsics.js';
import { reachableNodes } from '../ir/leaves.js';
import { bodyOf, type Dialect, type LeafText } from './body.js';

const intrinsicNames: readonly Intrinsic[] = ['exp', 'log', 'sin', 'cos', 'tanh', 'pow'];

/** Operations and elementary functions that the nodes need, those of the functions' own bodies included. */
export function calledFunctions(nodes: ReadonlySet<Expr>): {
  readonly used: ReadonlySet<string>;
  readonly intrinsics: readonly Intrinsic[];
} {
  const used = new Set<Op>();
  // Bits become ints by an operator, not by the function.
  const use = (node: Expr): void => {
    if (node.op !== 'toInt' || node.src[0]!.type === 'real') used.add(node.op);
  };
  nodes.forEach(use);
  const intrinsics = intrinsicNames.filter((name) => used.has(name));
  for (const name of intrinsics) reachableNodes([intrinsicDefinition(name).body]).forEach(use);
  return { used, intrinsics };
}

/** The body of an elementary function: its statements, and the text of the result. */
export function intrinsicBody(
  name: Intrinsic,
  dialect: Dialect,
): { readonly params: readonly string[]; readonly lines: readonly string[] } {
  const { params, body } = intrinsicDefinition(name);
  const noLeaf = (): never => {
    throw new Error('internal: an elementary function reads only its arguments');
  };
  const leaves: LeafText = { input: (key) => key, param: noLeaf, state: noLeaf, element: noLeaf, time: noLeaf, tick: noLeaf };
  let names = 0;
  const { emitter, region } = bodyOf(dialect, [{ expr: body }], leaves, () => `t${names++}`);
  emitter.emit(region.nodes, '  ');
  return { params, lines: [...emitter.lines, `  return ${emitter.text(body)};`] };
}
