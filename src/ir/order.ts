// The order in which the nodes of expressions are computed. An operand is created before its user, so
// ids give a topological order. Nodes that depend on a loop's index form the loop's own region.

import { argOf, type Expr } from './expr.js';
import type { LoopRef } from './types.js';

/** Nodes in computing order, operands first. */
export interface Region {
  readonly nodes: readonly Expr[];
  /** What is computed in each turn of the loop of a `sum` node, or of an array's `fill`. */
  readonly loops: ReadonlyMap<LoopRef, Region>;
}

/** A root whose value is wanted; inside a loop for the value of a `fill`. */
export interface Root {
  readonly expr: Expr;
  readonly loop?: LoopRef | undefined;
}

type Loops = ReadonlySet<LoopRef>;
const noLoops: Loops = new Set();
const nothing: ReadonlySet<Expr> = new Set();

/** Every node that the roots need, each once, sorted into regions. Nodes of `given` have values already: they and what only they need are left out. */
export function orderNodes(roots: readonly Root[], given: { has(expr: Expr): boolean } = nothing): Region {
  const reached = new Set<Expr>();
  const stack = roots.map((root) => root.expr);
  while (stack.length > 0) {
    const expr = stack.pop()!;
    if (reached.has(expr) || given.has(expr)) continue;
    reached.add(expr);
    stack.push(...expr.src);
  }
  const nodes = [...reached].sort((a, b) => a.id - b.id);
  const free = freeLoops(nodes);
  const depths = loopDepths(nodes, free);
  const depthOf = (loop: LoopRef | undefined): number => (loop === undefined ? 0 : (depths.get(loop) ?? 1));

  const members = new Map<LoopRef | undefined, Expr[]>([[undefined, []]]);
  for (const loop of depths.keys()) members.set(loop, []);
  for (const { loop } of roots) if (loop !== undefined) members.set(loop, []);
  for (const expr of nodes) {
    let innermost: LoopRef | undefined;
    for (const loop of free.get(expr) ?? noLoops) if (depthOf(loop) > depthOf(innermost)) innermost = loop;
    members.get(innermost)!.push(expr);
  }
  const loops = new Map<LoopRef, Region>();
  for (const [loop, own] of members) if (loop !== undefined) loops.set(loop, { nodes: own, loops });
  return { nodes: members.get(undefined)!, loops };
}

/** The loops whose index each node depends on; a sum closes its own. `nodes` stand operands first; nodes without such loops are absent. */
export function freeLoops(nodes: readonly Expr[]): Map<Expr, Loops> {
  const free = new Map<Expr, Loops>();
  for (const expr of nodes) {
    let loops: Loops = expr.op === 'index' ? new Set([argOf(expr, 'index')]) : noLoops;
    for (const operand of expr.src) loops = union(loops, free.get(operand) ?? noLoops);
    if (expr.op === 'sum') loops = new Set([...loops].filter((loop) => loop !== argOf(expr, 'sum')));
    if (loops.size > 0) free.set(expr, loops);
  }
  return free;
}

/** Most nodes depend on the loops of one operand alone and share its set. */
function union(a: Loops, b: Loops): Loops {
  if (a === b || b.size === 0) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
}

/** Nesting depth of the loop of each sum, 1 at least: a loop lies inside every loop that its own sum still depends on. */
function loopDepths(nodes: readonly Expr[], free: ReadonlyMap<Expr, Loops>): Map<LoopRef, number> {
  const depths = new Map<LoopRef, number>();
  for (let i = nodes.length - 1; i >= 0; i--) {
    const expr = nodes[i]!;
    if (expr.op !== 'sum') continue;
    let depth = 0;
    for (const outer of free.get(expr) ?? noLoops) depth = Math.max(depth, depths.get(outer) ?? 1);
    depths.set(argOf(expr, 'sum'), depth + 1);
  }
  return depths;
}
