// Runs a kernel in pieces and gives what can be seen of it afterwards, bit for bit.

import { createMachine, type Kernel } from '../../src/backends/kernel.js';
import type { Program } from '../../src/ir/program.js';

export interface Outcome {
  readonly states: readonly string[];
  readonly records: readonly (readonly string[])[];
  readonly position: readonly string[];
}

const double = new DataView(new ArrayBuffer(8));

/** The bits of each number as hexadecimal; every NaN is the same one. */
export function bitsOf(values: Float64Array): string[] {
  return Array.from(values, (value) => {
    double.setFloat64(0, Number.isNaN(value) ? NaN : value);
    return double.getBigUint64(0).toString(16);
  });
}

/** Runs up to each of `ends` in turn; records have `rows` rows. */
export function runPieces(program: Program, kernel: Kernel, ends: readonly number[], rows: number, params?: Float64Array): Outcome {
  const records = program.records.map(() => new Float64Array(rows));
  const machine = createMachine(program, records, params);
  for (const end of ends) kernel.run(machine, end);
  return { states: bitsOf(machine.states), records: records.map(bitsOf), position: bitsOf(machine.position) };
}
