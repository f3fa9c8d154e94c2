// Splitting of doubles into a short head and a tail, for products without rounding error where there is no FMA.

import { add, mul, sub } from '../build.js';
import type { Expr } from '../expr.js';

/** head + tail, head of at most 26 bits: the product of two heads is exact. */
export interface HeadAndTail {
  readonly head: Expr;
  readonly tail: Expr;
}

/** The upper 26 bits of x, |x| < 2^996 (Veltkamp; Dekker 1971, Numerische Mathematik 18, 224-242). */
export function headOf(x: Expr): Expr {
  const shifted = mul(x, 2 ** 27 + 1);
  return sub(shifted, sub(shifted, x));
}

/** x rounded to a multiple of `step`, a power of two, for |x| < 2^51 step: 1.5 * 2^52 step leaves no room for less. */
export function roundToStep(x: Expr, step: number): Expr {
  const anchor = 1.5 * 2 ** 52 * step;
  return sub(add(x, anchor), anchor);
}

/** Head and tail of high + low, where `low` is small beside `high`. */
export function splitSum(high: Expr, low: Expr): HeadAndTail {
  const head = headOf(add(high, low));
  return { head, tail: sub(low, sub(head, high)) };
}
