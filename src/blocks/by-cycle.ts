// Values by the number of the cycle, such as the taps of a decoder: a counter kept as bits, and a tree of selections by them.
// The values may be tunables, of which there are no arrays; a tree needs one selection less than there are values.

import { and, bit, not, real, select, xor } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { bitState, type ScalarState } from './define.js';

/** Bits that count from 0 to `most`. */
const widthOf = (most: number): number => Math.ceil(Math.log2(most + 1));

/** States of a counter of cycles that begins at 0 and stays at `most`. */
export const cycleStates = (most: number): Record<string, ScalarState> =>
  Object.fromEntries(Array.from({ length: widthOf(most) }, (_, k) => [`cycle${k}`, bitState()]));

const bitsOf = (state: Readonly<Record<string, Expr>>, most: number): Expr[] =>
  Array.from({ length: widthOf(most) }, (_, k) => state[`cycle${k}`]!);

/** The counter after this cycle. */
export function nextCycle(state: Readonly<Record<string, Expr>>, most: number): Record<string, Expr> {
  const bits = bitsOf(state, most);
  const isLast = bits.map((one, k) => (Math.floor(most / 2 ** k) % 2 === 1 ? one : not(one))).reduce(and, bit(true));
  let carry = not(isLast);
  const next: Record<string, Expr> = {};
  bits.forEach((one, k) => {
    next[`cycle${k}`] = xor(one, carry);
    carry = and(one, carry);
  });
  return next;
}

/** values[cycle] of a counter that stays at `most`; `beyond` where there are no more values. */
export function atCycle(values: readonly Expr[], state: Readonly<Record<string, Expr>>, most: number, beyond: Expr = real(0)): Expr {
  const pick = (from: number, width: number, bits: readonly Expr[]): Expr => {
    if (width === 0) return values[from] ?? beyond;
    const half = 2 ** (width - 1);
    const low = pick(from, width - 1, bits);
    return from + half >= values.length && low === beyond ? beyond : select(bits[width - 1]!, pick(from + half, width - 1, bits), low);
  };
  return pick(0, widthOf(most), bitsOf(state, most));
}
