// Runs tiles of lanes: span by span, what all lanes share is run once and leaves its trace, then group after group runs
// through the span, and the rows of its records are copied out window by window.

import type { Program } from '../../../ir/program.js';
import { laneOf, type BatchKernel, type Precision, type Tile } from '../../batch.js';
import { createMachine, type Kernel, type Machine } from '../../kernel.js';
import { layoutOf, type Layout } from '../../layout.js';
import { wasmKernel } from '../compile.js';
import { instantiate, type WasmInstance } from '../engine.js';
import { fillRows, rowsWritten, takeRows, type RowsWritten } from '../record-rows.js';
import { nextTick } from '../windows.js';
import { AreaView } from './area-view.js';
import type { LaneCode } from './lane-code.js';

/** A record that lanes write. */
interface LaneRecord {
  readonly record: number;
  readonly clock: number;
  readonly written: RowsWritten;
  /** Rows of each lane of a group. */
  readonly rows: readonly Float64Array[];
}

export class LaneMachine implements BatchKernel {
  readonly backend = 'wasm';
  readonly precision: Precision;
  readonly program: Program;
  readonly tileLanes: number;
  private readonly code: LaneCode;
  private readonly perGroup: number;
  private readonly instance: WasmInstance;
  private readonly shared: Kernel;
  private readonly layout: Layout;
  private readonly sharedLayout: Layout;
  private readonly areas: readonly AreaView[];
  private readonly position: Float64Array;
  private readonly traceRow: Float64Array;
  private readonly trace: readonly Float64Array[];
  private readonly records: readonly LaneRecord[];

  constructor(program: Program, code: LaneCode) {
    const { memory, split, windows } = code;
    const instance = instantiate(code.bytes);
    const view = (at: number, length: number): Float64Array => new Float64Array(instance.memory, at, length);
    this.program = program;
    this.precision = memory.shape.precision;
    this.perGroup = memory.shape.lanes;
    this.tileLanes = code.areas.length * this.perGroup;
    this.code = code;
    this.instance = instance;
    this.shared = wasmKernel(split.shared);
    this.layout = layoutOf(program);
    this.sharedLayout = layoutOf(split.shared);
    this.areas = code.areas.map((at) => new AreaView(memory, instance.memory, at, this.layout.offsets));
    this.position = view(memory.common.position, this.layout.positionLength);
    // The first row of a column is for the tick that had begun before a window; of events there is none.
    this.traceRow = view(memory.traceRow, 1);
    this.trace = memory.trace.map((at) => view(at, windows.span.rows).subarray(1));
    const written = rowsWritten(program);
    this.records = memory.rows.flatMap((at, record) => {
      if (at === undefined) return [];
      const rows = Array.from({ length: this.perGroup }, (_, lane) => view(at + memory.laneStride * lane, windows.window.rows));
      return [{ record, clock: program.records[record]!.clock, written: written[record]!, rows }];
    });
    for (const { at, values } of memory.common.constants) view(at, values.length).set(values);
    for (const { at, words } of memory.images) new BigInt64Array(instance.memory, at, words.length).set(words);
  }

  run(tile: Tile, end: number): void {
    const start = tile.position.slice();
    for (let first = 0; first < tile.lanes; first += this.tileLanes) {
      this.runLanes(tile, start, first, Math.min(tile.lanes, first + this.tileLanes), end);
    }
  }

  /** Runs the lanes from `first` to before `last`, no more than there are areas for, from the position `start`. */
  private runLanes(tile: Tile, start: Float64Array, first: number, last: number, end: number): void {
    const { position } = tile;
    const { perGroup } = this;
    position.set(start);
    const groups = Math.ceil((last - first) / perGroup);
    const machine = this.sharedMachine(tile, first);
    for (let i = 0; i < groups; i++) this.areas[i]!.read(tile, first + i * perGroup);
    for (let next = this.nextTick(position); next < end; next = this.nextTick(position)) {
      const spanEnd = Math.min(end, next + this.code.windows.span.gridTicks);
      const before = position.slice();
      this.runShared(machine, position, spanEnd);
      for (let i = 0; i < groups; i++) this.runGroup(tile, first + i * perGroup, this.code.areas[i]!, before, spanEnd);
    }
    for (let i = 0; i < groups; i++) this.areas[i]!.write(tile, first + i * perGroup);
    this.writeShared(tile, machine, start, first, last);
  }

  /** The machine of what all lanes share, from the tile's first lane; its last records are the trace. */
  private sharedMachine(tile: Tile, lane: number): Machine {
    const { split } = this.code;
    const records = [...split.sharedRecords.map((record) => tile.records[record]![lane]!), ...this.trace];
    const machine = createMachine(split.shared, records);
    const { states } = laneOf(tile, lane);
    for (const [state, at] of this.sharedLayout.offsets) {
      const from = this.layout.offsets.get(state)!;
      machine.states.set(states.subarray(from, from + Math.max(1, state.length)), at);
    }
    return machine;
  }

  /** Runs the shared part through a span, which moves the position on. */
  private runShared(machine: Machine, position: Float64Array, end: number): void {
    const events = this.layout.nextEdge;
    machine.position.set(position.subarray(0, events));
    machine.position[events] = 0;
    machine.position.set(position.subarray(events), events + 1);
    this.shared.run(machine, end);
    position.set(machine.position.subarray(0, events));
    position.set(machine.position.subarray(events + 1), events);
  }

  private nextTick(position: Float64Array): number {
    return nextTick(this.program, this.layout, position);
  }

  /** Runs a group through a span that the shared part has been through: `before` is the position where it began. */
  private runGroup(tile: Tile, first: number, area: number, before: Float64Array, end: number): void {
    this.position.set(before);
    this.traceRow[0] = 0;
    for (let next = this.nextTick(this.position); next < end; next = this.nextTick(this.position)) {
      this.runWindow(tile, first, area, Math.min(end, next + this.code.windows.window.gridTicks));
    }
  }

  private runWindow({ lanes, records }: Tile, first: number, area: number, end: number): void {
    const count = Math.min(this.perGroup, lanes - first);
    const begun = this.records.map(({ clock }) => this.position[this.layout.firstTicks + clock]!);
    this.records.forEach(({ record, written, rows }, r) => {
      for (let i = 0; i < count; i++) fillRows(rows[i]!, records[record]![first + i]!, begun[r]! - 1, written);
    });
    this.instance.run(end, area);
    this.records.forEach(({ record, clock, written, rows }, r) => {
      const ended = this.position[this.layout.firstTicks + clock]!;
      for (let i = 0; i < count; i++) takeRows(rows[i]!, records[record]![first + i]!, begun[r]! - 1, ended, written);
    });
  }

  /** Gives every lane the shared states, and the rows of shared records that were written since the position `start`. */
  private writeShared(
    { lanes, states, records, position }: Tile,
    machine: Machine,
    start: Float64Array,
    first: number,
    last: number,
  ): void {
    const { firstTicks, offsets } = this.layout;
    for (const [state, at] of this.sharedLayout.offsets) {
      const to = offsets.get(state)!;
      for (let i = 0; i < Math.max(1, state.length); i++) {
        states.fill(machine.states[at + i]!, (to + i) * lanes + first, (to + i) * lanes + last);
      }
    }
    for (const record of this.code.split.sharedRecords) {
      const place = firstTicks + this.program.records[record]!.clock;
      const from = Math.max(0, start[place]! - 1);
      const rows = records[record]![first]!.subarray(from, position[place]!);
      for (let lane = first + 1; lane < last; lane++) records[record]![lane]!.set(rows, from);
    }
  }
}
