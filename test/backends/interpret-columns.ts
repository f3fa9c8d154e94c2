// Rows that the interpreter records.

import { compileKernel } from '../../src/backends/compile.js';
import { createMachine } from '../../src/backends/kernel.js';
import type { Program } from '../../src/ir/program.js';

/** `[record][row]` of the first ticks of the first clock; parameters that are not given have the Program's values. */
export function interpretColumns(program: Program, ticks: number, params: ReadonlyMap<string, number>, mostRows = ticks): Float64Array[] {
  const { offset, period } = program.clocks[0]!;
  const columns = program.records.map(() => new Float64Array(mostRows));
  const values = Float64Array.from(program.params, ({ name, value }) => params.get(name) ?? value);
  compileKernel(program, 'interpret').run(createMachine(program, columns, values), offset + ticks * period);
  return columns;
}
