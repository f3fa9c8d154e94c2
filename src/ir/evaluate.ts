// The meaning of each operation on numbers, once. Bits are 0 and 1 here. The interpreter and constant
// folding use it; every backend must give the same bits.

import type { Op } from './expr.js';
import { philox4x32, uniformOf } from '../random/philox.js';
import type { ScalarType } from './types.js';

/** Operations computed from their operands' values alone. */
export type PureOp = Exclude<
  Op,
  'const' | 'param' | 'input' | 'state' | 'time' | 'tick' | 'index' | 'load' | 'sum' | 'uniform' | Intrinsic
>;
/** Operations expanded from one shared definition in intrinsics.ts instead of each platform's library. */
export type Intrinsic = 'exp' | 'log' | 'sin' | 'cos' | 'tanh' | 'pow';

const bits = new DataView(new ArrayBuffer(8));

/** `type` is the type of the operands. */
type Meaning = (type: ScalarType, a: number, b: number, c: number) => number;

const bit = (value: boolean): number => (value ? 1 : 0);

export const meanings: { readonly [K in PureOp]: Meaning } = {
  add: (type, a, b) => (type === 'int' ? (a + b) | 0 : a + b),
  sub: (type, a, b) => (type === 'int' ? (a - b) | 0 : a - b),
  mul: (type, a, b) => (type === 'int' ? Math.imul(a, b) : a * b),
  div: (_, a, b) => a / b,
  min: (_, a, b) => (b < a ? b : a),
  max: (_, a, b) => (b > a ? b : a),
  neg: (type, a) => (type === 'int' ? -a | 0 : -a),
  abs: (type, a) => (type === 'int' ? Math.abs(a) | 0 : Math.abs(a)),
  floor: (_, a) => Math.floor(a),
  round: (_, a) => roundHalfEven(a),
  sqrt: (_, a) => Math.sqrt(a),
  lt: (_, a, b) => bit(a < b),
  le: (_, a, b) => bit(a <= b),
  eq: (_, a, b) => bit(a === b),
  not: (_, a) => 1 - a,
  and: (_, a, b) => a & b,
  or: (_, a, b) => a | b,
  xor: (_, a, b) => a ^ b,
  select: (_, test, a, b) => (test !== 0 ? a : b),
  toReal: (_, a) => a,
  toInt: (_, a) => (a >= 2147483647 ? 2147483647 : a <= -2147483648 ? -2147483648 : a | 0),
  pow2: (_, n) => {
    bits.setInt32(0, (n + 1023) << 20);
    bits.setInt32(4, 0);
    return bits.getFloat64(0);
  },
  exponent: (_, a) => {
    bits.setFloat64(0, a);
    return ((bits.getInt32(0) >>> 20) & 0x7ff) - 1023;
  },
};

/** To the nearest integer, ties to even, sign of zero kept: adding 2^52 leaves no room for a fraction. */
function roundHalfEven(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < 4503599627370496)) return x;
  const rounded = magnitude + 4503599627370496 - 4503599627370496;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/** The meaning of `uniform`: the operands are ints, as four words of the counter and two of the key. */
export function uniformMeaning(which: 0 | 1, place: readonly number[]): number {
  const [a, b, c, d, low, high] = place as [number, number, number, number, number, number];
  return uniformOf(philox4x32([a, b, c, d], [low, high]), which);
}
