// Powers of two taken out of a number and put back, exact wherever the result is a normal number.

import { add, exponent, int, lt, max, mul, neg, pow2, select, sub, toInt, toReal } from '../build.js';
import type { Expr } from '../expr.js';

export interface Binade {
  /** a / 2^power, in sqrt(1/2) .. sqrt(2) up to rounding of the bounds. */
  readonly fraction: Expr;
  /** An integer, as real. */
  readonly power: Expr;
}

/**
 * Splits a finite positive `a`, subnormals included. For 0, Infinity, NaN and negative numbers the parts
 * are some numbers or NaN, without meaning.
 *
 * `a` is first moved away from both ends of the range, by 2^54 or 2^-54, exactly. The exponent of
 * sqrt(2) a is then the power that leaves a fraction around 1.
 */
export function splitBinade(a: Expr): Binade {
  const below1 = lt(a, 1);
  const moved = mul(a, select(below1, 2 ** 54, 2 ** -54));
  const movedPower = exponent(mul(moved, Math.SQRT2));
  return {
    // The exponent of Infinity and NaN is 1024; max keeps pow2 within its range for them.
    fraction: mul(moved, pow2(max(neg(movedPower), int(-1022)))),
    power: add(toReal(movedPower), select(below1, -54, 54)),
  };
}

/**
 * mantissa * 2^power for an integer `power` (as real) in -2044 .. 2046 and a mantissa near 1. Two factors,
 * each a normal number: the first product is exact, so an overflow or a subnormal result is rounded once.
 */
export function scaleByPower(mantissa: Expr, power: Expr): Expr {
  const whole = toInt(power);
  const half = toInt(mul(power, 0.5));
  return mul(mul(mantissa, pow2(half)), pow2(sub(whole, half)));
}
