// Runs many lanes of a bench with one kernel: its seed and lane stay parameters.

import { compileKernel } from '../../src/backends/compile.js';
import { createMachine } from '../../src/backends/kernel.js';
import { noiseParams, noiseValues } from '../../src/ir/noise.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileText } from '../properties/run-netlist.js';

/** A bench `s` around the body of a system `s` with a clock `clk` of 1 MHz (phases p1, p2) that records what is named, the first name its output. */
export const benchOf = (body: string, records: string, ticks: number): string =>
  `system s {\n  clock clk = 1MHz phases [p1, p2]\n${body}\n  output ${/^\w+/.exec(records)![0]}\n}\nbench s {\n  run ${ticks} ticks of clk\n  record ${records}\n}\n`;

/** For each record the rows of every lane 0 .. lanes-1. */
export function drawLanes(text: string, lanes: number, seed = 0): ReadonlyMap<string, readonly Float64Array[]> {
  const { program: whole, bench } = compileText(text);
  const program = specialize(whole, new Map(), new Set(Object.values(noiseParams)));
  const kernel = compileKernel(program);
  const { ticks } = bench!.run;
  const { period, offset } = program.clocks[0]!;
  const columns = new Map(program.records.map(({ name }): [string, Float64Array[]] => [name, []]));
  for (let lane = 0; lane < lanes; lane++) {
    const values = noiseValues(seed, lane);
    const params = Float64Array.from(program.params, ({ name, value }) => values.get(name) ?? value);
    const records = program.records.map(() => new Float64Array(ticks));
    kernel.run(createMachine(program, records, params), offset + ticks * period);
    program.records.forEach(({ name }, i) => columns.get(name)!.push(records[i]!));
  }
  return columns;
}

/** The first row of a record in each lane. */
export const firstRows = (columns: ReadonlyMap<string, readonly Float64Array[]>, name: string): Float64Array =>
  Float64Array.from(columns.get(name)!, (rows) => rows[0]!);
