import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Distribution, RunningStatistics } from '../../src/campaign/statistics.js';
import { mean, percentile, variance } from '../../src/numeric/statistics.js';
import { normalValues, randomValues } from '../numeric/random-values.js';

const first = (values: Iterable<number>): RunningStatistics => {
  const statistics = new RunningStatistics();
  let point = 0;
  for (const value of values) statistics.add(point++, value);
  return statistics;
};
const second = (values: Iterable<number>): Distribution => {
  const distribution = new Distribution(first(values));
  for (const value of values) distribution.add(value);
  return distribution;
};
const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

describe('running statistics', () => {
  it('agrees with sums over all values', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const all = Float64Array.from(list);
        const { count, mean: running, standardDeviation, min, max } = first(list);
        const n = list.length;
        expect(count).toBe(n);
        expect(Math.abs(running - mean(all))).toBeLessThanOrEqual(1e-9);
        expect(Math.abs(standardDeviation - Math.sqrt((variance(all) * n) / (n - 1)))).toBeLessThanOrEqual(1e-8);
        expect(min).toEqual({ value: Math.min(...list), point: list.findIndex((value) => value === Math.min(...list)) });
        expect(max).toEqual({ value: Math.max(...list), point: list.findIndex((value) => value === Math.max(...list)) });
      }),
    );
  });

  it('keeps a small spread about a large mean', () => {
    const { mean: running, standardDeviation } = first(Array.from({ length: 100_000 }, (_, i) => 1e9 + (i % 2)));
    expect(running).toBeCloseTo(1e9 + 0.5, 5);
    expect(standardDeviation).toBeCloseTo(Math.sqrt(0.25 * (100_000 / 99_999)), 6);
  });

  it('counts apart what is no finite number', () => {
    const statistics = first([NaN, 3, Infinity, 1, NaN, -Infinity, 2, NaN]);
    expect([statistics.count, statistics.missing, statistics.infinite]).toEqual([3, 3, 2]);
    expect([statistics.mean, statistics.standardDeviation]).toEqual([2, 1]);
    expect([statistics.min, statistics.max]).toEqual([
      { value: 1, point: 3 },
      { value: 3, point: 1 },
    ]);
  });

  it('has no figures of no values, and no deviation of one', () => {
    const none = first([NaN]);
    expect([none.mean, none.standardDeviation, none.min, none.max]).toEqual([NaN, NaN, undefined, undefined]);
    const one = first([7]);
    expect([one.mean, one.standardDeviation, one.min?.value]).toEqual([7, NaN, 7]);
  });
});

describe('distribution', () => {
  const percents = [0, 0.1, 1, 5, 25, 50, 75, 95, 99, 99.9, 100];

  it('has exact percentiles up to 65536 values', () => {
    const values = normalValues(65_536, 3);
    const distribution = second([...values, NaN, Infinity]);
    expect(distribution.resolution).toBe(0);
    expect(percents.map((percent) => distribution.percentile(percent))).toEqual(percents.map((percent) => percentile(values, percent)));
  });

  it.each([
    ['uniform', randomValues(200_000, 1)],
    ['normal', normalValues(200_000, 2)],
    ['two values', Float64Array.from({ length: 70_000 }, (_, i) => (i % 10 === 0 ? 5 : -1))],
    ['codes', randomValues(100_000, 4).map((value) => Math.round(8 * value))],
    ['a far outlier', Float64Array.from([...randomValues(70_000, 5), 1e6])],
    ['both ends of the range', Float64Array.from({ length: 70_000 }, (_, i) => (i - 34_999) * 5e303)],
  ])('is within its resolution beyond that: %s', (_, values) => {
    const distribution = second(values);
    const { resolution } = distribution;
    const sorted = Float64Array.from(values).sort();
    expect(resolution).toBe(sorted.at(-1)! / 65536 - sorted[0]! / 65536);
    for (const percent of percents) {
      // Against rounding, a billionth of the resolution more.
      expect(Math.abs(distribution.percentile(percent) - percentile(values, percent))).toBeLessThanOrEqual(resolution * (1 + 1e-9));
    }
    expect([distribution.percentile(0), distribution.percentile(100)]).toEqual([percentile(values, 0), percentile(values, 100)]);
  });

  it.each([
    ['few', normalValues(1000, 6)],
    ['many', normalValues(100_000, 6)],
    ['mostly one', Float64Array.from({ length: 400 }, (_, i) => (i < 300 ? 2 : i / 400))],
    ['both ends of the range', Float64Array.of(-1.7e308, 1.7e308, 0, 1)],
  ])('has a histogram that counts every value once: %s', (_, values) => {
    const { start, width, counts } = second(values).histogram();
    expect(total(counts)).toBe(values.length);
    expect(counts.length).toBeLessThanOrEqual(256);
    expect(start).toBe(Math.min(...values));
    expect((start / 2 + (width / 2) * counts.length) * 2).toBeCloseTo(Math.max(...values), 10);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts.at(-1)).toBeGreaterThan(0);
  });

  it('has the bins of Freedman and Diaconis, merged from fine ones where there are many values', () => {
    const few = normalValues(1000, 7);
    const width = (2 * (percentile(few, 75) - percentile(few, 25))) / 10;
    expect(second(few).histogram().counts).toHaveLength(Math.ceil((percentile(few, 100) - percentile(few, 0)) / width));
    const many = randomValues(131_072, 8);
    const { counts } = second(many).histogram();
    // 2 IQR / n^(1/3) = 2 / 50.8 of a range of 2: 51 bins, and 64 is the next power of two.
    expect(counts).toHaveLength(64);
    const each = 131_072 / 64;
    const chi2 = counts.reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
    expect(chi2).toBeLessThan(63 + 5 * Math.sqrt(2 * 63));
    const edges = second(Array.from({ length: 65_537 }, (_, i) => i)).histogram();
    expect(edges.counts.slice(0, -1)).toEqual(edges.counts.slice(1).map((count, i) => (i === edges.counts.length - 2 ? count - 1 : count)));
  });

  it('has square root of n bins where half of the values are one', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : i));
    expect(second(values).histogram().counts).toHaveLength(10);
  });

  it('has one bin for one value and none for none', () => {
    expect(second([4, 4, 4]).histogram()).toEqual({ start: 4, width: 0, counts: [3] });
    const same = second(Array.from({ length: 70_000 }, () => 4));
    expect([same.percentile(0), same.percentile(50), same.percentile(100)]).toEqual([4, 4, 4]);
    expect(same.histogram()).toEqual({ start: 4, width: 0, counts: [70_000] });
    const none = second([NaN]);
    expect([none.percentile(50), none.histogram().counts]).toEqual([NaN, []]);
  });

  it('wants the values of the first pass, and a share', () => {
    const distribution = new Distribution(first([1, 2, 3]));
    distribution.add(1);
    expect(() => distribution.percentile(50)).toThrow('internal: 1 values in the second pass, 3 in the first');
    for (const count of [10, 70_000]) {
      const whole = second(randomValues(count, 1));
      for (const percent of [-1, 101, NaN]) expect(() => whole.percentile(percent)).toThrow('is not between 0 and 100');
    }
  });
});
