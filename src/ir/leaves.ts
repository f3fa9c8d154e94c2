// What an expression depends on: its leaves, found without recursion.

import type { Expr } from './expr.js';

/** Every node of the expressions, each once, in no particular order; nothing below a known node is looked at. */
export function reachableNodes(roots: Iterable<Expr>, isKnown: (expr: Expr) => boolean = () => false): Set<Expr> {
  const reached = new Set<Expr>();
  const stack = [...roots];
  while (stack.length > 0) {
    const expr = stack.pop()!;
    if (reached.has(expr) || isKnown(expr)) continue;
    reached.add(expr);
    stack.push(...expr.src);
  }
  return reached;
}
