// Draws the wires of a placed level as horizontal and vertical segments: through channels on their
// tracks, across layers at their waypoints, around on their detours. Chooses the x of every layer.

import type { RoutedDetour } from './detours.js';
import type { Level, Point, Segment, Wire } from './level.js';
import type { Strands, Terminal } from './strands.js';
import { assignTracks, type Crossbar, type TrackedCrossbar } from './tracks.js';

const trackPx = 10;
const leadPx = 12;
const arrowLeadPx = 16;

export interface LayerColumns {
  /** Left edge and width of each layer. */
  readonly x: readonly number[];
  readonly widths: readonly number[];
  readonly width: number;
}

interface Channel {
  readonly bars: readonly TrackedCrossbar[];
  readonly labelPx: number;
  readonly width: number;
}

/** The wires of all nets and where the layers stand for them. `top` is the height of each vertex. */
export function routeWires(
  level: Level,
  strands: Strands,
  detours: readonly RoutedDetour[],
  top: readonly number[],
): { columns: LayerColumns; wires: Wire[] } {
  const { vertices, layers } = strands;
  const yOf = ({ vertex, offset }: Terminal): number => top[vertex]! + offset;
  const crossbars = collectCrossbars(strands, detours, yOf);
  const labelPx = new Array<number>(crossbars.length).fill(0);
  for (const { from, labelWidth } of level.nets) {
    const channel = vertices[from.box]!.layer + 1;
    labelPx[channel] = Math.max(labelPx[channel]!, labelWidth);
  }
  const channels = crossbars.map((bars, index) => measureChannel(bars, labelPx[index]!, index === 0 || index === layers.length));
  const widths = layers.map((layer) => layer.reduce((width, vertex) => Math.max(width, boxWidth(level, vertices[vertex]!.box)), 0));
  const channelX: number[] = [];
  const x: number[] = [];
  let edge = 0;
  channels.forEach((channel, index) => {
    channelX.push(edge);
    edge += channel.width;
    if (index < layers.length) {
      x.push(edge);
      edge += widths[index]!;
    }
  });
  const columns: LayerColumns = { x, widths, width: edge };

  const segments: Segment[][] = level.nets.map(() => []);
  const dots: Point[][] = level.nets.map(() => []);
  const horizontal = (net: number, x1: number, x2: number, y: number): void => {
    if (x1 !== x2) segments[net]!.push({ x1: Math.min(x1, x2), y1: y, x2: Math.max(x1, x2), y2: y });
  };
  const trackX = (channel: number, track: number): number => channelX[channel]! + leadPx + channels[channel]!.labelPx + track * trackPx;

  /** Left and right edge of what stands in a layer at a terminal: the box, or the whole layer at a waypoint. */
  const boxEdges = ({ vertex }: Terminal): [left: number, right: number] => {
    const { layer, box } = vertices[vertex]!;
    const width = box === undefined ? widths[layer]! : boxWidth(level, box);
    const left = x[layer]! + (widths[layer]! - width) / 2;
    return [left, left + width];
  };
  const leftEnds = new Map<string, number>();
  const rightEnds = new Map<string, number>();
  const key = (channel: number, net: number, y: number): string => `${channel}:${net}:${y}`;
  strands.channels.forEach((list, channel) => {
    for (const { net, left, rights } of list) {
      if (left !== undefined) leftEnds.set(key(channel, net, yOf(left)), boxEdges(left)[1]);
      for (const right of rights) rightEnds.set(key(channel, net, yOf(right)), boxEdges(right)[0]);
    }
  });
  for (const { net, source, sourceChannel, targetsByChannel } of detours) {
    leftEnds.set(key(sourceChannel, net, yOf(source)), boxEdges(source)[1]);
    for (const [channel, targets] of targetsByChannel)
      for (const target of targets) rightEnds.set(key(channel, net, yOf(target)), boxEdges(target)[0]);
  }

  /** x of each net's vertical in a channel, by the heights it joins. */
  const verticalX = new Map<string, number>();
  channels.forEach(({ bars }, channel) => {
    for (const bar of bars) {
      const { net, lefts, rights, track } = bar;
      if (track < 0) {
        horizontal(net, leftEnds.get(key(channel, net, lefts[0]!))!, rightEnds.get(key(channel, net, rights[0]!))!, lefts[0]!);
        continue;
      }
      const at = trackX(channel, track);
      for (const y of new Set([...lefts, ...rights])) verticalX.set(key(channel, net, y), at);
      for (const y of lefts) {
        const end = leftEnds.get(key(channel, net, y));
        if (end !== undefined) horizontal(net, end, at, y);
      }
      for (const y of rights) {
        const end = rightEnds.get(key(channel, net, y)) ?? secondHalfX(bars, bar, y, (each) => trackX(channel, each));
        if (end !== undefined) horizontal(net, at, end, y);
      }
      const all = [...lefts, ...rights].sort((a, b) => a - b);
      segments[net]!.push({ x1: at, y1: all[0]!, x2: at, y2: all.at(-1)! });
    }
  });
  // Waypoints: the wire crosses the layer.
  strands.channels.forEach((list) => {
    for (const { net, rights } of list) {
      for (const right of rights) if (vertices[right.vertex]!.box === undefined) horizontal(net, ...boxEdges(right), yOf(right));
    }
  });
  for (const { net, y, sourceChannel, targetsByChannel } of detours) {
    const ends = [sourceChannel, ...targetsByChannel.keys()].map((channel) => verticalX.get(key(channel, net, y))!);
    horizontal(net, Math.min(...ends), Math.max(...ends), y);
  }
  segments.forEach((list, net) => dots[net]!.push(...findJunctions(list)));
  return { columns, wires: segments.map((list, net) => ({ segments: list, dots: dots[net]! })) };
}

