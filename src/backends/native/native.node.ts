// The native backend: a Program is compiled by the system's C compiler into a library that runs inside this process, on
// the machine's own memory.

import { isMainThread } from 'node:worker_threads';
import type { Program } from '../../ir/program.js';
import { BackendError } from '../backend-error.js';
import { laneByLane, type BatchKernel, type Tile } from '../batch.js';
import { holdTile } from '../held-lanes.js';
import type { Kernel } from '../kernel.js';
import type { Optimization } from './compiler.node.js';
import type { LaneShape } from './emit-lanes.js';
import { laneOptimization, laneShapeOf } from './lane-shape.js';
import { emitLanesRun } from './lanes-source.js';
import { loadLibrary } from './library.node.js';
import { emitModule } from './node-api.js';
import { giveRows, takeColumns } from './rows.js';
import { emitRun } from './run-source.js';

export interface NativeOptions {
  /** How much the C compiler optimizes; as much as pays if not given. */
  readonly optimization?: Optimization;
  /** Functions of about so many nodes, where the Program's size does not tell. */
  readonly chunkNodes?: number;
  /** Lanes together and rows that wait, where the Program's size does not tell. */
  readonly shape?: LaneShape;
}

export function nativeKernel(program: Program): Kernel {
  return nativeKernels([program])[0]!;
}

/** Kernels of several Programs, compiled together. Throws BackendError DL801. */
export function nativeKernels(programs: readonly Program[], { optimization = 3, chunkNodes }: NativeOptions = {}): Kernel[] {
  const prefixes = programs.map((_, i) => `p${i}`);
  const sources = programs.map((program, i) => emitRun(program, prefixes[i]!, chunkNodes));
  const library = loadLibrary([emitModule(prefixes), ...sources.map(({ source }) => source)], optimization);
  return programs.map((program, index): Kernel => {
    const { data, workSize } = sources[index]!;
    const work = new Float64Array(workSize);
    return {
      backend: 'native',
      program,
      run: ({ layout, params, states, records, position }, end) => {
        const columns = takeColumns(
          program,
          records.map((column) => [column]),
          { layout, position },
          end,
        );
        library.run(index, [position, params, states, work, ...data, ...columns], end, 1);
        giveRows(columns, records);
      },
    };
  });
}

export function nativeBatchKernel(program: Program): BatchKernel {
  return nativeBatchKernels([program])[0]!;
}

/**
 * Kernels of batches of several Programs, compiled together. Called from the main thread, a tile runs on another one, and
 * others can run at the same time; a worker runs its tiles itself. Lanes that are held run in the thread that asks. Throws BackendError DL801.
 */
export function nativeBatchKernels(programs: readonly Program[], options: NativeOptions = {}): BatchKernel[] {
  const shapes = programs.map((program) => options.shape ?? laneShapeOf(program));
  const large = programs.filter((_, i) => shapes[i] === undefined);
  const singles = large.length === 0 ? [] : nativeKernels(large, options);
  const together = programs.filter((_, i) => shapes[i] !== undefined);
  const kernels =
    together.length === 0
      ? []
      : lanesKernels(
          together,
          shapes.filter((shape) => shape !== undefined),
          options,
        );
  return shapes.map((shape) => (shape === undefined ? laneByLane(singles.shift()!, tileLanes) : kernels.shift()!));
}

/** Lanes that are worth a call, and few enough for several calls to share the processor's cores. */
const tileLanes = 256;

function lanesKernels(programs: readonly Program[], shapes: readonly LaneShape[], options: NativeOptions): BatchKernel[] {
  const prefixes = programs.map((_, i) => `p${i}`);
  const sources = programs.map((program, i) => emitLanesRun(program, prefixes[i]!, shapes[i]!));
  const optimization = options.optimization ?? programs.map(laneOptimization).reduce((a, b) => (a < b ? a : b));
  const library = loadLibrary([emitModule(prefixes), ...sources.map(({ source }) => source)], optimization);
  // All workers of a process share libuv's few threads, so that a queue would hold most of them up.
  const runLanes = isMainThread ? library.queue : library.run;
  return programs.map((program, index): BatchKernel => {
    /** What the library's functions take, and what is to be done with what they gave. */
    const callOf = ({ layout, params, states, records, position }: Tile, end: number): Call => {
      const columns = takeColumns(program, records, { layout, position }, end);
      const finish = (isDone: boolean): void => {
        if (!isDone) throw new BackendError(`there is no memory for the lanes of '${program.name}'`, 'use the backend js or wasm');
        giveRows(columns, records.flat());
      };
      return { arrays: [position, params, states, ...sources[index]!.data, ...columns], finish };
    };
    const run = async (tile: Tile, end: number): Promise<void> => {
      const { arrays, finish } = callOf(tile, end);
      finish(await runLanes(index, arrays, end, tile.lanes));
    };
    const runHere = (tile: Tile, end: number): void => {
      const { arrays, finish } = callOf(tile, end);
      finish(library.run(index, arrays, end, tile.lanes));
    };
    const hold: NonNullable<BatchKernel['hold']> = (lanes, records) => holdTile({ program, run: runHere }, lanes, records);
    return { backend: 'native', precision: 'f64', program, tileLanes, run, hold };
  });
}

interface Call {
  readonly arrays: readonly Float64Array[];
  readonly finish: (isDone: boolean) => void;
}
