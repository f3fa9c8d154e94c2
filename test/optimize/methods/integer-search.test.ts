// Integer search against brute force, its economy, its mixed grids and its batches.

import { describe, expect, it } from 'vitest';
import { pairAt } from '../../../src/optimize/methods/neighbours.js';
import { normalValues, randomValues } from '../../numeric/random-values.js';
import { lastState, methodOf, problemOf, runMethod } from './problems.js';

/** (x - c)^T (G G^T + shift I) (x - c) with an off-grid center. */
function quadratic(n: number, seed: number, shift: number) {
  const g = normalValues(n * n, seed);
  const center = randomValues(n, seed + 1).map((value) => 2 * value);
  return (x: Float64Array): number => {
    let total = 0;
    for (let k = 0; k < n; k++) total += x.reduce((sum, value, i) => sum + g[i * n + k]! * (value - center[i]!), 0) ** 2;
    return total + shift * x.reduce((sum, value, i) => sum + (value - center[i]!) ** 2, 0);
  };
}

/** The lowest loss on {-3 .. 3}^n. */
function bruteForce(n: number, loss: (x: Float64Array) => number): number {
  let least = Infinity;
  const x = new Float64Array(n);
  for (let code = 0; code < 7 ** n; code++) {
    for (let i = 0, rest = code; i < n; i++, rest = Math.floor(rest / 7)) x[i] = (rest % 7) - 3;
    least = Math.min(least, loss(x));
  }
  return least;
}

const cube = (n: number) => ({ grid: new Float64Array(n).fill(1), min: new Float64Array(n).fill(-3), max: new Float64Array(n).fill(3) });

