// Reads number literals with a glued unit, such as `12.5mV` or `167kHz`. Prefixes shift the decimal
// exponent of the literal, so that `12.5mV` is the very float `12.5e-3`, and the exact rational is kept
// for clocks. Signs are read; spaces, sums and compound units are not.

import type { Dimension } from './dimension.js';
import { findUnit, similarUnits } from './unit.js';

/** A fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export interface Quantity {
  /** In SI base units; finite. */
  readonly value: number;
  /** The suffix as written, such as `mV`; '' if there is none. */
  readonly unit: string;
  readonly dimension: Dimension;
  /** The value without any rounding; undefined for degrees, which are no rational number of radians. */
  readonly exact: Rational | undefined;
}

export interface QuantityProblem {
  /** What is wrong, in one line. */
  readonly problem: string;
  /** The likely fix. */
  readonly help?: string;
}

const literal = /^([+-]?)(\d+(?:_\d+)*)?(?:\.(\d+(?:_\d+)*))?(?:[eE]([+-]?\d+))?(.*)$/s;
const largestExponent = 400;
const longestLiteral = 1000;

/** Reads a literal such as `65_536`, `-3dB`, `2.2u`, `1e-3s`, `50%`; the shapes of numbers are those of JSON and `.5`. */
export function parseQuantity(text: string): Quantity | QuantityProblem {
  if (text.length > longestLiteral) return { problem: `number of ${text.length} characters is too long` };
  const match = literal.exec(text);
  const [, sign = '', whole = '', fraction = '', exponentText = '0', suffix = ''] = match ?? [];
  if (whole === '' && fraction === '') return { problem: `'${text}' is not a number` };

  const unit = findUnit(suffix);
  if (unit === undefined) return describeSuffix(text, suffix);

  const digits = `${whole}${fraction}`.replaceAll('_', '');
  const fractionLength = fraction.replaceAll('_', '').length;
  const exponent10 = Number(exponentText) + unit.exponent10;
  if (Math.abs(exponent10) > largestExponent) return { problem: `exponent of '${text}' is out of range` };

  const decimal = Number(`${sign}${digits}e${exponent10 - fractionLength}`);
  const isZero = /^0*$/.test(digits);
  if (!Number.isFinite(decimal)) return { problem: `'${text}' is too large for a 64-bit float` };
  if (decimal === 0 && !isZero) return { problem: `'${text}' is too small for a 64-bit float` };

  if (unit.factor !== 1) {
    // x * pi / 180 in this order: 180deg is the float pi and 90deg its half.
    return { value: (decimal * Math.PI) / 180, unit: suffix, dimension: unit.dimension, exact: undefined };
  }
  const exact = rationalOf(BigInt(digits) * (sign === '-' ? -1n : 1n), exponent10 - fractionLength);
  return { value: decimal, unit: suffix, dimension: unit.dimension, exact };
}

/** digits * 10^exponent10 in lowest terms. */
function rationalOf(digits: bigint, exponent10: number): Rational {
  if (digits === 0n) return { numerator: 0n, denominator: 1n };
  if (exponent10 >= 0) return { numerator: digits * 10n ** BigInt(exponent10), denominator: 1n };
  let numerator = digits;
  let denominator = 10n ** BigInt(-exponent10);
  // The denominator is 2^n * 5^n: no other factor can be common.
  for (const prime of [2n, 5n]) {
    while (numerator % prime === 0n && denominator % prime === 0n) {
      numerator /= prime;
      denominator /= prime;
    }
  }
  return { numerator, denominator };
}

function describeSuffix(text: string, suffix: string): QuantityProblem {
  if (/^\s+$/.test(suffix)) return { problem: `'${text}' has a space behind the number` };
  if (/^\s/.test(suffix) && findUnit(suffix.trim()) !== undefined) {
    return { problem: `'${text}' has a space before its unit`, help: `write '${text.replace(/\s+/g, '')}'` };
  }
  if (/^[\d._]/.test(suffix)) return { problem: `'${text}' is not a number` };
  const problem = `unknown unit '${suffix}' in '${text}'`;
  const similar = similarUnits(suffix);
  if (similar.length === 0) return { problem };
  return { problem, help: `did you mean ${similar.map((name) => `'${name}'`).join(' or ')}?` };
}
