// Adam: steps by the mean of gradients over the root of the mean of their squares. D. P. Kingma and J. Ba, "Adam: a method for
// stochastic optimization", ICLR 2015, algorithm 1; decoupled decay of weights: I. Loshchilov and F. Hutter, "Decoupled weight
// decay regularization", ICLR 2019, algorithm 2.

import { begin } from './begin.js';
import { clampPoint } from './bounds.js';
import { batchOf, batchOption, defineMethod, stepsOption } from './define-method.js';
import { findFailure } from './failure.js';
import type { Method, MethodState } from './method.js';
import { scheduleFactor, scheduleOption, type RateSchedule } from './rate-schedule.js';

interface AdamState extends MethodState {
  /** Decaying means of the gradient and of its square. */
  readonly mean: Float64Array;
  readonly square: Float64Array;
  /** beta1^step and beta2^step, as products: the same bits on every engine. */
  readonly beta1Power: number;
  readonly beta2Power: number;
}

interface AdamOptions {
  readonly rate: number;
  readonly steps: number;
  readonly batch: 'fresh' | 'fixed';
  readonly schedule: RateSchedule;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weight_decay: number;
}

export const adam = defineMethod({
  name: 'adam',
  doc: 'Stochastic gradient descent with a step size for each coordinate: a step is about `rate` long in each, however large the loss.',
  cites:
    'Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015; Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019.',
  needs: 'gradient',
  options: {
    steps: stepsOption(1000),
    batch: batchOption('fresh'),
    rate: { kind: 'number', default: 0.001, above: 0, doc: 'Length of a step, to be multiplied by the factor of a coordinate.' },
    schedule: scheduleOption,
    beta1: { kind: 'number', default: 0.9, min: 0, below: 1, doc: 'Weight of the past in the mean of gradients.' },
    beta2: { kind: 'number', default: 0.999, min: 0, below: 1, doc: 'Weight of the past in the mean of squares.' },
    epsilon: { kind: 'number', default: 1e-8, above: 0, doc: 'Added to the root of the mean of squares.' },
    weight_decay: { kind: 'number', default: 0, min: 0, doc: 'Share of a coordinate that a step takes away, times the rate (AdamW).' },
  },
  make: (options) => makeAdam(options),
});

function makeAdam(options: AdamOptions): Method<AdamState> {
  const { steps, batch, beta1, beta2, epsilon } = options;
  return {
    start: (x, problem) => ({
      ...begin(x, problem),
      mean: new Float64Array(x.length),
      square: new Float64Array(x.length),
      beta1Power: 1,
      beta2Power: 1,
    }),
    advance: async (state, problem) => {
      const { step } = state;
      const { loss, gradient } = await problem.gradient(state.x, batchOf(batch, step));
      const next = { ...state, step: step + 1, loss, evaluations: state.evaluations + 1 };
      const failure = findFailure(step, loss, gradient);
      if (failure !== undefined) return { ...next, done: true, failure };

      const mean = state.mean.map((value, i) => beta1 * value + (1 - beta1) * gradient[i]!);
      const square = state.square.map((value, i) => beta2 * value + (1 - beta2) * gradient[i]! * gradient[i]!);
      const beta1Power = state.beta1Power * beta1;
      const beta2Power = state.beta2Power * beta2;
      const rate = options.rate * scheduleFactor(options.schedule, step, steps);
      const moved = state.x.map((value, i) => {
        const direction = mean[i]! / (1 - beta1Power) / (Math.sqrt(square[i]! / (1 - beta2Power)) + epsilon);
        return value - rate * problem.rate[i]! * (direction + options.weight_decay * value);
      });
      return { ...next, x: clampPoint(moved, problem), mean, square, beta1Power, beta2Power, done: step + 1 >= steps };
    },
  };
}
