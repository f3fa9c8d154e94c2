// Gives each vertex its height on the page: wires should run straight, vertices of a layer must keep
// their order and their distance. Layer by layer this is isotonic regression in the L1 norm, whose
// solutions are medians and so make some wires exactly straight; solved by pooling adjacent violators.

import type { Strands, Terminal } from './strands.js';

const boxGapPx = 24;
const waypointGapPx = 13;
const rounds = 8;
/** A bend in a long wire hurts more than one at a box. */
const waypointWeight = 3;

interface Wish {
  readonly value: number;
  readonly weight: number;
}

/** Top of each vertex in px, from 0. */
export function assignHeights(strands: Strands): number[] {
  const { vertices, layers } = strands;
  const top = vertices.map(() => 0);
  const gap = (above: number, below: number): number =>
    vertices[above]!.box === undefined || vertices[below]!.box === undefined ? waypointGapPx : boxGapPx;
  /** Distance of each vertex' top from that of the first of its layer when the layer is packed. */
  const packed = vertices.map(() => 0);
  for (const layer of layers) {
    for (let i = 1; i < layer.length; i++) {
      packed[layer[i]!] = packed[layer[i - 1]!]! + vertices[layer[i - 1]!]!.height + gap(layer[i - 1]!, layer[i]!);
    }
    for (const vertex of layer) top[vertex] = packed[vertex]!;
  }

  for (let round = 0; round <= rounds; round++) {
    const forward = round % 2 === 0;
    for (let i = 0; i < layers.length; i++) {
      const index = forward ? i : layers.length - 1 - i;
      const wishes = collectWishes(strands, index, forward, top);
      const layer = layers[index]!;
      const fitted = fitMonotone(
        layer.map((vertex) =>
          (wishes.get(vertex) ?? [{ value: top[vertex]!, weight: 0.01 }]).map(({ value, weight }) => ({
            value: value - packed[vertex]!,
            weight,
          })),
        ),
      );
      layer.forEach((vertex, k) => (top[vertex] = fitted[k]! + packed[vertex]!));
    }
  }
  const highest = top.reduce((a, b) => Math.min(a, b), Infinity);
  return top.map((value) => value - highest);
}

/** Where each vertex of a layer would stand if its wires to the left (or right) neighbours were straight: one wish, the middle one. */
function collectWishes(strands: Strands, layer: number, fromLeft: boolean, top: readonly number[]): Map<number, Wish[]> {
  const { vertices, channels } = strands;
  const targets = new Map<number, number[]>();
  const wish = (own: Terminal, other: Terminal): void => {
    const value = top[other.vertex]! + other.offset - own.offset;
    const list = targets.get(own.vertex);
    if (list === undefined) targets.set(own.vertex, [value]);
    else list.push(value);
  };
  for (const { left, rights } of channels[fromLeft ? layer : layer + 1]!) {
    if (left === undefined) continue;
    for (const right of rights) {
      if (fromLeft) wish(right, left);
      else wish(left, right);
    }
  }
  return new Map(
    [...targets].map(([vertex, values]) => {
      const value = values.sort((a, b) => a - b)[(values.length - 1) >> 1]!;
      return [vertex, [{ value, weight: vertices[vertex]!.box === undefined ? waypointWeight : 1 }]];
    }),
  );
}

/** Nondecreasing z that minimizes sum of weight * |z_i - value| over all wishes. */
export function fitMonotone(wishes: readonly (readonly Wish[])[]): number[] {
  const pools: { wishes: Wish[]; median: number; size: number }[] = [];
  for (const own of wishes) {
    let pool = { wishes: [...own].sort((a, b) => a.value - b.value), median: weightedMedian(own), size: 1 };
    for (let above = pools.at(-1); above !== undefined && above.median > pool.median; above = pools.at(-1)) {
      pools.pop();
      const merged = mergeSorted(above.wishes, pool.wishes);
      pool = { wishes: merged, median: weightedMedian(merged), size: above.size + pool.size };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ median, size }) => Array.from({ length: size }, () => median));
}

function mergeSorted(a: readonly Wish[], b: readonly Wish[]): Wish[] {
  const merged: Wish[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    merged.push(j >= b.length || (i < a.length && a[i]!.value <= b[j]!.value) ? a[i++]! : b[j++]!);
  }
  return merged;
}

/** Lower weighted median of wishes in ascending order. */
function weightedMedian(wishes: readonly Wish[]): number {
  const total = wishes.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  for (const { value, weight } of wishes) {
    sum += weight;
    if (sum * 2 >= total) return value;
  }
  return 0;
}
