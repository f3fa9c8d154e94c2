// Gradient descent with momentum. B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Comput.
// Math. Math. Phys. 4 (1964) 1-17; Nesterov's form as a step of the gradient where it is: I. Sutskever, J. Martens, G. Dahl and
// G. Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013, in the variable of Bengio et al. 2013.

import { begin } from './begin.js';
import { clampPoint } from './bounds.js';
import { batchOf, batchOption, defineMethod, stepsOption } from './define-method.js';
import { findFailure } from './failure.js';
import type { Method, MethodState } from './method.js';
import { scheduleFactor, scheduleOption, type RateSchedule } from './rate-schedule.js';

interface SgdState extends MethodState {
  /** Sum of past gradients, each weighted by a power of the momentum. */
  readonly velocity: Float64Array;
}

interface SgdOptions {
  readonly rate: number;
  readonly steps: number;
  readonly batch: 'fresh' | 'fixed';
  readonly schedule: RateSchedule;
  readonly momentum: number;
  readonly nesterov: 'no' | 'yes';
}

export const sgd = defineMethod({
  name: 'sgd',
  doc: 'Stochastic gradient descent with momentum: a step is `rate` times the gradient, and a share of the step before.',
  cites: 'Polyak 1964; Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning, ICML 2013.',
  needs: 'gradient',
  options: {
    steps: stepsOption(1000),
    batch: batchOption('fresh'),
    rate: { kind: 'number', default: 0.01, above: 0, doc: 'Factor on the gradient, to be multiplied by the factor of a coordinate.' },
    schedule: scheduleOption,
    momentum: { kind: 'number', default: 0.9, min: 0, below: 1, doc: 'Share of the step before that a step repeats.' },
    nesterov: {
      kind: 'choice',
      choices: ['no', 'yes'],
      default: 'no',
      doc: 'Whether the gradient counts at the point that momentum leads to.',
    },
  },
  make: (options) => makeSgd(options),
});

function makeSgd(options: SgdOptions): Method<SgdState> {
  const { steps, batch, momentum } = options;
  return {
    start: (x, problem) => ({
      ...begin(x, problem),
      velocity: new Float64Array(x.length),
    }),
    advance: async (state, problem) => {
      const { step } = state;
      const { loss, gradient } = await problem.gradient(state.x, batchOf(batch, step));
      const next = { ...state, step: step + 1, loss, evaluations: state.evaluations + 1 };
      const failure = findFailure(step, loss, gradient);
      if (failure !== undefined) return { ...next, done: true, failure };

      const velocity = state.velocity.map((value, i) => momentum * value + gradient[i]!);
      const rate = options.rate * scheduleFactor(options.schedule, step, steps);
      const moved = state.x.map((value, i) => {
        const direction = options.nesterov === 'yes' ? gradient[i]! + momentum * velocity[i]! : velocity[i]!;
        return value - rate * problem.rate[i]! * direction;
      });
      return { ...next, x: clampPoint(moved, problem), velocity, done: step + 1 >= steps };
    },
  };
}
