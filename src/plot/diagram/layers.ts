// Assigns each box of a level a layer from the left, so that all links but those of feedback lead to
// the right: feedback is what a depth-first search meets again on its way, layers are longest paths.

import type { Level } from './level.js';

/** Inputs and outputs move to the outer layers unless their wires would cross more layers than this. */
const longestOuterWire = 4;

/** The layer of each box, from 0. A link to a box in the same or an earlier layer is feedback. */
export function assignLayers(level: Level): number[] {
  const successors = level.boxes.map((): number[] => []);
  for (const { from, to } of level.nets) for (const target of to) if (target.box !== from.box) successors[from.box]!.push(target.box);
  const order = depthFirstOrder(level, successors);
  const rank = order.reduce(
    (ranks, box, i) => ((ranks[box] = i), ranks),
    level.boxes.map(() => 0),
  );
  // Against the finishing order of the search runs feedback alone.
  const forward = successors.map((targets, box) => targets.filter((target) => rank[target]! > rank[box]!));
  const backward = level.boxes.map((): number[] => []);
  forward.forEach((targets, box) => targets.forEach((target) => backward[target]!.push(box)));

  const layer = level.boxes.map(() => 0);
  for (const box of order) for (const target of forward[box]!) layer[target] = Math.max(layer[target]!, layer[box]! + 1);
  shortenLinks(level, layer, order, forward, backward);
  moveOutside(level, layer, forward, backward);
  return layer;
}

/** Reverse postorder of a depth-first search that starts at boxes without predecessors, entries and inputs first. */
function depthFirstOrder(level: Level, successors: readonly number[][]): number[] {
  const indegree = level.boxes.map(() => 0);
  for (const targets of successors) for (const target of targets) indegree[target]!++;
  const urgency = (box: number): number => {
    const { place } = level.boxes[box]!;
    return place === 'entry' || place === 'first' ? 0 : indegree[box] === 0 ? 1 : 2;
  };
  const starts = level.boxes.map((_, box) => box).sort((a, b) => urgency(a) - urgency(b) || a - b);
  const seen = level.boxes.map(() => false);
  const finished: number[] = [];
  for (const start of starts) {
    if (seen[start]) continue;
    seen[start] = true;
    const stack = [{ box: start, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = successors[top.box]![top.next++];
      if (target === undefined) finished.push(stack.pop()!.box);
      else if (!seen[target]) {
        seen[target] = true;
        stack.push({ box: target, next: 0 });
      }
    }
  }
  return finished.reverse();
}

/** Moves boxes right, next to their readers, where that shortens more links than it lengthens. */
function shortenLinks(
  level: Level,
  layer: number[],
  order: readonly number[],
  forward: readonly number[][],
  backward: readonly number[][],
): void {
  for (const box of [...order].reverse()) {
    const { place } = level.boxes[box]!;
    const readers = forward[box]!;
    if (readers.length === 0 || place === 'entry' || place === 'first') continue;
    if (place !== 'source' && readers.length <= backward[box]!.length) continue;
    layer[box] = readers.reduce((nearest, reader) => Math.min(nearest, layer[reader]!), Infinity) - 1;
  }
}

/** Exits get a last layer of their own; inputs and outputs go to the outer layers if these are near. */
function moveOutside(level: Level, layer: number[], forward: readonly number[][], backward: readonly number[][]): void {
  const last = level.boxes.reduce((greatest, { place }, box) => (place === 'exit' ? greatest : Math.max(greatest, layer[box]!)), 0);
  level.boxes.forEach(({ place }, box) => {
    if (place === 'exit') layer[box] = last + 1;
    const isEnd = forward[box]!.length === 0 && backward[box]!.length > 0;
    if (place === 'last' && isEnd && last - layer[box]! <= longestOuterWire) layer[box] = last;
    if (place === 'first' && forward[box]!.length > 0) {
      const nearest = forward[box]!.reduce((a, b) => Math.min(a, layer[b]!), Infinity) - 1;
      if (nearest > longestOuterWire) layer[box] = nearest;
    }
  });
}
