// Runs a batch in pieces, and each of its lanes alone, and gives what can be seen of them afterwards.

import { createTile, laneOf, type BatchKernel } from '../../src/backends/batch.js';
import type { Kernel } from '../../src/backends/kernel.js';
import { createMachine } from '../../src/backends/kernel.js';
import type { Program } from '../../src/ir/program.js';
import { bitsOf, type Outcome } from './run-pieces.js';

/** Value i of lane l stands at `i * lanes + l`, as in a tile. */
export interface BatchParams {
  readonly lanes: number;
  readonly params: Float64Array;
}

/** Each lane of a batch; records have `rows` rows and are filled with `fill` before. */
export async function runBatch(
  program: Program,
  kernel: BatchKernel,
  { lanes, params }: BatchParams,
  ends: readonly number[],
  rows: number,
): Promise<Outcome[]> {
  const records = program.records.map(() => Array.from({ length: lanes }, (_, lane) => new Float64Array(rows).fill(-lane)));
  const tile = createTile(program, lanes, records, params);
  for (const end of ends) await kernel.run(tile, end);
  return Array.from({ length: lanes }, (_, lane) => {
    const machine = laneOf(tile, lane);
    return { states: bitsOf(machine.states), records: machine.records.map(bitsOf), position: bitsOf(machine.position) };
  });
}

/** The same by a kernel of single runs. */
export function runLanesAlone(program: Program, kernel: Kernel, { lanes, params }: BatchParams, end: number, rows: number): Outcome[] {
  return Array.from({ length: lanes }, (_, lane) => {
    const records = program.records.map(() => new Float64Array(rows).fill(-lane));
    const own = Float64Array.from(program.params, (_param, i) => params[i * lanes + lane]!);
    const machine = createMachine(program, records, own);
    kernel.run(machine, end);
    return { states: bitsOf(machine.states), records: records.map(bitsOf), position: bitsOf(machine.position) };
  });
}
