// Runs many lanes of a batch kernel side by side for a number of ticks, in pieces, and tells of each lane
// whether its numbers stayed finite. What a lane gives does not depend on the lanes beside it.

import { createTile, type BatchKernel, type Tile } from '../backends/batch.js';
import { allFinite } from '../numeric/all-finite.js';
import { gridEnds, nodesPerTick, pieceLength, pieceNodes, rowsBefore, waveformOf, type RecordedWaveform } from './recording.js';

export interface TileResult {
  /** Ticks that were run: all, or those before it was stopped. */
  readonly ticks: number;
  /** By lane: all records and, between pieces, all states stayed finite. */
  readonly isFinite: readonly boolean[];
  waveformsOf(lane: number): RecordedWaveform[];
}

/** Asked between pieces; an AbortSignal is one. */
export type Stop = Pick<AbortSignal, 'aborted'>;

export class TileRunner {
  /** Rows that each record has. */
  readonly rows: readonly number[];
  private readonly kernel: BatchKernel;
  private readonly ticks: number;
  private readonly endOf: (tick: number) => number;
  private readonly nodesPerTick: number;
  /** Ticks after which states are looked at: the same however many lanes there are, so that all runs agree on what is finite. */
  private readonly checkTicks: number;

  /** `clock` is the index (in the Program's clocks) of the one whose ticks are counted. */
  constructor(kernel: BatchKernel, clock: number, ticks: number) {
    const { program } = kernel;
    this.kernel = kernel;
    this.ticks = ticks;
    this.endOf = gridEnds(program, clock, ticks);
    this.rows = rowsBefore(program, this.endOf(ticks));
    this.nodesPerTick = nodesPerTick(program, clock);
    this.checkTicks = pieceLength(program, clock);
  }

  /** Lanes to run together: what the kernel likes best, as far as there is memory for, at least one. */
  lanesWithin(bytes: number): number {
    const { program, tileLanes } = this.kernel;
    const numbers = [...this.rows, ...program.states.map(({ length }) => Math.max(1, length)), program.params.length];
    return Math.max(1, Math.min(tileLanes, Math.floor(bytes / (8 * numbers.reduce((sum, count) => sum + count, 0)))));
  }

  /**
   * Runs `lanes` lanes from the start. `params`: value i of lane l at `i * lanes + l`. `records[record][lane]`: columns of
   * `rows` numbers. Other work happens between pieces; `abort` ends the run after the present one.
   */
  async run(lanes: number, params: Float64Array, records: readonly (readonly Float64Array[])[], abort?: Stop): Promise<TileResult> {
    const { kernel, ticks, endOf, checkTicks } = this;
    const { program } = kernel;
    const tile = createTile(program, lanes, records, params);
    const isFinite = Array.from({ length: lanes }, () => true);
    const piece = Math.max(1, Math.min(checkTicks, Math.floor(pieceNodes / (this.nodesPerTick * lanes))));
    let done = 0;
    let pausedAt = performance.now();
    while (done < ticks && abort?.aborted !== true) {
      const nextCheck = Math.min(ticks, (Math.floor(done / checkTicks) + 1) * checkTicks);
      const next = Math.min(nextCheck, done + piece);
      await kernel.run(tile, endOf(next));
      done = next;
      if (done === nextCheck) markWildStates(tile, isFinite);
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
