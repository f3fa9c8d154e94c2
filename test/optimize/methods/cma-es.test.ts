// CMA-ES: its strategy parameters against the tutorial, its success on standard functions, bounds, noise.

import { describe, expect, it } from 'vitest';
import { cmaEsStrategy, defaultPopulation } from '../../../src/optimize/methods/cma-es-strategy.js';
import { normalValues } from '../../numeric/random-values.js';
import { ellipsoid, lastState, methodOf, problemOf, rastrigin, rosenbrock, runMethod } from './problems.js';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('cmaEsStrategy', () => {
  it('has the default population of the tutorial', () => {
    expect([1, 2, 5, 10, 39, 100].map(defaultPopulation)).toEqual([4, 6, 8, 10, 14, 17]);
  });

  it('holds the equations of table 1 in 10 dimensions', () => {
    // Worked out from the table for lambda = 10, by the formulas written once more with plain numbers.
    const s = cmaEsStrategy(10, 10);
    const logs = [1, 2, 3, 4, 5].map((i) => Math.log(5.5 / i));
    const total = sum(logs);
    const mu = total ** 2 / sum(logs.map((w) => w * w));
    expect(s.parents).toBe(5);
    logs.forEach((w, i) => expect(s.weights[i]).toBeCloseTo(w / total, 14));
    expect(mu).toBeCloseTo(3.1673, 4);
    expect(s.effectiveParents).toBeCloseTo(mu, 13);
    expect(s.pathRate).toBeCloseTo((4 + mu / 10) / (14 + mu / 5), 14);
    expect(s.rankOneRate).toBeCloseTo(2 / (11.3 ** 2 + mu), 14);
    expect(s.rankMuRate).toBeCloseTo((2 * (mu - 1.75 + 1 / mu)) / (144 + mu), 14);
    expect(s.sigmaRate).toBeCloseTo((mu + 2) / (mu + 15), 14);
    expect(s.sigmaDamping).toBeCloseTo(1 + s.sigmaRate, 14);
    expect(s.expectedNorm).toBeCloseTo(3.0847, 3);
  });

  it('has weights that take away at most what leaves the covariance definite', () => {
    for (const n of [1, 2, 10, 100]) {
      for (const population of [4, 5, defaultPopulation(n), 100]) {
        const { weights, parents, rankOneRate, rankMuRate } = cmaEsStrategy(n, population);
        expect(sum(weights.subarray(0, parents))).toBeCloseTo(1, 13);
        const negative = -sum(weights.filter((w) => w < 0));
        if (n >= 10) expect(negative).toBeGreaterThan(0.1);
        expect(negative * n * rankMuRate).toBeLessThanOrEqual(1 - rankOneRate - rankMuRate + 1e-15);
      }
    }
  });
});

