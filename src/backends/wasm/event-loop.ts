// The loop over the events before a grid tick, as WebAssembly, with the variables it keeps as locals: base (grid tick
// at which the present hyperperiod began) and entry (next one of the table), or the next grid tick of each edge.

import type { Program, Timeline } from '../../ir/program.js';
import { doubleShift } from './body.js';
import type { FunctionBuilder } from './function-builder.js';
import { doubleAt, type MemoryMap } from './memory-map.js';
import { emitFromMemory } from './ops.js';

export interface EventLoop {
  readonly code: FunctionBuilder;
  readonly program: Program;
  readonly memory: MemoryMap;
  /** Locals of the grid tick now, and of the one where the run ends. */
  readonly now: number;
  readonly end: number;
  /** Nodes of each kind of event, about: what it takes to write it down once more. */
  readonly sizes: readonly number[];
  emitEvent(kind: number): void;
}

/** Up to this many events in a hyperperiod are written one after the other; beyond, a table picks them. */
const longestUnrolled = 16;
/** Nodes beyond which events are not repeated for the sake of that. */
const mostUnrolledNodes = 8000;

/** Takes up the position from memory, runs the events before `end`, and puts the position back. */
export function emitEventLoop(loop: EventLoop): void {
  const { timeline } = loop.program;
  if (timeline.kind === 'merged') emitMerged(loop, timeline);
  else if (timeline.entries.length > 0) emitTable(loop, timeline);
}

function emitTable(loop: EventLoop, timeline: Timeline & { kind: 'table' }): void {
  const { code, memory, sizes } = loop;
  const { entries } = timeline;
  const base = code.addLocal('f64');
  const entry = code.addLocal('i32');
  loadDouble(code, memory.position);
  code.set(base);
  loadDouble(code, doubleAt(memory.position, 1));
  emitFromMemory(code, 'int');
  code.set(entry);
  const nodes = entries.reduce((sum, { event }) => sum + sizes[event]!, 0);
  if (entries.length === 1) emitEveryPeriod(loop, timeline, base);
  else if (entries.length <= longestUnrolled && nodes <= mostUnrolledNodes) emitUnrolled(loop, timeline, base, entry);
  else emitPicked(loop, timeline, base, entry);
  storeDouble(code, memory.position, () => code.get(base));
  storeDouble(code, doubleAt(memory.position, 1), () => {
    code.get(entry);
    code.op('f64.convert_i32_s');
  });
}

/** now = base + at. */
function setNow({ code, now }: EventLoop, base: number, at: number): void {
  code.get(base);
  code.f64(at);
  code.op('f64.add');
  code.set(now);
}

/** Leaves `exit` when no event is left before the end. */
function leaveAtEnd({ code, now, end }: EventLoop, exit: ReturnType<FunctionBuilder['block']>): void {
  code.get(now);
  code.get(end);
  code.op('f64.ge');
  code.brIf(exit);
}

function advance(code: FunctionBuilder, base: number, length: number): void {
  code.get(base);
  code.f64(length);
  code.op('f64.add');
  code.set(base);
}

/** Turns of a loop of one event that stand one after the other, so that values change their registers less often. */
const copies = 2;
/** Nodes beyond which an event stands only once. */
const mostCopiedNodes = 500;

/** One event a hyperperiod: its turns are counted down, which takes an int and leaves the registers of doubles to the states. */
function emitEveryPeriod(loop: EventLoop, { entries, length }: Timeline & { kind: 'table' }, base: number): void {
  const { code, now, end, sizes } = loop;
  const [{ at, event }] = entries as [{ at: number; event: number }];
  const turns = code.addLocal('i32');
  const left = code.addLocal('i32');
  setNow(loop, base, at);
  emitTurns(loop, length, turns);
  const exit = code.block();
  code.get(now);
  code.get(end);
  code.op('f64.ge');
  code.brIf(exit);
  code.get(base);
  pushSpan(code, turns, length);
  code.op('f64.add');
  code.set(base);
  code.get(turns);
  code.set(left);
  const turn = code.loop();
  const count = sizes[event]! <= mostCopiedNodes ? copies : 1;
  for (let copy = 1; copy <= count; copy++) {
    loop.emitEvent(event);
    advance(code, now, length);
    code.get(left);
    code.i32(1);
    code.op('i32.sub');
    code.tee(left);
    if (copy < count) code.op('i32.eqz');
    code.brIf(copy < count ? exit : turn);
  }
  code.end();
  code.end();
}

/**
 * Turns until the end, t = ceil((end - now) / length). The quotient is rounded, the products are exact: the truncated
 * quotient is t, or t - 1 if as many turns do not reach the end. A window has few turns, so t is an int.
 */
function emitTurns({ code, now, end }: EventLoop, length: number, turns: number): void {
  code.get(end);
  code.get(now);
  code.op('f64.sub');
  code.f64(length);
  code.op('f64.div');
  code.op('i32.trunc_sat_f64_s');
  code.tee(turns);
  code.get(now);
  pushSpan(code, turns, length);
  code.op('f64.add');
  code.get(end);
  code.op('f64.lt');
  code.op('i32.add');
  code.set(turns);
}

