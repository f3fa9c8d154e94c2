// Exact arithmetic on fractions of big integers, for clocks: times are never compared as floats.

import type { Rational } from '../units/quantity.js';

const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** A fraction in lowest terms with a positive denominator; the divisor must not be 0. */
export function makeRational(numerator: bigint, denominator: bigint): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };

export const addRational = (a: Rational, b: Rational): Rational =>
  makeRational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const negateRational = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });
export const multiplyRational = (a: Rational, b: Rational): Rational =>
  makeRational(a.numerator * b.numerator, a.denominator * b.denominator);
/** `b` must not be 0. */
export const divideRational = (a: Rational, b: Rational): Rational =>
  makeRational(a.numerator * b.denominator, a.denominator * b.numerator);
export const signOf = (a: Rational): number => (a.numerator > 0n ? 1 : a.numerator < 0n ? -1 : 0);

/** The largest fraction that divides both a whole number of times; both positive or zero, not both zero. */
export const rationalGcd = (a: Rational, b: Rational): Rational =>
  makeRational(greatestCommonDivisor(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator);

/** The nearest float, or one of the two nearest. */
export function rationalToNumber(a: Rational): number {
  const [n, d] = [Number(a.numerator), Number(a.denominator)];
  if (Number.isSafeInteger(n) && Number.isSafeInteger(d)) return n / d;
  // Scale so that the quotient keeps 64 significant bits whatever the sizes.
  const shift = BigInt(a.denominator.toString(2).length - absolute(a.numerator).toString(2).length + 64);
  const scaled = shift >= 0n ? (a.numerator << shift) / a.denominator : a.numerator / (a.denominator << -shift);
  return Number(scaled) * 2 ** -Number(shift);
}

/** The fraction that the shortest decimal text of a float stands for. */
export function rationalOfNumber(value: number): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new Error(`internal: ${value} is not a finite number`);
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return shift >= 0 ? makeRational(digits * 10n ** BigInt(shift), 1n) : makeRational(digits, 10n ** BigInt(-shift));
}
