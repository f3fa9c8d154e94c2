// Rows that the interpreter records.

import { Interpreter } from '../../src/backends/interpret.js';
import { createMachine } from '../../src/backends/kernel.js';
import type { Program } from '../../src/ir/program.js';

export interface InterpretedColumns {
  /** `[record][row]` */
  readonly columns: Float64Array[];
  /** Every number on the way was 0, not finite, or well within the range of floats. */
  readonly fitsFloats: boolean;
}

/** The first ticks of the first clock; parameters that are not given have the Program's values. */
export function interpretColumns(
  program: Program,
  ticks: number,
  params: ReadonlyMap<string, number>,
  mostRows = ticks,
): InterpretedColumns {
  const { offset, period } = program.clocks[0]!;
  const columns = program.records.map(() => new Float64Array(mostRows));
  const machine = createMachine(
    program,
    columns,
    Float64Array.from(program.params, ({ name, value }) => params.get(name) ?? value),
  );
  const interpreter = new Interpreter(program);
  let fitsFloats = true;
  const visit = (_: unknown, value: number): void => {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-20 || (size > 1e20 && size !== Infinity))) fitsFloats = false;
  };
  for (let next = interpreter.next(machine); next.tick < offset + ticks * period; next = interpreter.next(machine))
    interpreter.run(machine, next, visit);
  return { columns, fitsFloats };
}
