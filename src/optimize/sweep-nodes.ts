// One sweep backwards over the nodes of expressions: users before operands, each passing its cotangent on by its rule.

import { argOf, type Expr } from '../ir/expr.js';
import { reachableNodes } from '../ir/leaves.js';
import { freeLoops } from '../ir/order.js';
import type { LoopRef } from '../ir/types.js';
import { accumulate, vjpRules, type StructuralOp } from '../ir/vjp.js';
import { sumOut } from './renew-loop.js';

type Loops = ReadonlySet<LoopRef>;
export const noLoops: Loops = new Set();

/** Takes the whole cotangent of a node, which holds for every value of the loops' indices, and says whether the sweep ends there. */
type Take = (node: Expr, cotangent: Expr, loops: Loops) => boolean;

export class Sweep {
  private readonly nodes: readonly Expr[];
  private readonly free: ReadonlyMap<Expr, Loops>;
  private readonly active: ReadonlySet<Expr>;
  private readonly take: Take;
  private readonly cotangents = new Map<Expr, Expr>();

  /** Nodes outside `active` get no cotangent. */
  constructor(roots: readonly Expr[], active: ReadonlySet<Expr>, take: Take) {
    const inOrder = [...reachableNodes(roots)].sort((a, b) => a.id - b.id);
    this.free = freeLoops(inOrder);
    this.nodes = inOrder.reverse();
    this.active = active;
    this.take = take;
  }

  /** Adds to the cotangent of a node one that is known inside the loops of `context`. */
  give(node: Expr, cotangent: Expr, context: Loops): void {
    if (!this.active.has(node)) return;
    const own = this.free.get(node) ?? noLoops;
    const given = [...context].filter((loop) => !own.has(loop)).reduce(sumOut, cotangent);
    this.cotangents.set(node, accumulate(this.cotangents.get(node), given));
  }

  run(): void {
    for (const node of this.nodes) {
      const cotangent = this.cotangents.get(node);
      const loops = this.free.get(node) ?? noLoops;
      if (cotangent !== undefined && !this.take(node, cotangent, loops)) this.passOn(node, cotangent, loops);
    }
  }

  private passOn(node: Expr, cotangent: Expr, loops: Loops): void {
    if (node.op === 'sum') {
      this.give(node.src[0]!, cotangent, new Set([...loops, argOf(node, 'sum')]));
      return;
    }
    const operands = vjpRules[node.op as Exclude<typeof node.op, StructuralOp>](node, cotangent);
    operands.forEach((operand, i) => {
      if (operand !== undefined) this.give(node.src[i]!, operand, loops);
    });
  }
}
