// Gradients of a Program, lane by lane, in either mode. Reverse mode costs about the same for any number of parameters, forward
// mode a run for each of them, without a tape.

import type { Program } from '../ir/program.js';
import { laneGradients, type LaneGradientsOptions, type Rows } from './lane-gradients.js';
import type { Seeds } from './sow-seeds.js';
import { tangentGradients } from './tangent-gradients.js';

export const gradientModes = ['reverse', 'forward'] as const;
export type GradientMode = (typeof gradientModes)[number];

export interface GradientsOptions extends LaneGradientsOptions {
  readonly mode?: GradientMode | undefined;
}

export interface Gradients {
  /**
   * Derivatives of `lanes` lanes by the learned parameters, as `[learned][lane]`. `params` has the value of parameter i (of the
   * Program) of lane l at `i * lanes + l`. `seed` gets the rows of the objectives and gives the derivative of the objective by them.
   */
  run(lanes: number, params: Float64Array, seed: (rows: Rows) => Seeds): Promise<Float64Array[]>;
}

/** Compiles the gradient, in reverse mode if not asked otherwise. `program` may hold surrogates. Throws GradientError, BackendError. */
export const gradientsOf = (program: Program, options: GradientsOptions): Promise<Gradients> =>
  options.mode === 'forward' ? tangentGradients(program, options) : laneGradients(program, options);
