// What never changes during a run: constants, and nodes of parameters and constants alone.

import type { Expr } from './expr.js';

/** Those of the nodes that are fixed; what reads arrays or loops is not among them. `nodes` hold all operands. */
export function fixedNodes(nodes: Iterable<Expr>): Set<Expr> {
  const fixed = new Set<Expr>();
  for (const node of [...nodes].sort((a, b) => a.id - b.id)) if (isFixed(node, fixed)) fixed.add(node);
  return fixed;
}

function isFixed(node: Expr, fixed: ReadonlySet<Expr>): boolean {
  if (node.src.length === 0) return node.op === 'const' || node.op === 'param';
  return node.op !== 'load' && node.op !== 'sum' && node.src.every((operand) => fixed.has(operand));
}
