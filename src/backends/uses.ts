// What emitters ask about the nodes of a region before they write them down.

import { argOf, type Expr, type Op } from '../ir/expr.js';
import type { Region } from '../ir/order.js';

/** Operations without operands: names or cheap reads in any code. */
export const leafOps: ReadonlySet<Op> = new Set(['const', 'param', 'input', 'state', 'time', 'tick', 'index']);

/** Uses of each node; an operand that a loop reads from outside, or of one of `repeatsOperands`, counts as shared. */
export function countUses(region: Region, roots: readonly Expr[], repeatsOperands: ReadonlySet<Op>): Map<Expr, number> {
  const uses = new Map<Expr, number>();
  const count = (expr: Expr, times: number): void => void uses.set(expr, (uses.get(expr) ?? 0) + times);
  const regions = [region, ...region.loops.values()];
  for (const one of regions) {
    const inside = new Set(one.nodes);
    for (const expr of one.nodes) {
      for (const operand of expr.src) count(operand, repeatsOperands.has(expr.op) || !inside.has(operand) ? 2 : 1);
    }
  }
  for (const root of roots) count(root, 1);
  return uses;
}

/** Whether an index cannot leave 0 .. last: a constant, a loop's own index, or a choice between two such. */
export function isInside(index: Expr, last: number): boolean {
  if (index.op === 'select') return index.src.slice(1).every((choice) => choice.op !== 'select' && isInside(choice, last));
  if (index.op === 'const') return argOf(index, 'const') >= 0 && argOf(index, 'const') <= last;
  return index.op === 'index' && argOf(index, 'index').length <= last + 1;
}
