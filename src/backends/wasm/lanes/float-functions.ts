// Elementary functions in floats: the shared definitions (ir/intrinsics) cut down to 24 bits, as expressions each of whose
// operations rounds to a float. They serve lanes in floats alone, whose bits no other backend has to give. Errors are in
// units of the last place of a float; coefficients are minimax fits (reweighted least squares), rounded to floats.

import { abs, add, clip, div, eq, floor, gt, input, lt, min, mul, neg, pow2, round, select, sub, toInt, xor } from '../../../ir/build.js';
import type { Intrinsic } from '../../../ir/evaluate.js';
import { withArena, type Expr } from '../../../ir/expr.js';
import type { IntrinsicDefinition } from '../../../ir/intrinsics.js';
import { scaleByPower, splitBinade } from '../../../ir/intrinsics/binade.js';
import { polynomial } from '../../../ir/intrinsics/polynomial.js';

// ln 2 = high + low: high has 15 bits, so its product with a power of a float is exact.
const ln2High = 0.693145751953125;
const ln2Low = 1.428606765330187e-6;

/** log(x), within 2 units for every float; log(0) = -Infinity, NaN for negative x. */
function logBody(x: Expr): Expr {
  const { fraction, power } = splitBinade(x);
  const f = sub(fraction, 1);
  const s = div(f, add(2, f));
  const z = mul(s, s);
  const series = polynomial(z, [0.6666677594184875, 0.39977580308914185, 0.2987091839313507]);
  const small = sub(mul(s, sub(f, mul(z, series))), mul(power, ln2Low));
  const finite = sub(mul(power, ln2High), sub(small, f));
  return select(gt(x, 0), select(lt(x, Infinity), finite, x), select(eq(x, 0), -Infinity, NaN));
}

interface Reduced {
  readonly power: Expr;
  readonly high: Expr;
  readonly low: Expr;
}

/** x = power * ln 2 + high - low, for |x| < 110. */
function reduceModuloLn2(x: Expr): Reduced {
  const power = round(mul(x, Math.LOG2E));
  return { power, high: sub(x, mul(power, ln2High)), low: mul(power, ln2Low) };
}

/** exp(r) - 1 - r for |r| <= ln(2)/2, to 2^-31, by the fraction of the shared definition. */
function expBeyondLinear(r: Expr): Expr {
  const d = sub(r, mul(mul(r, r), polynomial(mul(r, r), [0.166666179895401, -0.0027660129126161337])));
  return div(mul(r, d), sub(2, d));
}

/** exp(x), within 2 units; beyond the clipped range it overflows to Infinity or underflows to 0. */
function expBody(x: Expr): Expr {
  const { power, high, low } = reduceModuloLn2(clip(x, -104, 89));
  return scaleByPower(add(1, add(high, sub(expBeyondLinear(sub(high, low)), low))), power);
}

/** tanh(x), odd, within 4 units, relative also for tiny x; 1 from |x| = 11 on. */
function tanhBody(x: Expr): Expr {
  const { power, high, low } = reduceModuloLn2(min(mul(abs(x), 2), 22));
  const q = add(high, sub(expBeyondLinear(sub(high, low)), low));
  const scale = pow2(toInt(power));
  const numerator = add(sub(scale, 1), mul(scale, q));
  const magnitude = div(numerator, add(numerator, 2));
  return clip(x, neg(magnitude), magnitude);
}

// pi/2 = high + middle + low: 8 and 11 bits, so n * high is exact for n < 2^16, n * middle for n < 2^13.
const quarterTurnHigh = 1.5703125;
const quarterTurnMiddle = 0.0004837512969970703;
const quarterTurnLow = 7.549789948768648e-8;

interface Quadrant {
  readonly sine: Expr;
  readonly cosine: Expr;
  /** Whether the quadrant's number is even, and whether it is 0 or 1 modulo 4. */
  readonly isEven: Expr;
  readonly isUpper: Expr;
}

function reduceToQuadrant(x: Expr): Quadrant {
  const n = round(mul(x, 2 / Math.PI));
  const most = sub(sub(x, mul(n, quarterTurnHigh)), mul(n, quarterTurnMiddle));
  const r = clip(sub(most, mul(n, quarterTurnLow)), -0.79, 0.79);
  const z = mul(r, r);
  const half = mul(n, 0.5);
  const pairs = floor(half);
  const halfPairs = mul(pairs, 0.5);
  return {
    sine: add(r, mul(mul(r, z), polynomial(z, [-0.16666655242443085, 0.00833218265324831, -0.00019516830798238516]))),
    cosine: add(1, mul(z, polynomial(z, [-0.5, 0.04166664555668831, -0.00138873013202101, 2.443066841806285e-5]))),
    isEven: eq(half, pairs),
    isUpper: eq(halfPairs, floor(halfPairs)),
  };
}

/**
 * sin(x), odd: within 2^-23 absolute and 2 units beside the zero at 0 for |x| <= 8192, and as well as floats hold x itself,
 * |x| 2^-23, to 2^24; some number in -1 .. 1 beyond. Zero is passed on for its sign.
 */
function sinBody(x: Expr): Expr {
  const { sine, cosine, isEven, isUpper } = reduceToQuadrant(x);
  const value = select(isEven, sine, cosine);
  return select(eq(x, 0), x, select(isUpper, value, neg(value)));
}

/** cos(x), even, as accurate as sin: the sine of the next quadrant, whose sign is that of 0 and 3. */
function cosBody(x: Expr): Expr {
  const { sine, cosine, isEven, isUpper } = reduceToQuadrant(x);
  const value = select(isEven, cosine, sine);
  return select(xor(isEven, isUpper), neg(value), value);
}

const bodies: { readonly [K in Intrinsic]?: (x: Expr) => Expr } = {
  exp: expBody,
  log: logBody,
  sin: sinBody,
  cos: cosBody,
  tanh: tanhBody,
};
const built = new Map<Intrinsic, IntrinsicDefinition>();

/** The definition of an elementary function in floats; undefined for one that goes by way of doubles. */
export function floatDefinition(name: Intrinsic): IntrinsicDefinition | undefined {
  const body = bodies[name];
  if (body === undefined || built.has(name)) return built.get(name);
  const definition = withArena((): IntrinsicDefinition => ({ params: ['x'], body: body(input('x', 'real')) }));
  built.set(name, definition);
  return definition;
}
