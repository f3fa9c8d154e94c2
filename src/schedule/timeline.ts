// Puts clocks on one grid of time and finds the order of their events: a table over one hyperperiod when
// that is short, merged counters when it is long. All arithmetic is exact.

import { fail } from '../diagnostics/diagnostic.js';
import type { Graph } from '../graph/graph.js';
import type { Edge, Timeline } from '../ir/program.js';
import {
  addRational,
  divideRational,
  greatestCommonDivisor,
  multiplyRational,
  rationalGcd,
  rationalOfNumber,
  signOf,
  zero,
} from '../numeric/rational.js';
import type { Rational } from '../units/quantity.js';

/** An edge in exact time: it comes at offset, offset + period, … */
export interface ExactEdge {
  readonly name: string;
  readonly period: Rational;
  readonly offset: Rational;
}

export interface Grid {
  /** Seconds per grid tick. */
  readonly step: Rational;
  ticks(time: Rational): number;
}

const longestTable = 4096;
const mostKinds = 4096;

/** The coarsest grid on which every edge falls. */
export function makeGrid(edges: readonly ExactEdge[], graph: Graph): Grid {
  const step = edges.reduce(
    (sum, { period, offset }) => rationalGcd(rationalGcd(sum, period), signOf(offset) === 0 ? period : offset),
    edges[0]?.period ?? zero,
  );
  const isExact = (n: bigint): boolean => n <= BigInt(Number.MAX_SAFE_INTEGER);
  const ticks = (time: Rational): number => {
    const count = divideRational(time, step);
    if (!isExact(count.numerator))
      fail('DL406', graph.clocks[0]?.span, 'the clocks have no common grid of time', {
        why: 'their periods differ by more than 2^53 steps of their greatest common divisor',
        help: 'use frequencies with fewer digits',
      });
    return Number(count.numerator);
  };
  if (edges.length > 0 && (!isExact(step.numerator) || !isExact(step.denominator))) {
    fail('DL406', graph.clocks[0]?.span, 'the clocks have no common grid of time', {
      why: 'their common divisor needs more than 53 bits',
      help: 'use frequencies with fewer digits',
    });
  }
  return { step, ticks };
}

/** The exact time of a clock's phase. */
export function exactEdge(graph: Graph, clock: number, phase: number): ExactEdge {
  const { name, period, offset, phases } = graph.clocks[clock]!;
  const { name: phaseName, at } = phases[phase]!;
  return { name: phaseName === '' ? name : `${name}.${phaseName}`, period, offset: addRational(offset, multiplyRational(at, period)) };
}

/** An edge that comes once in `every` periods. */
export const everyNth = (edge: ExactEdge, every: number, name: string): ExactEdge => ({
  name,
  period: multiplyRational(edge.period, rationalOfNumber(every)),
  offset: edge.offset,
});

/** The timeline, and which edges (as sorted indices) make up each kind of event. */
export function makeTimeline(edges: readonly Edge[]): { timeline: Timeline; kinds: readonly (readonly number[])[] } {
  const length = hyperperiod(edges);
  const count = length === undefined ? Infinity : edges.reduce((sum, edge) => sum + length / edge.period, 0);
  const isTable = count <= longestTable && edges.every((edge) => edge.offset < edge.period);
  return isTable && length !== undefined ? tableTimeline(edges, length) : mergedTimeline(edges);
}

/** Least common multiple of the periods; undefined beyond exact integers. */
function hyperperiod(edges: readonly Edge[]): number | undefined {
  let multiple = 1n;
  for (const { period } of edges) {
    const p = BigInt(period);
    multiple = (multiple / greatestCommonDivisor(multiple, p)) * p;
    if (multiple > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  }
  return Number(multiple);
}

function tableTimeline(edges: readonly Edge[], length: number): ReturnType<typeof makeTimeline> {
  const at = new Map<number, number[]>();
  edges.forEach(({ period, offset }, index) => {
    for (let tick = offset; tick < length; tick += period) {
      const list = at.get(tick);
      if (list === undefined) at.set(tick, [index]);
      else list.push(index);
    }
  });
  const kinds: number[][] = [];
  const kindOf = new Map<string, number>();
  const entries = [...at]
    .sort(([a], [b]) => a - b)
    .map(([tick, members]) => {
      const key = members.join();
      let event = kindOf.get(key);
      if (event === undefined) kindOf.set(key, (event = kinds.push(members) - 1));
      return { at: tick, event };
    });
  return { timeline: { kind: 'table', length, entries }, kinds };
}

/** Two edges meet somewhere iff their offsets agree modulo the common divisor of their periods; edges that meet pairwise meet all together. */
function mergedTimeline(edges: readonly Edge[]): ReturnType<typeof makeTimeline> {
  if (edges.length > 20)
    fail('DL406', undefined, `${edges.length} clock edges have no short common period`, { help: 'at most 20 can run without one' });
  const meet = (a: Edge, b: Edge): boolean => {
    const divisor = greatestCommonDivisor(BigInt(a.period), BigInt(b.period));
    return (BigInt(a.offset) - BigInt(b.offset)) % divisor === 0n;
  };
  // An edge of a derived clock never comes without the edge it derives from.
  const implies = (a: Edge, b: Edge): boolean =>
    a.period % b.period === 0 && a.offset >= b.offset && (a.offset - b.offset) % b.period === 0;
  let masks = [0];
  edges.forEach((edge, index) => {
    const has = (mask: number, i: number): boolean => ((mask >> i) & 1) === 1;
    const before = edges.slice(0, index);
    const without = masks.filter((mask) => !before.some((other, i) => has(mask, i) && implies(other, edge)));
    const within = masks.filter((mask) => before.every((other, i) => (has(mask, i) ? meet(edge, other) : !implies(edge, other))));
    masks = without.concat(within.map((mask) => mask | (1 << index)));
    if (masks.length > mostKinds) fail('DL406', undefined, `the clocks coincide in more than ${mostKinds} ways`);
  });
  const eventOf = new Array<number>(2 ** edges.length).fill(-1);
  const kinds = masks.filter((mask) => mask !== 0).map((mask) => edges.flatMap((_, i) => ((mask >> i) & 1 ? [i] : [])));
  masks.filter((mask) => mask !== 0).forEach((mask, kind) => (eventOf[mask] = kind));
  return { timeline: { kind: 'merged', edges, eventOf }, kinds };
}