/** Pushes the grid ticks of a number of turns. */
function pushSpan(code: FunctionBuilder, turns: number, length: number): void {
  code.get(turns);
  code.op('f64.convert_i32_s');
  code.f64(length);
  code.op('f64.mul');
}

/** Each entry runs on into the next; a run that stopped inside a hyperperiod enters where it left. */
function emitUnrolled(loop: EventLoop, { entries, length }: Timeline & { kind: 'table' }, base: number, entry: number): void {
  const { code } = loop;
  const exit = code.block();
  const turn = code.loop();
  const labels = entries.map(() => code.block()).reverse();
  code.get(entry);
  code.brTable(labels.slice(0, -1), labels.at(-1)!);
  entries.forEach(({ at, event }, i) => {
    code.end();
    code.i32(i);
    code.set(entry);
    setNow(loop, base, at);
    leaveAtEnd(loop, exit);
    loop.emitEvent(event);
  });
  code.i32(0);
  code.set(entry);
  advance(code, base, length);
  code.br(turn);
  code.end();
  code.end();
}

/** Times and kinds of the entries are read from memory. */
function emitPicked(loop: EventLoop, timeline: Timeline & { kind: 'table' }, base: number, entry: number): void {
  const { code, memory, now } = loop;
  const { entries, length } = timeline;
  const times = memory.constantsAt(entries, () => entries.map(({ at }) => at));
  const kinds = memory.constantsAt(timeline, () => entries.map(({ event }) => event));
  const exit = code.block();
  const turn = code.loop();
  code.get(base);
  loadIndexed(code, times, entry);
  code.op('f64.add');
  code.set(now);
  leaveAtEnd(loop, exit);
  emitChoice(loop, () => {
    loadIndexed(code, kinds, entry);
    emitFromMemory(code, 'int');
  });
  code.get(entry);
  code.i32(1);
  code.op('i32.add');
  code.tee(entry);
  code.i32(entries.length);
  code.op('i32.eq');
  code.if();
  code.i32(0);
  code.set(entry);
  advance(code, base, length);
  code.end();
  code.br(turn);
  code.end();
  code.end();
}

function emitMerged(loop: EventLoop, { edges, eventOf }: Timeline & { kind: 'merged' }): void {
  const { code, memory, now } = loop;
  const places = edges.map((_, i) => doubleAt(memory.position, memory.layout.nextEdge + i));
  const next = edges.map(() => code.addLocal('f64'));
  const mask = code.addLocal('i32');
  const kinds = memory.constantsAt(eventOf, () => eventOf);
  places.forEach((place, i) => {
    loadDouble(code, place);
    code.set(next[i]!);
  });
  const exit = code.block();
  const turn = code.loop();
  next.forEach((at, i) => {
    code.get(at);
    if (i > 0) {
      code.get(now);
      code.get(at);
      code.get(now);
      code.op('f64.lt');
      code.select();
    }
    code.set(now);
  });
  leaveAtEnd(loop, exit);
  next.forEach((at, i) => {
    code.get(at);
    code.get(now);
    code.op('f64.eq');
    if (i > 0) {
      code.i32(i);
      code.op('i32.shl');
      code.get(mask);
      code.op('i32.or');
    }
    code.set(mask);
  });
  emitChoice(loop, () => {
    loadIndexed(code, kinds, mask);
    emitFromMemory(code, 'int');
  });
  edges.forEach(({ period }, i) => {
    const at = next[i]!;
    code.get(at);
    code.get(now);
    code.op('f64.eq');
    code.if();
    advance(code, at, period);
    code.end();
  });
  code.br(turn);
  code.end();
  code.end();
  places.forEach((place, i) => storeDouble(code, place, () => code.get(next[i]!)));
}

/** Runs the kind of event that `pushKind` pushes; -1 runs none. */
function emitChoice({ code, sizes, emitEvent }: EventLoop, pushKind: () => void): void {
  const done = code.block();
  const labels = sizes.map(() => code.block()).reverse();
  pushKind();
  code.brTable(labels, done);
  sizes.forEach((_, kind) => {
    code.end();
    emitEvent(kind);
    if (kind < sizes.length - 1) code.br(done);
  });
  code.end();
}

/** Pushes the double at a fixed byte address. */
export function loadDouble(code: FunctionBuilder, address: number): void {
  code.i32(0);
  code.load(address);
}

export function storeDouble(code: FunctionBuilder, address: number, pushValue: () => void): void {
  code.i32(0);
  pushValue();
  code.store(address);
}

/** Pushes the double at the index in a local from a byte address on. */
function loadIndexed(code: FunctionBuilder, address: number, index: number): void {
  code.get(index);
  code.i32(doubleShift);
  code.op('i32.shl');
  code.load(address);
}
