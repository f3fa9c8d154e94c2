// Least squares of this room: as `solveLeastSquares`, but what has no single solution is a MeasureError.

import { solveLeastSquares } from '../numeric/least-squares.js';
import { MeasureError } from './measure-error.js';

/** `problem` is the message when the columns are linearly dependent or outnumber the rows. */
export function fitColumns(columns: readonly Float64Array[], target: Float64Array, problem: string): ReturnType<typeof solveLeastSquares> {
  try {
    return solveLeastSquares(columns, target);
  } catch (error) {
    if (error instanceof RangeError) throw new MeasureError(problem);
    throw error;
  }
}
