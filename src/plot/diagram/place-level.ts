// Lays one level out: connected parts one below the other, each in layers from left to right, and boxes
// that are wired to nothing in rows at the end.

import { routeDetours } from './detours.js';
import { assignHeights } from './heights.js';
import { assignLayers } from './layers.js';
import type { Level, PlacedLevel, Point, Wire } from './level.js';
import { shiftWire } from './level.js';
import { orderLayers } from './ordering.js';
import { cutIntoStrands } from './strands.js';
import { routeWires } from './wires.js';

const partGapPx = 28;
const rowGapPx = 24;
const rowWidthPx = 840;

/** Places all boxes and wires; coordinates start at (0, 0). */
export function placeLevel(level: Level): PlacedLevel {
  const corners: Point[] = level.boxes.map(() => ({ x: 0, y: 0 }));
  const wires: Wire[] = level.nets.map(() => ({ segments: [], dots: [] }));
  let width = 0;
  let height = 0;
  const { parts, loose } = splitParts(level);
  for (const { boxes, nets } of parts) {
    const localOf = new Map(boxes.map((box, local) => [box, local]));
    const local = (port: { box: number; port: number }): { box: number; port: number } => ({
      box: localOf.get(port.box)!,
      port: port.port,
    });
    const placed = placePart({
      boxes: boxes.map((box) => level.boxes[box]!),
      nets: nets.map((net) => level.nets[net]!).map(({ from, to, labelWidth }) => ({ from: local(from), to: to.map(local), labelWidth })),
    });
    const y = height === 0 ? 0 : height + partGapPx;
    boxes.forEach((box, i) => (corners[box] = { x: placed.corners[i]!.x, y: placed.corners[i]!.y + y }));
    nets.forEach((net, i) => (wires[net] = shiftWire(placed.wires[i]!, 0, y)));
    width = Math.max(width, placed.width);
    height = y + placed.height;
  }
  const rows = placeRows(level, loose, Math.max(width, rowWidthPx));
  const y = height === 0 || loose.length === 0 ? height : height + partGapPx;
  loose.forEach((box, i) => (corners[box] = { x: rows.corners[i]!.x, y: rows.corners[i]!.y + y }));
  return { width: Math.max(width, rows.width), height: y + rows.height, corners, wires };
}

/** Connected parts by their first box, and the boxes without any wire. */
function splitParts(level: Level): { parts: { boxes: number[]; nets: number[] }[]; loose: number[] } {
  // Union-find with path halving.
  const parent = level.boxes.map((_, box) => box);
  const find = (box: number): number => {
    let root = box;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  const isWired = level.boxes.map(() => false);
  for (const { from, to } of level.nets) {
    for (const { box } of [from, ...to]) {
      isWired[box] = true;
      parent[find(box)] = find(from.box);
    }
  }
  const parts = new Map<number, { boxes: number[]; nets: number[] }>();
  const loose: number[] = [];
  level.boxes.forEach((_, box) => {
    if (!isWired[box]) return loose.push(box);
    const part = parts.get(find(box)) ?? { boxes: [], nets: [] };
    parts.set(find(box), part);
    return part.boxes.push(box);
  });
  level.nets.forEach(({ from }, net) => parts.get(find(from.box))!.nets.push(net));
  return { parts: [...parts.values()], loose };
}

function placePart(level: Level): PlacedLevel {
  const strands = cutIntoStrands(level, assignLayers(level));
  orderLayers(strands);
  const top = assignHeights(strands);
  const detours = routeDetours(strands, top);
  const { columns, wires } = routeWires(level, strands, detours, top);
  const tops = strands.vertices.map((_, vertex) => top[vertex]!).concat(detours.map(({ y }) => y));
  const bottoms = strands.vertices.map(({ height }, vertex) => top[vertex]! + height).concat(detours.map(({ y }) => y));
  const above = tops.reduce((a, b) => Math.min(a, b));
  const corners = level.boxes.map((box, index) => {
    const { layer } = strands.vertices[index]!;
    return { x: columns.x[layer]! + (columns.widths[layer]! - box.width) / 2, y: top[index]! - above };
  });
  return {
    width: columns.width,
    height: bottoms.reduce((a, b) => Math.max(a, b)) - above,
    corners,
    wires: wires.map((wire) => shiftWire(wire, 0, -above)),
  };
}

/** Boxes side by side in rows no wider than `limit`, unless one box is. */
function placeRows(level: Level, boxes: readonly number[], limit: number): { corners: Point[]; width: number; height: number } {
  const corners: Point[] = [];
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  let width = 0;
  for (const index of boxes) {
    const box = level.boxes[index]!;
    if (x > 0 && x + box.width > limit) {
      x = 0;
      y += rowHeight + rowGapPx;
      rowHeight = 0;
    }
    corners.push({ x, y });
    width = Math.max(width, x + box.width);
    rowHeight = Math.max(rowHeight, box.height);
    x += box.width + rowGapPx;
  }
  return { corners, width, height: y + rowHeight };
}
