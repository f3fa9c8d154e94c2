// The interpreter as a backend: every event is evaluated node by node. Slow; all others must agree with it.

import { evaluateRegion, type Evaluation, type Leaves } from '../ir/interpret.js';
import { orderNodes, type Region } from '../ir/order.js';
import { rootsOf } from '../ir/roots.js';
import type { Action, EventKind, Program } from '../ir/program.js';
import type { Expr } from '../ir/expr.js';
import type { StateRef } from '../ir/types.js';
import type { Kernel, Machine } from './kernel.js';
import { indexByName } from './layout.js';

/** Sees each node's value as it is computed. */
export type Visitor = (expr: Expr, value: number) => void;

export function interpretKernel(program: Program): Kernel {
  const interpreter = new Interpreter(program);
  const run = (machine: Machine, end: number): void => {
    for (let next = interpreter.next(machine); next.tick < end; next = interpreter.next(machine)) interpreter.run(machine, next);
  };
  return { backend: 'interpret', program, run };
}

/** An event to come. */
export interface NextEvent {
  /** Grid tick; Infinity where no event comes any more. */
  readonly tick: number;
  /** Index of its kind. */
  readonly event: number;
}

/** Runs a Program event by event. */
export class Interpreter {
  private readonly program: Program;
  private readonly regions: readonly Region[];
  private readonly names: Names;

  constructor(program: Program) {
    this.program = program;
    this.regions = program.events.map((event) => orderNodes(rootsOf(event)));
    this.names = { params: indexByName(program.params), clocks: indexByName(program.clocks) };
  }

  next(machine: Machine): NextEvent {
    return nextEvent(this.program, machine);
  }

  /** Runs the machine's next event. */
  run(machine: Machine, { tick, event }: NextEvent, visit?: Visitor): void {
    const { program, regions, names } = this;
    runEvent(program, program.events[event]!, regions[event]!, machine, tick, names, visit);
    advance(program, machine, tick);
  }
}

/** Indices by name. */
interface Names {
  readonly params: ReadonlyMap<string, number>;
  readonly clocks: ReadonlyMap<string, number>;
}

/** The event that a machine comes to next. */
export function nextEvent(program: Program, { position, layout }: Machine): NextEvent {
  const { timeline } = program;
  if (timeline.kind === 'table') {
    const entry = timeline.entries[position[1]!];
    return entry === undefined ? { tick: Infinity, event: -1 } : { tick: position[0]! + entry.at, event: entry.event };
  }
  const next = timeline.edges.map((_, i) => position[layout.nextEdge + i]!);
  const tick = Math.min(...next);
  const mask = next.reduce((bits, at, i) => bits + (at === tick ? 2 ** i : 0), 0);
  return { tick, event: timeline.eventOf[mask]! };
}

/** Puts a machine behind its next event, which is at the grid tick `tick`. */
export function advance(program: Program, { position, layout }: Machine, tick: number): void {
  const { timeline } = program;
  if (timeline.kind === 'table') {
    position[1]! += 1;
    if (position[1] === timeline.entries.length) {
      position[1] = 0;
      position[0]! += timeline.length;
    }
    return;
  }
  timeline.edges.forEach(({ period }, i) => {
    const at = layout.nextEdge + i;
    if (position[at] === tick) position[at]! += period;
  });
}

function runEvent(
  program: Program,
  event: EventKind,
  region: Region,
  machine: Machine,
  tick: number,
  names: Names,
  visit: Visitor | undefined,
): void {
  const { layout, states, position, params } = machine;
  for (const clock of event.begins) position[layout.firstTicks + clock]! += 1;
  for (const state of event.resets) resetState(state, states, layout.offsets.get(state)!);
  const begun = (clock: number): number => position[layout.firstTicks + clock]! - 1;
  const leaves: Leaves = {
    param: (name) => params[names.params.get(name)!]!,
    input: (key) => {
      throw new Error(`internal: input ${key} was not replaced`);
    },
    state: (ref) => states[layout.offsets.get(ref)!]!,
    element: (array, index) => (array.kind === 'data' ? array.values[index]! : states[layout.offsets.get(array)! + index]!),
    time: () => (tick * program.grid.numerator) / program.grid.denominator,
    tick: (clock) => begun(names.clocks.get(clock)!),
  };
  const evaluation = evaluateRegion(region, leaves, visit);
  // All values first, then all changes: nothing reads a state after the event.
  const changes = event.actions.map((action) => changeOf(action, evaluation, machine, (record) => begun(program.records[record]!.clock)));
  for (const change of changes) change();
}

function changeOf(
  action: Action,
  evaluation: Evaluation,
  { layout, states, records }: Machine,
  row: (record: number) => number,
): () => void {
  switch (action.do) {
    case 'record': {
      const value = evaluation.value(action.value);
      return () => void (records[action.record]![row(action.record)] = value);
    }
    case 'set': {
      const value = evaluation.value(action.value);
      return () => void (states[layout.offsets.get(action.state)!] = value);
    }
    case 'put': {
      const index = Math.max(0, Math.min(evaluation.value(action.index), action.state.length - 1));
      const value = evaluation.value(action.value);
      return () => void (states[layout.offsets.get(action.state)! + index] = value);
    }
    case 'fill': {
      const values = Array.from({ length: action.state.length }, (_, i) => evaluation.valueAt(action.loop, i, action.value));
      return () => states.set(values, layout.offsets.get(action.state));
    }
  }
}

function resetState(state: StateRef, states: Float64Array, offset: number): void {
  const { init } = state;
  for (let i = 0; i < Math.max(1, state.length); i++) states[offset + i] = typeof init === 'number' ? init : init[i]!;
}
