// What a backend makes of a Program: a kernel that advances a machine. A backend knows the ir and
// nothing of netlists, graphs or files.

import type { Program } from '../ir/program.js';
import { layoutOf, type Layout } from './layout.js';

export type BackendName = 'js' | 'wasm' | 'native' | 'interpret';

export interface Kernel {
  readonly backend: BackendName;
  readonly program: Program;
  /** Runs every event that lies before the grid tick `end`; the machine can be run further afterwards. */
  run(machine: Machine, end: number): void;
}

/** The memory of one run. Bits are 0 and 1, ints whole numbers. */
export interface Machine {
  readonly layout: Layout;
  /** Values of the Program's parameters, in its order. */
  readonly params: Float64Array;
  readonly states: Float64Array;
  /** A column per record, long enough for the ticks that are run. */
  readonly records: readonly Float64Array[];
  /** Where in time the machine stands; see layout.ts. */
  readonly position: Float64Array;
}

/** A machine before the first event: states at their initial values. */
export function createMachine(program: Program, records: readonly Float64Array[], params?: Float64Array): Machine {
  const layout = layoutOf(program);
  const states = new Float64Array(layout.size);
  for (const [state, offset] of layout.offsets) {
    const { init } = state;
    for (let i = 0; i < Math.max(1, state.length); i++) states[offset + i] = typeof init === 'number' ? init : init[i]!;
  }
  const position = new Float64Array(layout.positionLength);
  if (program.timeline.kind === 'merged') program.timeline.edges.forEach((edge, i) => (position[layout.nextEdge + i] = edge.offset));
  return { layout, params: params ?? Float64Array.from(program.params, (param) => param.value), states, records, position };
}

/** A copy that can run on by itself; records are shared. */
export function cloneMachine(machine: Machine): Machine {
  return { ...machine, states: machine.states.slice(), position: machine.position.slice() };
}
