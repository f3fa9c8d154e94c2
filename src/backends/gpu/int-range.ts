// Bounds of ints: a float holds whole numbers to 2^24 only, so that every int of a kernel must be known to stay within.
// Bounds of states begin at their initial values and grow until no event leaves them; each growth goes to the next power of
// two, so that this ends, and beyond 2^24 to all ints.

import { argOf, type Expr } from '../../ir/expr.js';
import type { ScalarType, StateRef } from '../../ir/types.js';
import type { PlainOp } from '../body.js';
import type { Partition } from './partition.js';

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Whole numbers up to this size are floats, and so is each one's successor. */
export const largestExactInt = 2 ** 24;

const anyOf: { readonly [K in ScalarType]: Range } = {
  real: { low: -Infinity, high: Infinity },
  int: { low: -(2 ** 31), high: 2 ** 31 - 1 },
  bit: { low: 0, high: 1 },
};
const bit = anyOf.bit;
const real = anyOf.real;
const range = (low: number, high: number): Range => (Number.isNaN(low) || Number.isNaN(high) ? real : { low, high });
const union = (a: Range, b: Range): Range => range(Math.min(a.low, b.low), Math.max(a.high, b.high));
const corners = (a: Range, b: Range, of: (x: number, y: number) => number): Range => {
  const values = [of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)];
  return values.some(Number.isNaN) ? real : range(Math.min(...values), Math.max(...values));
};
const magnitude = ({ low, high }: Range): Range =>
  range(low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high)));
const unknown = (): Range => real;

/** Bounds of results from bounds of operands, NaN aside. */
const rules: { readonly [K in PlainOp]: (a: Range, b: Range, c: Range) => Range } = {
  add: (a, b) => range(a.low + b.low, a.high + b.high),
  sub: (a, b) => range(a.low - b.high, a.high - b.low),
  mul: (a, b) => corners(a, b, (x, y) => x * y),
  div: (a, b) => (b.low > 0 || b.high < 0 ? corners(a, b, (x, y) => x / y) : real),
  min: (a, b) => range(Math.min(a.low, b.low), Math.min(a.high, b.high)),
  max: (a, b) => range(Math.max(a.low, b.low), Math.max(a.high, b.high)),
  neg: (a) => range(-a.high, -a.low),
  abs: magnitude,
  floor: (a) => range(Math.floor(a.low), Math.floor(a.high)),
  round: (a) => range(Math.floor(a.low), Math.ceil(a.high)),
  sqrt: (a) => range(0, Math.sqrt(Math.max(0, a.high))),
  exp: () => range(0, Infinity),
  log: unknown,
  sin: () => range(-1, 1),
  cos: () => range(-1, 1),
  tanh: () => range(-1, 1),
  pow: unknown,
  lt: () => bit,
  le: () => bit,
  eq: () => bit,
  not: () => bit,
  and: () => bit,
  or: () => bit,
  xor: () => bit,
  select: (_, a, b) => union(a, b),
  toReal: (a) => a,
  // NaN becomes 0.
  toInt: (a) => union(range(Math.trunc(a.low), Math.trunc(a.high)), { low: 0, high: 0 }),
  pow2: () => range(0, Infinity),
  exponent: () => range(-1023, 1023),
};

/** Bounds of each node, those of the host's included. */
export function rangesOf(parts: Partition): ReadonlyMap<Expr, Range> {
  const bounds = new Map<StateRef, Range>(parts.states.map((state) => [state, range(state.init as number, state.init as number)]));
  for (;;) {
    const ranges = rangesWithin(parts, bounds);
    if (!grow(parts, bounds, ranges)) return ranges;
  }
}

function rangesWithin({ nodes, columns, coefficients }: Partition, bounds: ReadonlyMap<StateRef, Range>): Map<Expr, Range> {
  const ranges = new Map<Expr, Range>();
  for (const node of nodes) {
    const operands = node.src.map((operand) => ranges.get(operand)!);
    const found = withinType(node.type, rangeOfNode(node, operands, bounds));
    ranges.set(node, columns.has(node) || coefficients.has(node) ? given(node, found) : found);
  }
  return ranges;
}

/** Ints that the host computes are checked when they are known. */
const given = ({ type }: Expr, { low, high }: Range): Range =>
  type === 'int' ? { low: Math.max(low, -largestExactInt), high: Math.min(high, largestExactInt) } : { low, high };
/** An int that leaves its 32 bits may be any. */
const withinType = (type: ScalarType, found: Range): Range =>
  type === 'int' && (found.low < anyOf.int.low || found.high > anyOf.int.high) ? anyOf.int : found;

function rangeOfNode(node: Expr, operands: readonly Range[], bounds: ReadonlyMap<StateRef, Range>): Range {
  if (node.op === 'const') return range(argOf(node, 'const'), argOf(node, 'const'));
  if (node.op === 'state') return bounds.get(argOf(node, 'state')) ?? anyOf[node.type];
  if (!(node.op in rules)) return anyOf[node.type];
  const [a = real, b = real, c = real] = operands;
  return rules[node.op as PlainOp](a, b, c);
}

/** Takes what events do to the states into their bounds; whether any bound changed. */
function grow({ program, states }: Partition, bounds: Map<StateRef, Range>, ranges: ReadonlyMap<Expr, Range>): boolean {
  let hasGrown = false;
  for (const { actions } of program.events) {
    for (const action of actions) {
      if (action.do === 'record' || !states.includes(action.state)) continue;
      const { type } = action.state;
      const before = bounds.get(action.state)!;
      const after = union(before, ranges.get(action.value)!);
      if (after.low === before.low && after.high === before.high) continue;
      hasGrown = true;
      bounds.set(
        action.state,
        type === 'int'
          ? { low: -powerAbove(-after.low, before.low > after.low), high: powerAbove(after.high, after.high > before.high) }
          : anyOf[type],
      );
    }
  }
  return hasGrown;
}

/** A bound that moved goes to 0 or to the next power of two, past 2^24 to the end. */
function powerAbove(bound: number, hasMoved: boolean): number {
  if (!hasMoved) return bound;
  if (bound <= 0) return 0;
  return bound > largestExactInt ? 2 ** 31 : 2 ** Math.ceil(Math.log2(bound));
}