describe('integer_search', () => {
  it('finds the optimum of well-conditioned integer quadratics, as brute force says', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const loss = quadratic(4, 10 * seed, 20);
      const state = await lastState(methodOf('integer_search'), problemOf(4, loss, undefined, cube(4)), [0, 0, 0, 0]);
      expect(state.loss).toBe(bruteForce(4, loss));
      expect(state.loss).toBe(loss(state.x));
    }
  });

  it('finds more optima of coupled ones with pairs than without, at a price', async () => {
    const count = async (pairs: string) => {
      let [optima, losses] = [0, 0];
      for (let seed = 0; seed < 20; seed++) {
        const loss = quadratic(4, 10 * seed, 0.1);
        const state = await lastState(
          methodOf('integer_search', { pairs, passes: 50 }),
          problemOf(4, loss, undefined, cube(4)),
          [0, 0, 0, 0],
        );
        if (state.loss <= bruteForce(4, loss) + 1e-12) optima++;
        losses += state.evaluations;
      }
      return { optima, losses };
    };
    const [none, swaps, all] = [await count('none'), await count('swaps'), await count('all')];
    expect(swaps.optima).toBeGreaterThan(none.optima);
    expect(all.optima).toBeGreaterThanOrEqual(swaps.optima);
    expect(all.optima).toBeGreaterThanOrEqual(12);
    expect(swaps.losses).toBeGreaterThan(none.losses);
  });

  it('ends where no neighbour of the kinds tried is lower', async () => {
    const n = 6;
    const loss = quadratic(n, 77, 0.3);
    const { x } = await lastState(
      methodOf('integer_search', { pairs: 'all', passes: 100 }),
      problemOf(n, loss, undefined, cube(n)),
      new Array<number>(n).fill(1),
    );
    const moved = (changes: readonly (readonly [number, number])[]) => {
      const y = Float64Array.from(x);
      for (const [i, by] of changes) y[i]! += by;
      return y.every((value) => Math.abs(value) <= 3) ? loss(y) : Infinity;
    };
    for (let i = 0; i < n; i++) {
      for (const by of [-2, -1, 1, 2]) expect(moved([[i, by]])).toBeGreaterThanOrEqual(loss(x));
      for (let j = 0; j < i; j++) {
        for (const [a, b] of [
          [1, -1],
          [-1, 1],
          [1, 1],
          [-1, -1],
        ] as const) {
          expect(
            moved([
              [i, a],
              [j, b],
            ]),
          ).toBeGreaterThanOrEqual(loss(x));
        }
      }
    }
  });

  it('is economical: from an optimum it asks once for each neighbour and is done', async () => {
    const n = 10;
    const problem = problemOf(n, (x) => x.reduce((sum, value) => sum + value * value, 0), undefined, { grid: new Float64Array(n).fill(1) });
    const state = await lastState(methodOf('integer_search'), problem, new Array<number>(n).fill(0));
    expect(state.evaluations).toBe(1 + 4 * n);
    expect(new Set(problem.asked.map(({ x }) => x.join())).size).toBe(1 + 4 * n);
    const swapped = await lastState(methodOf('integer_search', { reach: 1, pairs: 'swaps' }), problem, new Array<number>(n).fill(0));
    expect(swapped.evaluations).toBe(1 + 2 * n + n * (n - 1));
    const near = await lastState(methodOf('integer_search', { reach: 1 }), problem, [1, ...new Array<number>(n - 1).fill(0)]);
    // Every other coordinate is asked twice before or after the change, and those before it twice more.
    expect(near.evaluations).toBeLessThanOrEqual(1 + 2 + 4 * n);
  });

  it('moves on whole multiples of the grid, bounds included, whatever rounding does', async () => {
    const more = { grid: Float64Array.of(0.1, 0.1), min: Float64Array.of(-0.7, -7 * 0.1), max: Float64Array.of(7 * 0.1, 0.65) };
    const problem = problemOf(2, (x) => (x[0]! - 9) ** 2 + (x[1]! - 9) ** 2, undefined, more);
    const state = await lastState(methodOf('integer_search', { passes: 100 }), problem, [0.33, -0.74]);
    expect([...state.x]).toEqual([7 * 0.1, 6 * 0.1]);
    expect([...problem.asked[0]!.x]).toEqual([3 * 0.1, -7 * 0.1]);
    const grid = Float64Array.of(1);
    const empty = problemOf(1, () => 0, undefined, { grid, min: Float64Array.of(0.2), max: Float64Array.of(0.8) });
    expect(() => methodOf('integer_search').start(Float64Array.of(0.5), empty)).toThrow(
      'coordinate 0 has no multiple of 1 between 0.2 and 0.8',
    );
  });

  it('moves coordinates without a grid by relative steps that shrink, and leaves those of rate 0', async () => {
    const more = { grid: Float64Array.of(1, 0, 0, 0, 1), rate: Float64Array.of(1, 1, 1, 1, 0), max: Float64Array.of(9, 9, 9, 4, 9) };
    // The best of the second depends on the first.
    const loss = ([a, b, c, d]: Float64Array) => (a! - 4) ** 2 + (b! - a! / 3) ** 2 + ((c! - 2e-12) / 1e-12) ** 2 + (d! - 5) ** 2;
    const problem = problemOf(5, loss, undefined, more);
    const state = await lastState(methodOf('integer_search', { passes: 400, smallest: 1e-6 }), problem, [0, 0, 1e-12, 1, 3.3]);
    expect(state.x[0]).toBe(4);
    expect(state.x[1]).toBeCloseTo(4 / 3, 4);
    expect(state.x[2]! / 2e-12).toBeCloseTo(1, 4);
    expect([state.x[3], state.x[4]]).toEqual([4, 3.3]);
    expect(state.evaluations).toBeLessThan(1500);
  });

  it('keeps to one batch, or takes a new one with each pass and asks for the loss on it', async () => {
    const noise = (x: Float64Array, batch: number) => 0.3 * normalValues(1, Math.round(97 * x[0]! + 31 * x[1]!) + 1000 * batch)[0]!;
    const batches = async (batch: string) => {
      const problem = problemOf(2, (x, b) => (x[0]! - 5) ** 2 + (x[1]! + 4) ** 2 + noise(x, b), undefined, { grid: Float64Array.of(1, 1) });
      const states = await runMethod(methodOf('integer_search', { batch, passes: 6 }), problem, [0, 0]);
      expect(states.at(-1)!.loss).toBe(
        (states.at(-1)!.x[0]! - 5) ** 2 + (states.at(-1)!.x[1]! + 4) ** 2 + noise(states.at(-1)!.x, problem.asked.at(-1)!.batch),
      );
      expect(Math.hypot(states.at(-1)!.x[0]! - 5, states.at(-1)!.x[1]! + 4)).toBeLessThan(1.5);
      return new Set(problem.asked.map((asked) => asked.batch));
    };
    expect([...(await batches('fixed'))]).toEqual([0]);
    const fresh = [...(await batches('fresh'))];
    expect(fresh.length).toBeGreaterThan(3);
    expect(fresh).toEqual(fresh.map((_, i) => i));
  });

  it('visits coordinates in an order of the seed', async () => {
    const order = async (seed: number) => {
      const problem = problemOf(12, () => 1, undefined, { grid: new Float64Array(12).fill(1) });
      await runMethod(methodOf('integer_search', { reach: 1 }, seed), problem, new Array<number>(12).fill(0));
      const visited = problem.asked.slice(1).map(({ x }) => x.findIndex((value) => value !== 0));
      return visited.filter((_, i) => i % 2 === 0);
    };
    const first = await order(1);
    expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(first).not.toEqual(first.toSorted((a, b) => a - b));
    expect(await order(2)).not.toEqual(first);
    expect(await order(1)).toEqual(first);
  });

  it('stops after its steps, or its passes', async () => {
    const slope = () => problemOf(3, (x) => -x[0]! - x[1]! - x[2]!, undefined, { grid: Float64Array.of(1, 1, 1) });
    expect((await lastState(methodOf('integer_search', { steps: 5 }), slope(), [0, 0, 0])).step).toBe(5);
    const { x, evaluations } = await lastState(methodOf('integer_search', { passes: 4 }), slope(), [0, 0, 0]);
    expect([[...x], evaluations]).toEqual([[4, 4, 4], 13]);
  });

  it('fails where it stands on what is not finite, and rejects neighbours that are not', async () => {
    const grid = Float64Array.of(1);
    const failed = await lastState(
      methodOf('integer_search'),
      problemOf(1, () => NaN, undefined, { grid }),
      [0],
    );
    expect([failed.failure, failed.step]).toEqual(['the loss is NaN at step 0', 1]);
    const state = await lastState(
      methodOf('integer_search', { passes: 50 }),
      problemOf(1, (x) => (x[0]! > 3 ? NaN : -x[0]!), undefined, { grid }),
      [0],
    );
    expect([state.x[0], state.failure]).toEqual([3, undefined]);
  });
});

describe('pairAt', () => {
  it('counts every pair once', () => {
    const n = 300;
    const pairs = Array.from({ length: n }, (_, j) => Array.from({ length: j }, (_value, i) => [i, j])).flat();
    expect(pairs.map((_, index) => pairAt(index))).toEqual(pairs);
  });
});
