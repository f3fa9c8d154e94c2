// Gradients of many lanes: runs a Program forwards, asks for the derivative of the objective by what was recorded, and runs
// it backwards. A long run is cut into segments; the states at their beginnings are kept, and each segment is run
// forwards once more before its reverse, so memory grows with the square root of time.

import { createTile, type BatchKernel, type Precision, type Tile } from '../backends/batch.js';
import { compileBatch, type BatchBackendName } from '../backends/compile-batch.js';
import type { Program } from '../ir/program.js';
import { adjointProgram, type AdjointProgram } from './adjoint-program.js';
import { GradientError } from './gradient-error.js';

export interface LaneGradientsOptions {
  /** Names of the parameters whose gradient is wanted. */
  readonly learned: readonly string[];
  /** Names of the records that the objective is made of. */
  readonly objectives: readonly string[];
  /** Index of the clock whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  readonly backend?: BatchBackendName | undefined;
  readonly precision?: Precision | undefined;
  /** Hyperperiods of a segment; without it the whole run where a lane's tape is short, else its square root. */
  readonly hyperperiods?: number | undefined;
}

/** `[objective][lane]`: the derivative of the objective by each row of the record. */
export type Seeds = readonly (readonly Float64Array[])[];
/** `[objective][lane]`: the rows of the records that the objective is made of. */
export type Rows = readonly (readonly Float64Array[])[];

/** Events whose tape is kept as a whole. */
const shortRun = 4096;

/** Compiles the gradient. `program` may hold surrogates; its parameters all vary from lane to lane. Throws GradientError, BackendError. */
export async function laneGradients(program: Program, options: LaneGradientsOptions): Promise<LaneGradients> {
  const { timeline, clocks } = program;
  if (timeline.kind !== 'table') throw new GradientError('clocks whose edges do not repeat within a short time have no gradient yet');
  const { offset, period } = clocks[options.clock]!;
  const end = offset + options.ticks * period;
  const whole = Math.ceil(end / timeline.length);
  const isShort = whole * timeline.entries.length <= shortRun;
  const hyperperiods = Math.min(whole, options.hyperperiods ?? (isShort ? whole : Math.ceil(Math.sqrt(whole))));
  const adjoint = adjointProgram(program, { ...options, hyperperiods });
  const kernel = await compileBatch(adjoint.program, options);
  return new LaneGradients(program, options, adjoint, kernel, end);
}

export class LaneGradients {
  readonly kernel: BatchKernel;
  readonly adjoint: AdjointProgram;
  private readonly program: Program;
  private readonly options: LaneGradientsOptions;
  private readonly segments: readonly Segment[];
  /** Values of a lane that are the Program's own states. */
  private readonly ownStates: number;

  constructor(program: Program, options: LaneGradientsOptions, adjoint: AdjointProgram, kernel: BatchKernel, end: number) {
    this.program = program;
    this.options = options;
    this.adjoint = adjoint;
    this.kernel = kernel;
    this.segments = cutIntoSegments(adjoint, end);
    const own = new Set(program.states);
    this.ownStates = adjoint.program.states.filter((state) => own.has(state)).reduce((sum, { length }) => sum + Math.max(1, length), 0);
  }

