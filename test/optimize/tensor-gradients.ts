// Gradients of the same objective by tfjs, through an unrolled Program in floats, and by the adjoint in doubles.

import * as tf from '../../src/backends/tfjs/tfjs.js';
import { toTensors } from '../../src/backends/tfjs/to-tensors.js';
import { noiseValues } from '../../src/ir/noise.js';
import type { Program } from '../../src/ir/program.js';
import { laneGradients, type LaneGradients } from '../../src/optimize/lane-gradients.js';

export const lanes = 3;

/** Weight of a row in the objective. */
const weightOf = (record: number, row: number): number => ((record * 7 + row * 3) % 5) - 1.5;

/** `[learned][lane]` */
export type LaneValues = readonly (readonly number[])[];

export const realRecords = (program: Program): string[] => program.records.filter(({ type }) => type === 'real').map(({ name }) => name);

/** `[learned][lane]` of the weighted sum of all rows of all real records. */
export function tensorGradients(program: Program, ticks: number, learned: readonly string[], values: LaneValues): number[][] {
  return tf.tidy(() => {
    const unrolled = toTensors(program, { clock: 0, ticks });
    const objective = (...tensors: tf.Tensor[]): tf.Scalar => {
      const { rows } = unrolled.run(Object.fromEntries(learned.map((name, i) => [name, tensors[i]!])), { lanes });
      const terms = realRecords(program).map((name, record) => {
        const column = rows[name]!;
        const weights = Array.from({ length: column.shape[0] * lanes }, (_, i) => weightOf(record, Math.floor(i / lanes)));
        return tf.sum(tf.mul(column, tf.tensor2d(weights, column.shape)));
      });
      // What depends on nothing that is learned has a gradient, too: 0.
      const none = tensors.map((tensor) => tf.sum(tf.mul(tensor, 0)));
      return tf.addN([...terms, ...none]) as tf.Scalar;
    };
    return tf
      .grads(objective)(values.map((own) => tf.tensor1d([...own])))
      .map((gradient) => [...gradient.dataSync()]);
  });
}

/** The same by the adjoint. */
function adjointGradients(
  adjoint: LaneGradients,
  program: Program,
  learned: readonly string[],
  values: LaneValues,
): Promise<Float64Array[]> {
  const valueIn = (lane: number, name: string, value: number): number =>
    learned.includes(name)
      ? values[learned.indexOf(name)]![lane]!
      : (noiseValues(0, lane).get(name) ?? program.params.find((param) => param.name === name)?.value ?? value);
  const params = adjoint.adjoint.program.params.flatMap(({ name, value }) =>
    Array.from({ length: lanes }, (_, lane) => valueIn(lane, name, value)),
  );
  return adjoint.run(lanes, Float64Array.from(params), (rows) =>
    rows.map((columns, record) => columns.map((column) => column.map((_, row) => weightOf(record, row)))),
  );
}

export interface Comparison {
  /** Gradients that were compared, and those of them that are not 0. */
  readonly compared: number;
  readonly nonZero: number;
  /** What disagrees, in words. */
  readonly faults: readonly string[];
}

/** Factors of all parameters: near enough to tell what gradients owe to rounding. */
const nearby = [1 + 1e-6, 1 - 1e-6, 1 + 3e-6];

/** Holds both against each other, where neither changes much nearby. */
export async function compareGradients(
  program: Program,
  ticks: number,
  learned: readonly string[],
  values: LaneValues,
): Promise<Comparison> {
  const scaled = (factor: number): LaneValues => values.map((own) => own.map((value) => Math.fround(value * factor)));
  const adjoint = await laneGradients(program, { learned, objectives: realRecords(program), clock: 0, ticks, backend: 'interpret' });
  const [mine, ...minesNearby] = await Promise.all(
    [1, ...nearby].map((factor) => adjointGradients(adjoint, program, learned, scaled(factor))),
  );
  const [theirs, ...theirsNearby] = [1, ...nearby].map((factor) => tensorGradients(program, ticks, learned, scaled(factor)));
  const faults: string[] = [];
  let [compared, nonZero] = [0, 0];
  learned.forEach((name, i) => {
    for (let lane = 0; lane < lanes; lane++) {
      const at = (gradients: readonly ArrayLike<number>[]): number => gradients[i]![lane]!;
      const [expected, found] = [at(mine!), at(theirs!)];
      const spread = Math.max(
        ...minesNearby.map((gradients) => Math.abs(at(gradients) - expected)),
        ...theirsNearby.map((gradients) => Math.abs(at(gradients) - found)),
      );
      const size = Math.max(1e-6, ...mine!.map((gradients) => Math.abs(gradients[lane]!)).filter(Number.isFinite));
      if (!Number.isFinite(expected) || Math.abs(expected) > 1e20 || !(spread <= 1e-3 * Math.abs(expected) + 1e-7 * size)) continue;
      compared++;
      if (expected !== 0) nonZero++;
      if (!(Math.abs(found - expected) <= 3e-5 * Math.abs(expected) + 1e-6 * size + 20 * spread))
        faults.push(`${name}, lane ${lane}: ${found} of tfjs, ${expected} of the adjoint`);
    }
  });
  return { compared, nonZero, faults };
}
