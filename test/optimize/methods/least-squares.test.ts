// Levenberg-Marquardt on linear problems, which it solves at once, and on the known nonlinear ones.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/optimize/methods/method.js';
import { normalValues, randomValues } from '../../numeric/random-values.js';
import { lastState, methodOf, problemOf, runMethod } from './problems.js';

type Residuals = (x: Float64Array, batch: number) => ArrayLike<number>;

/** Residuals with derivatives by central differences of sixth order, or given ones. */
function residualProblem(
  dimension: number,
  residuals: Residuals,
  jacobian?: (x: Float64Array) => readonly (readonly number[])[],
  more: Partial<Problem> = {},
) {
  const differences = (x: Float64Array, batch: number): number[][] => {
    const h = 1e-3;
    const at = (j: number, by: number) =>
      residuals(
        x.map((value, i) => (i === j ? value + by * h * Math.max(1, Math.abs(value)) : value)),
        batch,
      );
    const columns = Array.from(x, (value, j) => {
      const [a, b, c, d, e, f] = [-3, -2, -1, 1, 2, 3].map((by) => at(j, by)) as [ArrayLike<number>, ...ArrayLike<number>[]];
      const step = 60 * h * Math.max(1, Math.abs(value));
      return Array.from(a, (_, i) => (-a[i]! + 9 * b![i]! - 45 * c![i]! + 45 * d![i]! - 9 * e![i]! + f![i]!) / step);
    });
    return columns[0]!.map((_, i) => columns.map((column) => column[i]!));
  };
  return problemOf(dimension, () => expect.unreachable('no loss is asked for'), undefined, {
    ...more,
    residuals: (x, batch) =>
      Promise.resolve({
        residuals: Float64Array.from(residuals(x, batch)),
        jacobian: Float64Array.from((jacobian?.(x) ?? differences(x, batch)).flat()),
      }),
  });
}

/** A x - b with normal numbers. */
function linear(lanes: number, n: number, seed: number, more: Partial<Problem> = {}) {
  const a = normalValues(lanes * n, seed);
  const b = normalValues(lanes, seed + 1);
  const rows = Array.from({ length: lanes }, (_, l) => [...a.subarray(l * n, (l + 1) * n)]);
  const residuals = (x: Float64Array) => rows.map((row, l) => row.reduce((sum, entry, j) => sum + entry * x[j]!, -b[l]!));
  return { rows, residuals, problem: residualProblem(n, residuals, () => rows, more) };
}

