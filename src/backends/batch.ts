// What a backend makes of a Program to run many lanes of it side by side. All lanes share clocks and time; every
// parameter of the Program may differ from lane to lane (specialize it before, to have the others as constants).

import type { Program } from '../ir/program.js';
import type { BatchBackendName } from './compile-batch.js';
import type { HeldLanes } from './held-lanes.js';
import { createMachine, type Kernel, type Machine } from './kernel.js';
import type { Layout } from './layout.js';

export type Precision = 'f64' | 'f32';

export interface BatchKernel {
  readonly backend: BatchBackendName;
  readonly precision: Precision;
  readonly program: Program;
  /** Lanes that are best given at once, so that a tile stays in cache; any number can be run. */
  readonly tileLanes: number;
  /** Runs every event of all lanes that lies before the grid tick `end`; the tile can be run further afterwards. */
  run(tile: Tile, end: number): void | Promise<void>;
  /** Lanes in the kernel's own memory, where it has one; see held-lanes.ts. */
  hold?(lanes: number, records: readonly (readonly Float64Array[])[]): HeldLanes;
  /** What ran it, in words, where the backend's name does not say it. */
  readonly detail?: string | undefined;
}

/** The memory of some lanes. Value i of lane l stands at `i * lanes + l`. Bits are 0 and 1, ints whole numbers. */
export interface Tile {
  readonly layout: Layout;
  readonly lanes: number;
  /** Values of the Program's parameters, in its order. */
  readonly params: Float64Array;
  readonly states: Float64Array;
  /** `records[record][lane]`: a column long enough for the ticks that are run. */
  readonly records: readonly (readonly Float64Array[])[];
  /** Where in time all lanes stand; see layout.ts. */
  readonly position: Float64Array;
}

/** Lanes before the first event. `params` as in a Tile; the Program's own values for every lane without it. */
export function createTile(
  program: Program,
  lanes: number,
  records: readonly (readonly Float64Array[])[],
  params: Float64Array = spread(
    program.params.map(({ value }) => value),
    lanes,
  ),
): Tile {
  const { layout, states, position } = createMachine(program, []);
  return { layout, lanes, params, states: spread(states, lanes), records, position };
}

/** Each value once for every lane. */
function spread(values: ArrayLike<number>, lanes: number): Float64Array {
  const spreaded = new Float64Array(values.length * lanes);
  for (let i = 0; i < values.length; i++) spreaded.fill(values[i]!, i * lanes, (i + 1) * lanes);
  return spreaded;
}

/** A machine that is one lane of a tile; its memory is its own, the columns of records are the tile's. */
export function laneOf(tile: Tile, lane: number): Machine {
  const { layout, lanes, params, states, records, position } = tile;
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: values.length / lanes }, (_, i) => values[i * lanes + lane]!);
  return {
    layout,
    params: pick(params),
    states: pick(states),
    records: records.map((columns) => columns[lane]!),
    position: position.slice(),
  };
}

/** Runs lane after lane on a kernel of single runs. */
export function laneByLane(kernel: Kernel, tileLanes = 1): BatchKernel {
  const { backend, program } = kernel;
  const run = (tile: Tile, end: number): void => {
    const { lanes, states, position } = tile;
    let last: Machine | undefined;
    for (let lane = 0; lane < lanes; lane++) {
      last = laneOf(tile, lane);
      kernel.run(last, end);
      last.states.forEach((value, i) => (states[i * lanes + lane] = value));
    }
    if (last !== undefined) position.set(last.position);
  };
  return { backend, precision: 'f64', program, tileLanes, run };
}
