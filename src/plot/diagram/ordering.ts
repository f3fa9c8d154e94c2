// Orders the vertices of each layer so that few wires cross: barycentre sweeps back and forth (Sugiyama,
// Tagawa & Toda 1981), then swaps of neighbours while small diagrams gain by it. Ports count by height.

import type { Strand, Strands, Terminal } from './strands.js';

const sweeps = 12;
const sweepsWhenLarge = 4;
const largeVertexCount = 3000;
const swapVertexCount = 400;

/** Reorders `strands.layers` in place. */
export function orderLayers(strands: Strands): void {
  const { vertices, layers, channels } = strands;
  const position = vertices.map(() => 0);
  const renumber = (layer: readonly number[]): void => layer.forEach((vertex, i) => (position[vertex] = i));
  /** Position of a terminal in its layer: ports of one vertex keep their order between its neighbours'. */
  const place = ({ vertex, offset }: Terminal): number => position[vertex]! + offset / (vertices[vertex]!.height + 1);
  const countAll = (): number => channels.reduce((sum, channel) => sum + countCrossings(channel, place), 0);

  layers.forEach(renumber);
  let best = layers.map((layer) => [...layer]);
  let fewest = countAll();
  const rounds = vertices.length > largeVertexCount ? sweepsWhenLarge : sweeps;
  for (let round = 0; round < rounds && fewest > 0; round++) {
    const forward = round % 2 === 0;
    for (let i = 1; i < layers.length; i++) {
      const index = forward ? i : layers.length - 1 - i;
      sortByNeighbours(layers[index]!, channels[forward ? index : index + 1]!, forward, place, position);
      renumber(layers[index]!);
    }
    const crossings = countAll();
    if (crossings < fewest) {
      fewest = crossings;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach((layer, i) => {
    layers[i] = layer;
    renumber(layer);
  });
  if (fewest > 0 && vertices.length <= swapVertexCount) swapNeighbours(layers, channels, position, place);
}

/** Sorts a layer by the mean place of what its vertices are wired to on one side; vertices without wires there stay where they are. */
function sortByNeighbours(
  layer: number[],
  channel: readonly Strand[],
  fromLeft: boolean,
  place: (terminal: Terminal) => number,
  position: readonly number[],
): void {
  const sums = new Map<number, { sum: number; count: number }>();
  const add = (vertex: number, value: number): void => {
    const entry = sums.get(vertex) ?? { sum: 0, count: 0 };
    sums.set(vertex, { sum: entry.sum + value, count: entry.count + 1 });
  };
  for (const { left, rights } of channel) {
    if (left === undefined) continue;
    for (const right of rights) {
      if (fromLeft) add(right.vertex, place(left));
      else add(left.vertex, place(right));
    }
  }
  const wired = layer.filter((vertex) => sums.has(vertex));
  const mean = (vertex: number): number => sums.get(vertex)!.sum / sums.get(vertex)!.count;
  wired.sort((a, b) => mean(a) - mean(b) || position[a]! - position[b]!);
  let next = 0;
  layer.forEach((vertex, i) => {
    if (sums.has(vertex)) layer[i] = wired[next++]!;
  });
}

/** Pairs of wires that cross in a channel: inversions, counted with a Fenwick tree in O(E log E). */
export function countCrossings(channel: readonly Strand[], place: (terminal: Terminal) => number): number {
  const links: { left: number; right: number }[] = [];
  for (const { left, rights } of channel)
    if (left !== undefined) for (const right of rights) links.push({ left: place(left), right: place(right) });
  const rights = [...new Set(links.map((link) => link.right))].sort((a, b) => a - b);
  const rankOf = new Map(rights.map((right, rank) => [right, rank + 1]));
  const tree = new Array<number>(rights.length + 1).fill(0);
  links.sort((a, b) => a.left - b.left || a.right - b.right);
  let crossings = 0;
  links.forEach(({ right }, seen) => {
    const rank = rankOf.get(right)!;
    let notAbove = 0;
    for (let i = rank; i > 0; i -= i & -i) notAbove += tree[i]!;
    crossings += seen - notAbove;
    for (let i = rank; i < tree.length; i += i & -i) tree[i]!++;
  });
  return crossings;
}

function swapNeighbours(
  layers: number[][],
  channels: readonly Strand[][],
  position: number[],
  place: (terminal: Terminal) => number,
): void {
  for (let gained = true, round = 0; gained && round < 6; round++) {
    gained = false;
    layers.forEach((layer, index) => {
      const around = (): number => countCrossings(channels[index]!, place) + countCrossings(channels[index + 1]!, place);
      let current = around();
      for (let i = 0; i + 1 < layer.length && current > 0; i++) {
        swap(layer, i, position);
        const swapped = around();
        if (swapped < current) {
          current = swapped;
          gained = true;
        } else swap(layer, i, position);
      }
    });
  }
}

function swap(layer: number[], i: number, position: number[]): void {
  const [a, b] = [layer[i]!, layer[i + 1]!];
  layer[i] = b;
  layer[i + 1] = a;
  position[b] = i;
  position[a] = i + 1;
}
