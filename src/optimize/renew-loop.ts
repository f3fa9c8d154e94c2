// Loops in derivatives. The ir wants each loop to belong to one sum or fill; an expression of a loop's body that is
// summed a second time gets loops of its own.

import { indexOf, makeLoop, mul } from '../ir/build.js';
import { argOf, intern, type Expr } from '../ir/expr.js';
import { reachableNodes } from '../ir/leaves.js';
import { freeLoops } from '../ir/order.js';
import { Rewriter } from '../ir/rewrite.js';
import type { LoopRef } from '../ir/types.js';

const inOrder = (expr: Expr): Expr[] => [...reachableNodes([expr])].sort((a, b) => a.id - b.id);

/** The expression with `index` in place of the loop's index; the sums inside that depend on it get new loops. */
export function renewLoop(expr: Expr, loop: LoopRef, index: Expr): Expr {
  const nodes = inOrder(expr);
  const free = freeLoops(nodes);
  const indices = new Map<LoopRef, Expr>([[loop, index]]);
  for (const node of nodes) {
    const own = node.op === 'sum' ? argOf(node, 'sum') : undefined;
    if (own !== undefined && free.get(node)?.has(loop)) indices.set(own, indexOf(makeLoop(own.length)));
  }
  const rewriter = new Rewriter((node, [body]) => {
    if (node.op === 'index') return indices.get(argOf(node, 'index'));
    const own = node.op === 'sum' ? argOf(node, 'sum') : undefined;
    // The loop's own sum binds its index: a cotangent inside the loop may read the sum as a whole.
    if (own === loop) return node;
    const renewed = own === undefined ? undefined : indices.get(own);
    return renewed === undefined ? undefined : intern('sum', 'real', [body!], argOf(renewed, 'index'));
  });
  return rewriter.rewrite(expr);
}

/** Sum of the expression over the loop's index, by a loop of its own. */
export function sumOut(expr: Expr, loop: LoopRef): Expr {
  if (!freeLoops(inOrder(expr)).get(expr)?.has(loop)) return mul(expr, loop.length);
  const fresh = makeLoop(loop.length);
  return intern('sum', 'real', [renewLoop(expr, loop, indexOf(fresh))], fresh);
}
