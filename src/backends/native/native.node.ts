// The native backend: a Program is compiled by the system's C compiler into a library that runs inside this process, on
// the machine's own memory.

import type { Program } from '../../ir/program.js';
import type { Kernel } from '../kernel.js';
import type { Optimization } from './compiler.node.js';
import { loadLibrary } from './library.node.js';
import { emitModule } from './node-api.js';
import { columnOf, rowsUntil } from './rows.js';
import { emitRun } from './run-source.js';

export interface NativeOptions {
  /** How much the C compiler optimizes; 3 if not given. */
  readonly optimization?: Optimization;
  /** Functions of about so many nodes, where the Program's size does not tell. */
  readonly chunkNodes?: number;
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
        const columns = program.records.map(({ clock }, i) => columnOf(records[i]!, rowsUntil(program, position, layout, end, clock)));
        library.run(index, [position, params, states, work, ...data, ...columns], end, 1);
        columns.forEach((column, i) => {
          if (column !== records[i]) records[i]!.set(column.subarray(0, records[i]!.length));
        });
      },
    };
  });
}
