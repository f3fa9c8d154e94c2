// Where everything in a diagram stands: sub-systems are laid out from the inside out, each becoming a
// box with ports in the level that holds it; then all is moved to page coordinates.

import { boldFactor, estimateTextWidth } from '../text-width.js';
import type { Diagram, DiagramNet, NodeKind } from './diagram.js';
import { buildGroups, type Group, type PieceEnd } from './groups.js';
import type { Box, BoxPort, Net, PlacedLevel, Point, Segment, Wire } from './level.js';
import { shiftWire } from './level.js';
import { measureNode, type NodeSize } from './node-size.js';
import { placeLevel } from './place-level.js';

export interface PlacedNode extends Point {
  readonly size: NodeSize;
}

/** The frame of a sub-system. */
export interface PlacedFrame extends Point {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** The wire of one net: all that one output port drives. */
export interface PlacedNet {
  readonly wire: Wire;
  /** Where the net enters input ports, from the left. */
  readonly ends: readonly Point[];
  /** Where it leaves its output port. */
  readonly start: Point;
  readonly label: string;
}

export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  /** One a node of the diagram. */
  readonly nodes: readonly PlacedNode[];
  /** Outer frames before inner ones. */
  readonly frames: readonly PlacedFrame[];
  readonly nets: readonly PlacedNet[];
}

export const wireLabelPx = 9.5;
export const frameTitlePx = 10.5;
const framePaddingPx = 14;
const frameHeaderPx = 24;

interface PlacedGroup {
  readonly group: Group;
  readonly level: PlacedLevel;
  /** The group as a box of the level above. */
  readonly box: Box;
  readonly children: readonly PlacedGroup[];
  /** Frame ports by net, in order of the box' ports: where their wires end in the level. */
  readonly entries: ReadonlyMap<number, Point>;
  readonly exits: ReadonlyMap<number, Point>;
}

/** Lays a diagram out. Throws RangeError as `collectNets` does. */
export function layoutDiagram(diagram: Diagram): DiagramLayout {
  const sizes = diagram.nodes.map(measureNode);
  const { top, nets } = buildGroups(diagram);
  const placed = placeGroup(top, diagram, sizes, nets);

  const nodes: PlacedNode[] = sizes.map((size) => ({ x: 0, y: 0, size }));
  const frames: PlacedFrame[] = [];
  const segments = nets.map((): Segment[] => []);
  const dots = nets.map((): Point[] => []);
  /** Moves what a group holds to the page; `corner` is the origin of its level. */
  const move = (part: PlacedGroup, corner: Point): void => {
    const { group, level } = part;
    const at = (index: number): Point => ({ x: level.corners[index]!.x + corner.x, y: level.corners[index]!.y + corner.y });
    group.nodes.forEach((node, i) => (nodes[node] = { ...at(i), size: sizes[node]! }));
    [...group.pieces.keys()].forEach((net, i) => {
      const wire = shiftWire(level.wires[i]!, corner.x, corner.y);
      segments[net]!.push(...wire.segments);
      dots[net]!.push(...wire.dots);
    });
    // Between the level's own edge and the frame around it the wires of frame ports run straight on.
    const left = corner.x - framePaddingPx;
    for (const [net, { x, y }] of part.entries) segments[net]!.push({ x1: left, y1: y + corner.y, x2: x + corner.x, y2: y + corner.y });
    for (const [net, { x, y }] of part.exits)
      segments[net]!.push({ x1: x + corner.x, y1: y + corner.y, x2: left + part.box.width, y2: y + corner.y });
    part.children.forEach((child, i) => {
      const frame = at(group.nodes.length + i);
      const { width, height } = child.box;
      frames.push({ ...frame, width, height, name: child.group.name, path: child.group.path });
      move(child, { x: frame.x + framePaddingPx, y: frame.y + frameHeaderPx });
    });
  };
  move(placed, { x: 0, y: 0 });
  return {
    width: placed.level.width,
    height: placed.level.height,
    nodes,
    frames,
    nets: nets.map(({ from, to, label }, net) => ({
      wire: { segments: segments[net]!, dots: dots[net]! },
      start: { x: nodes[from.node]!.x + sizes[from.node]!.width, y: nodes[from.node]!.y + sizes[from.node]!.outputs[from.port]! },
      ends: to.map(({ node, port }) => ({ x: nodes[node]!.x, y: nodes[node]!.y + sizes[node]!.inputs[port]! })),
      label,
    })),
  };
}

/** Boxes of a level: its nodes, its children, then one point for each port of its frame. */
function placeGroup(group: Group, diagram: Diagram, sizes: readonly NodeSize[], nets: readonly DiagramNet[]): PlacedGroup {
  const children = group.children.map((child) => placeGroup(child, diagram, sizes, nets));
  const boxes: Box[] = [...group.nodes.map((node) => nodeBox(diagram.nodes[node]!.kind, sizes[node]!)), ...children.map(({ box }) => box)];
  const localNode = new Map(group.nodes.map((node, i) => [node, i]));
  const localChild = new Map(group.children.map((child, i) => [child, i]));
  const entryBoxes = new Map<number, number>();
  const exitBoxes = new Map<number, number>();
  const framePort = (ports: Map<number, number>, net: number, place: 'entry' | 'exit'): BoxPort => {
    ports.set(net, boxes.length);
    boxes.push({ width: 0, height: 0, inputs: place === 'exit' ? [0] : [], outputs: place === 'entry' ? [0] : [], place });
    return { box: boxes.length - 1, port: 0 };
  };
  const end = (net: number, piece: PieceEnd, side: 'entries' | 'exits'): BoxPort => {
    if (piece.kind === 'node') return { box: localNode.get(piece.node)!, port: piece.port };
    if (piece.kind === 'frame') return side === 'exits' ? framePort(entryBoxes, net, 'entry') : framePort(exitBoxes, net, 'exit');
    const child = localChild.get(piece.group)!;
    return { box: group.nodes.length + child, port: [...children[child]![side].keys()].indexOf(net) };
  };
  const pieces = [...group.pieces].map(([net, { from, to }]): Net => {
    const { label } = nets[net]!;
    const labelWidth = label === '' || from.kind !== 'node' ? 0 : estimateTextWidth(label, wireLabelPx) + 6;
    return { from: end(net, from, 'exits'), to: to.map((target) => end(net, target, 'entries')), labelWidth };
  });
  const level = placeLevel({ boxes, nets: pieces });
  const points = (ports: ReadonlyMap<number, number>): Map<number, Point> =>
    new Map([...ports].map(([net, box]) => [net, level.corners[box]!]));
  const entries = points(entryBoxes);
  const exits = points(exitBoxes);
  const heights = (ports: ReadonlyMap<number, Point>): number[] => [...ports.values()].map(({ y }) => y + frameHeaderPx);
  const titleWidth = estimateTextWidth(group.name, frameTitlePx * boldFactor) + 20;
  const box: Box = {
    width: Math.max(level.width + 2 * framePaddingPx, titleWidth),
    height: level.height + frameHeaderPx + framePaddingPx,
    inputs: heights(entries),
    outputs: heights(exits),
    place: 'free',
  };
  return { group, level, box, children, entries, exits };
}

function nodeBox(kind: NodeKind, { width, height, inputs, outputs }: NodeSize): Box {
  const places = { source: 'source', input: 'first', output: 'last', block: 'free', expression: 'free', register: 'free' } as const;
  return { width, height, inputs, outputs, place: places[kind] };
}
