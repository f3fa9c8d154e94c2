// log, the natural logarithm.

import { add, div, eq, gt, lt, mul, select, sub } from '../build.js';
import type { Expr } from '../expr.js';
import { splitBinade } from './binade.js';
import { polynomial } from './polynomial.js';

// ln 2 = high + low: high has 42 bits, so power * high is exact.
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;

/**
 * log(x), within 1 unit in the last place; log(0) = -Infinity, NaN for negative x.
 *
 * x = 2^power (1 + f) and s = f / (2 + f) give log(1 + f) = 2 atanh(s) = 2 s + s p(s^2), where
 * p(z) = 2 z/3 + 2 z^2/5 + …; since 2 s = f - s f, it is f - s (f - p): the large term f is exact.
 */
export function logBody(x: Expr): Expr {
  const { fraction, power } = splitBinade(x);
  const f = sub(fraction, 1);
  const s = div(f, add(2, f));
  const z = mul(s, s);
  const series = polynomial(
    z,
    [
      0.6666666666666734, 0.3999999999941652, 0.2857142874208012, 0.22222198597451576, 0.18183563353006535, 0.15314069513666329,
      0.14795809758060616,
    ],
  );
  const small = sub(mul(s, sub(f, mul(z, series))), mul(power, ln2Low));
  const finite = sub(mul(power, ln2High), sub(small, f));
  return select(gt(x, 0), select(lt(x, Infinity), finite, x), select(eq(x, 0), -Infinity, NaN));
}
