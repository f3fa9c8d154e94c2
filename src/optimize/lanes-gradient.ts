// Gradients of lanes by what was prepared of the learned parameters: the part of a BatchGradient that threads can share out.

import type { BatchCotangents, BatchGradients, BatchValues, LaneInputs } from './batch-gradient.js';

/** Lanes whose gradients make one sum. Sums are added up in their order, so that bits do not depend on who ran which of them. */
export const lanesPerSum = 64;

export interface LanesGradient {
  /** `prepared` has one value for all lanes. */
  forward(prepared: Float64Array, inputs: LaneInputs): BatchValues;
  backward(cotangents: BatchCotangents): LanesGradients;
  /** Derivatives of a final at the last forward run: by prepared parameter i of lane l at `i * lanes + l`. */
  jacobian(final: number): Float64Array;
}

export interface LanesGradients extends Omit<BatchGradients, 'learned'> {
  /** By prepared parameter i: sum s of the lanes' gradients at `s * prepared + i`. */
  readonly sums: Float64Array;
}

/** Sums of a batch of so many lanes. */
export const sumCount = (lanes: number): number => Math.ceil(lanes / lanesPerSum);
