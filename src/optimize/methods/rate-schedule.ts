// How the rate of a method falls from its first step to its last.

import { evaluateIntrinsic } from '../../ir/evaluate-intrinsic.js';

export const scheduleOption = {
  kind: 'choice',
  choices: ['constant', 'cosine', 'linear'],
  default: 'constant',
  doc: 'How the rate falls to 0 over all steps: not at all, as half a period of a cosine, or as a line.',
} as const;

export type RateSchedule = (typeof scheduleOption.choices)[number];

/**
 * The factor on the rate at a step, from 0 .. steps - 1; cosine: I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with
 * warm restarts", ICLR 2017, equation 5, without restarts.
 */
export function scheduleFactor(schedule: RateSchedule, step: number, steps: number): number {
  switch (schedule) {
    case 'constant':
      return 1;
    case 'cosine':
      return 0.5 * (1 + evaluateIntrinsic('cos', [(Math.PI * step) / steps]));
    case 'linear':
      return 1 - step / steps;
  }
}
