// Gradients of many lanes: runs a Program forwards, asks for the derivative of the objective by what was recorded, and runs
// it backwards. A long run is cut into segments; the states at their beginnings are kept, and each segment is run
// forwards once more before its reverse, so memory grows with the square root of time. Where these states are many, only
// some are kept, and the others are found again in between.

import { createTile, type BatchKernel, type Precision, type Tile } from '../backends/batch.js';
import { compileBatch, type BatchBackendName } from '../backends/compile-batch.js';
import type { Program } from '../ir/program.js';
import { gridEnds, makeColumns, rowsBefore } from '../simulate/recording.js';
import { adjointProgram, type AdjointProgram } from './adjoint-program.js';
import { checkpointStride, cutIntoSegments, enterSegment, turnParameters, turnSegment, type Segment } from './segments.js';
import { sowSeeds, type Seeds } from './sow-seeds.js';

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
  /**
   * Hyperperiods of a segment, or events where clocks are merged; without it the whole run where a lane's tape is short, else its
   * square root.
   */
  readonly hyperperiods?: number | undefined;
}

/** `[objective][lane]`: the rows of the records that the objective is made of. */
export type Rows = readonly (readonly Float64Array[])[];

/** Events whose tape is kept as a whole. */
const shortRun = 4096;

/** Compiles the gradient. `program` may hold surrogates; its parameters all vary from lane to lane. Throws GradientError, BackendError. */
export async function laneGradients(program: Program, options: LaneGradientsOptions): Promise<LaneGradients> {
  const end = gridEnds(program, options.clock, options.ticks)(options.ticks);
  const adjoint = adjointProgram(program, { ...options, ...segmentLength(program, end, options.hyperperiods) });
  const kernel = await compileBatch(adjoint.program, options);
  return new LaneGradients(program, options, adjoint, kernel, end);
}

/** Hyperperiods, or events of merged clocks, of a segment of a run that goes to the grid tick `end`. */
export function segmentLength({ timeline }: Program, end: number, wanted?: number): { hyperperiods: number; entries?: number } {
  if (timeline.kind === 'merged') {
    const events = Math.max(
      1,
      timeline.edges.reduce((sum, { period, offset }) => sum + Math.max(0, Math.ceil((end - offset) / period)), 0),
    );
    return { hyperperiods: 1, entries: Math.min(events, wanted ?? (events <= shortRun ? events : Math.ceil(Math.sqrt(events)))) };
  }
  const whole = Math.max(1, Math.ceil(end / timeline.length));
  const isShort = whole * timeline.entries.length <= shortRun;
  return { hyperperiods: Math.min(whole, wanted ?? (isShort ? whole : Math.ceil(Math.sqrt(whole)))) };
}

export class LaneGradients {
  readonly kernel: BatchKernel;
  readonly adjoint: AdjointProgram;
  private readonly program: Program;
  private readonly options: LaneGradientsOptions;
  /** Grid tick of the end. */
  private readonly end: number;
  private readonly segments: readonly Segment[];
  /** Values of a lane that are the Program's own states. */
  private readonly ownStates: number;

  constructor(program: Program, options: LaneGradientsOptions, adjoint: AdjointProgram, kernel: BatchKernel, end: number) {
    this.program = program;
    this.options = options;
    this.adjoint = adjoint;
    this.kernel = kernel;
    this.end = end;
    this.segments = cutIntoSegments(program, adjoint, end);
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
    const columns = makeColumns(rowsBefore(program, this.end), lanes);
    const tile = createTile(adjoint.program, lanes, columns, params);
    const count = segments.length;
    const every = checkpointStride(count, this.ownStates * lanes);
    const kept = new Map<number, Checkpoint>();
    const forwards = async (from: number, to: number, isKept: (segment: number) => boolean): Promise<void> => {
      for (let i = from; i < to; i++) {
        if (isKept(i)) kept.set(i, this.keep(tile));
        await this.forward(tile, segments[i]!);
      }
    };
    await forwards(0, count, (i) => i % every === 0 || i === count - 1);
    const records = options.objectives.map((name) => program.records.findIndex((record) => record.name === name));
    const seeds = seed(records.map((record) => columns[record]!.map((column) => column.subarray(0, this.rowsOf(record, tile)))));
    for (let i = count - 1; i >= 0; i--) {
      if (!kept.has(i)) {
        const group = i - (i % every);
        this.restore(tile, kept.get(group)!);
        await forwards(group, i, () => true);
        kept.set(i, this.keep(tile));
        await this.forward(tile, segments[i]!);
      } else if (i < count - 1) {
        this.restore(tile, kept.get(i)!);
        await this.forward(tile, segments[i]!);
      }
      sowSeeds(program, adjoint, tile, kept.get(i)!.position, segments[i]!, records, seeds);
      kept.delete(i);
      turnSegment(adjoint, tile.position, segments[i]!);
      await this.kernel.run(tile, segments[i]!.reverseEnd);
    }
    await this.kernel.run(tile, turnParameters(adjoint, tile.position));
    return options.learned.map((name) => this.gradientOf(tile, name));
  }

  private rowsOf(record: number, { layout, position }: Tile): number {
    return position[layout.firstTicks + this.program.records[record]!.clock]!;
  }

  /** 0 where nothing that the objective is made of depends on the parameter. */
  private gradientOf({ layout, states, lanes }: Tile, name: string): Float64Array {
    const state = this.adjoint.gradients.get(name);
    if (state === undefined) return new Float64Array(lanes);
    const at = layout.offsets.get(state)! * lanes;
    return states.slice(at, at + lanes);
  }

  private keep({ states, position, lanes }: Tile): Checkpoint {
    return { states: states.slice(0, this.ownStates * lanes), position: position.slice() };
  }

  private restore(tile: Tile, { states, position }: Checkpoint): void {
    tile.states.set(states);
    tile.position.set(position);
  }

  private async forward(tile: Tile, segment: Segment): Promise<void> {
    enterSegment(this.adjoint, tile.position, segment);
    const at = tile.layout.offsets.get(this.adjoint.entry);
    if (at !== undefined) tile.states.fill(0, at * tile.lanes, (at + 1) * tile.lanes);
    await this.kernel.run(tile, segment.forwardEnd);
  }
}

interface Checkpoint {
  readonly states: Float64Array;
  readonly position: Float64Array;
}
