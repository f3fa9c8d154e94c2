// A campaign's plan from its description: every point's values by its number.

import { fail } from '../diagnostics/diagnostic.js';
import { sobolDimensions } from '../random/sobol.js';
import { coherentHertz } from '../graph/coherent.js';
import { findAxisFault } from './axis-fault.js';
import { gridSize, gridValue, isGridAxis, sampledValue } from './axis-value.js';
import type { Plan, PlanDescription } from './plan.js';
import { sampleUniform } from './sample-uniform.js';

/** Lanes of noise are numbered by 31 bits. */
const mostPoints = 2 ** 31;

/**
 * Memory does not grow with the points: a value is computed when it is asked for.
 * @throws NetlistError DL202 for two axes of one name; DL303 for numbers out of range, too many points or too many axes
 */
export function makePlan(description: PlanDescription): Plan {
  const { axes, runs, sampling, seed, coherent } = description;
  checkDescription(description);
  // For how many points in a row a grid axis keeps its value; the sampled axes have no part in the combinations.
  const periods: number[] = [];
  let points = runs;
  for (const [i, axis] of [...axes.entries()].reverse()) {
    periods[i] = points;
    if (isGridAxis(axis)) points *= gridSize(axis);
  }
  if (points > mostPoints) {
    fail('DL303', undefined, `the campaign has ${points} points`, {
      why: `a campaign has at most ${mostPoints}: each has noise of its own, numbered by 31 bits`,
      help: 'take fewer values or runs',
    });
  }
  const sampledAxes = axes.filter((axis) => !isGridAxis(axis));
  if (sampling === 'sobol' && sampledAxes.length > sobolDimensions) {
    fail('DL303', undefined, `${sampledAxes.length} axes are sampled by Sobol's sequence`, {
      why: `its directions are tabled for ${sobolDimensions} dimensions`,
      help: 'sample at random or by Latin hypercube',
    });
  }
  const drawn = axes.map((axis, i): ((point: number) => number) => {
    if (isGridAxis(axis)) return (point) => gridValue(axis, Math.floor(point / periods[i]!) % gridSize(axis));
    const uniform = sampleUniform(sampling, axis.name, seed, sampledAxes.indexOf(axis), runs);
    return (point) => sampledValue(axis, uniform(point % runs));
  });
  const valueAt = drawn.map((value, i) => {
    if (coherent?.names.includes(axes[i]!.name) !== true) return value;
    const [numerator, denominator] = coherent.period.split('/').map(BigInt) as [bigint, bigint];
    return (point: number) => coherentHertz(value(point), { period: { numerator, denominator } }, coherent.ticks);
  });
  return {
    ...description,
    points,
    valuesAt(point) {
      if (!Number.isInteger(point) || point < 0 || point >= points) throw new RangeError(`there is no point ${point} of ${points}`);
      return valueAt.map((value) => value(point));
    },
  };
}

function checkDescription({ axes, runs, seed }: PlanDescription): void {
  if (!Number.isInteger(runs) || runs < 1 || runs > mostPoints) {
    fail('DL303', undefined, `${runs} is no number of runs`, { why: `it is a whole number from 1 to ${mostPoints}` });
  }
  if (!Number.isSafeInteger(seed) || seed < 0)
    fail('DL303', undefined, `${seed} is no seed`, { why: 'a seed is a whole number from 0 to 2^53 - 1' });
  const names = new Set<string>();
  for (const axis of axes) {
    if (names.has(axis.name)) fail('DL202', undefined, `'${axis.name}' is varied twice`, { why: 'a point has one value for a parameter' });
    names.add(axis.name);
    const fault = findAxisFault(axis);
    if (fault !== undefined) fail('DL303', undefined, `'${axis.name}': ${fault.message}`, { why: fault.why, help: fault.help });
  }
}
