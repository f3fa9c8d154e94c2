// What of an event's values is kept on a tape for its reverse, and what the reverse computes again from what is kept:
// whichever is less work. A value is at hand if it is kept, or if it is computed and its operands are at hand; the least
// cost of having at hand all that the reverse reads is a cut of the graph of these conditions.

import { intrinsicNames } from '../ir/evaluate.js';
import { argOf, type Expr, type Op } from '../ir/expr.js';
import { freeLoops } from '../ir/order.js';
import { reachableNodes } from '../ir/leaves.js';
import type { LoopRef } from '../ir/types.js';
import { CutGraph } from './min-cut.js';

/** Costs in additions. A value on a tape is stored and loaded, mostly beyond the nearest cache. */
const tapeCost = 4;
const opCosts: { readonly [K in Op]?: number } = {
  const: 0,
  index: 0,
  div: 4,
  sqrt: 4,
  uniform: 100,
  state: Infinity,
  time: Infinity,
  tick: Infinity,
};
const intrinsicCost = 40;

/**
 * The nodes to be kept of those below `wanted`, which the reverse reads; `isAtHand` tells nodes that cost nothing, such as
 * what is made of parameters. Nodes inside of loops are never kept.
 */
export function chooseTape(wanted: Iterable<Expr>, isAtHand: (node: Expr) => boolean): Set<Expr> {
  const roots = [...wanted];
  const nodes = [...reachableNodes(roots, isAtHand)].sort((a, b) => a.id - b.id);
  const loops = freeLoops(nodes);
  const graph = new CutGraph();
  const places = new Map(nodes.map((node) => [node, { atHand: graph.addNode(), computed: graph.addNode() }]));
  for (const [node, { atHand, computed }] of places) {
    graph.addEdge(atHand, computed, loops.has(node) ? Infinity : tapeCost);
    graph.addEdge(computed, graph.sink, costOf(node, loops.get(node)));
    for (const operand of new Set(node.src)) {
      const place = places.get(operand);
      if (place !== undefined) graph.addEdge(computed, place.atHand, Infinity);
    }
  }
  for (const root of roots) {
    const place = places.get(root);
    if (place !== undefined) graph.addEdge(graph.source, place.atHand, Infinity);
  }
  const isOnSide = graph.cut();
  if (isOnSide === undefined) throw new Error('internal: a value can neither be kept nor computed again');
  return new Set(nodes.filter((node) => isOnSide[places.get(node)!.atHand]! && !isOnSide[places.get(node)!.computed]!));
}

/** Additions that a node takes, in each turn of the loops around it. States are no more what they were. */
function costOf(node: Expr, loops: ReadonlySet<LoopRef> = new Set()): number {
  const turns = [...loops].reduce((product, { length }) => product * length, 1);
  // An array of a loop is taken back to what it was; elsewhere the element is kept.
  if (node.op === 'load') return argOf(node, 'load').kind === 'state' && loops.size === 0 ? Infinity : 2 * turns;
  if (node.op === 'sum') return turns * argOf(node, 'sum').length;
  const cost = intrinsicNames.has(node.op) ? intrinsicCost : (opCosts[node.op] ?? 1);
  return cost === 0 ? 0 : cost * turns;
}