describe('least_squares', () => {
  it('solves a linear problem in one step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 30 }), fc.nat(1000), async (n, extra, seed) => {
        const { rows, residuals, problem } = linear(n + extra, n, seed);
        const [, state] = await runMethod(methodOf('least_squares', { steps: 1 }), problem, [...randomValues(n, seed)]);
        // The normal equations hold: residuals are orthogonal to every column.
        const rest = residuals(state!.x);
        const scale = rows.flat().reduce((sum, entry) => sum + Math.abs(entry), 0);
        for (let j = 0; j < n; j++) {
          const product = rows.reduce((sum, row, l) => sum + row[j]! * rest[l]!, 0);
          expect(Math.abs(product)).toBeLessThan(1e-11 * scale * (1 + Math.max(...state!.x.map(Math.abs))));
        }
        expect(state!.evaluations).toBe(2);
        expect(state!.loss).toBeCloseTo(rest.reduce((sum, value) => sum + value * value, 0) / rest.length, 10);
      }),
    );
  });

  it('is done after that step, and does not move on', async () => {
    const { problem } = linear(20, 4, 3);
    const state = await lastState(methodOf('least_squares'), problem, [1, 2, 3, 4]);
    expect(state.step).toBe(1);
    expect(state.done).toBe(true);
  });

  it('knows the minimum at active bounds, as one over all choices of bounds', async () => {
    const n = 4;
    const bound = 0.1;
    const more = { min: new Float64Array(n).fill(-bound), max: new Float64Array(n).fill(bound) };
    let active = 0;
    for (let seed = 10; seed < 20; seed++) {
      const { rows, residuals, problem } = linear(10, n, seed, more);
      const { x, step } = await lastState(methodOf('least_squares'), problem, [0, 0, 0, 0]);
      const slopes = Array.from(x, (_, j) => rows.reduce((sum, row, l) => sum + row[j]! * residuals(x)[l]!, 0));
      slopes.forEach((slope, j) => {
        if (x[j] === -bound) expect(slope).toBeGreaterThan(0);
        else if (x[j] === bound) expect(slope).toBeLessThan(0);
        else expect(Math.abs(slope)).toBeLessThan(1e-8);
        if (Math.abs(x[j]!) === bound) active++;
      });
      expect(step).toBeLessThan(20);
    }
    expect(active).toBeGreaterThan(5);
  });

  it('takes dependent columns, dead ones, more unknowns than lanes and a rate of 0', async () => {
    const rows = [
      [1, 2, 0, 5],
      [2, 4, 0, 1],
    ];
    const residuals = (x: Float64Array) => rows.map((row, l) => row.reduce((sum, entry, j) => sum + entry * x[j]!, -[3, 7][l]!));
    const state = await lastState(
      methodOf('least_squares'),
      residualProblem(4, residuals, () => rows, { rate: Float64Array.of(1, 1, 1, 0) }),
      [0, 0, 8, 1],
    );
    // With x3 = 1: x0 + 2 x1 is fitted to -2 and 2 (x0 + 2 x1) to 6: it is 2.
    expect(state.x[0]! + 2 * state.x[1]!).toBeCloseTo(2, 8);
    expect([state.x[2], state.x[3]]).toEqual([8, 1]);
    expect(state.failure).toBe(undefined);
  });

  it("minimizes Rosenbrock's residuals", async () => {
    const problem = residualProblem(
      2,
      ([x, y]) => [10 * (y! - x! * x!), 1 - x!],
      ([x]) => [
        [-20 * x!, 10],
        [-1, 0],
      ],
    );
    const { x, evaluations } = await lastState(methodOf('least_squares'), problem, [-1.2, 1]);
    expect(x[0]).toBeCloseTo(1, 12);
    expect(x[1]).toBeCloseTo(1, 12);
    expect(evaluations).toBeLessThan(40);
  });

  it("minimizes Powell's singular function, whose Jacobian is singular at the minimum", async () => {
    // Powell 1962; Moré, Garbow and Hillstrom 1981, problem 13: minimum 0 at 0.
    const problem = residualProblem(
      4,
      ([a, b, c, d]) => [a! + 10 * b!, Math.sqrt(5) * (c! - d!), (b! - 2 * c!) ** 2, Math.sqrt(10) * (a! - d!) ** 2],
      ([a, b, c, d]) => [
        [1, 10, 0, 0],
        [0, 0, Math.sqrt(5), -Math.sqrt(5)],
        [0, 2 * (b! - 2 * c!), -4 * (b! - 2 * c!), 0],
        [2 * Math.sqrt(10) * (a! - d!), 0, 0, -2 * Math.sqrt(10) * (a! - d!)],
      ],
    );
    const { loss, x } = await lastState(methodOf('least_squares'), problem, [3, -1, 0, 1]);
    expect(loss).toBeLessThan(1e-20);
    expect(Math.max(...x.map(Math.abs))).toBeLessThan(1e-4);
  });

  it('fits the first data of Osborne', async () => {
    // Osborne 1972; Moré, Garbow and Hillstrom 1981, problem 17: sum of squares 5.46489e-5.
    const y = [
      0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.58, 0.558, 0.538,
      0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414, 0.411, 0.406,
    ];
    const residuals = ([a, b, c, d, e]: Float64Array) =>
      y.map((value, i) => value - (a! + b! * Math.exp(-10 * i * d!) + c! * Math.exp(-10 * i * e!)));
    const jacobian = ([, b, c, d, e]: Float64Array) =>
      y.map((_, i) => {
        const [t, first, second] = [10 * i, Math.exp(-10 * i * d!), Math.exp(-10 * i * e!)];
        return [-1, -first, -second, b! * t * first, c! * t * second];
      });
    const { loss, x, evaluations } = await lastState(
      methodOf('least_squares'),
      residualProblem(5, residuals, jacobian),
      [0.5, 1.5, -1, 0.01, 0.02],
    );
    expect(loss * y.length).toBeCloseTo(5.46489e-5, 10);
    [0.3754, 1.9358, -1.4647, 0.01287, 0.02212].forEach((value, j) => expect(Math.abs(x[j]! / value - 1)).toBeLessThan(1e-3));
    expect(evaluations).toBeLessThan(60);
  });

  it('counts units out: a problem in other units takes the same steps', async () => {
    // Powers of two change no bit of a mantissa.
    const units = [2 ** -40, 2 ** 20];
    const decay = (scale: readonly number[]) =>
      residualProblem(
        2,
        (x) => Array.from({ length: 20 }, (_, i) => (x[0]! / scale[0]!) * Math.exp((-i * x[1]!) / scale[1]!) - 2 * Math.exp(-0.3 * i)),
        (x) =>
          Array.from({ length: 20 }, (_, i) => {
            const e = Math.exp((-i * x[1]!) / scale[1]!);
            return [e / scale[0]!, ((-i * x[0]!) / scale[0]! / scale[1]!) * e];
          }),
      );
    const plain = await lastState(methodOf('least_squares'), decay([1, 1]), [1, 1]);
    const scaled = await lastState(methodOf('least_squares'), decay(units), units);
    expect(plain.x[1]).toBeCloseTo(0.3, 9);
    expect(scaled.step).toBe(plain.step);
    units.forEach((unit, j) => expect(scaled.x[j]! / unit).toBe(plain.x[j]));
  });

  it('fails on residuals that are not finite where it stands, and rejects steps that lead to them', async () => {
    const failed = await lastState(
      methodOf('least_squares'),
      residualProblem(
        1,
        () => [NaN],
        () => [[1]],
      ),
      [0],
    );
    expect(failed.failure).toBe('the loss is NaN at step 0');
    // From 6, the full step for log(x) = 0 leads to 6 - 6 log 6 < 0, where there is no logarithm.
    const root = residualProblem(
      1,
      ([x]) => [Math.log(x!)],
      ([x]) => [[1 / x!]],
    );
    const { x, failure } = await lastState(methodOf('least_squares'), root, [6]);
    expect(x[0]).toBeCloseTo(1, 9);
    expect(failure).toBe(undefined);
  });

  it('needs residuals', () => {
    const without = problemOf(1, () => 0);
    expect(() => methodOf('least_squares').start(Float64Array.of(0), without)).toThrow("'least_squares' needs residuals");
  });
});