  /**
   * Values and gradients of `lanes` lanes. `params` has a value for each parameter of the adjoint's Program and lane, as a
   * Tile. `seed` gets the rows that were recorded and gives the derivative of the objective by them. The result is
   * `[learned][lane]`.
   */
  async run(lanes: number, params: Float64Array, seed: (rows: Rows) => Seeds): Promise<Float64Array[]> {
    const { options, adjoint, segments, program } = this;
    const { period } = program.clocks[options.clock]!;
    const columns = program.records.map(({ clock }) => {
      const rows = Math.ceil((options.ticks * period) / program.clocks[clock]!.period) + 1;
      return Array.from({ length: lanes }, () => new Float64Array(rows));
    });
    const tile = createTile(adjoint.program, lanes, columns, params);
    const checkpoints: Checkpoint[] = [];
    for (const segment of segments) {
      checkpoints.push(this.keep(tile));
      this.enter(tile, segment);
      await this.kernel.run(tile, segment.start + segment.length);
    }
    const records = this.options.objectives.map((name) => program.records.findIndex((record) => record.name === name));
    const seeds = seed(records.map((record) => columns[record]!.map((column) => column.subarray(0, this.rowsOf(record, tile)))));
    for (let i = segments.length - 1; i >= 0; i--) {
      const segment = segments[i]!;
      if (i < segments.length - 1) {
        this.restore(tile, checkpoints[i]!);
        this.enter(tile, segment);
        await this.kernel.run(tile, segment.start + segment.length);
      }
      this.sow(tile, checkpoints[i]!, segment, records, seeds);
      tile.position[0] = segment.start;
      tile.position[1] = 2 * adjoint.entries - segment.entries;
      await this.kernel.run(tile, segment.start + 2 * adjoint.length + (i === 0 ? 1 : 0));
    }
    return options.learned.map((name) => this.stateOf(tile, adjoint.gradients.get(name)!));
  }

  private rowsOf(record: number, { layout, position }: Tile): number {
    return position[layout.firstTicks + this.program.records[record]!.clock]!;
  }

  private stateOf({ layout, states, lanes }: Tile, state: Parameters<Tile['layout']['offsets']['get']>[0]): Float64Array {
    const at = layout.offsets.get(state)! * lanes;
    return states.slice(at, at + Math.max(1, state.length) * lanes);
  }

  private keep({ states, position, lanes }: Tile): Checkpoint {
    return { states: states.slice(0, this.ownStates * lanes), position: position.slice() };
  }

  private restore(tile: Tile, { states, position }: Checkpoint): void {
    tile.states.set(states);
    tile.position.set(position);
  }

  /** Before the first event of a segment, forwards. */
  private enter(tile: Tile, { start }: Segment): void {
    tile.position[0] = start;
    tile.position[1] = 0;
    const at = tile.layout.offsets.get(this.adjoint.entry);
    if (at !== undefined) tile.states.fill(0, at * tile.lanes, (at + 1) * tile.lanes);
  }

  /** Puts the derivatives by rows where the reverse of the events that wrote them reads them. */
  private sow(tile: Tile, { position }: Checkpoint, { entries }: Segment, records: readonly number[], seeds: Seeds): void {
    const { timeline, events } = this.program;
    if (timeline.kind !== 'table') throw new Error('internal: a segment needs a table');
    const { lanes, layout, states } = tile;
    records.forEach((record, objective) => {
      const array = this.adjoint.seeds.get(this.options.objectives[objective]!);
      if (array === undefined) return;
      const at = layout.offsets.get(array)! * lanes;
      const { clock } = this.program.records[record]!;
      let row = position[layout.firstTicks + clock]! - 1;
      for (let i = 0; i < entries; i++) {
        const event = events[timeline.entries[i % timeline.entries.length]!.event]!;
        if (event.begins.includes(clock)) row++;
        const isWritten = event.actions.some((action) => action.do === 'record' && action.record === record);
        for (let lane = 0; lane < lanes; lane++) states[at + i * lanes + lane] = isWritten ? (seeds[objective]![lane]![row] ?? 0) : 0;
      }
    });
  }
}

interface Checkpoint {
  readonly states: Float64Array;
  readonly position: Float64Array;
}

export interface Segment {
  /** Grid ticks. */
  readonly start: number;
  readonly length: number;
  /** Events that are run of it. */
  readonly entries: number;
}

export function cutIntoSegments({ program, length, entries }: AdjointProgram, end: number): Segment[] {
  const { timeline } = program;
  if (timeline.kind !== 'table') throw new Error('internal: a segment needs a table');
  const forwards = timeline.entries.slice(0, entries);
  return Array.from({ length: Math.ceil(end / length) }, (_, i) => {
    const left = Math.min(length, end - i * length);
    return { start: i * length, length: left, entries: forwards.filter(({ at }) => at < left).length };
  });
}
