// The gpu backend: many lanes as threads of gpu.js, for wide screening in f32. A run is cut into launches of some events; the
// host uploads the states and what it computed, and reads back new states and the launch's rows. Nothing is kept on
// the device between launches: each launch's rows must come back anyway, and keeping the states there was no faster.

import type { Program } from '../../ir/program.js';
import { BackendError } from '../backend-error.js';
import type { BatchKernel, Tile } from '../batch.js';
import { layoutOf } from '../layout.js';
import type { Machine } from '../kernel.js';
import { emitKernel, type GpuArgument, type KernelSource } from './emit.js';
import { ranText, whatRan, type GpuInput, type GpuKernel, type GpuMode, type GpuRan } from './gpu-js.js';
import { coefficientsOf, Host } from './host.js';
import { Launch, shapeOf, type LaunchShape, type RowSlot } from './launch.js';
import { unpackRows } from './packing.js';
import { partition, type Partition } from './partition.js';
import { refuse } from './refuse.js';
import { scalarize } from './scalarize.js';
import { openGpu, type OpenGpu } from './open.js';

/** Lanes of one launch: textures may be this wide everywhere. */
const mostLanes = 4096;

/**
 * The Program on gpu.js: in the best mode there is, or in the one given, or where that fails in what gpu.js falls back to;
 * `detail` says in which. Throws BackendError without gpu.js, and for a Program that a kernel cannot carry.
 */
export async function gpuBatchKernel(program: Program, mode: 'async' | GpuMode = 'async'): Promise<BatchKernel> {
  const parts = planOf(program);
  const runner = new Runner(parts, await openGpu(mode));
  await runner.probe();
  return {
    backend: 'gpu',
    precision: 'f32',
    program,
    tileLanes: mostLanes,
    run: (tile, end) => runner.run(tile, end),
    get detail() {
      return runner.detail;
    },
  };
}

/** Who computes what. Throws BackendError for a Program that a kernel cannot carry. */
export function planOf(program: Program): Partition {
  const parts = partition(scalarize(program));
  refuse(parts);
  return parts;
}

/** Neighbouring lanes that are run by the same launches. */
interface Group {
  readonly first: number;
  readonly lanes: number;
  readonly states: Float32Array;
  readonly coefficients: Float32Array;
}

class Runner {
  private readonly parts: Partition;
  private readonly open: OpenGpu;
  private readonly host: Host;
  private readonly emitted: KernelSource;
  private readonly coefficientsOf: (tile: Tile) => Float32Array;
  /** One for each number of lanes and slots. */
  private readonly kernels = new Map<string, GpuKernel>();
  private ran: GpuRan | undefined;

  constructor(parts: Partition, open: OpenGpu) {
    this.parts = parts;
    this.open = open;
    this.host = new Host(parts);
    this.emitted = emitKernel(parts);
    this.coefficientsOf = coefficientsOf(parts);
    open.destroyWith(this, this.kernels);
  }

  /** Undefined where nothing differs from lane to lane, so that no kernel is needed. */
  get detail(): string | undefined {
    return this.ran === undefined ? undefined : ranText(this.ran);
  }

  /** Lets gpu.js make the kernel and settle on a mode: runs no event. */
  async probe(): Promise<void> {
    const { states, coefficients } = this.parts;
    const lanes = 4;
    const launch = new Launch(this.parts, this.shapeFor(lanes), this.emitted.packed);
    const group = {
      first: 0,
      lanes,
      states: new Float32Array(states.length * lanes),
      coefficients: new Float32Array(coefficients.size * lanes),
    };
    await this.launch(launch, group);
  }

  async run(tile: Tile, end: number): Promise<void> {
    const { parts, host } = this;
    const { offsets } = layoutOf(parts.program);
    const machine = host.machineOf(tile, offsets);
    const counts = (): number[] => parts.program.records.map(({ clock }) => machine.position[tile.layout.firstTicks + clock]!);
    const countsBefore = counts();
    const groups = this.groupsOf(tile);
    const launch = new Launch(parts, this.shapeFor(Math.max(...groups.map(({ lanes }) => lanes))), this.emitted.packed);
    const flush = async (): Promise<void> => {
      const rows = launch.close();
      for (const group of groups) this.take(await this.launch(launch, group), tile, group, rows);
      launch.clear();
    };
    for (let next = host.next(machine); next.tick < end; next = host.next(machine)) {
      if (!launch.hasRoomFor(next.event)) await flush();
      this.runOnHost(machine, next, launch, tile);
    }
    if (!launch.isEmpty) await flush();
    host.returnStates(machine, tile, offsets);
    this.returnStates(tile, groups);
    this.spreadRecords(tile, countsBefore, counts());
  }

