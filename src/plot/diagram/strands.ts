// Cuts nets into pieces that cross one channel (the gap between two layers) each. A wire that passes
// layers gets a waypoint in each of them; feedback, and wires too long for that, go around.

import type { Box, BoxPort, Level } from './level.js';

/** A box, or a waypoint: a box of no height that one net passes through. */
export interface Vertex {
  readonly layer: number;
  /** Index of the box in the level; undefined for a waypoint. */
  readonly box: number | undefined;
  readonly height: number;
}

/** A point on a vertex where a wire ends, `offset` px below the vertex' top. */
export interface Terminal {
  readonly vertex: number;
  readonly offset: number;
}

/** The part of a net in one channel: from the right side of vertices to the left side of vertices one layer on. */
export interface Strand {
  readonly net: number;
  readonly left: Terminal | undefined;
  readonly rights: readonly Terminal[];
}

/** A net, or the part of it, that leaves through the channel after `layer` and enters targets from above or below all layers between. */
export interface Detour {
  readonly net: number;
  readonly source: Terminal;
  readonly targets: readonly Terminal[];
}

export interface Strands {
  readonly vertices: readonly Vertex[];
  /** Vertices of each layer in their order from the top, to be improved. */
  readonly layers: number[][];
  /** Strands of each channel; channel c lies left of layer c. */
  readonly channels: readonly Strand[][];
  readonly detours: readonly Detour[];
}

/** Waypoints are worth their cost up to this many a box: what is longer goes around. */
const waypointsPerBox = 4;
const freeWaypoints = 2000;

export function cutIntoStrands(level: Level, layerOf: readonly number[]): Strands {
  const layerCount = layerOf.reduce((a, b) => Math.max(a, b), 0) + 1;
  const vertices: Vertex[] = level.boxes.map((box, index) => ({ layer: layerOf[index]!, box: index, height: box.height }));
  const layers: number[][] = Array.from({ length: layerCount }, () => []);
  vertices.forEach((vertex, index) => layers[vertex.layer]!.push(index));
  const channels: Strand[][] = Array.from({ length: layerCount + 1 }, () => []);
  const detours: Detour[] = [];
  const terminal = (port: BoxPort, side: 'inputs' | 'outputs'): Terminal => ({
    vertex: port.box,
    offset: portOffset(level.boxes[port.box]!, side, port.port),
  });

  // Short nets first: they take waypoints from the common budget before long ones do.
  const spans = level.nets.map(({ from, to }) => to.reduce((span, target) => Math.max(span, layerOf[target.box]! - layerOf[from.box]!), 0));
  const byLength = level.nets.map((_, net) => net).sort((a, b) => spans[a]! - spans[b]! || a - b);
  let budget = freeWaypoints + waypointsPerBox * level.boxes.length;
  for (const net of byLength) {
    const { from, to } = level.nets[net]!;
    const start = layerOf[from.box]!;
    const direct = to.filter((target) => layerOf[target.box]! > start);
    const reachable = spans[net]! - 1 <= budget ? direct : direct.filter((target) => layerOf[target.box]! === start + 1);
    const around = to.filter((target) => !reachable.includes(target));
    if (around.length > 0)
      detours.push({ net, source: terminal(from, 'outputs'), targets: around.map((target) => terminal(target, 'inputs')) });

    const byLayer = new Map<number, Terminal[]>();
    for (const target of reachable) {
      const layer = layerOf[target.box]!;
      byLayer.set(layer, [...(byLayer.get(layer) ?? []), terminal(target, 'inputs')]);
    }
    const end = reachable.reduce((furthest, target) => Math.max(furthest, layerOf[target.box]!), start);
    let left = terminal(from, 'outputs');
    for (let layer = start + 1; layer <= end; layer++) {
      const rights = byLayer.get(layer) ?? [];
      const passing: Terminal = { vertex: vertices.length, offset: 0 };
      channels[layer]!.push({ net, left, rights: layer < end ? [...rights, passing] : rights });
      if (layer === end) break;
      layers[layer]!.push(vertices.length);
      vertices.push({ layer, box: undefined, height: 0 });
      budget--;
      left = passing;
    }
  }
  return { vertices, layers, channels, detours };
}

function portOffset(box: Box, side: 'inputs' | 'outputs', port: number): number {
  const offset = box[side][port];
  if (offset === undefined) throw new Error(`internal: box without port ${port} among its ${side}`);
  return offset;
}
