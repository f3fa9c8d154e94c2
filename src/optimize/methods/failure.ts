// What stops a method: a loss or a derivative that is not finite.

import { allFinite } from '../../numeric/all-finite.js';

/** The failure of a step, if a loss or what is derived from it is not finite. */
export function findFailure(step: number, loss: number, derivatives?: Float64Array): string | undefined {
  if (!Number.isFinite(loss)) return `the loss is ${loss} at step ${step}`;
  if (derivatives === undefined || allFinite(derivatives)) return undefined;
  const at = derivatives.findIndex((value) => !Number.isFinite(value));
  return `the gradient by coordinate ${at} is ${derivatives[at]} at step ${step}`;
}
