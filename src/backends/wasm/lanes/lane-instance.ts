// An instance of a module of lanes: runs what all lanes share through a span, which leaves its trace, then a group through
// the same span, and copies the rows of its records out window by window. Whose lanes they are is the caller's.

import type { Program } from '../../../ir/program.js';
import type { Tile } from '../../batch.js';
import { createMachine, type Kernel, type Machine } from '../../kernel.js';
import { layoutOf, type Layout } from '../../layout.js';
import { instantiate, type WasmInstance, type WasmModule } from '../engine.js';
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

/** What a LaneCode becomes: its module, and the kernel of what all lanes share. */
export interface LaneModules {
  readonly program: Program;
  readonly code: LaneCode;
  readonly module: WasmModule;
  readonly shared: Kernel;
}

export class LaneInstance {
  readonly area: AreaView;
  readonly memory: ArrayBuffer;
  readonly layout: Layout;
  private readonly modules: LaneModules;
  private readonly instance: WasmInstance;
  private readonly perGroup: number;
  private readonly position: Float64Array;
  private readonly traceRow: Float64Array;
  private readonly trace: readonly Float64Array[];
  private readonly records: readonly LaneRecord[];

  /** The memory has `morePages` pages beyond those of the module. Throws BackendError where there is no room. */
  constructor(modules: LaneModules, morePages = 0) {
    const { program, code, module } = modules;
    const { memory, windows } = code;
    const instance = instantiate(module, morePages);
    const view = (at: number, length: number): Float64Array => new Float64Array(instance.memory, at, length);
    this.modules = modules;
    this.instance = instance;
    this.memory = instance.memory;
    this.layout = layoutOf(program);
    this.area = new AreaView(memory, instance.memory, this.layout.offsets);
    this.perGroup = memory.shape.lanes;
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

  /** A machine of what all lanes share, before the first event; its records are columns of `lane`, and then the trace. */
  sharedMachine(records: Tile['records'], lane: number): Machine {
    const { split } = this.modules.code;
    return createMachine(split.shared, [...split.sharedRecords.map((record) => records[record]![lane]!), ...this.trace]);
  }

  /**
   * Runs lanes through the events before `end`, span by span, and moves the position on: the shared machine first, then each
   * group, whose first lane and area are given.
   */
  run(to: Pick<Tile, 'lanes' | 'records' | 'position'>, machine: Machine, groups: readonly Group[], end: number): void {
    const { position } = to;
    const { gridTicks } = this.modules.code.windows.span;
    for (let next = this.nextTick(position); next < end; next = this.nextTick(position)) {
      const spanEnd = Math.min(end, next + gridTicks);
      const before = position.slice();
      this.runShared(machine, position, spanEnd);
      for (const group of groups) this.runGroup(to, group, before, spanEnd);
    }
  }

  /** Copies the rows of shared records that were written since the position `start` from the lane `first` to those before `last`. */
  spreadRows({ records, position }: Pick<Tile, 'records' | 'position'>, start: Float64Array, first: number, last: number): void {
    const { code, program } = this.modules;
    for (const record of code.split.sharedRecords) {
      const place = this.layout.firstTicks + program.records[record]!.clock;
      const from = Math.max(0, start[place]! - 1);
      const rows = records[record]![first]!.subarray(from, position[place]!);
      for (let lane = first + 1; lane < last; lane++) records[record]![lane]!.set(rows, from);
    }
  }

  private runShared(machine: Machine, position: Float64Array, end: number): void {
    const events = this.layout.nextEdge;
    machine.position.set(position.subarray(0, events));
    machine.position[events] = 0;
    machine.position.set(position.subarray(events), events + 1);
    this.modules.shared.run(machine, end);
    position.set(machine.position.subarray(0, events));
    position.set(machine.position.subarray(events + 1), events);
  }

  private nextTick(position: Float64Array): number {
    return nextTick(this.modules.program, this.layout, position);
  }

  /** Runs a group through a span that the shared part has been through: `before` is the position where it began. */
  private runGroup(to: Pick<Tile, 'lanes' | 'records'>, group: Group, before: Float64Array, end: number): void {
    this.position.set(before);
    this.traceRow[0] = 0;
    for (let next = this.nextTick(this.position); next < end; next = this.nextTick(this.position)) {
      this.runWindow(to, group, Math.min(end, next + this.modules.code.windows.window.gridTicks));
    }
  }

  private runWindow({ lanes, records }: Pick<Tile, 'lanes' | 'records'>, { first, area }: Group, end: number): void {
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
}

/** Lanes that are run at once: the first of them, and the byte address of their area. */
export interface Group {
  readonly first: number;
  readonly area: number;
}
