// Compiles a Program to JavaScript. Small ones become one function with states in locals; large ones are
// split into functions of a size that engines still optimize.

import type { Program } from '../../ir/program.js';
import type { Kernel } from '../kernel.js';
import { emitJs, programNodes, type JsSource } from './emit.js';
import { emitLargeJs } from './emit-large.js';

/** Nodes beyond which states are kept in memory and events are split. */
const largestFunction = 4000;

type Run = (states: Float64Array, params: Float64Array, data: readonly Float64Array[], records: readonly Float64Array[], position: Float64Array, end: number) => void;

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
  const { source, data } = jsSource(program);
  const run = new Function(source)() as Run;
  return {
    backend: 'js',
    program,
    run: ({ states, params, records, position }, end) => run(states, params, data, records, position, end),
  };
}
