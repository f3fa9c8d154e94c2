import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnMaxima, decimateTrace } from '../../src/plot/decimate.js';
import { tracePath } from '../../src/plot/trace-path.js';

const samples = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 400 });

describe('decimateTrace', () => {
  test('keeps lowest, highest, first and last of every column, and only real samples', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 0.5, noNaN: true }), (values, columns, cut) => {
        const y = Float64Array.from(values);
        const from = cut * y.length;
        const to = y.length - 0.25;
        const points = decimateTrace({ t0: 0, dt: 1 }, y, from, to, columns);
        const columnOf = (t: number): number => Math.min(columns - 1, Math.floor(((t - from) * columns) / (to - from)));
        points.t.forEach((t, i) => expect(y[t]).toBe(points.y[i]));
        expect(points.t).toEqual([...new Set(points.t)].sort((a, b) => a - b));
        for (let column = 0; column < columns; column++) {
          const all = values.map((_, index) => index).filter((index) => index >= from && index <= to && columnOf(index) === column);
          const kept = points.t.filter((t) => columnOf(t) === column);
          expect(kept.length).toBeLessThanOrEqual(4);
          expect(kept.length > 0).toBe(all.length > 0);
          if (all.length === 0) continue;
          expect(kept[0]).toBe(all[0]);
          expect(kept.at(-1)).toBe(all.at(-1));
          expect(Math.max(...kept.map((t) => y[t]!))).toBe(Math.max(...all.map((t) => y[t]!)));
          expect(Math.min(...kept.map((t) => y[t]!))).toBe(Math.min(...all.map((t) => y[t]!)));
        }
      }),
    );
  });

  test('takes times of their own and leaves gaps at samples that are not finite', () => {
    const t = Float64Array.of(0, 1, 1.5, 4, 7);
    const points = decimateTrace(t, Float64Array.of(1, NaN, Infinity, 2, 3), 0, 7, 100);
    expect(points).toEqual({ t: [0, 1, 4, 7], y: [1, NaN, 2, 3] });
  });

  test('a million samples become a short path that shows a single spike', () => {
    const y = new Float64Array(1e6).map((_, i) => Math.sin(i / 7));
    y[654_321] = 9;
    const view = { from: 0, to: 1e6, columns: 800, xOf: (x: number) => x * 8e-4, yOf: (v: number) => 10 * v };
    const path = tracePath({ t0: 0, dt: 1 }, y, view, false);
    expect(path.length).toBeLessThan(60_000);
    expect(path).toMatch(/V90(?![\d.])|[ L]523\.46 90(?![\d.])/);
  });
});

describe('tracePath', () => {
  const view = { from: 0, to: 4, columns: 400, xOf: (t: number) => 10 * t, yOf: (v: number) => v };

  test('draws lines between samples and cuts them at the edges', () => {
    const path = tracePath(Float64Array.of(-2, 2, 6), Float64Array.of(0, 8, 0), view, false);
    expect(path).toBe('M0 4L20 8L40 4');
  });

  test('holds samples and lets the last one last for its period', () => {
    expect(tracePath({ t0: 0, dt: 1 }, Float64Array.of(1, 1, 5), view, true)).toBe('M0 1H10H20V5H30');
  });

  test('draws nothing where there is nothing, and a dot for one sample', () => {
    expect(tracePath({ t0: 9, dt: 1 }, Float64Array.of(1, 2), view, false)).toBe('');
    expect(tracePath({ t0: 0, dt: 1 }, new Float64Array(0), view, true)).toBe('');
    expect(tracePath(Float64Array.of(1), Float64Array.of(2), view, false)).toBe('M10 2h0');
    expect(tracePath({ t0: 0, dt: 1 }, Float64Array.of(NaN, 1, NaN, 2), view, false)).toBe('M10 1h0M30 2h0');
  });

  test('a held sample from before the view fills it', () => {
    expect(tracePath({ t0: -10, dt: 100 }, Float64Array.of(3), view, true)).toBe('M0 3H40');
    expect(tracePath({ t0: -10, dt: 100 }, Float64Array.of(3, 4), view, true)).toBe('M0 3H40');
  });
});

test('columnMaxima keeps the greatest of each column', () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 50 }), (values, width) => {
      const kept = columnMaxima(Float64Array.from(values), 0, (i) => i / width);
      const expected = Array.from({ length: Math.ceil(values.length / width) }, (_, c) =>
        Math.max(...values.slice(c * width, (c + 1) * width)),
      );
      expect(kept.map((i) => values[i])).toEqual(expected);
    }),
  );
});
