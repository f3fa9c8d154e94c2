// What an expression depends on: its leaves, found without recursion.

import type { Expr } from './expr.js';

/** Every node of the expressions, each once, in no particular order. */
export function reachableNodes(roots: Iterable<Expr>): Set<Expr> {
  const reached = new Set<Expr>();
  const stack = [...roots];
  while (stack.length > 0) {
    const expr = stack.pop()!;
    if (reached.has(expr)) continue;
    reached.add(expr);
    stack.push(...expr.src);
  }
  return reached;
}
