// What a campaign runs: points, numbered from 0, each with a value for every varied parameter. A point's values follow
// from its number and the plan alone, so any part of a campaign can be run by itself and memory does not grow with points.

/** One varied parameter: values in turn (a grid axis), or a distribution that is sampled. */
export type Axis =
  | { readonly kind: 'list'; readonly name: string; readonly values: readonly number[] }
  /** `count` values from `from` to `to`, both included, at equal differences or equal ratios. */
  | { readonly kind: 'lin' | 'log'; readonly name: string; readonly from: number; readonly to: number; readonly count: number }
  | { readonly kind: 'uniform' | 'loguniform'; readonly name: string; readonly from: number; readonly to: number }
  | { readonly kind: 'normal'; readonly name: string; readonly mean: number; readonly sigma: number };

export type Sampling = 'random' | 'lhs' | 'sobol';

/**
 * Every combination of the grid axes, the last axis fastest, is run `runs` times. Sampled axes take the same `runs`
 * samples at each combination: point p has combination floor(p / runs) and sample p mod runs. A point's noise is that
 * of lane p.
 */
export interface PlanDescription {
  readonly axes: readonly Axis[];
  readonly runs: number;
  readonly sampling: Sampling;
  /** Seed of the samples, a whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  readonly coherent?: CoherentAxes | undefined;
}

/** Frequencies that a bench moves to the nearest coherent ones; plain data, as a manifest has it. */
export interface CoherentAxes {
  readonly names: readonly string[];
  /** Of the clock that the run counts, in seconds: `numerator/denominator`. */
  readonly period: string;
  readonly ticks: number;
}

export interface Plan extends PlanDescription {
  readonly points: number;
  /** A value for each axis, as it runs (frequencies are coherent ones); any point can be asked for at any time. */
  valuesAt(point: number): number[];
}
