// The native backend: a Program is compiled by the system's C compiler, and each piece of a run is a process
// that gets the machine on its standard input and gives it back on its output.

import { spawnSync } from 'node:child_process';
import type { Program } from '../../ir/program.js';
import { BackendError } from '../backend-error.js';
import type { Kernel } from '../kernel.js';
import { compileExecutable, type Optimization } from './compiler.node.js';
import { applyAnswer, encodeRequest, mostAnswerBytes } from './requests.js';
import { emitServe, emitServeMain } from './serve-source.js';

/** A process takes some milliseconds to start: pieces are long, and short enough for their memory and for progress. */
const mostTicksPerPiece = 2 ** 20;
const mostRowsPerPiece = 2 ** 24;
const longestPieceMs = 3_600_000;

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
export function nativeKernels(programs: readonly Program[], options: NativeOptions = {}): Kernel[] {
  const { executable, data } = compileServer(programs, options);
  return programs.map((program, index): Kernel => ({
    backend: 'native',
    program,
    ticksPerPiece: Math.min(mostTicksPerPiece, Math.ceil(mostRowsPerPiece / Math.max(1, program.records.length))),
    run: (machine, end) => {
      const result = spawnSync(executable, [String(index)], {
        input: encodeRequest(program, data[index]!, machine, end),
        maxBuffer: mostAnswerBytes(program, machine, end),
        timeout: longestPieceMs,
      });
      const { error, status, signal, stdout } = result;
      const isAnswered = error === undefined && status === 0 && applyAnswer(program, machine, stdout) !== undefined;
      if (isAnswered) return;
      const how = error?.message ?? (signal !== null ? `signal ${signal}` : `exit status ${status}`);
      throw new BackendError(`the compiled program of '${program.name}' ended early: ${how}`, 'use the backend js');
    },
  }));
}

/** The executable that serves the Programs, which its argument chooses by number, and the constant arrays of each. */
export function compileServer(
  programs: readonly Program[],
  { optimization = 3, chunkNodes }: NativeOptions = {},
): { executable: string; data: readonly (readonly Float64Array[])[] } {
  const prefixes = programs.map((_, i) => `p${i}`);
  const served = programs.map((program, i) => emitServe(program, prefixes[i]!, chunkNodes));
  const executable = compileExecutable([emitServeMain(prefixes), ...served.map(({ source }) => source)], optimization);
  return { executable, data: served.map(({ data }) => data) };
}
