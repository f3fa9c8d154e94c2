// The order of events against brute force: every edge's times as exact fractions, sorted.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edge, Timeline } from '../../src/ir/program.js';
import { makeTimeline } from '../../src/schedule/timeline.js';
import { compileText } from '../properties/run-netlist.js';

interface Event {
  readonly tick: number;
  readonly edges: string;
}

/** Edges that fall on each grid tick before `end`, in order of time. */
function bruteForce(edges: readonly Edge[], end: number): Event[] {
  const ticks = new Set(
    edges.flatMap(({ period, offset }) =>
      Array.from({ length: Math.max(0, Math.ceil((end - offset) / period)) }, (_, k) => offset + k * period),
    ),
  );
  return [...ticks]
    .sort((a, b) => a - b)
    .map((tick) => ({
      tick,
      edges: edges.flatMap(({ period, offset }, i) => (tick >= offset && (tick - offset) % period === 0 ? [i] : [])).join(),
    }));
}

/** What a timeline says, read as its documentation has it. */
function walk(timeline: Timeline, kinds: readonly (readonly number[])[], end: number): Event[] {
  const events: Event[] = [];
  if (timeline.kind === 'table') {
    for (let base = 0; base < end; base += timeline.length) {
      for (const { at, event } of timeline.entries) if (base + at < end) events.push({ tick: base + at, edges: kinds[event]!.join() });
    }
    return events;
  }
  const next = timeline.edges.map((edge) => edge.offset);
  for (;;) {
    const tick = Math.min(...next);
    if (tick >= end) return events;
    const mask = next.reduce((bits, at, i) => bits + (at === tick ? 2 ** i : 0), 0);
    const event = timeline.eventOf[mask]!;
    expect(event).toBeGreaterThanOrEqual(0);
    events.push({ tick, edges: kinds[event]!.join() });
    next.forEach((at, i) => (next[i] = at === tick ? at + timeline.edges[i]!.period : at));
  }
}

const edge = (maxPeriod: number) =>
  fc.tuple(fc.integer({ min: 1, max: maxPeriod }), fc.nat(2 * maxPeriod)).map(([period, offset]): Edge => ({ name: 'e', period, offset }));

describe('events come in order of time, and together where they coincide', () => {
  test('short periods, offsets within and beyond one', () => {
    fc.assert(
      fc.property(fc.array(edge(12), { minLength: 1, maxLength: 5 }), (edges) => {
        const { timeline, kinds } = makeTimeline(edges);
        expect(timeline.kind).toBe(edges.every(({ period, offset }) => offset < period) ? 'table' : 'merged');
        expect(walk(timeline, kinds, 500)).toEqual(bruteForce(edges, 500));
      }),
      { numRuns: 300 },
    );
  });

  test('long hyperperiods', () => {
    const primes = fc.constantFrom(997, 1009, 1013, 1019, 1021, 2 * 997, 3 * 1009);
    const edges = fc.array(
      fc.tuple(primes, fc.nat(3000)).map(([period, offset]): Edge => ({ name: 'e', period, offset })),
      { minLength: 3, maxLength: 5 },
    );
    fc.assert(
      fc.property(edges, (given) => {
        const { timeline, kinds } = makeTimeline(given);
        expect(walk(timeline, kinds, 60_000)).toEqual(bruteForce(given, 60_000));
      }),
      { numRuns: 100 },
    );
  });

  test('a chain of divided clocks has one kind of event for each of them', () => {
    const edges = Array.from({ length: 16 }, (_, i): Edge => ({ name: 'e', period: 2 ** i, offset: 0 }));
    const { timeline, kinds } = makeTimeline(edges);
    expect(timeline.kind).toBe('merged');
    expect(kinds.map((members) => members.length).sort((a, b) => a - b)).toEqual(edges.map((_, i) => i + 1));
    expect(walk(timeline, kinds, 300)).toEqual(bruteForce(edges, 300));
  });

  test('two edges that never meet have no event in common', () => {
    const edges: Edge[] = [
      { name: 'a', period: 4096 * 3, offset: 0 },
      { name: 'b', period: 2, offset: 1 },
    ];
    const { timeline, kinds } = makeTimeline(edges);
    expect(timeline.kind).toBe('merged');
    expect(kinds).toEqual([[0], [1]]);
  });
});

interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}
const isBefore = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;

/** Times (offset + k*period + at*period) of all edges in seconds, as fractions, merged. */
function exactOrder(edges: readonly { name: string; period: Fraction; at: Fraction }[], count: number): string[] {
  const ticks = edges.map(() => 0n);
  const timeOf = ({ period, at }: (typeof edges)[number], k: bigint): Fraction => ({
    n: at.n * period.d + k * period.n * at.d,
    d: at.d * period.d,
  });
  return Array.from({ length: count }, () => {
    const times = edges.map((edge, i) => timeOf(edge, ticks[i]!));
    const first = times.reduce((best, time) => (isBefore(time, best) ? time : best));
    const here = edges.flatMap((_, i) => (isBefore(first, times[i]!) ? [] : [i]));
    for (const i of here) ticks[i]! += 1n;
    return here.map((i) => edges[i]!.name).join('+');
  });
}

const twoClocks = (a: string, b: string): string => `
system s {
  clock clk = ${a} phases [p1, p2]
  clock audio = ${b}
  input u : V
  x = register(u) @ clk.p1
  y = register(x) @ clk.p2
  z = register(y) @ audio
  output z
}
bench s {
  u = dc(value: 1V)
  run 10 ticks of clk
  record x, y, z
}
`;

test.each([
  ['167kHz', '44.1kHz', 167_000n, 44_100n],
  ['1MHz', '333333Hz', 1_000_000n, 333_333n],
  ['48kHz', '44.1kHz', 48_000n, 44_100n],
  ['3Hz', '7Hz', 3n, 7n],
])('%s beside %s', (a, b, hertzA, hertzB) => {
  const { program } = compileText(twoClocks(a, b));
  const kinds = program.events.map((event) => event.edges.map((name) => name).join('+'));
  const { timeline, clocks } = program;
  const indices = program.events.map((_, i) => [i]);
  const count = 5000;
  // Grid ticks that hold at least `count` events.
  const end = clocks[0]!.period * count;
  const events = walk(timeline, indices, end)
    .slice(0, count)
    .map(({ edges }) => kinds[Number(edges)]!);
  const exact = exactOrder(
    [
      { name: 'clk.p1', period: { n: 1n, d: hertzA }, at: { n: 0n, d: 1n } },
      { name: 'clk.p2', period: { n: 1n, d: hertzA }, at: { n: 1n, d: 2n * hertzA } },
      { name: 'audio', period: { n: 1n, d: hertzB }, at: { n: 0n, d: 1n } },
    ],
    count,
  );
  expect(events).toEqual(exact);
});
