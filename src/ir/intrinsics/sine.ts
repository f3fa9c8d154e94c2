// sin and cos: one reduction modulo pi/2, a polynomial for each on -pi/4 .. pi/4, and the choice by quadrant.

import { add, clip, eq, floor, mul, neg, not, round, select, sub, xor } from '../build.js';
import type { Expr } from '../expr.js';
import { polynomial } from './polynomial.js';

// pi/2 = high + middle + low (Cody & Waite 1980, chapter 8). `high` has 23 bits, so n * high is exact for
// n < 2^30 (|x| < 1.6e9); `middle` has 31 bits, exact for n < 2^22 (|x| < 6.5e6).
const quarterTurnHigh = 1.570796251296997;
const quarterTurnMiddle = 7.549789954319763e-8;
const quarterTurnLow = 5.721188726109832e-18;

/**
 * x - n pi/2. The first subtraction is exact; what the second rounds off is found (Dekker 1971) and goes with
 * the third part, so the result is rounded once. Beyond the exact range it is kept within the polynomials' range.
 */
function subtractQuarterTurns(x: Expr, n: Expr): Expr {
  const first = sub(x, mul(n, quarterTurnHigh));
  const step = mul(n, quarterTurnMiddle);
  const second = sub(first, step);
  const lost = sub(sub(first, second), step);
  return clip(sub(second, sub(mul(n, quarterTurnLow), lost)), -0.79, 0.79);
}

/** sin(r) = r + r^3 p(r^2), z = r^2; 2^-57 relative before rounding. */
const sineNearZero = (r: Expr, z: Expr): Expr =>
  add(
    r,
    mul(
      mul(r, z),
      polynomial(
        z,
        [
          -0.1666666666666663, 0.008333333333321915, -0.00019841269829455044, 2.755731358104823e-6, -2.505074214067963e-8,
          1.589593407385751e-10,
        ],
      ),
    ),
  );

/** cos(r) = 1 + z p(z), z = r^2; 2^-64 before rounding. */
const cosineNearZero = (z: Expr): Expr =>
  add(
    1,
    mul(
      z,
      polynomial(
        z,
        [
          -0.5, 0.0416666666666666, -0.0013888888888874476, 2.4801587289673122e-5, -2.7557314401414883e-7, 2.087572931477377e-9,
          -1.1359934812420385e-11,
        ],
      ),
    ),
  );

interface Quadrant {
  readonly sine: Expr;
  readonly cosine: Expr;
  /** Bits of the quadrant's number, modulo 4. */
  readonly bit0: Expr;
  readonly bit1: Expr;
}

function reduceToQuadrant(x: Expr): Quadrant {
  const n = round(mul(x, 2 / Math.PI));
  const r = subtractQuarterTurns(x, n);
  const z = mul(r, r);
  const half = mul(n, 0.5);
  const pairs = floor(half);
  const halfPairs = mul(pairs, 0.5);
  return {
    sine: sineNearZero(r, z),
    cosine: cosineNearZero(z),
    bit0: not(eq(half, pairs)),
    bit1: not(eq(halfPairs, floor(halfPairs))),
  };
}

/**
 * sin(x), odd: within 2 units in the last place, or 2^-88 where that is more, for |x| <= 1e6; within 1e-9 to 1e9;
 * some number in -1 .. 1 beyond. Zero is passed on for its sign.
 */
export function sinBody(x: Expr): Expr {
  const { sine, cosine, bit0, bit1 } = reduceToQuadrant(x);
  const value = select(bit0, cosine, sine);
  return select(eq(x, 0), x, select(bit1, neg(value), value));
}

/** cos(x), even, as accurate as sin: the sine of the next quadrant. */
export function cosBody(x: Expr): Expr {
  const { sine, cosine, bit0, bit1 } = reduceToQuadrant(x);
  const value = select(bit0, sine, cosine);
  return select(xor(bit0, bit1), neg(value), value);
}
