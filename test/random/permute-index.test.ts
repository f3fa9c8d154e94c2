import { describe, expect, it } from 'vitest';
import { permuteIndex } from '../../src/random/permute-index.js';
import { philox4x32 } from '../../src/random/philox.js';

const keyed =
  (key: number) =>
  (round: number, half: number): number =>
    philox4x32([half, round, 0, 0], [key, 1])[0];
const permutation = (count: number, key: number): number[] => Array.from({ length: count }, (_, i) => permuteIndex(i, count, keyed(key)));

describe('permuted index', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 16, 17, 100, 1000, 1024, 4097])('permutes %i indices', (count) => {
    for (const key of [0, 1, 2]) {
      const image = permutation(count, key);
      expect([...image].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }
  });

  it('permutes without a table where counts are large', () => {
    for (const count of [2 ** 31, 2 ** 32, 3_000_000_019]) {
      const image = Array.from({ length: 1000 }, (_, i) => permuteIndex(count - 1 - i, count, keyed(5)));
      expect(new Set(image).size).toBe(1000);
      expect(image.every((index) => Number.isInteger(index) && index >= 0 && index < count)).toBe(true);
      const mean = image.reduce((sum, index) => sum + index, 0) / 1000 / count;
      expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 1000));
    }
  });

  it.each([2, 3, 5, 8, 12])('sends every pair of %i indices to every pair equally often', (count) => {
    const keys = 6000;
    const tally = new Map<string, number>();
    for (let key = 0; key < keys; key++) {
      const pair = `${permuteIndex(0, count, keyed(key))} ${permuteIndex(1, count, keyed(key))}`;
      tally.set(pair, (tally.get(pair) ?? 0) + 1);
    }
    const pairs = count * (count - 1);
    expect(tally.size).toBe(pairs);
    const expected = keys / pairs;
    const chi2 = [...tally.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // Mean and deviation of chi-squared are f and sqrt(2f).
    expect(chi2).toBeLessThan(pairs - 1 + 5 * Math.sqrt(2 * (pairs - 1)));
  });
});
