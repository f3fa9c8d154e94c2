// What the state of every method begins with.

import { clampPoint } from './bounds.js';
import type { MethodState, Problem } from './method.js';

/** Before the first step, at `x` moved into the bounds; nothing is evaluated. */
export const begin = (x: Float64Array, problem: Problem): MethodState => ({
  x: clampPoint(x, problem),
  step: 0,
  loss: NaN,
  evaluations: 0,
  done: false,
});
