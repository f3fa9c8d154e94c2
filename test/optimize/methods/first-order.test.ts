// Adam and gradient descent against their formulas, and on problems with a known minimum.

import { describe, expect, it } from 'vitest';
import { normalValues } from '../../numeric/random-values.js';
import { ellipsoid, lastState, methodOf, problemOf, rosenbrock, rosenbrockGradient, runMethod } from './problems.js';

/** Gradients 1, -3, 0.5, … whatever x is. */
const given = [1, -3, 0.5, 2];
const constantGradients = () =>
  problemOf(
    1,
    (_, batch) => batch,
    (_, batch) => [given[batch]!],
  );

describe('adam', () => {
  it('takes the first steps of the paper', async () => {
    // Algorithm 1 with alpha = 0.1, beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8, from x = 2:
    // t = 1: m = 0.1, v = 0.01; m^ = 1, v^ = 1: x = 2 - 0.1 / (1 + 1e-8)
    // t = 2: m = 0.09 - 0.3 = -0.21, v = 0.0099 + 0.09 = 0.0999; m^ = -0.21 / 0.19, v^ = 0.0999 / 0.0199
    // t = 3: m = -0.189 + 0.05 = -0.139, v = 0.098901 + 0.0025 = 0.101401; m^ = -0.139 / 0.271, v^ = 0.101401 / 0.029701
    const x1 = 2 - 0.1 / (1 + 1e-8);
    const x2 = x1 + (0.1 * (0.21 / 0.19)) / (Math.sqrt(0.0999 / 0.0199) + 1e-8);
    const x3 = x2 + (0.1 * (0.139 / 0.271)) / (Math.sqrt(0.101401 / 0.029701) + 1e-8);
    const states = await runMethod(methodOf('adam', { rate: 0.1, beta2: 0.99, steps: 3 }), constantGradients(), [2]);
    [2, x1, x2, x3].forEach((x, t) => expect(states[t]!.x[0]).toBeCloseTo(x, 14));
    expect(x1).toBeCloseTo(1.900000001, 9);
    expect(x2).toBeCloseTo(1.949329815907983, 14);
    expect(x3).toBeCloseTo(1.977089206258036, 14);
    expect(states.map(({ loss }) => loss)).toEqual([NaN, 0, 1, 2]);
    expect(states.map(({ step, evaluations, done }) => [step, evaluations, done])).toEqual([
      [0, 0, false],
      [1, 1, false],
      [2, 2, false],
      [3, 3, true],
    ]);
  });

  it('lets weights decay apart from the gradient', async () => {
    // Algorithm 2 of Loshchilov and Hutter: with a gradient of 0 only the decay is left.
    const flat = problemOf(
      2,
      () => 0,
      () => [0, 0],
      { rate: Float64Array.of(1, 0.5) },
    );
    const state = await lastState(methodOf('adam', { rate: 0.1, weight_decay: 0.2, steps: 2 }), flat, [1, 1]);
    expect(state.x[0]).toBeCloseTo(0.98 ** 2, 15);
    expect(state.x[1]).toBeCloseTo(0.99 ** 2, 15);
  });

  it.each([
    ['constant', [1, 1, 1, 1]],
    ['linear', [1, 0.75, 0.5, 0.25]],
    ['cosine', [1, 0.5 + Math.SQRT1_2 / 2, 0.5, 0.5 - Math.SQRT1_2 / 2]],
  ] as const)('has a %s rate', async (schedule, factors) => {
    const steady = problemOf(
      1,
      (x) => x[0]!,
      () => [1],
    );
    const states = await runMethod(methodOf('adam', { rate: 0.1, steps: 4, schedule }), steady, [0]);
    factors.forEach((factor, s) => expect(states[s]!.x[0]! - states[s + 1]!.x[0]!).toBeCloseTo(0.1 * factor, 8));
  });

  it('walks along a valley', async () => {
    const valley = problemOf(2, rosenbrock, rosenbrockGradient);
    const state = await lastState(methodOf('adam', { rate: 0.02, steps: 6000, schedule: 'cosine' }), valley, [-1.2, 1]);
    expect(rosenbrock(state.x)).toBeLessThan(1e-5);
  });

  it('finds the minimum under noise, and sees new noise at each step', async () => {
    const n = 5;
    const { loss, gradient } = ellipsoid(n, 100, (i) => i - 2);
    const noisy = problemOf(n, loss, (x, batch) => gradient(x).map((slope, i) => slope + 3 * normalValues(n, batch + 1)[i]!));
    const state = await lastState(methodOf('adam', { rate: 0.05, steps: 3000, schedule: 'cosine' }), noisy, [0, 0, 0, 0, 0]);
    expect(loss(state.x)).toBeLessThan(0.02);
    expect(noisy.asked.map(({ batch }) => batch)).toEqual(Array.from({ length: 3000 }, (_, step) => step));
    const fixed = problemOf(n, loss, gradient);
    await lastState(methodOf('adam', { steps: 3, batch: 'fixed' }), fixed, [0, 0, 0, 0, 0]);
    expect(fixed.asked.map(({ batch }) => batch)).toEqual([0, 0, 0]);
  });
});

