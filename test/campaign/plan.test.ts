import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/campaign/make-plan.js';
import type { Axis, PlanDescription, Sampling } from '../../src/campaign/plan.js';
import { mean, variance } from '../../src/numeric/statistics.js';
import { diagnosticsOf, refusal } from '../io/raised.js';

const samplings: readonly Sampling[] = ['random', 'lhs', 'sobol'];
const uniform = (name: string): Axis => ({ kind: 'uniform', name, from: 0, to: 1 });
const describePlan = (axes: readonly Axis[], others: Partial<PlanDescription> = {}): PlanDescription => ({
  axes,
  runs: 1,
  sampling: 'random',
  seed: 0,
  ...others,
});
const valuesOf = (axes: readonly Axis[], others: Partial<PlanDescription> = {}): number[][] => {
  const plan = makePlan(describePlan(axes, others));
  return Array.from({ length: plan.points }, (_, point) => plan.valuesAt(point));
};
/** The values of the one axis. */
const column = (axis: Axis, others: Partial<PlanDescription> = {}): number[] => valuesOf([axis], others).map(([value]) => value!);

describe('grids', () => {
  it('has every combination, the last axis fastest', () => {
    const axes: Axis[] = [
      { kind: 'list', name: 'a', values: [7, -1] },
      { kind: 'lin', name: 'b', from: 0, to: 1, count: 3 },
    ];
    expect(valuesOf(axes)).toEqual([
      [7, 0],
      [7, 0.5],
      [7, 1],
      [-1, 0],
      [-1, 0.5],
      [-1, 1],
    ]);
    const plan = makePlan(describePlan(axes, { runs: 4 }));
    expect(plan.points).toBe(24);
    expect([0, 3, 4, 23].map((point) => plan.valuesAt(point))).toEqual([
      [7, 0],
      [7, 0],
      [7, 0.5],
      [-1, 1],
    ]);
  });

  it('has one point without axes, and one a run', () => {
    expect(valuesOf([])).toEqual([[]]);
    expect(valuesOf([], { runs: 3 })).toEqual([[], [], []]);
  });

  it('has the values that one would write', () => {
    expect(column({ kind: 'lin', name: 'a', from: 0.1, to: 1, count: 10 })).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(column({ kind: 'lin', name: 'a', from: 0.3, to: -0.1, count: 5 })).toEqual([0.3, 0.2, 0.1, 0, -0.1]);
    expect(column({ kind: 'log', name: 'a', from: 1e3, to: 1e6, count: 4 })).toEqual([1e3, 1e4, 1e5, 1e6]);
    expect(column({ kind: 'log', name: 'a', from: 1, to: 1e-12, count: 13 })).toEqual([
      1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12,
    ]);
    expect(column({ kind: 'log', name: 'a', from: 1e-300, to: 1e300, count: 3 })).toEqual([1e-300, 1, 1e300]);
    expect(column({ kind: 'lin', name: 'a', from: 5, to: 9, count: 1 })).toEqual([5]);
  });

  it('has exact ends, equal steps, and stays between', () => {
    const positive = fc.double({ min: 1e-30, max: 1e30, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('lin' as const, 'log' as const),
        positive,
        positive,
        fc.integer({ min: 2, max: 40 }),
        (kind, a, b, count) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const values = column({ kind, name: 'a', from, to, count });
          expect([values[0], values.at(-1)]).toEqual([from, to]);
          values.forEach((value, i) => {
            const share = i / (count - 1);
            const ideal = kind === 'lin' ? from + (to - from) * share : Math.exp(Math.log(from) + (Math.log(to) - Math.log(from)) * share);
            expect(Math.abs(value / ideal - 1)).toBeLessThan(1e-13);
            expect(value >= from && value <= to).toBe(true);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe.each(samplings)('sampling: %s', (sampling) => {
  const axes: Axis[] = [
    uniform('a'),
    { kind: 'normal', name: 'b', mean: 3, sigma: 0.5 },
    { kind: 'lin', name: 'c', from: 0, to: 2, count: 3 },
    { kind: 'loguniform', name: 'd', from: 1e-3, to: 1e3 },
  ];

  it('gives a point alone what it gives in order', () => {
    const others = { runs: 100, sampling, seed: 5 };
    const inOrder = valuesOf(axes, others);
    const plan = makePlan(describePlan(axes, others));
    for (const point of [299, 0, 77, 100, 77]) expect(plan.valuesAt(point)).toEqual(inOrder[point]);
    expect(() => plan.valuesAt(300)).toThrow('there is no point 300 of 300');
    expect(() => plan.valuesAt(0.5)).toThrow(RangeError);
  });

  it('takes the same samples at every combination', () => {
    const rows = valuesOf(axes, { runs: 10, sampling, seed: 5 });
    for (let run = 0; run < 10; run++) {
      expect([rows[run]![2], rows[run + 10]![2], rows[run + 20]![2]]).toEqual([0, 1, 2]);
      for (const axis of [0, 1, 3]) expect(rows[run + 20]![axis]).toBe(rows[run]![axis]);
    }
  });

  it('differs from seed to seed, all 53 bits of it, and from axis to axis', () => {
    const draw = (seed: number, name: string): number => column(uniform(name), { runs: 16, sampling, seed })[9]!;
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53 - 1];
    expect(new Set([...seeds.map((seed) => draw(seed, 'a')), draw(0, 'b'), draw(0, 'x1.gain')]).size).toBe(seeds.length + 2);
  });

  it('has the moments of its distributions', () => {
    const runs = 4096;
    const rows = valuesOf(axes.toSpliced(2, 1), { runs, sampling, seed: 11 });
    const of = (axis: number): Float64Array => Float64Array.from(rows, (row) => row[axis]!);
    const [a, b, d] = [of(0), of(1), of(2).map(Math.log10)];
    // Five standard deviations of the mean and the variance of independent samples; the others do better.
    expect(Math.abs(mean(a) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / runs));
    expect(Math.abs(variance(a) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / runs));
    expect(Math.abs(mean(b) - 3)).toBeLessThan(5 * (0.5 / Math.sqrt(runs)));
    expect(Math.abs(variance(b) - 0.25)).toBeLessThan(5 * 0.25 * Math.sqrt(2 / runs));
    expect(Math.abs(mean(d))).toBeLessThan(5 * Math.sqrt(3 / runs));
    expect(Math.abs(variance(d) - 3)).toBeLessThan(5 * Math.sqrt(7.2 / runs));
    // Axes are independent: correlations have a deviation of 1 / sqrt(n).
    for (const [x, y] of [
      [a, b],
      [a, d],
      [b, d],
    ] as const) {
      const products = x.map((value, i) => (value - mean(x)) * (y[i]! - mean(y)));
      expect(Math.abs(mean(products)) / Math.sqrt(variance(x) * variance(y))).toBeLessThan(5 / Math.sqrt(runs));
    }
  });

  it('stays within its range, and takes one value where there is one', () => {
    const tight: Axis[] = [
      { kind: 'uniform', name: 'a', from: -1e308, to: 1e308 },
      { kind: 'loguniform', name: 'b', from: 1e-300, to: 1e300 },
      { kind: 'uniform', name: 'c', from: 0.1, to: 0.1 },
      { kind: 'loguniform', name: 'd', from: 0.3, to: 0.3 },
      { kind: 'normal', name: 'e', mean: 0.7, sigma: 0 },
    ];
    for (const [a, b, ...fixed] of valuesOf(tight, { runs: 200, sampling })) {
      expect(Math.abs(a!)).toBeLessThan(1e308);
      expect(b! > 1e-300 && b! < 1e300).toBe(true);
      expect(fixed).toEqual([0.1, 0.3, 0.7]);
    }
  });
});

describe('random sampling', () => {
  it('takes no notice of other axes or of the number of runs', () => {
    const alone = column(uniform('a'), { runs: 50, seed: 3 });
    const beside = valuesOf([uniform('z'), { kind: 'list', name: 'l', values: [1, 2] }, uniform('a')], { runs: 80, seed: 3 });
    expect(beside.slice(0, 50).map((row) => row[2])).toEqual(alone);
  });
});

describe('what samples follow from beside the seed and the name', () => {
  const first = (sampling: Sampling, axes: readonly Axis[], runs: number): (number | undefined)[] =>
    valuesOf(axes, { runs, sampling, seed: 3 })
      .slice(0, 16)
      .map((row) => row.at(-1));
  const isSame = (sampling: Sampling, axes: readonly Axis[], runs: number): boolean =>
    JSON.stringify(first(sampling, axes, runs)) === JSON.stringify(first(sampling, [uniform('a')], 16));

  it.each([
    ['random', { runs: true, place: true }],
    ['lhs', { runs: false, place: true }],
    ['sobol', { runs: true, place: false }],
  ] as const)('%s', (sampling, same) => {
    expect({
      runs: isSame(sampling, [uniform('a')], 32),
      place: isSame(sampling, [uniform('z'), uniform('a')], 16),
    }).toEqual(same);
  });
});

describe('Latin hypercube', () => {
  it.each([1, 2, 7, 64, 1000])('has one of %i samples in each stratum of every axis, jittered within', (runs) => {
    const rows = valuesOf([uniform('a'), uniform('b'), { kind: 'uniform', name: 'c', from: -2, to: 6 }], {
      runs,
      sampling: 'lhs',
      seed: 9,
    });
    for (const axis of [0, 1, 2]) {
      const shares = rows.map((row) => (axis === 2 ? (row[2]! + 2) / 8 : row[axis]!) * runs);
      expect(shares.map(Math.floor).sort((a, b) => a - b)).toEqual(Array.from({ length: runs }, (_, i) => i));
      if (runs < 64) continue;
      const within = Float64Array.from(shares, (share) => share - Math.floor(share));
      expect(Math.abs(mean(within) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / runs));
      expect(Math.abs(variance(within) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / runs));
    }
  });

  it('asks for no table', () => {
    const plan = makePlan(describePlan([{ kind: 'normal', name: 'a', mean: 0, sigma: 1 }], { runs: 2 ** 31, sampling: 'lhs' }));
    for (const point of [0, 12345, 2 ** 31 - 1]) expect(Math.abs(plan.valuesAt(point)[0]!)).toBeLessThan(7);
  });
});

describe("Sobol's sequence", () => {
  it('has one of 2^k samples in each of 2^k intervals, and in each square of two axes', () => {
    const rows = valuesOf([uniform('a'), uniform('b')], { runs: 256, sampling: 'sobol', seed: 4 });
    for (const axis of [0, 1]) expect(new Set(rows.map((row) => Math.floor(row[axis]! * 256))).size).toBe(256);
    expect(new Set(rows.map(([a, b]) => `${Math.floor(a! * 16)} ${Math.floor(b! * 16)}`)).size).toBe(256);
  });

  it('integrates a smooth function far better than random samples do', () => {
    const axes = ['a', 'b', 'c', 'd'].map(uniform);
    const error = (sampling: Sampling): number => {
      const errors = Array.from({ length: 20 }, (_, seed) => {
        const products = valuesOf(axes, { runs: 1024, sampling, seed }).map((row) => row.reduce((product, u) => product * (0.5 + u), 1));
        return mean(Float64Array.from(products)) - 1;
      });
      return Math.sqrt(mean(Float64Array.from(errors, (e) => e * e)));
    };
    const random = error('random');
    // The variance of the product is (13/12)^4 - 1.
    expect(Math.abs(random / Math.sqrt(((13 / 12) ** 4 - 1) / 1024) - 1)).toBeLessThan(0.6);
    expect(error('lhs')).toBeLessThan(random / 2);
    expect(error('sobol')).toBeLessThan(random / 50);
  });
});

describe('what no plan is made of', () => {
  const refused = (axes: readonly Axis[], others: Partial<PlanDescription> = {}): string =>
    refusal(() => makePlan(describePlan(axes, others)));

  it.each([
    [{ kind: 'log', name: 'f', from: 0, to: 1, count: 3 }, "DL303: 'f': 'from' of log(…) is zero"],
    [{ kind: 'loguniform', name: 'f', from: 1, to: -1 }, "DL303: 'f': 'to' of loguniform(…) is negative"],
    [{ kind: 'lin', name: 'f', from: 0, to: 1, count: 2.5 }, "DL303: 'f': 'count' of lin(…) is 2.5"],
    [{ kind: 'lin', name: 'f', from: 0, to: Infinity, count: 2 }, "DL303: 'f': 'to' of lin(…) is Infinity"],
    [{ kind: 'uniform', name: 'f', from: 2, to: 1 }, "DL303: 'f': 'from' of uniform(…) is above 'to'"],
    [{ kind: 'normal', name: 'f', mean: 2, sigma: -1 }, "DL303: 'f': 'sigma' of normal(…) is negative"],
    [{ kind: 'normal', name: 'f', mean: NaN, sigma: 1 }, "DL303: 'f': 'mean' of normal(…) is NaN"],
    [{ kind: 'list', name: 'f', values: [] }, "DL303: 'f': the list is empty"],
    [{ kind: 'list', name: 'f', values: [1, NaN] }, "DL303: 'f': value 2 of the list is NaN"],
  ] satisfies [Axis, string][])('%o', (axis, message) => {
    expect(refused([axis])).toBe(message);
  });

  it('numbers out of range, names twice, more than there is noise or dimensions for', () => {
    expect(refused([], { runs: 0 })).toBe('DL303: 0 is no number of runs');
    expect(refused([], { seed: -1 })).toBe('DL303: -1 is no seed');
    expect(refused([], { seed: 2 ** 53 })).toBe('DL303: 9007199254740992 is no seed');
    expect(refused([uniform('a'), uniform('a')])).toBe("DL202: 'a' is varied twice");
    const wide: Axis = { kind: 'lin', name: 'a', from: 0, to: 1, count: 2 ** 20 };
    expect(refused([wide, { ...wide, name: 'b' }])).toBe('DL303: the campaign has 1099511627776 points');
    const many = Array.from({ length: 129 }, (_, i) => uniform(`a${i}`));
    expect(diagnosticsOf(() => makePlan(describePlan(many, { sampling: 'sobol' })))[0]).toMatchObject({
      message: "129 axes are sampled by Sobol's sequence",
      why: 'its directions are tabled for 128 dimensions',
    });
    expect(makePlan(describePlan(many.slice(1), { sampling: 'sobol' })).valuesAt(0)).toHaveLength(128);
  });
});
