// The contract of gradients of a batch: all lanes share the learned parameters, whose gradient is the sum of the lanes';
// each lane has inputs of its own. What a trainer, a tfjs layer and least squares are made of.

import type { Precision } from '../backends/batch.js';
import type { BatchBackendName } from '../backends/compile-batch.js';
import type { Expr } from '../ir/expr.js';

export interface BatchGradientOptions {
  /** Names of the parameters that gradients are wanted of; each has one value for all lanes. */
  readonly learned: readonly string[];
  /**
   * Parameters of the Program as expressions of learned ones, surrogates included: for a quantized weight, `learned` has the latent
   * weight and its step. A learned name that is a parameter of the Program needs none.
   */
  readonly formulas?: ReadonlyMap<string, Expr> | undefined;
  /** Parameters with a value, and a gradient, for each lane, such as inputs that are constant during a run. */
  readonly perLane?: readonly string[] | undefined;
  /** Open inputs with a value, and a gradient, for each lane and tick of the clock. */
  readonly sequences?: readonly string[] | undefined;
  /** Records whose last row is wanted. */
  readonly finals: readonly string[];
  /** Records all of whose rows are wanted. */
  readonly rows?: readonly string[] | undefined;
  /** Index (in the Program's clocks) of the clock whose ticks are counted, and how many are run. */
  readonly clock: number;
  readonly ticks: number;
  readonly lanes: number;
  readonly backend?: BatchBackendName | undefined;
  readonly precision?: Precision | undefined;
  /** Hyperperiods of a segment between checkpoints; see laneGradients. */
  readonly hyperperiods?: number | undefined;
  /** Threads that share the lanes out, the caller's included; without it all runs in that. Their number changes no bit. */
  readonly threads?: number | undefined;
}

/** What lanes get besides the learned parameters. */
export interface LaneInputs {
  /** `[perLane][lane]` */
  readonly perLane?: readonly Float64Array[] | undefined;
  /** `[sequence]`: the value in tick t of the clock of lane l at `t * lanes + l`. */
  readonly sequences?: readonly Float64Array[] | undefined;
  /** Seed of the noise; lane l of the batch draws as lane `firstLane + l`. */
  readonly seed?: number | undefined;
  readonly firstLane?: number | undefined;
}

export interface BatchValues {
  /** `[final][lane]`; the arrays are used again by the next run. */
  readonly finals: readonly Float64Array[];
  /** `[record]`: row r of lane l at `r * lanes + l`; used again by the next run. */
  readonly rows: readonly Float64Array[];
}

/** Derivatives of the objective by values, in their layout. */
export type BatchCotangents = BatchValues;

export interface BatchGradients {
  /** By learned parameter, summed over lanes. */
  readonly learned: Float64Array;
  /** `[perLane][lane]` */
  readonly perLane: readonly Float64Array[];
  /** In the layout of LaneInputs. */
  readonly sequences: readonly Float64Array[];
}

export interface BatchGradient {
  readonly learned: readonly string[];
  readonly lanes: number;
  /** Runs all lanes with these values of the learned parameters. Throws BackendError where a thread ended, then and for ever. */
  forward(values: ArrayLike<number>, inputs?: LaneInputs): BatchValues;
  /** The gradients at the last forward run. */
  backward(cotangents: BatchCotangents): BatchGradients;
  /** Derivatives of a final (by its place in `finals`) at the last forward run: of lane l by learned parameter j at `l * learned + j`. */
  jacobian(final: number): Float64Array;
  /** Puts other formulas in place of the present ones, over the same learned parameters. */
  prepare(formulas: ReadonlyMap<string, Expr>): void;
  /** Ends the threads. */
  close(): Promise<void>;
}
