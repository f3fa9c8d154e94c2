// How an event is laid out for many lanes: what is one value for all of them is computed first, as scalars; the rest in
// loops over the lanes. A sum, or a new array, has its own loop around a loop over the lanes, and so parts what goes before
// from what follows: a value that crosses stands in memory, one for each lane.

import { argOf, type Expr } from '../../ir/expr.js';
import type { Region, Root } from '../../ir/order.js';
import type { LoopRef } from '../../ir/types.js';
import type { Varying } from '../varying.js';

/** The loop of a sum, or of what gives an array new elements. */
export interface LoopPart<F> {
  readonly does: Expr | F;
  readonly loop: LoopRef;
  readonly level: Level<F>;
}

/** One loop over the lanes. */
export interface LanePart {
  readonly nodes: readonly Expr[];
}

/** What is computed at once, in an event or in each turn of a loop; `last` is there even when it is empty. */
export interface Level<F> {
  /** Nodes of one value for all lanes, operands first. */
  readonly uniform: readonly Expr[];
  readonly parts: readonly (LanePart | LoopPart<F>)[];
  /** The loop over the lanes at the end, which may use all else. */
  readonly last: LanePart;
}

/** An array's new elements. */
export interface Filling {
  readonly root: Root & { readonly loop: LoopRef };
}

export const isLoopPart = <F>(part: LanePart | LoopPart<F>): part is LoopPart<F> => 'level' in part;

/** `fillings`: those with another value for each lane; their loops stand before the last part. */
export function planLanes<F extends Filling>(region: Region, fillings: readonly F[], varying: Varying): Level<F> {
  return new Planner<F>(region, varying).plan(region.nodes, fillings);
}

class Planner<F extends Filling> {
  private readonly region: Region;
  private readonly varying: Varying;

  constructor(region: Region, varying: Varying) {
    this.region = region;
    this.varying = varying;
  }

  plan(nodes: readonly Expr[], fillings: readonly F[]): Level<F> {
    const own = nodes.filter((node) => this.varying.nodes.has(node) && !isLaneLeaf(node));
    const inLevel = new Set(own);
    const sums = own.filter((node) => node.op === 'sum');
    const plain = own.filter((node) => node.op !== 'sum');
    const needs = new Map<Expr | F, readonly Expr[]>();
    for (const node of own) {
      const all = node.op === 'sum' ? this.needsOfLoop(argOf(node, 'sum'), node.src[0]!) : node.src;
      needs.set(
        node,
        all.filter((operand) => inLevel.has(operand)),
      );
    }
    for (const filling of fillings)
      needs.set(
        filling,
        this.needsOfLoop(filling.root.loop, filling.root.expr).filter((operand) => inLevel.has(operand)),
      );

    const stages = earliestStages([...own, ...fillings], needs);
    const loops: readonly (Expr | F)[] = [...sums, ...fillings];
    const end = loops.reduce((most, one) => Math.max(most, stages.get(one)! + 1), 0);
    moveToUsers(plain, loops, needs, stages, end);

    const parts: (LanePart | LoopPart<F>)[] = [];
    for (let stage = 0; stage < end; stage++) {
      const now = plain.filter((node) => stages.get(node) === stage);
      if (now.length > 0) parts.push({ nodes: now });
      for (const does of loops) if (stages.get(does) === stage) parts.push(this.loopPart(does));
    }
    const uniform = nodes.filter((node) => !this.varying.nodes.has(node));
    return { uniform, parts, last: { nodes: plain.filter((node) => stages.get(node) === end) } };
  }

  private loopPart(does: Expr | F): LoopPart<F> {
    const loop = isExpr(does) ? argOf(does, 'sum') : does.root.loop;
    return { does, loop, level: this.plan(this.region.loops.get(loop)!.nodes, []) };
  }

  /** Operands, in or outside the loop, of all that its turns compute. */
  private needsOfLoop(loop: LoopRef, value: Expr): Expr[] {
    const inside = this.region.loops
      .get(loop)!
      .nodes.flatMap((node) => [...node.src, ...(node.op === 'sum' ? this.needsOfLoop(argOf(node, 'sum'), node.src[0]!) : [])]);
    return [value, ...inside];
  }
}

const isExpr = (does: object): does is Expr => 'op' in does;

/** Values of the lanes that stand in memory before the event. */
export const isLaneLeaf = (expr: Expr): boolean => expr.op === 'state' || expr.op === 'param';

/** A stage is a loop over the lanes, with the loops of sums and arrays that follow it: a sum's value is there in the next. */
function earliestStages<F extends object>(
  inOrder: readonly (Expr | F)[],
  needs: ReadonlyMap<Expr | F, readonly Expr[]>,
): Map<Expr | F, number> {
  const stages = new Map<Expr | F, number>();
  for (const one of inOrder) {
    const after = needs.get(one)!.map((need) => stages.get(need)! + (need.op === 'sum' ? 1 : 0));
    stages.set(one, Math.max(0, ...after));
  }
  return stages;
}

/** Computes a node in the stage of its first user, so that few values cross. */
function moveToUsers<F extends object>(
  plain: readonly Expr[],
  loops: readonly (Expr | F)[],
  needs: ReadonlyMap<Expr | F, readonly Expr[]>,
  stages: Map<Expr | F, number>,
  end: number,
): void {
  const latest = new Map<Expr, number>();
  const want = (user: Expr | F): void => {
    for (const need of needs.get(user)!) latest.set(need, Math.min(latest.get(need) ?? end, stages.get(user)!));
  };
  loops.forEach(want);
  for (let i = plain.length - 1; i >= 0; i--) {
    const node = plain[i]!;
    stages.set(node, latest.get(node) ?? end);
    want(node);
  }
}
