// What the host computes in f64 for the kernel: for each event the values that all lanes share, by a Program of the shared
// part alone that runs event by event on the best backend of single runs; and for each lane what follows from parameters.

import { withArena, type Expr } from '../../ir/expr.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import type { StateRef } from '../../ir/types.js';
import { BackendError } from '../backend-error.js';
import type { Tile } from '../batch.js';
import { compileKernel } from '../compile.js';
import { Interpreter } from '../interpret.js';
import { createMachine, type Kernel, type Machine } from '../kernel.js';
import { layoutOf, type Layout } from '../layout.js';
import { largestExactInt } from './int-range.js';
import { isKernelAction, type Partition } from './partition.js';

/** Keeps each value as a state, which an action sets. */
function stateFor(expr: Expr, name: string): StateRef {
  return { kind: 'state', name, type: expr.type, length: 0, init: 0 };
}

/** The shared part of a Program. It writes the records that all lanes share into the first lane's columns. */
export class Host {
  private readonly parts: Partition;
  private readonly program: Program;
  private readonly kernel: Kernel;
  private readonly timeline: Interpreter;
  private readonly layout: Layout;
  private readonly columns: readonly { readonly expr: Expr; readonly offset: number }[];

  constructor(parts: Partition) {
    this.parts = parts;
    const kept = [...parts.columns.keys()].map((expr, i) => ({ expr, state: stateFor(expr, `column ${i}`) }));
    this.program = hostProgram(parts, kept);
    this.kernel = compileKernel(this.program);
    this.timeline = new Interpreter(this.program);
    this.layout = layoutOf(this.program);
    this.columns = kept.map(({ expr, state }) => ({ expr, offset: this.layout.offsets.get(state)! }));
  }

  /** A machine at the tile's place in time, whose position is the tile's. `offsets`: places of the states in the tile. */
  machineOf(tile: Tile, offsets: ReadonlyMap<StateRef, number>): Machine {
    const machine = createMachine(
      this.program,
      tile.records.map((columns) => columns[0]!),
    );
    this.moveStates(tile, offsets, (place, from) => (machine.states[place] = tile.states[from]!));
    return { ...machine, position: tile.position };
  }

  /** Gives the states of the machine to all lanes. */
  returnStates(machine: Machine, tile: Tile, offsets: ReadonlyMap<StateRef, number>): void {
    this.moveStates(tile, offsets, (place, from) => tile.states.fill(machine.states[place]!, from, from + tile.lanes));
  }

  private moveStates({ lanes }: Tile, offsets: ReadonlyMap<StateRef, number>, move: (place: number, from: number) => void): void {
    for (const state of this.parts.hostStates) {
      const [at, from] = [this.layout.offsets.get(state)!, offsets.get(state)!];
      for (let i = 0; i < Math.max(1, state.length); i++) move(at + i, (from + i) * lanes);
    }
  }

  next(machine: Machine): { readonly tick: number; readonly event: number } {
    return this.timeline.next(machine);
  }

  /** Runs the event at the tick and writes its columns to `row` from `start` on. */
  run(machine: Machine, tick: number, row: Float32Array, start: number): void {
    this.kernel.run(machine, tick + 1);
    this.columns.forEach(({ expr, offset }, i) => {
      const value = machine.states[offset]!;
      checkWhole(expr, value);
      row[start + i] = value;
    });
  }
}

/** Counts and ints must be floats exactly. */
function checkWhole(expr: Expr, value: number): void {
  if ((expr.op !== 'tick' && expr.type !== 'int') || Math.abs(value) <= largestExactInt) return;
  const what = expr.op === 'tick' ? 'count of ticks' : 'int';
  throw new BackendError(
    `the gpu backend cannot run on: a ${what} became ${value}, and floats hold whole numbers up to 2^24 only`,
    'use the backend wasm, or run fewer ticks',
  );
}

function hostProgram(parts: Partition, kept: readonly { readonly expr: Expr; readonly state: StateRef }[]): Program {
  const { program, hostStates } = parts;
  const events = program.events.map((event): EventKind => {
    const own = event.actions.filter((action) => !isKernelAction(action, parts));
    const actions = [...own, ...kept.map(({ expr, state }): Action => ({ do: 'set', state, value: expr }))];
    return { ...event, resets: event.resets.filter((state) => hostStates.includes(state)), actions };
  });
  return { ...program, params: [], states: [...hostStates, ...kept.map(({ state }) => state)], events, signalNames: new Map() };
}

/** Computes what follows from the parameters of each lane: gives coefficient i of lane l at `i * lanes + l`. */
export function coefficientsOf({ program, coefficients }: Partition): (tile: Tile) => Float32Array {
  if (coefficients.size === 0) return () => new Float32Array(0);
  const kept = [...coefficients.keys()].map((expr, i) => ({ expr, state: stateFor(expr, `coefficient ${i}`) }));
  const once: Program = withArena(() => ({
    ...program,
    clocks: [],
    states: kept.map(({ state }) => state),
    records: [],
    events: [{ edges: [], begins: [], resets: [], actions: kept.map(({ expr, state }): Action => ({ do: 'set', state, value: expr })) }],
    timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
    signalNames: new Map(),
  }));
  const kernel = compileKernel(once);
  return ({ params, lanes }) => {
    const values = new Float32Array(kept.length * lanes);
    const own = new Float64Array(program.params.length);
    for (let lane = 0; lane < lanes; lane++) {
      for (let i = 0; i < own.length; i++) own[i] = params[i * lanes + lane]!;
      const machine = createMachine(once, [], own);
      kernel.run(machine, 1);
      kept.forEach(({ expr }, i) => {
        checkWhole(expr, machine.states[i]!);
        values[i * lanes + lane] = machine.states[i]!;
      });
    }
    return values;
  };
}
