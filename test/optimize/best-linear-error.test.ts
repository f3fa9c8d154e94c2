// What the best linear decoder leaves, against least squares by QR, and its derivatives against differences.

import { describe, expect, it } from 'vitest';
import { solveLeastSquares } from '../../src/numeric/least-squares.js';
import { fitLinearly } from '../../src/optimize/best-linear-error.js';
import { reductions } from '../../src/optimize/reductions.js';

const lanes = 60;
const rows = 9;

/** Numbers from -1 to 1 that are the same each time. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const bits = numbers(rows * lanes, 1).map((x) => (x < 0 ? -0.4 : 0.4));
const target = numbers(lanes, 2);
const rowOf = (r: number): Float64Array => bits.slice(r * lanes, (r + 1) * lanes);
const ones = new Float64Array(lanes).fill(1);

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, one) => sum + one * one, 0));

describe('the fit', () => {
  it('is that of least squares with a weight for each row and an offset', () => {
    const { solution, residual } = solveLeastSquares([ones, ...Array.from({ length: rows }, (_, r) => rowOf(r))], target);
    const fit = fitLinearly(bits, target, Infinity);
    expect(fit.freedom).toBe(lanes - rows - 1);
    fit.taps.forEach((tap, r) => expect(tap).toBeCloseTo(solution[r + 1]!, 12));
    fit.residual.forEach((e, lane) => expect(e).toBeCloseTo(residual[lane]!, 12));
    expect(fit.error).toBeCloseTo(norm(residual) / Math.sqrt(lanes - rows - 1), 12);
  });

  it.each([0, 1, 3])('has weights that are a polynomial of degree %i over the rows', (degree) => {
    const powers = Array.from({ length: degree + 1 }, (_, k) =>
      Float64Array.from({ length: lanes }, (_, lane) =>
        Array.from({ length: rows }, (_, r) => r ** k * bits[r * lanes + lane]!).reduce((sum, x) => sum + x, 0),
      ),
    );
    const { solution, residual } = solveLeastSquares([ones, ...powers], target);
    const fit = fitLinearly(bits, target, degree);
    expect(fit.freedom).toBe(lanes - degree - 2);
    fit.taps.forEach((tap, r) =>
      expect(tap).toBeCloseTo(
        solution.slice(1).reduce((sum, c, k) => sum + c * r ** k, 0),
        10,
      ),
    );
    expect(fit.error).toBeCloseTo(norm(residual) / Math.sqrt(lanes - degree - 2), 12);
  });

  it('gives rows that others span no weight of their own', () => {
    const twice = bits.slice();
    twice.set(rowOf(0), 3 * lanes);
    twice.set(ones, 5 * lanes);
    const { residual } = solveLeastSquares([ones, ...[0, 1, 2, 4, 6, 7, 8].map(rowOf)], target);
    const fit = fitLinearly(twice, target, Infinity);
    expect(fit.freedom).toBe(lanes - rows + 1);
    expect(norm(fit.residual)).toBeCloseTo(norm(residual), 12);
  });

  it('is expected of lanes that it was not fitted to', () => {
    // Pure noise of rms 1/sqrt(3) has nothing that could be fitted: the weights found are by chance.
    const squares = Array.from({ length: 200 }, (_, i) => fitLinearly(bits, numbers(lanes, 100 + i), Infinity).error ** 2);
    expect(Math.abs(squares.reduce((sum, x) => sum + x, 0) / squares.length - 1 / 3)).toBeLessThan(0.015);
  });

  it('is no number where unknowns are as many as lanes', () => {
    expect(fitLinearly(bits.slice(0, rows * 6), target.slice(0, 6), Infinity).error).toBeNaN();
  });
});

describe('its derivatives', () => {
  const { reduce, over } = reductions.get('best_linear_error')!;

  it.each([Infinity, 2])('agree with differences (degree %f)', (degree) => {
    expect(over).toEqual(['run', 'last']);
    const signals = [bits, target];
    const { slopes } = reduce(signals, { degree });
    const step = 1e-6;
    for (const [signal, at] of [
      [0, 0],
      [0, 3 * lanes + 17],
      [0, rows * lanes - 1],
      [1, 0],
      [1, 31],
    ] as const) {
      const valueAt = (change: number): number => {
        const moved = signals.map((values) => values.slice());
        moved[signal]![at]! += change;
        return reduce(moved, { degree }).value;
      };
      expect(slopes[signal]![at]!).toBeCloseTo((valueAt(step) - valueAt(-step)) / (2 * step), 8);
    }
  });
});