describe('cma_es', () => {
  it.each([
    ['a sphere', 1, 10],
    ['an ellipsoid of condition 1e6', 1e6, 8],
  ] as const)('minimizes %s, at the speed that Hansen gives', async (_, condition, n) => {
    const { loss } = ellipsoid(n, condition, (i) => Math.cos(i));
    const problem = problemOf(n, loss);
    const state = await lastState(methodOf('cma_es', { loss_tolerance: 0, tolerance: 1e-7 }), problem, new Array<number>(n).fill(3));
    expect(loss(state.x)).toBeLessThan(1e-10);
    expect(state.loss).toBe(loss(state.x));
    expect(state.evaluations).toBe(problem.asked.length);
    // Between 100 n and 300 n^2 evaluations for hard problems (Hansen's practical hints); less for the sphere.
    expect(state.evaluations).toBeLessThan(condition === 1 ? 300 * n : 100 * n * n);
  });

  it('turns with the problem: a rotated ellipsoid takes about as long', async () => {
    const { loss } = ellipsoid(2, 1e6);
    const evaluations = async (angle: number) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const turned = problemOf(2, (x) => loss(Float64Array.of(c * x[0]! - s * x[1]!, s * x[0]! + c * x[1]!)));
      const state = await lastState(methodOf('cma_es', { loss_tolerance: 1e-14 }), turned, [1, 1]);
      expect(state.loss).toBeLessThan(1e-10);
      return state.evaluations;
    };
    const ratio = (await evaluations(0.6)) / (await evaluations(0));
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it("follows Rosenbrock's valley", async () => {
    const state = await lastState(methodOf('cma_es', { steps: 2000 }), problemOf(5, rosenbrock), [-1, 1, -1, 1, -1]);
    expect(state.loss).toBeLessThan(1e-10);
  });

  it("finds the lowest of Rastrigin's minima from most seeds, with a population of 100", async () => {
    let found = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const method = methodOf('cma_es', { population: 100, sigma: 2, steps: 300, loss_tolerance: 1e-8 }, seed);
      const state = await lastState(method, problemOf(4, rastrigin), [3, 3, 3, 3]);
      if (state.loss < 1e-6) found++;
    }
    expect(found).toBeGreaterThanOrEqual(7);
  });

  it('reaches active bounds, and asks for nothing outside', async () => {
    // f = sum (x - 2)^2 on [-1, 1]^2 x R: the minimum is at (1, 1, 2).
    const more = { min: Float64Array.of(-1, -1, -Infinity), max: Float64Array.of(1, 1, Infinity) };
    const { loss } = ellipsoid(3, 100, () => 2);
    const state = await lastState(methodOf('cma_es', { steps: 300 }), problemOf(3, loss, undefined, more), [0, 0, 0]);
    expect(state.x[0]).toBeCloseTo(1, 6);
    expect(state.x[1]).toBeCloseTo(1, 6);
    expect(state.x[2]).toBeCloseTo(2, 4);
  });

  it('leaves coordinates of rate 0, has rates as units and stays between narrow bounds', async () => {
    const scale = Float64Array.of(1e-6, 1, 1e3);
    const more = { rate: Float64Array.of(1e-6, 0, 1e3), min: Float64Array.of(1e-7, -9, -1e9), max: Float64Array.of(2e-6, 9, 1e9) };
    const loss = (x: Float64Array) => x.reduce((total, value, i) => total + (value / scale[i]! - 1.5) ** 2, 0);
    const state = await lastState(methodOf('cma_es'), problemOf(3, loss, undefined, more), [1e-6, 7, -5e3]);
    expect(state.x[0]! / 1.5e-6).toBeCloseTo(1, 4);
    expect(state.x[1]).toBe(7);
    expect(state.x[2]! / 1.5e3).toBeCloseTo(1, 4);
  });

  it('says the mean under noise that is new in each generation', async () => {
    const { loss } = ellipsoid(4, 10, (i) => i);
    const noisy = problemOf(4, (x, batch) => loss(x) + 0.1 * normalValues(1, batch * 1000 + Math.round(1e6 * Math.abs(x[0]! % 1)))[0]!);
    const state = await lastState(methodOf('cma_es', { batch: 'fresh', steps: 300, population: 30 }), noisy, [5, 5, 5, 5]);
    expect(loss(state.x)).toBeLessThan(0.1);
    expect(noisy.asked.filter(({ batch }) => batch === 7)).toHaveLength(31);
  });

  it('draws by seed, restart, step and place', async () => {
    const points = async (seed: number, restart: number) => {
      const problem = problemOf(2, rosenbrock);
      const method = methodOf('cma_es', { steps: 2 }, seed, restart);
      await runMethod(method, problem, [0, 0]);
      return problem.asked.map(({ x }) => x.join());
    };
    const all = [...(await points(1, 0)), ...(await points(2, 0)), ...(await points(1, 1))];
    expect(new Set(all).size).toBe(all.length);
    expect(await points(1, 0)).toEqual(all.slice(0, 12));
  });

  it('counts points that are not finite as the worst, and fails when too few are left', async () => {
    const half = problemOf(2, (x) => (x[0]! > 0.5 ? NaN : (x[0]! - 0.4) ** 2 + x[1]! ** 2));
    const state = await lastState(methodOf('cma_es'), half, [0, 1]);
    expect(state.failure).toBe(undefined);
    expect(state.x[0]).toBeCloseTo(0.4, 5);
    const after = problemOf(2, (x, batch) => (batch === 4 ? NaN : x[0]!));
    const failed = await lastState(methodOf('cma_es', { batch: 'fresh' }), after, [0, 1]);
    expect(failed.failure).toBe('the loss is NaN at step 4 for 6 points');
    expect(failed.step).toBe(5);
  });

  it('is done at once when nothing may move', () => {
    expect(methodOf('cma_es').start(Float64Array.of(1), problemOf(1, rosenbrock, undefined, { rate: Float64Array.of(0) })).done).toBe(true);
  });
});
