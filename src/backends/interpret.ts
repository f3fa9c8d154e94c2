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
  return { backend: 'interpret', program, run: (machine, end) => interpretEvents(program, machine, end) };
}

/** Runs the events before `end`, oldest first. */
export function interpretEvents(program: Program, machine: Machine, end: number, visit?: Visitor): void {
  const regions = program.events.map((event) => orderNodes(rootsOf(event)));
  const names: Names = { params: indexByName(program.params), clocks: indexByName(program.clocks) };
  for (let next = nextEvent(program, machine); next.tick < end; next = nextEvent(program, machine)) {
    if (next.event >= 0) runEvent(program, program.events[next.event]!, regions[next.event]!, machine, next.tick, names, visit);
    advance(program, machine, next.tick);
  }
}

/** Indices by name. */
interface Names {
  readonly params: ReadonlyMap<string, number>;
  readonly clocks: ReadonlyMap<string, number>;
}

function nextEvent(program: Program, { position, layout }: Machine): { tick: number; event: number } {
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

function advance(program: Program, { position, layout }: Machine, tick: number): void {
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
