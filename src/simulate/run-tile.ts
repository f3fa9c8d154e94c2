// Runs many lanes of a batch kernel side by side for a number of ticks, in pieces, and tells of each lane
// whether its numbers stayed finite. What a lane gives does not depend on the lanes beside it.

import { createTile, type BatchKernel, type Tile } from '../backends/batch.js';
import { allFinite } from '../numeric/all-finite.js';
import {
  gridEnds,
  makeColumns,
  nodesPerTick,
  pieceLength,
  pieceNodes,
  rowsBefore,
  waveformOf,
  type RecordedWaveform,
} from './recording.js';

export interface TileShape {
  /** Index of the clock (in the Program's clocks) whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  /** Lanes that there is memory for. */
  readonly lanes: number;
}

export interface TileResult {
  /** Ticks that were run: all, or those before it was stopped. */
  readonly ticks: number;
  /** By lane: all records and, between pieces, all states stayed finite. */
  readonly isFinite: readonly boolean[];
  /** The records of a lane; their memory is used again by the next run. */
  waveformsOf(lane: number): RecordedWaveform[];
}

/** Bytes of records and states that a lane takes. */
export function laneBytes({ program }: BatchKernel, { clock, ticks }: Pick<TileShape, 'clock' | 'ticks'>): number {
  const rows = rowsBefore(program, gridEnds(program, clock, ticks)(ticks));
  const states = program.states.reduce((sum, { length }) => sum + Math.max(1, length), 0);
  return 8 * (rows.reduce((sum, count) => sum + count, 0) + states + program.params.length);
}

/** Keeps the memory of records from run to run. */
export class TileRunner {
  private readonly kernel: BatchKernel;
  private readonly shape: TileShape;
  private readonly columns: readonly (readonly Float64Array[])[];
  private readonly endOf: (tick: number) => number;

  /** `columns[record][lane]` may be given where they are shared with others; DL506 where there is too little memory. */
  constructor(kernel: BatchKernel, shape: TileShape, columns?: readonly (readonly Float64Array[])[]) {
    this.kernel = kernel;
    this.shape = shape;
    this.endOf = gridEnds(kernel.program, shape.clock, shape.ticks);
    this.columns = columns ?? makeColumns(rowsBefore(kernel.program, this.endOf(shape.ticks)), shape.lanes);
  }

  /**
   * Runs `lanes` lanes from the start. `params`: value i of lane l at `i * lanes + l`. Other work happens between
   * pieces; `abort` ends the run after the present one.
   */
  async run(params: Float64Array, lanes: number, onPiece?: (ticksDone: number) => void, abort?: AbortSignal): Promise<TileResult> {
    const { kernel, endOf } = this;
    const { program } = kernel;
    const { clock, ticks } = this.shape;
    const records = this.columns.map((lanesOfRecord) => lanesOfRecord.slice(0, lanes));
    const tile = createTile(program, lanes, records, params);
    const isFinite = Array.from({ length: lanes }, () => true);
    // States are looked at after the same ticks however many lanes there are, so that all runs agree on what is finite.
    const checked = pieceLength(program, clock);
    const piece = Math.max(1, Math.min(checked, Math.floor(pieceNodes / (nodesPerTick(program, clock) * lanes))));
    let done = 0;
    let pausedAt = performance.now();
    while (done < ticks && abort?.aborted !== true) {
      const nextCheck = Math.min(ticks, (Math.floor(done / checked) + 1) * checked);
      const next = Math.min(nextCheck, done + piece);
      await kernel.run(tile, endOf(next));
      done = next;
      if (done === nextCheck) markWildStates(tile, isFinite);
      onPiece?.(done);
      if (done < ticks && performance.now() - pausedAt > 30) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        pausedAt = performance.now();
      }
    }
    const kept = rowsBefore(program, endOf(done));
    const rowsOf = (record: number, lane: number): Float64Array => records[record]![lane]!.subarray(0, kept[record]);
    for (let lane = 0; lane < lanes; lane++) isFinite[lane] &&= records.every((_, record) => allFinite(rowsOf(record, lane)));
    return {
      ticks: done,
      isFinite,
      waveformsOf: (lane) => program.records.map((record, i) => waveformOf(program, record, rowsOf(i, lane))),
    };
  }
}

function markWildStates({ states, lanes }: Tile, isFinite: boolean[]): void {
  for (let i = 0; i < states.length; i++) if (!Number.isFinite(states[i])) isFinite[i % lanes] = false;
}
