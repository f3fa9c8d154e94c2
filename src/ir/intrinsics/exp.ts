// exp, and what it shares with tanh and pow: the reduction modulo ln 2 and exp(r) - 1 - r.

import { add, clip, div, mul, round, sub } from '../build.js';
import type { Expr } from '../expr.js';
import { scaleByPower } from './binade.js';
import { polynomial } from './polynomial.js';

// ln 2 = high + low (Cody & Waite 1980, chapter 6): high has 42 bits, so n * high is exact for |n| < 2^11.
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;

export interface ReducedExponent {
  /** Integer nearest to x / ln 2, as real. */
  readonly power: Expr;
  /** x - power * ln 2 = high - low; `high` is exact, |low| < 2^-32. */
  readonly high: Expr;
  readonly low: Expr;
}

/** Reduction of |x| < 1400 to -ln(2)/2 .. ln(2)/2. */
export function reduceModuloLn2(x: Expr): ReducedExponent {
  const power = round(mul(x, Math.LOG2E));
  return { power, high: sub(x, mul(power, ln2High)), low: mul(power, ln2Low) };
}

/**
 * exp(r) - 1 - r for |r| <= ln(2)/2 (1 + 1e-4), to 2^-61 absolute before rounding.
 *
 * r coth(r/2) = 2 + t is even in r, and exp(r) = (2 + t + r) / (2 + t - r). With d = r - t this is
 * 1 + r + r d / (2 - d); t / r^2 is a polynomial in r^2.
 */
export function expBeyondLinear(r: Expr): Expr {
  const z = mul(r, r);
  const t = mul(
    z,
    polynomial(z, [0.16666666666666555, -0.002777777777669665, 6.613756250217064e-5, -1.6533837257372165e-6, 4.1360508429988815e-8]),
  );
  const d = sub(r, t);
  return div(mul(r, d), sub(2, d));
}

/** exp(x), within 1 unit in the last place; beyond the clipped range it overflows to Infinity or underflows to 0. */
export function expBody(x: Expr): Expr {
  const { power, high, low } = reduceModuloLn2(clip(x, -746, 710));
  const beyond = expBeyondLinear(sub(high, low));
  return scaleByPower(add(1, add(high, sub(beyond, low))), power);
}
