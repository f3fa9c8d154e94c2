// A Program as operations of tfjs, unrolled over time: the slow cross-check of gradients, and a way for small graphs into other
// models. What trains is the adjoint (optimize/), which is some tens of times as fast.

import { noiseValues } from '../../ir/noise.js';
import type { Program } from '../../ir/program.js';
import { tensorOf, type LaneValue } from './lane-values.js';
import * as tf from './tfjs.js';
import { UnrolledRun } from './unrolled-run.js';

export interface TensorsOptions {
  /** Index (in the Program's clocks) of the clock whose ticks are counted, and how many are run. */
  readonly clock: number;
  readonly ticks: number;
}

/**
 * Values of parameters by name; the Program's own for those that are absent. A number or a tensor `[]` is for all lanes, `[lanes]` has one
 * for each, `[ticks, lanes]` one for each tick of the clock, too.
 */
export type TensorParams = Readonly<Record<string, number | tf.Tensor>>;

export interface TensorRunOptions {
  readonly lanes: number;
  /** Seed of the noise (0); lane l draws as lane `firstLane + l`. */
  readonly seed?: number | undefined;
  readonly firstLane?: number | undefined;
}

export interface TensorResult {
  /** Last row of each record: `[lanes]`. */
  readonly finals: Readonly<Record<string, tf.Tensor1D>>;
  /** `[rows, lanes]` */
  readonly rows: Readonly<Record<string, tf.Tensor2D>>;
}

export interface TensorProgram {
  /** Differentiable by tf.grads in every tensor given, on tfjs's present backend. */
  run(params: TensorParams, options: TensorRunOptions): TensorResult;
}

/** `program` may hold surrogates: their gradients are those that they declare. */
export function toTensors(program: Program, { clock, ticks }: TensorsOptions): TensorProgram {
  const { offset, period } = program.clocks[clock]!;
  return {
    run: (params, options) =>
      tf.tidy(() => {
        const { lanes } = options;
        const run = new UnrolledRun(program, clock, lanes, paramReader(program, params, options));
        run.run(offset + ticks * period);
        const columns = run.rows.map((rows) => Array.from(rows, (row) => tensorOf(row ?? Float64Array.of(0), lanes)));
        const named = <T>(of: (column: readonly tf.Tensor1D[]) => T): Record<string, T> =>
          Object.fromEntries(program.records.map(({ name }, i) => [name, of(columns[i]!)]));
        return {
          finals: named((column) => column.at(-1) ?? tf.zeros<tf.Rank.R1>([lanes])),
          rows: named((column) => (column.length === 0 ? tf.zeros<tf.Rank.R2>([0, lanes]) : (tf.stack([...column]) as tf.Tensor2D))),
        };
      }),
  };
}

function paramReader(program: Program, given: TensorParams, { lanes, seed = 0, firstLane = 0 }: TensorRunOptions) {
  const noise = Array.from({ length: lanes }, (_, lane) => noiseValues(seed, firstLane + lane));
  const readers = new Map<string, (tick: number) => LaneValue>();
  for (const { name, value } of program.params) {
    const own = noise[0]?.has(name) ? Float64Array.from(noise, (values) => values.get(name)!) : Float64Array.of(value);
    readers.set(name, readerOf(name, given[name] ?? own, lanes));
  }
  return (name: string, tick: number): LaneValue => readers.get(name)!(tick);
}

function readerOf(name: string, value: number | tf.Tensor | Float64Array, lanes: number): (tick: number) => LaneValue {
  if (typeof value === 'number') return () => Float64Array.of(value);
  if (value instanceof Float64Array) return () => value;
  if (value.rank < 2) {
    const spread = value.shape[0] === lanes ? (value as tf.Tensor1D) : tf.broadcastTo<tf.Rank.R1>(value, [lanes]);
    return () => spread;
  }
  if (value.rank > 2 || value.shape[1] !== lanes) throw new RangeError(`'${name}' has the shape [${value.shape}], not [ticks, ${lanes}]`);
  const rows = tf.unstack(value) as tf.Tensor1D[];
  return (tick) => rows[Math.max(0, Math.min(tick, rows.length - 1))]!;
}
