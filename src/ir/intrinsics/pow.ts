// pow: x^y = 2^(y log2|x|) with log2 to about 65 bits in head-and-tail arithmetic, then the special
// cases of ECMAScript's Number::exponentiate.

import { abs, add, and, clip, div, eq, floor, gt, le, lt, mul, neg, not, or, round, select, sub, xor } from '../build.js';
import type { Expr } from '../expr.js';
import { scaleByPower, splitBinade } from './binade.js';
import { headOf, roundToStep, splitSum, type HeadAndTail } from './double-word.js';
import { expBeyondLinear } from './exp.js';
import { polynomial } from './polynomial.js';

// 2 / (3 ln 2) and ln 2, each as a head (25 and 28 bits) and the rest.
const logScaleHead = 0.9617967009544373;
const logScaleTail = -7.028461650952758e-9;
const ln2Head = 0.6931471824645996;
const ln2Tail = -1.904654299957768e-9;

/** (m - 1) / (m + 1) for m around 1: the head from a division, the tail from its exact remainder. */
function divideAroundOne(m: Expr): HeadAndTail {
  const f = sub(m, 1);
  const divisor = add(m, 1);
  const head = headOf(div(f, divisor));
  const divisorHead = roundToStep(divisor, 2 ** -24);
  const divisorTail = sub(m, sub(divisorHead, 1));
  const remainder = sub(sub(f, mul(head, divisorHead)), mul(head, divisorTail));
  return { head, tail: div(remainder, divisor) };
}

/**
 * log2(a) for finite a > 0, to 2^-63 relative.
 *
 * With a = 2^k m and s = (m - 1) / (m + 1): ln m = 2 atanh(s) = (2/3) s (3 + s^2 + s^4 p(s^2)),
 * so log2 a = k + (2 / (3 ln 2)) s w with w = 3 + s^2 + s^4 p.
 */
function log2HeadAndTail(a: Expr): HeadAndTail {
  const { fraction, power } = splitBinade(a);
  const s = divideAroundOne(fraction);
  const sum = add(s.head, s.tail);

  // s^2 = squareHead + squareTail, the head exact.
  const squareHead = mul(s.head, s.head);
  const squareTail = mul(s.tail, add(s.head, sum));
  const z = add(squareHead, squareTail);
  const beyond = mul(
    mul(z, z),
    polynomial(
      z,
      [
        0.6000000000000338, 0.4285714285514913, 0.3333333377996238, 0.27272676541377916, 0.23080136519604463, 0.19885212578242364,
        0.19794638558476038,
      ],
    ),
  );
  const rest = add(squareTail, beyond);
  const wBeyond3 = roundToStep(add(squareHead, rest), 2 ** -23);
  const wHead = add(3, wBeyond3);
  const wTail = add(sub(squareHead, wBeyond3), rest);

  const product = splitSum(mul(s.head, wHead), add(mul(s.tail, add(wHead, wTail)), mul(s.head, wTail)));
  const logHead = mul(product.head, logScaleHead);
  const logTail = add(mul(product.tail, logScaleHead), mul(add(product.head, product.tail), logScaleTail));

  // power is 0 or at least as large as logHead, so the rounding error of their sum is found exactly.
  const total = add(power, logHead);
  return splitSum(total, add(sub(logHead, sub(total, power)), logTail));
}

/**
 * 2^(high + low), where `low` is small; clipped so that overflow gives Infinity and underflow 0. The
 * reduced exponent times ln 2 is kept as an exact head and a tail, so exact powers come out exact.
 */
function exp2OfSum(high: Expr, low: Expr): Expr {
  const bounded = clip(high, -1100, 1100);
  const power = round(bounded);
  const fraction = sub(bounded, power);
  const head = roundToStep(fraction, 2 ** -24);
  const tail = add(sub(fraction, head), clip(low, -0.001, 0.001));
  const scaledHead = mul(head, ln2Head);
  const scaledTail = add(mul(tail, Math.LN2), mul(head, ln2Tail));
  const beyond = expBeyondLinear(add(scaledHead, scaledTail));
  return scaleByPower(add(1, add(scaledHead, add(beyond, scaledTail))), power);
}

/** a^y for finite a > 0. Exponents beyond 2^65 overflow or underflow for every a but 1, so y is clipped there. */
function powerOfPositive(a: Expr, y: Expr): Expr {
  const log = log2HeadAndTail(a);
  const bounded = clip(y, -(2 ** 65), 2 ** 65);
  const head = headOf(bounded);
  return exp2OfSum(mul(head, log.head), add(mul(sub(bounded, head), log.head), mul(bounded, log.tail)));
}

/** pow(x, y), within 1 unit in the last place for normal results; special cases as Math.pow of ECMAScript. */
export function powBody(x: Expr, y: Expr): Expr {
  const a = abs(x);
  const size = abs(y);
  const positive = powerOfPositive(a, y);

  // 1/x tells -0 from 0; x itself tells -Infinity.
  const negative = lt(add(x, div(1, x)), 0);
  const integer = eq(floor(y), y);
  const half = mul(y, 0.5);
  const odd = and(integer, not(eq(floor(half), half)));

  const zero = eq(a, 0);
  const atEnd = and(or(zero, eq(a, Infinity)), le(size, Infinity));
  const end = select(xor(zero, gt(y, 0)), Infinity, 0);
  const undefinedHere = or(and(negative, not(integer)), and(eq(a, 1), eq(size, Infinity)));
  const magnitude = select(atEnd, end, select(undefinedHere, NaN, positive));
  return select(eq(y, 0), 1, select(and(negative, odd), neg(magnitude), magnitude));
}
