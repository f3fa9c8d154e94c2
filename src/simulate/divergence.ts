// Finds where numbers stopped being finite: the piece in which it happened is run again by the
// interpreter, which sees every signal.

import { interpretEvents } from '../backends/interpret.js';
import { cloneMachine, type Machine } from '../backends/kernel.js';
import type { Program } from '../ir/program.js';

export interface Divergence {
  /** The first signal that was not finite. */
  readonly signal: string;
  /** NaN, Infinity or -Infinity. */
  readonly value: number;
  /** Tick of the run's clock, from 0. */
  readonly tick: number;
  readonly timeSeconds: number;
  readonly gridTick: number;
}

/** Thrown by front ends that cannot go on: a run left the finite numbers. */
export class NumericalError extends Error {
  readonly code = 'DL701';
  readonly divergence: Divergence;

  constructor(divergence: Divergence) {
    super(describeDivergence(divergence));
    this.name = 'NumericalError';
    this.divergence = divergence;
  }
}

export function describeDivergence({ signal, value, tick, timeSeconds }: Divergence): string {
  return `signal '${signal}' became ${value} at tick ${tick} (t = ${timeSeconds} s)`;
}

/** `machine` stands at the start of the piece, `end` is the piece's end. */
export function findDivergence(program: Program, machine: Machine, end: number, clock: number): Divergence {
  const { period, offset } = program.clocks[clock]!;
  const run = cloneMachine(machine);
  let found: { signal: string; value: number } | undefined;
  let tick = offset;
  // One grid tick of the run's clock at a time, so that the tick is known when it happens.
  const begun = machine.position[machine.layout.firstTicks + clock]!;
  for (let k = begun; found === undefined && tick < end; k++) {
    tick = offset + k * period;
    const before = cloneMachine(run);
    interpretEvents(program, run, tick + period, (expr, value) => {
      const signal = program.signalNames.get(expr);
      if (found === undefined && signal !== undefined && !Number.isFinite(value)) found = { signal, value };
    });
    if (found === undefined) found = firstState(program, before, run);
  }
  if (found === undefined) throw new Error('internal: the interpreter stayed finite where the kernel did not');
  const seconds = (tick * program.grid.numerator) / program.grid.denominator;
  return {
    ...(found as { signal: string; value: number }),
    tick: Math.max(0, Math.round((tick - offset) / period)),
    timeSeconds: seconds,
    gridTick: tick,
  };
}

/** A state that left the finite numbers in this step, where no signal shows it yet. */
function firstState(program: Program, before: Machine, after: Machine): { signal: string; value: number } | undefined {
  for (const state of program.states) {
    const at = after.layout.offsets.get(state)!;
    for (let i = at; i < at + Math.max(1, state.length); i++) {
      if (Number.isFinite(before.states[i]) && !Number.isFinite(after.states[i])) return { signal: state.name, value: after.states[i]! };
    }
  }
  return undefined;
}
