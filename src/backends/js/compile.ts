// Compiles a Program to JavaScript. Small ones become one function with states in locals; large ones are
// split into functions of a size that engines still optimize.

import type { Program } from '../../ir/program.js';
import { createMachine, type Kernel } from '../kernel.js';
import { programNodes } from '../../ir/roots.js';
import { emitJs, type JsSource } from './emit.js';
import { emitLargeJs } from './emit-large.js';

/** V8 takes note of types only once a function has run for a while; 8 were too few, 32 always enough. */
const idleRuns = 32;
/** Nodes beyond which states are kept in memory and events are split. */
const largestFunction = 4000;

type Run = (
  states: Float64Array,
  params: Float64Array,
  data: readonly Float64Array[],
  records: readonly Float64Array[],
  position: Float64Array,
  end: number,
) => void;

/** The code of a Program, for people and for tests. */
export function jsSource(program: Program): JsSource {
  return programNodes(program).size + program.states.length > largestFunction ? emitLargeJs(program) : emitJs(program);
}

/** Whether this place allows code to be made at run time: pages under a strict content security policy do not. */
export function canCompileJs(): boolean {
  try {
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}

export function jsKernel(program: Program): Kernel {
  return jsKernelOf(program, jsSource(program));
}

/**
 * Runs no event at all, often enough that the engine has seen the statements around the loop. V8 optimizes the loop
 * during the first run, before it ever left it: code made then gives up at its end, in this run and in all others.
 */
function runIdle(run: Run, program: Program, data: readonly Float64Array[]): void {
  const { states, params, records, position } = createMachine(
    program,
    program.records.map(() => new Float64Array(1)),
  );
  for (let i = 0; i < idleRuns; i++) run(states, params, data, records, position, 0);
}

/** The kernel of code that was emitted for the Program. */
export function jsKernelOf(program: Program, { source, data }: JsSource): Kernel {
  const run = new Function(source)() as Run;
  runIdle(run, program, data);
  return {
    backend: 'js',
    program,
    run: ({ states, params, records, position }, end) => run(states, params, data, records, position, end),
  };
}
