// Runs lanes of a Program with random parameters in a batch, and each of them alone on the interpreter.

import type { BatchKernel } from '../../src/backends/batch.js';
import { createTile, type Tile } from '../../src/backends/batch.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { createMachine, type Machine } from '../../src/backends/kernel.js';
import type { Program } from '../../src/ir/program.js';

/** A tile whose records have `rows` rows; `paramOf` gives the value of a parameter in a lane. */
export function tileOf(program: Program, lanes: number, rows: number, paramOf: (name: string, lane: number) => number): Tile {
  const records = program.records.map(() => Array.from({ length: lanes }, () => new Float64Array(rows).fill(NaN)));
  const params = Float64Array.from({ length: program.params.length * lanes }, (_, i) =>
    paramOf(program.params[Math.floor(i / lanes)]!.name, i % lanes),
  );
  return createTile(program, lanes, records, params);
}

/** Runs up to each of `ends` in turn. */
export async function runTile(kernel: BatchKernel, tile: Tile, ends: readonly number[]): Promise<Tile> {
  for (const end of ends) await kernel.run(tile, end);
  return tile;
}

/** What the interpreter gives for one lane of a tile that has not run. */
export function interpretLane(program: Program, tile: Tile, lane: number, end: number): Machine {
  const params = Float64Array.from(program.params, (_, i) => tile.params[i * tile.lanes + lane]!);
  const records = tile.records.map((columns) => new Float64Array(columns[lane]!.length).fill(NaN));
  const machine = createMachine(program, records, params);
  interpretKernel(program).run(machine, end);
  return machine;
}
