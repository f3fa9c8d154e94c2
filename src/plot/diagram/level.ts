// One level of a diagram as the layout sees it: boxes with ports at fixed heights, nets between them,
// and what the layout makes of it. A sub-system is a box of the level that holds it.

export interface Box {
  readonly width: number;
  readonly height: number;
  /** Heights of the ports below the top of the box; inputs on the left side, outputs on the right. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** `source` moves right to its reader, `first` and `last` prefer the outer layers, `entry` and `exit` must be there: the frame's ports. */
  readonly place: 'free' | 'source' | 'first' | 'last' | 'entry' | 'exit';
}

/** A port of a level: index of the box, index of its input or output. */
export interface BoxPort {
  readonly box: number;
  readonly port: number;
}

export interface Net {
  readonly from: BoxPort;
  readonly to: readonly BoxPort[];
  /** Width in px to keep free for text where the net leaves its box. */
  readonly labelWidth: number;
}

export interface Level {
  readonly boxes: readonly Box[];
  readonly nets: readonly Net[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A horizontal or vertical piece of a wire. */
export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** What is drawn for one net: segments, and dots where three or more of them meet. */
export interface Wire {
  readonly segments: readonly Segment[];
  readonly dots: readonly Point[];
}

export interface PlacedLevel {
  readonly width: number;
  readonly height: number;
  /** Upper left corner of each box. */
  readonly corners: readonly Point[];
  /** One a net. */
  readonly wires: readonly Wire[];
}

export function shiftWire(wire: Wire, dx: number, dy: number): Wire {
  return {
    segments: wire.segments.map(({ x1, y1, x2, y2 }) => ({ x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy })),
    dots: wire.dots.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
  };
}
