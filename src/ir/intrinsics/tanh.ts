// tanh, from the parts of exp, without the cancellation of exp(2x) - 1.

import { abs, add, clip, div, min, mul, neg, pow2, sub, toInt } from '../build.js';
import type { Expr } from '../expr.js';
import { expBeyondLinear, reduceModuloLn2 } from './exp.js';

/**
 * tanh(x), odd, within 3 units in the last place, relative also for tiny x.
 *
 * exp(2|x|) = E (1 + q) with E = 2^n and q = exp(r) - 1, so tanh|x| = N / (N + 2) for N = (E - 1) + E q,
 * where E q and, for n <= 53, E - 1 are exact. At |x| = 22 it is 1. As |tanh x| <= |x|, clipping x to
 * -tanh|x| .. tanh|x| puts the sign back, that of zero included, and lets NaN through.
 */
export function tanhBody(x: Expr): Expr {
  const { power, high, low } = reduceModuloLn2(min(mul(abs(x), 2), 44));
  const q = add(high, sub(expBeyondLinear(sub(high, low)), low));
  const scale = pow2(toInt(power));
  const numerator = add(sub(scale, 1), mul(scale, q));
  const magnitude = div(numerator, add(numerator, 2));
  return clip(x, neg(magnitude), magnitude);
}
