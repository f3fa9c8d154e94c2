// Finds where numbers stopped being finite: the kernel runs the piece in which it happened again, tick by
// tick, and the interpreter, which sees every signal, the tick.

import { Interpreter } from '../backends/interpret.js';
import { cloneMachine, type Kernel, type Machine } from '../backends/kernel.js';
import type { Expr } from '../ir/expr.js';
import { reachableNodes } from '../ir/leaves.js';
import type { EventKind, Program } from '../ir/program.js';

export interface Divergence {
  /** The first signal that was not finite, of those by which a state or a record became so. */
  readonly signal: string;
  /** NaN, Infinity or -Infinity. */
  readonly value: number;
  /** Tick of the run's clock, from 0. */
  readonly tick: number;
  /** Time of the event, in seconds. */
  readonly timeSeconds: number;
  readonly gridTick: number;
}

export function describeDivergence({ signal, value, tick, timeSeconds }: Divergence): string {
  return `signal '${signal}' became ${value} at tick ${tick} (t = ${timeSeconds} s)`;
}

/** Whether all states, and the rows of records that were written since `before`, are finite. */
export function isFiniteSince(program: Program, machine: Machine, before: Machine): boolean {
  if (!machine.states.every(Number.isFinite)) return false;
  return machine.records.every((values, i) => {
    const { clock } = program.records[i]!;
    const at = machine.layout.firstTicks + clock;
    // The row of a tick that had begun before may have been written since.
    for (let row = Math.max(0, before.position[at]! - 1); row < machine.position[at]!; row++)
      if (row < values.length && !Number.isFinite(values[row])) return false;
    return true;
  });
}

/** `machine` stands at the start of the piece, `end` is the piece's end; `clock` is the index of the run's clock. */
export function findDivergence(kernel: Kernel, machine: Machine, end: number, clock: number): Divergence {
  const { program } = kernel;
  const { period, offset } = program.clocks[clock]!;
  const interpreter = new Interpreter(program);
  const run = cloneMachine(machine);
  for (let tick = machine.position[machine.layout.firstTicks + clock]!; offset + tick * period < end; tick++) {
    const before = cloneMachine(run);
    const tickEnd = offset + (tick + 1) * period;
    kernel.run(run, tickEnd);
    const found = isFiniteSince(program, run, before) ? undefined : findInTick(interpreter, program, before, tickEnd);
    if (found === undefined) continue;
    return { ...found, tick, timeSeconds: (found.gridTick * program.grid.numerator) / program.grid.denominator };
  }
  throw new Error('internal: the interpreter stayed finite where the kernel did not');
}

type Found = Pick<Divergence, 'signal' | 'value' | 'gridTick'>;

function findInTick(interpreter: Interpreter, program: Program, machine: Machine, end: number): Found | undefined {
  for (let next = interpreter.next(machine); next.tick < end; next = interpreter.next(machine)) {
    const wild = new Map<Expr, number>();
    interpreter.run(machine, next, (expr, value) => {
      if (!Number.isFinite(value) && !wild.has(expr)) wild.set(expr, value);
    });
    const origin = originOf(program.events[next.event]!, wild, program);
    if (origin !== undefined) return { ...origin, gridTick: next.tick };
  }
  return undefined;
}

/**
 * The first named one of the values that reached a state or a record through values that were not finite
 * either; an infinity that was limited on the way did no harm. `wild` holds all that were not finite.
 */
function originOf({ actions }: EventKind, wild: ReadonlyMap<Expr, number>, program: Program): Omit<Found, 'gridTick'> | undefined {
  const failed = actions.filter((action) => wild.has(action.value));
  const [first] = failed;
  if (first === undefined) return undefined;
  const culprits = reachableNodes(
    failed.map((action) => action.value),
    (expr) => !wild.has(expr),
  );
  const [named] = [...culprits].filter((expr) => program.signalNames.has(expr)).sort((a, b) => a.id - b.id);
  if (named !== undefined) return { signal: program.signalNames.get(named)!, value: wild.get(named)! };
  const signal = first.do === 'record' ? program.records[first.record]!.name : first.state.name;
  return { signal, value: wild.get(first.value)! };
}