function boxWidth(level: Level, box: number | undefined): number {
  return box === undefined ? 0 : level.boxes[box]!.width;
}

/** The track of the other half of a dogleg that continues at `y`. */
function secondHalfX(
  bars: readonly TrackedCrossbar[],
  first: TrackedCrossbar,
  y: number,
  xOf: (track: number) => number,
): number | undefined {
  const second = bars.find((bar) => bar !== first && bar.net === first.net && bar.lefts.includes(y));
  return second === undefined ? undefined : xOf(second.track);
}

/** What each net does in each channel: its strand, and where its detour joins in. */
function collectCrossbars(strands: Strands, detours: readonly RoutedDetour[], yOf: (terminal: Terminal) => number): Crossbar[][] {
  const channels = strands.channels.map(() => new Map<number, { lefts: Set<number>; rights: Set<number> }>());
  const entry = (channel: number, net: number): { lefts: Set<number>; rights: Set<number> } => {
    const found = channels[channel]!.get(net) ?? { lefts: new Set<number>(), rights: new Set<number>() };
    channels[channel]!.set(net, found);
    return found;
  };
  strands.channels.forEach((list, channel) => {
    for (const { net, left, rights } of list) {
      const bar = entry(channel, net);
      if (left !== undefined) bar.lefts.add(yOf(left));
      for (const right of rights) bar.rights.add(yOf(right));
    }
  });
  for (const { net, y, from, to, source, sourceChannel, targetsByChannel } of detours) {
    const join = (channel: number): { lefts: Set<number>; rights: Set<number> } => {
      const bar = entry(channel, net);
      if (channel > from) bar.lefts.add(y);
      if (channel < to || from === to) bar.rights.add(y);
      return bar;
    };
    join(sourceChannel).lefts.add(yOf(source));
    for (const [channel, targets] of targetsByChannel) for (const target of targets) join(channel).rights.add(yOf(target));
  }
  return channels.map((map) => [...map].map(([net, { lefts, rights }]) => ({ net, lefts: [...lefts], rights: [...rights] })));
}

/** Tracks and width of a channel; the outermost ones have no width unless detours use them. */
function measureChannel(crossbars: readonly Crossbar[], labelPx: number, isOuter: boolean): Channel {
  const bars = assignTracks(crossbars);
  if (isOuter && bars.length === 0) return { bars, labelPx: 0, width: 0 };
  const tracks = bars.reduce((count, bar) => Math.max(count, bar.track + 1), 0);
  return { bars, labelPx, width: leadPx + labelPx + Math.max(0, tracks - 1) * trackPx + arrowLeadPx };
}

/** Points where ends of segments meet a third arm: three or four of left, right, up, down. */
function findJunctions(segments: readonly Segment[]): Point[] {
  const verticals = segments.filter(({ x1, x2 }) => x1 === x2);
  const horizontals = segments.filter(({ y1, y2 }) => y1 === y2);
  const points = new Map<string, Point>();
  const horizontalsAt = new Map<number, Segment[]>();
  for (const segment of horizontals) horizontalsAt.set(segment.y1, [...(horizontalsAt.get(segment.y1) ?? []), segment]);
  for (const { x1: x, y1, y2 } of verticals) {
    for (const [y, list] of horizontalsAt) {
      if (y < y1 || y > y2) continue;
      const left = list.some((each) => each.x1 < x && each.x2 >= x);
      const right = list.some((each) => each.x2 > x && each.x1 <= x);
      const arms = Number(left) + Number(right) + Number(y > y1) + Number(y < y2);
      if (arms >= 3) points.set(`${x}:${y}`, { x, y });
    }
  }
  return [...points.values()];
}
