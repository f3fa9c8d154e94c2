import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../src/numeric/wilson.js';

describe('Wilson interval', () => {
  it('agrees with published values', () => {
    // R. G. Newcombe, Statist. Med. 17 (1998), table I, method 3.
    const digits = (passed: number, total: number): string[] => {
      const { low, high } = wilsonInterval(passed, total);
      return [low.toFixed(4), high.toFixed(4)];
    };
    expect(digits(81, 263)).toEqual(['0.2553', '0.3662']);
    expect(digits(15, 148)).toEqual(['0.0624', '0.1605']);
    expect(digits(0, 20)).toEqual(['0.0000', '0.1611']);
    expect(digits(1, 29)).toEqual(['0.0061', '0.1718']);
  });

  it('has the bounds where the count lies z deviations away', () => {
    const [passed, total, z] = [37, 90, 1.3];
    const { low, high } = wilsonInterval(passed, total, z);
    for (const p of [low, high]) expect(Math.abs(passed - total * p) / Math.sqrt(total * p * (1 - p))).toBeCloseTo(z, 12);
    expect(low).toBeLessThan(passed / total);
    expect(high).toBeGreaterThan(passed / total);
  });

  it('ends at 0 and 1 exactly, and mirrors', () => {
    for (let total = 1; total <= 100; total++) {
      expect(wilsonInterval(0, total).low).toBe(0);
      expect(wilsonInterval(total, total).high).toBe(1);
      expect(wilsonInterval(total, total).low).toBeCloseTo(1 - wilsonInterval(0, total).high, 14);
    }
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(() => wilsonInterval(3, 2)).toThrow('3 of 2 is no count');
    expect(() => wilsonInterval(0.5, 2)).toThrow(RangeError);
  });
});
