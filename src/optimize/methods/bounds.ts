// Points and bounds: moving a point into them, and which coordinates they hold.

import type { Problem } from './method.js';

type Bounds = Pick<Problem, 'min' | 'max' | 'rate'>;

/** The nearest point within the bounds, as a new array. */
export const clampPoint = (x: Float64Array, { min, max }: Bounds): Float64Array =>
  x.map((value, i) => Math.min(Math.max(value, min[i]!), max[i]!));

/** 1 for coordinates at rate 0 and for those at a bound towards which the loss falls; they stay where they are in this step. */
export const heldCoordinates = (x: Float64Array, gradient: Float64Array, { min, max, rate }: Bounds): Uint8Array =>
  Uint8Array.from(x, (value, i) =>
    rate[i] === 0 || (value <= min[i]! && gradient[i]! >= 0) || (value >= max[i]! && gradient[i]! <= 0) ? 1 : 0,
  );

/** The largest derivative by a coordinate that is not held: 0 where the Karush-Kuhn-Tucker conditions hold. */
export const largestFree = (gradient: Float64Array, held: Uint8Array): number =>
  gradient.reduce((most, slope, i) => (held[i] === 1 ? most : Math.max(most, Math.abs(slope))), 0);
