import { describe, expect, it } from 'vitest';
import { crossCorrelate } from '../../src/numeric/cross-correlate.js';
import { delayBy, halfTaps } from '../../src/numeric/fractional-delay.js';
import { normalValues, randomValues } from './random-values.js';

describe('crossCorrelate', () => {
  it('agrees with the definition', () => {
    const [a, b] = [randomValues(37, 1), randomValues(37, 2)];
    for (const maxLag of [0, 5, 36]) {
      const c = crossCorrelate(a, b, maxLag);
      expect(c.length).toBe(2 * maxLag + 1);
      for (let lag = -maxLag; lag <= maxLag; lag++) {
        let sum = 0;
        for (let t = 0; t < 37; t++) sum += (a[t + lag] ?? 0) * b[t]!;
        expect(c[lag + maxLag]).toBeCloseTo(sum, 13);
      }
    }
  });

  it('has its maximum where the first record is the second, delayed', () => {
    const long = normalValues(1100, 3);
    const c = crossCorrelate(long.slice(0, 1000), long.slice(17, 1017), 50);
    expect(c.indexOf(Math.max(...c)) - 50).toBe(17);
    expect(() => crossCorrelate(long, long, 1100)).toThrow('lag 1100 is outside a record of 1100 values');
    expect(() => crossCorrelate(long, long.slice(1), 3)).toThrow('records have 1100 and 1099 values');
  });
});

describe('delayBy', () => {
  const frequencies = [0.001, 0.0713, 0.21, 0.33, 0.44];
  const signal = (t: number) => frequencies.reduce((sum, f, k) => sum + Math.sin(2 * Math.PI * f * t + k), 0);
  const slopeOf = (t: number) => frequencies.reduce((sum, f, k) => sum + 2 * Math.PI * f * Math.cos(2 * Math.PI * f * t + k), 0);
  const values = Float64Array.from({ length: 400 }, (_, t) => signal(t));

  it.each([0, 3, -2, 0.5, 0.123, -7.9, 12.75])('delays tones up to 0.88 of Nyquist by %d samples', (delay) => {
    const first = 100;
    const { delayed, slope } = delayBy(values, delay, first, 300);
    expect(delayed.length).toBe(200);
    delayed.forEach((value, i) => expect(Math.abs(value - signal(first + i - delay))).toBeLessThan(2e-6));
    slope.forEach((value, i) => expect(Math.abs(value - slopeOf(first + i - delay))).toBeLessThan(1e-4));
  });

  it('is exact for whole samples', () => {
    expect(delayBy(values, 5, 100, 200).delayed).toEqual(values.slice(95, 195));
    expect(delayBy(values, -5, 100, 200).delayed).toEqual(values.slice(105, 205));
  });

  it('refuses rows whose neighbours are outside the record', () => {
    expect(() => delayBy(values, 0, halfTaps - 1, 200)).toThrow(RangeError);
    expect(() => delayBy(values, 0, halfTaps, 400 - halfTaps + 1)).toThrow(RangeError);
    expect(delayBy(values, 0, halfTaps, 400 - halfTaps).delayed.length).toBe(400 - 2 * halfTaps);
  });
});
