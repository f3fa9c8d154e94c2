// Runs tiles of lanes: those that there are areas for are copied in, run, and copied back, then the next.

import type { Program } from '../../../ir/program.js';
import { laneOf, type BatchKernel, type Precision, type Tile } from '../../batch.js';
import type { HeldLanes } from '../../held-lanes.js';
import type { Machine } from '../../kernel.js';
import { layoutOf, type Layout } from '../../layout.js';
import { wasmKernel } from '../compile.js';
import { compileModule } from '../engine.js';
import { HeldAreas } from './held-areas.js';
import type { LaneCode } from './lane-code.js';
import { LaneInstance, type Group, type LaneModules } from './lane-instance.js';

export class LaneMachine implements BatchKernel {
  readonly backend = 'wasm';
  readonly precision: Precision;
  readonly program: Program;
  readonly tileLanes: number;
  private readonly code: LaneCode;
  private readonly modules: LaneModules;
  private readonly instance: LaneInstance;
  private readonly sharedLayout: Layout;

  constructor(program: Program, code: LaneCode) {
    const { memory, split } = code;
    this.program = program;
    this.precision = memory.shape.precision;
    this.tileLanes = code.areas.length * memory.shape.lanes;
    this.code = code;
    this.modules = { program, code, module: compileModule(code.bytes), shared: wasmKernel(split.shared) };
    this.instance = new LaneInstance(this.modules);
    this.sharedLayout = layoutOf(split.shared);
  }

  hold(lanes: number, records: Tile['records']): HeldLanes {
    return new HeldAreas(this.modules, lanes, records);
  }

  run(tile: Tile, end: number): void {
    const start = tile.position.slice();
    for (let first = 0; first < tile.lanes; first += this.tileLanes) {
      this.runLanes(tile, start, first, Math.min(tile.lanes, first + this.tileLanes), end);
    }
  }

  /** Runs the lanes from `first` to before `last`, no more than there are areas for, from the position `start`. */
  private runLanes(tile: Tile, start: Float64Array, first: number, last: number, end: number): void {
    const { instance, code } = this;
    tile.position.set(start);
    const perGroup = code.memory.shape.lanes;
    const groups = Array.from({ length: Math.ceil((last - first) / perGroup) }, (_, i): Group => ({
      first: first + i * perGroup,
      area: code.areas[i]!,
    }));
    const machine = this.sharedMachine(tile, first);
    for (const group of groups) instance.area.read(tile, group.first, group.area);
    instance.run(tile, machine, groups, end);
    for (const group of groups) instance.area.write(tile, group.first, group.area);
    this.spreadStates(tile, machine, first, last);
    instance.spreadRows(tile, start, first, last);
  }

  /** The machine of what all lanes share, from the tile's lane `first`. */
  private sharedMachine(tile: Tile, first: number): Machine {
    const machine = this.instance.sharedMachine(tile.records, first);
    const { states } = laneOf(tile, first);
    for (const [state, at] of this.sharedLayout.offsets) {
      const from = this.instance.layout.offsets.get(state)!;
      machine.states.set(states.subarray(from, from + Math.max(1, state.length)), at);
    }
    return machine;
  }

  /** Gives every lane the shared states. */
  private spreadStates({ lanes, states }: Tile, machine: Machine, first: number, last: number): void {
    for (const [state, at] of this.sharedLayout.offsets) {
      const to = this.instance.layout.offsets.get(state)!;
      for (let i = 0; i < Math.max(1, state.length); i++) {
        states.fill(machine.states[at + i]!, (to + i) * lanes + first, (to + i) * lanes + last);
      }
    }
  }
}