  private runOnHost(machine: Machine, { tick, event }: { tick: number; event: number }, launch: Launch, { layout }: Tile): void {
    const { records, events } = this.parts.program;
    const { begins } = events[event]!;
    const rowOf = (record: number): number => {
      const { clock } = records[record]!;
      return machine.position[layout.firstTicks + clock]! - (begins.includes(clock) ? 0 : 1);
    };
    const place = launch.add(event, rowOf);
    this.host.run(machine, tick, launch.columns, place);
  }

  private groupsOf(tile: Tile): Group[] {
    const { lanes } = tile;
    const coefficients = this.coefficientsOf(tile);
    const { offsets } = layoutOf(this.parts.program);
    const groups = Math.ceil(lanes / mostLanes);
    return Array.from({ length: groups }, (_, g) => {
      const first = Math.floor((g * lanes) / groups);
      const width = Math.floor(((g + 1) * lanes) / groups) - first;
      const pick = (values: Float32Array | Float64Array, places: readonly number[]): Float32Array => {
        const picked = new Float32Array(places.length * width);
        places.forEach((place, i) => picked.set(values.subarray(place * lanes + first, place * lanes + first + width), i * width));
        return picked;
      };
      return {
        first,
        lanes: width,
        states: pick(
          tile.states,
          this.parts.states.map((state) => offsets.get(state)!),
        ),
        coefficients: pick(coefficients, [...this.parts.coefficients.values()]),
      };
    });
  }

  private shapeFor(lanes: number): LaunchShape {
    return shapeOf(
      this.parts,
      this.emitted.packed,
      lanes,
      this.ran?.mode === 'webasm' || this.ran?.mode === 'cpu' ? 'processor' : 'graphics',
    );
  }

  /** Rows of numbers, one for each slot. */
  private async launch({ slots, columns, width }: Launch, group: Group): Promise<readonly Float32Array[]> {
    const { emitted, open } = this;
    const { lanes } = group;
    const slotCount = slots.length / 3;
    if (slotCount === 0) return [];
    const values: { readonly [K in GpuArgument]: () => GpuInput } = {
      slots: () => open.input(slots, [3, slotCount]),
      columns: () => open.input(columns, [width, columns.length / width]),
      states: () => open.input(group.states, [lanes, group.states.length / lanes]),
      coefficients: () => open.input(group.coefficients, [lanes, group.coefficients.length / lanes]),
      data: () => open.input(emitted.data, [emitted.data.length, 1]),
    };
    const kernel = this.kernelFor(lanes, slotCount, columns.length / width);
    try {
      const rows = await kernel(...emitted.args.map((name) => values[name]()));
      this.ran = whatRan(open.library, kernel);
      return rows;
    } catch (error) {
      if (error instanceof BackendError) throw error;
      throw new BackendError(
        `gpu.js cannot run the kernel: ${error instanceof Error ? error.message : String(error)}`,
        'use the backend wasm',
      );
    }
  }

  private kernelFor(lanes: number, slotCount: number, events: number): GpuKernel {
    const key = `${lanes} ${slotCount} ${events}`;
    let kernel = this.kernels.get(key);
    if (kernel === undefined) {
      kernel = this.open.gpu.createKernel(this.emitted.source, {
        output: [lanes, slotCount],
        precision: 'single',
        tactic: 'precision',
        loopMaxIterations: events,
        asyncMode: true,
      });
      this.kernels.set(key, kernel);
    }
    return kernel;
  }

  /** Takes what a launch gave: new states, and rows of records. */
  private take(results: readonly Float32Array[], tile: Tile, { first, lanes, states }: Group, slots: readonly RowSlot[]): void {
    const stateCount = this.parts.states.length;
    for (let i = 0; i < stateCount; i++) states.set(results[i]!, i * lanes);
    slots.forEach(({ record, rows }, slot) => {
      const values = results[stateCount + slot]!;
      const columns = tile.records[record]!;
      const levels = this.emitted.packed.get(record);
      const row = rows[0]!;
      for (let lane = 0; lane < lanes; lane++) {
        if (levels === undefined) columns[first + lane]![row] = values[lane]!;
        else unpackRows(values[lane]!, rows, levels, columns[first + lane]!);
      }
    });
  }

  private returnStates(tile: Tile, groups: readonly Group[]): void {
    const { offsets } = layoutOf(this.parts.program);
    this.parts.states.forEach((state, i) => {
      const place = offsets.get(state)! * tile.lanes;
      for (const { first, lanes, states } of groups) tile.states.set(states.subarray(i * lanes, (i + 1) * lanes), place + first);
    });
  }

  /** Rows that the host wrote for all lanes stand in the first lane's column. */
  private spreadRecords({ records }: Tile, before: readonly number[], after: readonly number[]): void {
    records.forEach((columns, record) => {
      if (this.parts.records.has(record)) return;
      const rows = columns[0]!.subarray(Math.max(0, before[record]! - 1), after[record]);
      for (const column of columns.slice(1)) column.set(rows, Math.max(0, before[record]! - 1));
    });
  }
}
