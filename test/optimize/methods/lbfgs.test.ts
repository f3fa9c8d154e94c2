// L-BFGS and its line search on problems with a known minimum, free and bounded.

import { describe, expect, it } from 'vitest';
import { searchStrongWolfe } from '../../../src/optimize/methods/strong-wolfe.js';
import { normalValues } from '../../numeric/random-values.js';
import { ellipsoid, lastState, methodOf, problemOf, rosenbrock, rosenbrockGradient } from './problems.js';

describe('searchStrongWolfe', () => {
  /** Searches from 0 and checks both conditions of the point found. */
  async function search(loss: (a: number) => number, slope: (a: number) => number, first: number) {
    let used = 0;
    const found = await searchStrongWolfe(
      { length: 0, loss: loss(0), slope: slope(0) },
      first,
      (length) => {
        used++;
        return Promise.resolve({ length, loss: loss(length), slope: slope(length) });
      },
      40,
    );
    expect(found!.loss).toBeLessThanOrEqual(loss(0) + 1e-4 * found!.length * slope(0));
    expect(Math.abs(found!.slope)).toBeLessThanOrEqual(-0.9 * slope(0));
    return { ...found!, used };
  }

  // The functions of Moré and Thuente 1994, section 5, from first steps far too short and far too long.
  it.each([1e-3, 0.1, 10, 1e3])('meets both conditions on a bathtub from %d', async (first) => {
    await search(
      (a) => -a / (a * a + 2),
      (a) => (a * a - 2) / (a * a + 2) ** 2,
      first,
    );
    await search(
      (a) => (a + 0.004) ** 5 - 2 * (a + 0.004) ** 4,
      (a) => 5 * (a + 0.004) ** 4 - 8 * (a + 0.004) ** 3,
      first,
    );
  });

  it('takes a loss that is not finite for a step too long', async () => {
    const { length } = await search(
      (a) => (a < 1 ? (a - 0.5) ** 2 : NaN),
      (a) => 2 * (a - 0.5),
      64,
    );
    expect(length).toBeLessThan(1);
  });

  it('accepts the first length at once where it is good, and gives up where nothing is lower', async () => {
    const parabola = (a: number) => (a - 1) ** 2;
    expect((await search(parabola, (a) => 2 * (a - 1), 1)).used).toBe(1);
    const up = await searchStrongWolfe(
      { length: 0, loss: 0, slope: -1 },
      1,
      (length) => Promise.resolve({ length, loss: length, slope: 1 }),
      1000,
    );
    expect(up).toBe(undefined);
  });
});

describe('lbfgs', () => {
  it.each([2, 10])('reaches the end of the valley in %d dimensions', async (n) => {
    const problem = problemOf(n, rosenbrock, rosenbrockGradient);
    const start = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const state = await lastState(methodOf('lbfgs'), problem, start);
    expect(state.x.every((value) => Math.abs(value - 1) < 1e-9)).toBe(true);
    expect(state.evaluations).toBe(problem.asked.length);
    expect(state.evaluations).toBeLessThan(n === 2 ? 70 : 130);
  });

  it('minimizes an ill-conditioned quadratic to its limit of rounding', async () => {
    const { loss, gradient } = ellipsoid(20, 1e6, (i) => Math.sin(i));
    const state = await lastState(
      methodOf('lbfgs', { steps: 1000, memory: 30 }),
      problemOf(20, loss, gradient),
      new Array<number>(20).fill(2),
    );
    expect(loss(state.x)).toBeLessThan(1e-18);
    expect(state.failure).toBe(undefined);
  });

  it('holds the conditions of Karush, Kuhn and Tucker at active bounds', async () => {
    // A coupled quadratic: the solution at the bounds is not the free one cut off.
    const n = 8;
    const g = normalValues(n * n, 5);
    const a = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      let sum = i === j ? 0.1 : 0;
      for (let k = 0; k < n; k++) sum += g[i * n + k]! * g[j * n + k]!;
      return sum;
    });
    const b = normalValues(n, 9).map((value) => 5 * value);
    const gradient = (x: Float64Array) => x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * n + j]! * value, -b[i]!));
    const loss = (x: Float64Array) => x.reduce((sum, value, i) => sum + 0.5 * value * (gradient(x)[i]! - b[i]!), 0);
    const more = { min: new Float64Array(n).fill(-0.5), max: new Float64Array(n).fill(0.5) };
    const { x, done } = await lastState(
      methodOf('lbfgs', { steps: 500 }),
      problemOf(n, loss, gradient, more),
      new Array<number>(n).fill(0),
    );
    const slopes = gradient(x);
    const kinds = Array.from(x, (value, i) => {
      if (value === -0.5) return slopes[i]! > 0 ? 'low' : 'wrong';
      if (value === 0.5) return slopes[i]! < 0 ? 'high' : 'wrong';
      return Math.abs(slopes[i]!) < 1e-6 ? 'free' : 'wrong';
    });
    expect(done).toBe(true);
    expect(kinds).not.toContain('wrong');
    expect(kinds).toContain('free');
    expect(new Set(kinds).size).toBeGreaterThan(1);
  });

  it('finds the corner of a bounded valley and leaves a coordinate of rate 0', async () => {
    const more = { max: Float64Array.of(0.5, 9, 9), rate: Float64Array.of(1, 1, 0) };
    const loss = (x: Float64Array) => rosenbrock(x.subarray(0, 2)) + (x[2]! - 1) ** 2;
    const gradient = (x: Float64Array) => [...rosenbrockGradient(x.subarray(0, 2)), 2 * (x[2]! - 1)];
    const { x } = await lastState(methodOf('lbfgs'), problemOf(3, loss, gradient, more), [-1.2, 1, 7]);
    expect(x[0]).toBe(0.5);
    expect(x[1]).toBeCloseTo(0.25, 9);
    expect(x[2]).toBe(7);
  });

  it('begins every step of a fresh batch with the gradient on that batch', async () => {
    const { loss, gradient } = ellipsoid(3, 10);
    const shift = (batch: number) => 0.01 * Math.cos(batch);
    const shifted = (x: Float64Array, batch: number) => x.map((value) => value - shift(batch));
    const problem = problemOf(
      3,
      (x, batch) => loss(shifted(x, batch)),
      (x, batch) => gradient(shifted(x, batch)),
    );
    const { x } = await lastState(methodOf('lbfgs', { batch: 'fresh', steps: 20 }), problem, [1, 2, 3]);
    expect(x.every((value) => Math.abs(value) < 0.02)).toBe(true);
    const batches = problem.asked.map(({ batch }) => batch);
    expect(batches).toEqual(batches.toSorted((p, q) => p - q));
    expect(batches.at(-1)).toBe(19);
  });

  it('fails where it stands on what is not finite, and shortens steps that lead there', async () => {
    const nowhere = problemOf(
      1,
      () => NaN,
      () => [1],
    );
    const failed = await lastState(methodOf('lbfgs'), nowhere, [0]);
    expect([failed.failure, failed.step, failed.x[0]]).toEqual(['the loss is NaN at step 0', 1, 0]);
    // x - log(x): Infinity or NaN for x <= 0
    const barrier = problemOf(
      1,
      (x) => x[0]! - Math.log(x[0]!),
      (x) => [1 - 1 / x[0]!],
    );
    const { x, failure } = await lastState(methodOf('lbfgs'), barrier, [50]);
    expect(x[0]).toBeCloseTo(1, 9);
    expect(failure).toBe(undefined);
  });
});
