// Says where a training stopped being finite: the batch that its method failed on runs again, lane by lane, on the interpreter.

import { noiseParams, noiseValues } from '../ir/noise.js';
import { describeNonFinite, findNonFinite } from './find-non-finite.js';
import type { OptimizationPlan } from './plan/plan-optimization.js';

export interface FailedBatch {
  /** By element of what is learned. */
  readonly values: Float64Array;
  readonly records: readonly string[];
  readonly lanes: number;
  readonly seed: number;
  readonly firstLane: number;
}

/** Lanes that are run again at most. */
const mostLanes = 64;

/** In words; undefined where every operation gives finite numbers, as when a sum of many lanes overflows. */
export function locateFailure(plan: OptimizationPlan, { values, records, lanes, seed, firstLane }: FailedBatch): string | undefined {
  const { program, clock, ticks, graph, learned } = plan;
  const count = Math.min(lanes, mostLanes);
  const own = new Map(learned.elements.map(({ name }, i) => [name, values[i]!]));
  const noise = noiseValues(seed);
  const params = Float64Array.from(
    program.params.flatMap(({ name, value }) =>
      Array.from({ length: count }, (_, lane) =>
        name === noiseParams.lane ? (firstLane + lane) | 0 : (noise.get(name) ?? own.get(name) ?? value),
      ),
    ),
  );
  const found = findNonFinite(program, {
    learned: learned.elements.map(({ name }) => name),
    objectives: records,
    clock,
    ticks,
    lanes: count,
    params,
    seed: (rows) => rows.map((columns) => columns.map((column) => column.map((_, row) => (row === column.length - 1 ? 1 : 0)))),
    graph,
  });
  if (found === undefined) return undefined;
  const { message, why } = describeNonFinite(found);
  return `${message} (${why})`;
}
