// How long a compiled system runs: what its bench says, or the ticks asked for.

import { fail } from '../diagnostics/diagnostic.js';
import type { Compiled } from './compile-netlist.js';

/** Index of the clock in the Program's clocks, and the ticks to run. Throws NetlistError where nothing says how long. */
export function runLength({ bench, graph, program }: Compiled, ticks: number | undefined): { clock: number; ticks: number } {
  const clockOf = (index: number): number => program.clocks.findIndex(({ name }) => name === graph.clocks[index]!.name);
  if (bench !== undefined) return { clock: clockOf(bench.run.clock), ticks: bench.run.ticks };
  if (program.clocks.length === 0)
    fail('DL402', undefined, `system '${graph.system}' has no clock to run`, { help: 'declare one: clock clk = 1MHz' });
  if (ticks === undefined || !(ticks >= 1))
    fail('DL501', undefined, `system '${graph.system}' has no bench that says how long to run`, { help: 'add a bench, or give --ticks' });
  return { clock: 0, ticks };
}
