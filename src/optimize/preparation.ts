// What a run needs of parameters: values computed from the learned ones once before it, and the way back, from the
// derivatives by these values to those by what is learned. Quantization, masks and scales of weights live here.

import { createMachine, type Machine } from '../backends/kernel.js';
import { compileKernel } from '../backends/compile.js';
import type { Kernel } from '../backends/kernel.js';
import type { Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import type { StateRef } from '../ir/types.js';
import { adjointProgram, type AdjointProgram } from './adjoint-program.js';

/** Ticks of the grid: the values, then back through them, then through what is made of parameters alone. */
const [forwardEnd, backwardEnd] = [1, 3];

export class Preparation {
  private readonly learned: readonly string[];
  private readonly states: readonly StateRef[];
  private readonly adjoint: AdjointProgram;
  private readonly kernel: Kernel;
  private readonly machine: Machine;
  /** States and position when the values were computed. */
  private readonly ended: Float64Array;
  private readonly endedAt: Float64Array;

  /** `values` are reals over parameters with the names of `learned`; they may hold surrogates. */
  constructor(learned: readonly string[], values: readonly Expr[]) {
    this.learned = learned;
    this.states = values.map((_, i) => ({ kind: 'state', name: `value ${i}`, type: 'real', length: 0, init: 0 }));
    const program: Program = {
      name: 'preparation',
      grid: { numerator: 1, denominator: 1 },
      clocks: [],
      params: learned.map((name) => ({ name, value: 0, unit: '' })),
      states: this.states,
      records: [],
      events: [
        { edges: ['prepare'], begins: [], resets: [], actions: values.map((value, i) => ({ do: 'set', state: this.states[i]!, value })) },
      ],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
    this.adjoint = adjointProgram(program, { learned, objectives: [], finals: this.states, hyperperiods: 1 });
    this.kernel = compileKernel(this.adjoint.program);
    this.machine = createMachine(this.adjoint.program, []);
    this.ended = this.machine.states.slice();
    this.endedAt = this.machine.position.slice();
  }

  /** The values for these learned parameters, in `to`. */
  forward(learned: ArrayLike<number>, to: Float64Array): void {
    const { states, params, position, layout } = this.machine;
    params.set(learned);
    states.fill(0);
    position.fill(0);
    this.kernel.run(this.machine, forwardEnd);
    this.states.forEach((state, i) => (to[i] = states[layout.offsets.get(state)!]!));
    this.ended.set(states);
    this.endedAt.set(position);
  }

  /** The gradient by the learned parameters of the last forward run, from that by the values; as often as wanted. */
  backward(cotangents: ArrayLike<number>): Float64Array {
    const { states, layout, position } = this.machine;
    states.set(this.ended);
    position.set(this.endedAt);
    this.states.forEach((state, i) => {
      const cotangent = this.adjoint.cotangents.get(state);
      if (cotangent !== undefined) states[layout.offsets.get(cotangent)!] = cotangents[i]!;
    });
    this.kernel.run(this.machine, backwardEnd);
    return Float64Array.from(this.learned, (name) => {
      const gradient = this.adjoint.gradients.get(name);
      return gradient === undefined ? 0 : states[layout.offsets.get(gradient)!]!;
    });
  }
}
