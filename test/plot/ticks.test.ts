import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearScale, logScale, paddedDomain } from '../../src/plot/scale.js';
import { labelTicks } from '../../src/plot/tick-labels.js';
import { linearTicks, logTicks } from '../../src/plot/ticks.js';

const interval = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.integer({ min: -12, max: 12 }))
  .map(([start, span, exponent]): [number, number] => [start * 10 ** exponent, (start + span) * 10 ** exponent]);

describe('linear ticks', () => {
  test('are distinct multiples of a 1-2-5 step inside the domain, about as many as asked', () => {
    fc.assert(
      fc.property(interval, fc.integer({ min: 2, max: 12 }), ([low, high], count) => {
        const { major, step } = linearTicks(low, high, count);
        expect(step!.toExponential(6)).toMatch(/^[125]\.000000e/);
        expect(major.length).toBeGreaterThanOrEqual(Math.floor(count / 2.5));
        expect(major.length).toBeLessThanOrEqual(2 * count + 1);
        major.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(low - 1e-6 * step!);
          expect(value).toBeLessThanOrEqual(high + 1e-6 * step!);
          expect(Math.abs(value / step! - Math.round(value / step!))).toBeLessThan(1e-6);
          if (i > 0) expect(value).toBeGreaterThan(major[i - 1]!);
        });
      }),
    );
  });

  test('are the floats one would write', () => {
    expect(linearTicks(0, 1, 10).major).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  test('have distinct labels', () => {
    fc.assert(
      fc.property(
        interval,
        fc.integer({ min: 2, max: 10 }),
        fc.constantFrom('V', 's', 'Hz', 'dB', '', 'ticks'),
        ([low, high], count, unit) => {
          const { labels } = labelTicks(linearTicks(low, high, count), unit);
          expect(new Set(labels).size).toBe(labels.length);
        },
      ),
    );
  });
});

describe('logarithmic ticks', () => {
  test('are inside the domain, ascending, at least two on a decade or more', () => {
    const ratio = fc.double({ min: 1.01, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -15, max: 9 }), fc.double({ min: 1, max: 9.99, noNaN: true }), ratio, (exponent, mantissa, factor) => {
        const low = mantissa * 10 ** exponent;
        const high = low * factor;
        const { major, minor } = logTicks(low, high, 8);
        for (const list of [major, minor]) {
          list.forEach((value, i) => {
            expect(value).toBeGreaterThanOrEqual(low * (1 - 1e-8));
            expect(value).toBeLessThanOrEqual(high * (1 + 1e-8));
            if (i > 0) expect(value).toBeGreaterThan(list[i - 1]!);
          });
        }
        if (factor >= 10) expect(major.length).toBeGreaterThanOrEqual(2);
        expect(major.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  test('label decades, with the others as minor ticks', () => {
    const { major, minor } = logTicks(50, 20e3, 8);
    expect(major).toEqual([100, 1000, 10000]);
    expect(minor.slice(0, 7)).toEqual([50, 60, 70, 80, 90, 200, 300]);
  });

  test('label 1, 2 and 5 within a decade', () => {
    expect(logTicks(3, 25, 8).major).toEqual([5, 10, 20]);
  });
});

describe('labels', () => {
  test.each([
    [0, 2e-3, 4, 's', ['0', '0.5', '1.0', '1.5', '2.0'], 'ms'],
    [-0.1, 0.1, 4, 'V', ['\u2212100', '\u221250', '0', '50', '100'], 'mV'],
    [0, 2e4, 2, 'Hz', ['0', '10', '20'], 'kHz'],
    [-120, 0, 3, 'dB', ['\u2212100', '\u221250', '0'], 'dB'],
    [0, 60000, 3, 'ticks', ['0', '20000', '40000', '60000'], 'ticks'],
    [0, 2e6, 2, 'ticks', ['0', '1', '2'], '10\u2076 ticks'],
    [0, 2e-8, 2, '', ['0', '10', '20'], '10\u207b\u2079'],
  ])('from %d to %d by about %d in %s', (low, high, count, unit, labels, shownUnit) => {
    expect(labelTicks(linearTicks(low, high, count), unit)).toEqual({ labels, unit: shownUnit });
  });

  test('of decades carry a prefix each', () => {
    expect(labelTicks(logTicks(100, 1e6, 8), 'Hz').labels).toEqual(['100 Hz', '1 kHz', '10 kHz', '100 kHz', '1 MHz']);
  });
});

describe('scales', () => {
  test('map the domain onto the range', () => {
    const linear = linearScale([-1, 3], [100, 20]);
    expect([-1, 1, 3].map(linear.toPixel)).toEqual([100, 60, 20]);
    const log = logScale([1, 1e4], [0, 80]);
    expect([1, 100, 1e4].map((value) => Math.round(log.toPixel(value) * 1e9) / 1e9)).toEqual([0, 40, 80]);
  });

  test('refuse domains that are empty or not positive', () => {
    expect(() => linearScale([1, 1], [0, 1])).toThrow('domain [1, 1] is empty or not finite');
    expect(() => logScale([0, 1], [0, 1])).toThrow('logarithmic domain starts at 0; it must be positive');
  });

  test('find a domain for any data', () => {
    expect(paddedDomain(0, 10, 0.1)).toEqual([-1, 11]);
    expect(paddedDomain(0, 0, 0.1)).toEqual([-1, 1]);
    expect(paddedDomain(5, 5, 0.1)).toEqual([4.5, 5.5]);
    expect(paddedDomain(Infinity, -Infinity, 0.1)).toEqual([0, 1]);
  });
});
