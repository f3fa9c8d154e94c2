// How a run is cut into segments of time that fit the tape, and where a kernel of an adjoint Program stands before each
// of them, forwards and backwards. Segments of merged clocks have other events each; they are found by walking.

import { layoutOf } from '../backends/layout.js';
import type { Program, Timeline } from '../ir/program.js';
import type { AdjointProgram } from './adjoint-program.js';

/** Consecutive events of a run. */
export interface Segment {
  /** Grid tick before which none of its events lie. */
  readonly start: number;
  /** Number of its events. */
  readonly entries: number;
  /** Its first event: index into a table's forward entries, or the next grid tick of each merged edge. */
  readonly from: number | readonly number[];
  /** Grid ticks to which the kernel runs it, forwards and backwards. */
  readonly forwardEnd: number;
  readonly reverseEnd: number;
  /** For merged clocks: the grid tick at which the reverse of each edge comes first. */
  readonly reverseFrom: readonly number[];
}

/** Later than anything. */
const never = Number.MAX_SAFE_INTEGER;

/** Values of checkpoints beyond which not all are kept. */
const mostKept = 2 ** 23;

/** Segments from one checkpoint that is kept to the next, where each is of so many values. */
export const checkpointStride = (segments: number, values: number): number =>
  segments * values <= mostKept ? 1 : Math.ceil(Math.sqrt(segments));

/** The segments of a run from the start to the grid tick `end`; `program` is the one that was differentiated. */
export function cutIntoSegments(program: Program, adjoint: AdjointProgram, end: number): Segment[] {
  const { timeline } = program;
  return timeline.kind === 'table' ? cutTable(timeline, adjoint, end) : cutMerged(timeline, adjoint, end);
}

type Table = Timeline & { kind: 'table' };
type Merged = Timeline & { kind: 'merged' };

function cutTable({ entries, length: period }: Table, { breaks, length, entries: most }: AdjointProgram, end: number): Segment[] {
  const segments: Segment[] = [];
  const atOf = (entry: number): number => Math.floor(entry / entries.length) * period + entries[entry % entries.length]!.at;
  for (let block = 0; block < end; block += length) {
    let from = 0;
    const close = (to: number): void => {
      const [start, forwardEnd] = [from === 0 ? block : block + atOf(from), to < most ? block + atOf(to) : block + length];
      const reverseEnd = block + 2 * length - (from === 0 ? 0 : atOf(from));
      segments.push({ start, entries: to - from, from, forwardEnd: Math.min(forwardEnd, end), reverseEnd, reverseFrom: [] });
      from = to;
    };
    let entry = 0;
    for (; entry < most && block + atOf(entry) < end; entry++) {
      if (entry > from && breaks.has(entries[entry % entries.length]!.event)) close(entry);
    }
    close(entry);
  }
  return segments;
}

function cutMerged({ edges, eventOf }: Merged, { breaks, entries: most }: AdjointProgram, end: number): Segment[] {
  const segments: Segment[] = [];
  let from = edges.map(({ offset }) => offset);
  let [start, count] = [Math.min(...from, end), 0];
  const close = (next: readonly number[], forwardEnd: number): void => {
    const reverseFrom = next.map((tick, i) => {
      const last = tick - edges[i]!.period;
      return last < edges[i]!.offset ? never : forwardEnd - 1 - last;
    });
    segments.push({ start, entries: count, from, forwardEnd, reverseEnd: forwardEnd - start, reverseFrom });
    [from, start, count] = [[...next], forwardEnd, 0];
  };
  const next = [...from];
  for (let tick = Math.min(...next); tick < end; tick = Math.min(...next)) {
    const mask = next.reduce((bits, at, i) => bits + (at === tick ? 2 ** i : 0), 0);
    // Back in time an edge ends where it begins: at an offset beyond its period, unless a segment begins there.
    const isFirst = edges.some(({ offset, period }) => offset === tick && offset >= period);
    if (count > 0 && (count === most || isFirst || breaks.has(eventOf[mask]!))) close(next, tick);
    count++;
    edges.forEach(({ period }, i) => {
      if (next[i] === tick) next[i]! += period;
    });
  }
  close(next, end);
  return segments;
}

/** Puts the position before the segment's first event; counted ticks stay as they are. */
export function enterSegment(adjoint: AdjointProgram, position: Float64Array, { start, from }: Segment): void {
  if (typeof from === 'number') {
    position[0] = blockOf(adjoint, start);
    position[1] = from;
    return;
  }
  const { nextEdge } = layoutOf(adjoint.program);
  from.forEach((tick, i) => {
    position[nextEdge + i] = tick;
    position[nextEdge + from.length + i] = never;
  });
}

/** Puts the position before the reverse of the segment's last event. */
export function turnSegment(adjoint: AdjointProgram, position: Float64Array, { start, from, entries, reverseFrom }: Segment): void {
  if (typeof from === 'number') {
    position[0] = blockOf(adjoint, start);
    position[1] = 2 * adjoint.entries - from - entries;
    return;
  }
  const { nextEdge } = layoutOf(adjoint.program);
  reverseFrom.forEach((tick, i) => {
    position[nextEdge + i] = never;
    position[nextEdge + from.length + i] = tick;
  });
}

/** Puts the position before the reverse of what is made of parameters alone, and says to which grid tick it is run. */
export function turnParameters(adjoint: AdjointProgram, position: Float64Array): number {
  const { program, length, entries } = adjoint;
  if (program.timeline.kind === 'table') {
    position[0] = 0;
    position[1] = 2 * entries;
    return 2 * length + 1;
  }
  const { nextEdge } = layoutOf(program);
  position.fill(0, nextEdge, nextEdge + program.timeline.edges.length);
  return 1;
}

const blockOf = ({ length }: AdjointProgram, start: number): number => Math.floor(start / length) * length;

/** Kinds of the segment's events, in order. */
export function* eventsOf({ timeline }: Program, { from, entries }: Segment): Iterable<number> {
  if (timeline.kind === 'table') {
    for (let i = 0; i < entries; i++) yield timeline.entries[((from as number) + i) % timeline.entries.length]!.event;
    return;
  }
  const next = [...(from as readonly number[])];
  for (let i = 0; i < entries; i++) {
    const tick = Math.min(...next);
    yield timeline.eventOf[next.reduce((bits, at, edge) => bits + (at === tick ? 2 ** edge : 0), 0)]!;
    timeline.edges.forEach(({ period }, edge) => {
      if (next[edge] === tick) next[edge]! += period;
    });
  }
}