describe('sgd', () => {
  it('repeats a share of the step before', async () => {
    // v: 1, -2.5, -0.75; x: 2, 1.9, 2.15, 2.225 at rate 0.1 and momentum 0.5
    const states = await runMethod(methodOf('sgd', { rate: 0.1, momentum: 0.5, steps: 3 }), constantGradients(), [2]);
    [2, 1.9, 2.15, 2.225].forEach((x, t) => expect(states[t]!.x[0]).toBeCloseTo(x, 14));
  });

  it("takes Nesterov's step", async () => {
    // g + 0.5 v: 1.5, -4.25, 0.125
    const states = await runMethod(methodOf('sgd', { rate: 0.1, momentum: 0.5, nesterov: 'yes', steps: 3 }), constantGradients(), [2]);
    [2, 1.85, 2.275, 2.2625].forEach((x, t) => expect(states[t]!.x[0]).toBeCloseTo(x, 14));
  });

  it('contracts a quadratic by its rate', async () => {
    // x -> (1 - 2 rate w) x without momentum
    const { loss, gradient } = ellipsoid(2, 4);
    const state = await lastState(methodOf('sgd', { rate: 0.1, momentum: 0, steps: 10 }), problemOf(2, loss, gradient), [1, 1]);
    expect(state.x[0]).toBeCloseTo(0.8 ** 10, 14);
    expect(state.x[1]).toBeCloseTo(0.2 ** 10, 14);
  });

  it('is quicker with momentum where the curvature is uneven', async () => {
    const { loss, gradient } = ellipsoid(6, 1000);
    const after = async (options: Record<string, number | string>) =>
      loss((await lastState(methodOf('sgd', { rate: 5e-4, steps: 300, ...options }), problemOf(6, loss, gradient), [1, 1, 1, 1, 1, 1])).x);
    expect(await after({ momentum: 0.9 })).toBeLessThan(0.02 * (await after({ momentum: 0 })));
    expect(await after({ momentum: 0.9, nesterov: 'yes' })).toBeLessThan(0.02 * (await after({ momentum: 0 })));
  });
});

describe.each(['adam', 'sgd'])('%s', (name) => {
  it('stays within bounds, stops at them and leaves a coordinate of rate 0', async () => {
    const { loss, gradient } = ellipsoid(3, 10, (i) => [5, -5, 1][i]!);
    const more = { min: Float64Array.of(-1, -1, -9), max: Float64Array.of(1, 1, 9), rate: Float64Array.of(1, 1, 0) };
    const state = await lastState(methodOf(name, { rate: 0.02, steps: 500 }), problemOf(3, loss, gradient, more), [0, 9, 3]);
    expect([...state.x]).toEqual([1, -1, 3]);
  });

  it('ends where the loss or the gradient is not finite, and says at which step', async () => {
    const broken = (loss: number, slope: number) =>
      problemOf(
        2,
        (_, batch) => (batch === 3 ? loss : 1),
        (_, batch) => [1, batch === 3 ? slope : 1],
      );
    const end = async (loss: number, slope: number) => {
      const states = await runMethod(methodOf(name), broken(loss, slope), [0, 0]);
      expect([...states.at(-1)!.x]).toEqual([...states.at(-2)!.x]);
      return states.at(-1)!;
    };
    expect((await end(NaN, 1)).failure).toBe('the loss is NaN at step 3');
    expect((await end(Infinity, 1)).failure).toBe('the loss is Infinity at step 3');
    expect((await end(1, -Infinity)).failure).toBe('the gradient by coordinate 1 is -Infinity at step 3');
    expect((await end(1, NaN)).step).toBe(4);
  });
});
