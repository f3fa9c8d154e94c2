import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximum, mean, minimum, percentile, rms, sumOf, variance } from '../../src/numeric/statistics.js';

const list = (...values: number[]) => Float64Array.from(values);

describe('statistics', () => {
  it('knows small cases', () => {
    const values = list(1, 2, 3, 4);
    expect(mean(values)).toBe(2.5);
    expect(variance(values)).toBe(1.25);
    expect(rms(list(3, -4))).toBe(Math.sqrt(12.5));
    expect([minimum(values), maximum(values)]).toEqual([1, 4]);
    expect([minimum(list()), maximum(list()), mean(list())]).toEqual([NaN, NaN, NaN]);
  });

  it('does not lose small terms beside large ones', () => {
    const terms = [1, 1e100, 1, -1e100];
    expect(sumOf(4, (i) => terms[i]!)).toBe(2);
    const count = 1_000_000;
    expect(sumOf(count, () => 0.1)).toBe(100000);
    expect(variance(Float64Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2)))).toBe(0.25);
  });

  it('lets infinities through', () => {
    expect(sumOf(2, () => Infinity)).toBe(Infinity);
  });

  it('takes percentiles between order statistics', () => {
    const values = list(40, 10, 30, 20);
    expect([0, 25, 50, 75, 100].map((percent) => percentile(values, percent))).toEqual([10, 17.5, 25, 32.5, 40]);
    expect(values).toEqual(list(40, 10, 30, 20));
    expect(percentile(list(7), 90)).toBe(7);
    expect(() => percentile(values, 101)).toThrow('percentile 101 is not between 0 and 100');
  });

  it('is shifted by a constant and keeps the spread', () => {
    const finite = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(finite, fc.integer({ min: -1e6, max: 1e6 }), (numbers, shift) => {
        const values = Float64Array.from(numbers);
        const moved = values.map((value) => value + shift);
        expect(mean(moved) - shift).toBeCloseTo(mean(values), 8);
        expect(variance(moved)).toBeCloseTo(variance(values), 6);
        expect(minimum(values)).toBeLessThanOrEqual(mean(values));
        expect(maximum(values)).toBeGreaterThanOrEqual(mean(values));
      }),
    );
  });
});
