// Polynomials for the elementary functions. The coefficients that are passed in are minimax fits:
// reweighted least squares (Lawson) at 300 bits, rounded to doubles one by one from the lowest
// order, the others fitted again after each rounding.

import { add, mul, real } from '../build.js';
import type { Expr } from '../expr.js';

/**
 * c[0] + c[1] z + c[2] z^2 + … by Estrin's scheme: neighbours are paired as c[0] + c[1] z, the pairs
 * form a polynomial in z^2, and so on. The chain of dependent operations is log2(n) steps, Horner's is n.
 */
export function polynomial(z: Expr, coefficients: readonly number[]): Expr {
  let terms = coefficients.map(real);
  let power = z;
  while (terms.length > 1) {
    const pairs: Expr[] = [];
    for (let i = 0; i + 1 < terms.length; i += 2) pairs.push(add(terms[i]!, mul(terms[i + 1]!, power)));
    const last = terms.length % 2 === 1 ? [terms[terms.length - 1]!] : [];
    terms = [...pairs, ...last];
    if (terms.length > 1) power = mul(power, power);
  }
  return terms[0]!;
}
