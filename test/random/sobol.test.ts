import { describe, expect, it } from 'vitest';
import { joeKuoNumbers } from '../../src/random/joe-kuo-numbers.js';
import { philox4x32 } from '../../src/random/philox.js';
import { scrambleDigits, sobolDigits, sobolDimensions } from '../../src/random/sobol.js';

const coordinate = (dimension: number, index: number): number => sobolDigits(dimension, index) / 2 ** 32;

/** Multiplies polynomials over GF(2), modulo one of degree `degree`, as bits. */
function multiplyModulo(a: number, b: number, polynomial: number, degree: number): number {
  let product = 0;
  for (let i = degree - 1; i >= 0; i--) {
    product <<= 1;
    if (product >>> degree) product ^= polynomial;
    if ((b >>> i) & 1) product ^= a;
  }
  return product;
}

function powerOfX(exponent: number, polynomial: number, degree: number): number {
  let result = 1;
  const x = degree === 1 ? 2 ^ polynomial : 2;
  for (const bit of exponent.toString(2)) {
    result = multiplyModulo(result, result, polynomial, degree);
    if (bit === '1') result = multiplyModulo(result, x, polynomial, degree);
  }
  return result;
}

describe("Sobol's sequence", () => {
  it('begins as published', () => {
    // What the program of Joe and Kuo prints for ten points in three dimensions (sobol 10 3 new-joe-kuo-6.21201).
    const published = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ];
    expect(published.map((_, index) => [0, 1, 2].map((dimension) => coordinate(dimension, index)))).toEqual(published);
  });

  it.each([
    [5, [3758096384, 536870912, 2684354560, 1610612736, 2684354560, 3758096384, 536870912]],
    [100, [1107296256, 3321888768, 3187671040, 3187671040, 2785017856, 838860800, 1979711488]],
    [1023, [3233808384, 2629828608, 1883242496, 3762290688, 171966464, 423624704, 3007315968]],
    [4095, [4042260480, 1435500544, 338690048, 2616197120, 2377121792, 558891008, 1123024896]],
  ])('agrees with scipy 1.17 (qmc.Sobol, 32 bits) at point %i', (index, digits) => {
    expect([1, 2, 5, 17, 63, 64, 127].map((dimension) => sobolDigits(dimension, index))).toEqual(digits);
  });

  it('agrees with scipy on the sum of 4096 points in 128 dimensions', () => {
    let sum = 0;
    for (let dimension = 0; dimension < 128; dimension++) for (let i = 0; i < 4096; i++) sum += sobolDigits(dimension, i);
    expect(sum).toBe(1125625028935680);
  });

  it('has a table of primitive polynomials and odd numbers below 2^j', () => {
    expect(sobolDimensions).toBe(128);
    const seen = new Set<number>();
    for (const [inner, ...m] of joeKuoNumbers) {
      const degree = m.length;
      const polynomial = 2 ** degree + 2 * inner! + 1;
      expect(seen.has(polynomial)).toBe(false);
      seen.add(polynomial);
      // Primitive: x has the order 2^s - 1.
      const order = 2 ** degree - 1;
      expect(powerOfX(order, polynomial, degree)).toBe(1);
      for (let factor = 2; factor < order; factor++) {
        const isPrime = [2, 3, 5, 7, 11, 13, 17, 19, 23].every((p) => p >= factor || factor % p !== 0);
        if (isPrime && order % factor === 0) expect(powerOfX(order / factor, polynomial, degree)).not.toBe(1);
      }
      m.forEach((number, j) => expect(number % 2 === 1 && number < 2 ** (j + 1)).toBe(true));
    }
  });

  it('has one of 2^k points in each of 2^k intervals of every dimension', () => {
    for (let dimension = 0; dimension < sobolDimensions; dimension++) {
      const hit = new Set(Array.from({ length: 256 }, (_, i) => sobolDigits(dimension, 256 + i) >>> 24));
      expect(hit.size).toBe(256);
    }
  });

  it('uses all 32 bits of an index', () => {
    // Point 2^31 differs from point 0 by the last two directions: m_32 / 2^32 and m_31 / 2^31; both m are odd.
    expect(sobolDigits(0, 2 ** 31)).toBe(0b11);
    expect(sobolDigits(5, 2 ** 31) & 1).toBe(1);
    expect(coordinate(3, 2 ** 32 - 1)).toBeLessThan(1);
  });
});

describe('nested scrambling', () => {
  const keyed =
    (key: number) =>
    (prefix: number, depth: number): [number, number, number, number] =>
      philox4x32([prefix, depth, 0, 0], [key, 0]);

  it('flips a digit by the digits before it and by nothing else', () => {
    for (const [a, b] of [
      [0x12345678, 0x12345679],
      [0, 0x00010000],
      [0xabcd0000, 0xabcdffff],
      [0x80000000, 0],
      [0x80000000, 0x80000001],
    ] as const) {
      const agree = Math.clz32(a ^ b);
      for (let key = 0; key < 50; key++) expect(Math.clz32(scrambleDigits(a, keyed(key)) ^ scrambleDigits(b, keyed(key)))).toBe(agree);
    }
  });

  it('flips each digit half of the time, and digits behind different prefixes independently', () => {
    const keys = 4000;
    const counts = new Float64Array(32);
    const together = new Float64Array(32);
    for (let key = 0; key < keys; key++) {
      const a = scrambleDigits(0x5a5a5a5a, keyed(key)) ^ 0x5a5a5a5a;
      const b = scrambleDigits(0xda5a5a5a, keyed(key)) ^ 0xda5a5a5a;
      for (let bit = 0; bit < 32; bit++) {
        counts[bit]! += (a >>> bit) & 1;
        together[bit]! += 1 - (((a ^ b) >>> bit) & 1);
      }
    }
    // Five standard deviations of a count; the first digit has no prefix and flips for both.
    const reach = 5 * Math.sqrt(keys / 4);
    for (let bit = 0; bit < 32; bit++) expect(Math.abs(counts[bit]! - keys / 2)).toBeLessThan(reach);
    for (let bit = 0; bit < 31; bit++) expect(Math.abs(together[bit]! - keys / 2)).toBeLessThan(reach);
    expect(together[31]).toBe(keys);
  });

  it('keeps one point in each elementary interval', () => {
    const points = Array.from({ length: 64 }, (_, i) => [0, 1].map((d) => scrambleDigits(sobolDigits(d, i), keyed(7 + d))));
    for (let bits = 0; bits <= 6; bits++) {
      const cells = new Set(points.map(([x, y]) => `${bits === 0 ? 0 : x! >>> (32 - bits)} ${bits === 6 ? 0 : y! >>> (26 + bits)}`));
      expect(cells.size).toBe(64);
    }
  });
});
