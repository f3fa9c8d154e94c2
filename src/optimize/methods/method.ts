// The contract of optimizers: what a method sees of a problem, what it keeps from step to step, and what a step is.
// It knows nothing of netlists, options or files.

/** A function of real coordinates to be minimized. Arrays that it returns belong to it; a method copies what it keeps. */
export interface Problem {
  readonly dimension: number;
  /** Bounds of the coordinates, which may be infinite: min <= max. No point outside is asked for. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Factor on the rate of each coordinate, from 0; a coordinate at rate 0 stays where it is. */
  readonly rate: Float64Array;
  /** The values that a coordinate may take are the whole multiples of this; 0: all. Of integer_search alone; the others take all values. */
  readonly grid: Float64Array;
  /** `batch` numbers the draw of data and noise: the same number gives the same bits. */
  gradient(x: Float64Array, batch: number): Promise<{ readonly loss: number; readonly gradient: Float64Array }>;
  loss(x: Float64Array, batch: number): Promise<number>;
  /** One residual a lane, and its derivatives by the coordinates: lane l by coordinate j at `l * dimension + j`. */
  residuals?(x: Float64Array, batch: number): Promise<{ readonly residuals: Float64Array; readonly jacobian: Float64Array }>;
}

/** What a method keeps; it is never changed. Each method adds members of the kinds of StateValue. */
export interface MethodState {
  /** The best that the method can say so far, within the bounds. */
  readonly x: Float64Array;
  /** Steps done. */
  readonly step: number;
  /**
   * What was last minimized: for adam and sgd the loss that the last step began from, for least_squares the mean square of the
   * residuals at x, for the others the loss at x. NaN before the first step.
   */
  readonly loss: number;
  /** How often the problem was asked for a loss, a gradient or residuals. */
  readonly evaluations: number;
  readonly done: boolean;
  /** Why the method could not go on, and at which step, counted from 0. */
  readonly failure?: string;
}

export type StateValue = number | string | boolean | Float64Array;

export interface Method<State extends MethodState = MethodState> {
  /** Begins at `x`, of which coordinates out of bounds are moved to the bound. Evaluates nothing. */
  start(x: Float64Array, problem: Problem): State;
  /**
   * One step from a state that is not done. Points that a method may reject are rejected if their loss is not finite; where it is
   * not finite at the point that the step begins from, the next state is done and has a failure.
   */
  advance(state: State, problem: Problem): Promise<State>;
}

/** Which draws a method makes: those of two restarts of one seed have nothing to do with each other. */
export interface MethodDraws {
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** A whole number from 0 to 2^32 - 1. */
  readonly restart: number;
}
