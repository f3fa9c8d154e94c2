import { describe, expect, it } from 'vitest';
import { f, specials } from './intrinsic-evaluator.js';
import { makeUniform, randomBitPattern, ulp, ulpsOff } from './ulps.js';

/** log(x) and exp in fixed point of 2^-320, and what they say of an error in pow. */
const one = 1n << 320n;

/** x = mantissa * 2^power, exactly. */
function integerParts(x: number): { mantissa: bigint; power: number } {
  const power = Math.log2(ulp(x));
  // Two divisions: 2^1074 is not a double.
  return { mantissa: BigInt(x / 2 ** Math.floor(power / 2) / 2 ** Math.ceil(power / 2)), power };
}
const shift = (x: bigint, places: number): bigint => (places >= 0 ? x << BigInt(places) : x >> BigInt(-places));

/** 2 atanh(s) = 2 (s + s^3/3 + s^5/5 + …). */
function twiceAtanh(s: bigint): bigint {
  let sum = 0n;
  let term = 2n * s;
  for (let n = 1n; term / n !== 0n; n += 2n) {
    sum += term / n;
    term = (((term * s) / one) * s) / one;
  }
  return sum;
}
const ln2 = twiceAtanh(one / 3n);

/** Error of `actual` as x^y, for x > 0 and a result in the normal range, in units in its last place. */
function powerUlpsOff(actual: number, x: number, y: number): number {
  const { mantissa, power } = integerParts(x);
  const scale = mantissa.toString(2).length;
  const m = shift(mantissa, 320 - scale);
  const log = BigInt(power + scale) * ln2 + twiceAtanh(((m - one) * one) / (m + one));
  const exponent = integerParts(y);
  const product = shift(log * exponent.mantissa, exponent.power);
  const n = product / ln2;
  const rest = product - n * ln2;
  let sum = 0n;
  let term = one;
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term = (term * rest) / one / k;
  }
  const result = integerParts(actual);
  const error = shift(result.mantissa, 64) - shift(sum, Number(n) - 320 - result.power + 64);
  return Math.abs(Number(error)) / 2 ** 64;
}

describe('pow', () => {
  const expectPower = (x: number, y: number, limit: number): void => {
    const [actual, expected] = [f.pow(x, y), Math.pow(x, y)];
    const ulps = ulpsOff(actual, expected);
    if (!(ulps <= limit)) expect.fail(`pow(${x}, ${y}) = ${actual}, not ${expected}: ${ulps} ulp`);
  };

  it('treats special arguments as ECMAScript does', () => {
    const arguments_ = [...specials, NaN];
    for (const x of arguments_) for (const y of arguments_) expectPower(x, y, 4);
  });

  it('is within 4 ulp of the library', () => {
    const uniform = makeUniform(6);
    for (let i = 0; i < 8_000; i++) {
      expectPower(10 * uniform(), 600 * (uniform() - 0.5), 4);
      expectPower(Math.abs(randomBitPattern(uniform)), 2 * (uniform() - 0.5), 4);
    }
  });

  it('is within 1 ulp of a 320-bit evaluation, near 1 and for huge exponents too', () => {
    // Math.pow is no judge here: V8's is 148 ulp off at pow(0.9999998394964275, 2528504089.8753576).
    const uniform = makeUniform(9);
    const pairs: [number, number][] = [[0.9999998394964275, 2528504089.8753576]];
    for (let i = 0; i < 1_500; i++) {
      const wanted = 700 * (2 * uniform() - 1);
      const near1 = 1 + (uniform() - 0.5) * 2 ** (-51 * uniform());
      pairs.push([near1, wanted / Math.log(near1)]);
      const any = Math.abs(randomBitPattern(uniform));
      pairs.push([any, wanted / Math.log(any)], [2 * uniform(), 10 * (uniform() - 0.5)]);
    }
    for (const [x, y] of pairs) {
      if (x === 0 || x === 1 || !Number.isFinite(x) || !Number.isFinite(y) || y === 0) continue;
      expect(powerUlpsOff(f.pow(x, y), x, y), `pow(${x}, ${y})`).toBeLessThanOrEqual(1);
    }
  });

  it('is within 1 ulp of exact rational powers', () => {
    // x^n = m^n 2^(e n) with integer m; the exact product decides, not a library.
    const uniform = makeUniform(7);
    for (let i = 0; i < 3_000; i++) {
      const mantissa = Math.floor(2 ** 51 + uniform() * 2 ** 52);
      const n = 2 + Math.floor(uniform() * 18);
      const actual = f.pow(mantissa * 2 ** -52, n);
      const { mantissa: digits, power } = integerParts(actual);
      // |actual - exact| in ulps of the computed value, as integers scaled by 2^(52 n).
      const computed = digits << BigInt(52 * n + power);
      const error = computed - BigInt(mantissa) ** BigInt(n);
      expect(error < 0n ? -error : error).toBeLessThanOrEqual(1n << BigInt(52 * n + power));
    }
  });

  it('is exact where the power is a double', () => {
    const uniform = makeUniform(8);
    expect([f.pow(2, 10), f.pow(10, 3)]).toEqual([1024, 1000]);
    for (let n = -1074; n <= 1023; n++) expect(f.pow(2, n)).toBe(2 ** n);
    for (let base = 2; base <= 60; base++) {
      for (let n = 1; BigInt(base) ** BigInt(n) <= 2n ** 53n; n++) {
        expect(f.pow(base, n), `${base}^${n}`).toBe(Number(BigInt(base) ** BigInt(n)));
        expect(f.pow(-base, n), `(-${base})^${n}`).toBe(Number(BigInt(-base) ** BigInt(n)));
      }
      expect(f.pow(base * base, 0.5)).toBe(base);
    }
    for (let n = 0; n <= 22; n++) expect(f.pow(10, n)).toBe(Number(`1e${n}`));
    for (let i = 0; i < 10_000; i++) {
      const x = randomBitPattern(uniform);
      expect(f.pow(x, 1)).toBe(x);
      expect(f.pow(x, 0)).toBe(1);
    }
  });

  it('gives Infinity and 0 their sign and NaN its place', () => {
    expect([f.pow(0, 2), f.pow(-0, 3), f.pow(0, -1), f.pow(-0, -3), f.pow(-0, -2)]).toEqual([0, -0, Infinity, -Infinity, Infinity]);
    expect([f.pow(-2, 3), f.pow(-2, 2), f.pow(-2, -3), f.pow(-10, 309), f.pow(-10, -401)]).toEqual([-8, 4, -0.125, -Infinity, -0]);
    expect([f.pow(-2, 0.5), f.pow(1, Infinity), f.pow(-1, -Infinity), f.pow(NaN, 1), f.pow(0, NaN)]).toEqual(Array(5).fill(NaN));
    expect([f.pow(NaN, 0), f.pow(Infinity, -0), f.pow(-Infinity, 3), f.pow(-Infinity, -3)]).toEqual([1, 1, -Infinity, -0]);
  });
});
