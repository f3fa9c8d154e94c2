import FFT from 'fft.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fft, inverseFft, realFft } from '../../src/numeric/fft.js';
import type { ComplexArray } from '../../src/numeric/fft.js';
import { randomValues } from './random-values.js';

const randomComplex = (n: number, seed: number): ComplexArray => ({ re: randomValues(n, seed), im: randomValues(n, seed + 1) });

/** By the definition, with angles reduced in integers. */
function naiveDft({ re, im }: ComplexArray): ComplexArray {
  const n = re.length;
  const result: ComplexArray = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      result.re[k]! += re[j]! * c - im[j]! * s;
      result.im[k]! += re[j]! * s + im[j]! * c;
    }
  }
  return result;
}

const energy = ({ re, im }: ComplexArray) => re.reduce((sum, x, k) => sum + x * x + im[k]! ** 2, 0);

/** |a - b| / |b| in the root-sum-square sense. */
function relativeError(a: ComplexArray, b: ComplexArray): number {
  expect(a.re.length).toBe(b.re.length);
  const difference = { re: a.re.map((x, k) => x - b.re[k]!), im: a.im.map((x, k) => x - b.im[k]!) };
  return Math.sqrt(energy(difference) / energy(b));
}

const half = ({ re, im }: ComplexArray, bins: number): ComplexArray => ({ re: re.slice(0, bins), im: im.slice(0, bins) });

describe('fft', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 31, 32, 64, 97, 100, 120, 127, 243, 255, 256, 257, 500, 509])(
    'agrees with the definition at length %d',
    (n) => {
      const input = randomComplex(n, n);
      expect(relativeError(fft(input), naiveDft(input))).toBeLessThan(3e-14);
      const real = { re: input.re, im: new Float64Array(n) };
      expect(relativeError(realFft(input.re), half(naiveDft(real), Math.floor(n / 2) + 1))).toBeLessThan(3e-14);
    },
  );

  it.each([2, 4, 8, 64, 512, 2048, 16384, 65536])('agrees with fft.js at length %d', (n) => {
    const oracle = new FFT(n);
    const input = randomComplex(n, 3);
    const interleaved: number[] = oracle.createComplexArray();
    for (let j = 0; j < n; j++) {
      interleaved[2 * j] = input.re[j]!;
      interleaved[2 * j + 1] = input.im[j]!;
    }
    const out: number[] = oracle.createComplexArray();
    oracle.transform(out, interleaved);
    const expected = {
      re: Float64Array.from({ length: n }, (_, k) => out[2 * k]!),
      im: Float64Array.from({ length: n }, (_, k) => out[2 * k + 1]!),
    };
    expect(relativeError(fft(input), expected)).toBeLessThan(2e-15);
  });

  it.each([1, 2, 3, 6, 63, 64, 1000, 1009, 65536, 65537, 80000])('is undone by its inverse at length %d', (n) => {
    const input = randomComplex(n, 11);
    expect(relativeError(inverseFft(fft(input)), input)).toBeLessThan(n === 2 ** Math.round(Math.log2(n)) ? 1e-15 : 4e-15);
  });

  it('puts a pure tone in its bin down to rounding', () => {
    for (const n of [4096, 4095, 4099]) {
      const spectrum = realFft(Float64Array.from({ length: n }, (_, j) => Math.cos((2 * Math.PI * ((37 * j) % n)) / n)));
      const others = spectrum.re.map((x, k) => (k === 37 ? 0 : Math.hypot(x, spectrum.im[k]!)));
      expect(spectrum.re[37]! / (n / 2)).toBeCloseTo(1, 13);
      expect(Math.max(...others)).toBeLessThan(1e-14 * n);
    }
  });

  it('keeps energy (Parseval) and is linear', () => {
    // In steps of 1e-6: squares of numbers near the smallest ones lose their digits.
    const finite = fc.integer({ min: -1e9, max: 1e9 }).map((steps) => steps * 1e-6);
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 200 }), finite, (pairs, factor) => {
        const x = Float64Array.from(pairs, ([a]) => a);
        const y = Float64Array.from(pairs, ([, b]) => b);
        const n = x.length;
        const spectrum = fft({ re: x, im: y });
        const before = energy({ re: x, im: y });
        expect(Math.abs(energy(spectrum) / n - before)).toBeLessThanOrEqual(1e-12 * before);

        const [a, b, c] = [realFft(x), realFft(y), realFft(x.map((value, j) => value + factor * y[j]!))];
        const scale = Math.sqrt(n * before) * (1 + Math.abs(factor)) + Number.MIN_VALUE;
        for (let k = 0; k < a.re.length; k++) {
          expect(Math.abs(a.re[k]! + factor * b.re[k]! - c.re[k]!) / scale).toBeLessThan(1e-13);
          expect(Math.abs(a.im[k]! + factor * b.im[k]! - c.im[k]!) / scale).toBeLessThan(1e-13);
        }
      }),
    );
  });

  it('leaves its input alone, also on later calls', () => {
    for (const n of [8, 12, 13]) {
      const input = randomComplex(n, 5);
      const copy = { re: input.re.slice(), im: input.im.slice() };
      const first = fft(input);
      const kept = { re: first.re.slice(), im: first.im.slice() };
      fft(randomComplex(n, 6));
      realFft(input.re);
      inverseFft(input);
      expect(input).toEqual(copy);
      expect(first).toEqual(kept);
    }
  });

  it('takes empty records and refuses mismatched parts', () => {
    expect(fft({ re: new Float64Array(0), im: new Float64Array(0) }).re.length).toBe(0);
    expect(realFft(new Float64Array(0)).re.length).toBe(0);
    expect(() => fft({ re: new Float64Array(2), im: new Float64Array(3) })).toThrow('real part has 2 values, imaginary part 3');
  });
});
