// What runs of one lane and of many share: how far a run goes on the grid of time, how many rows its records
// have, the memory for them, and the waveforms they become.

import { fail } from '../diagnostics/diagnostic.js';
import type { Program, ProgramRecord } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';

/** A kept signal: one value per tick of its clock, the first tick's first. */
export interface RecordedWaveform {
  readonly name: string;
  readonly values: Float64Array;
  readonly sampleRateHz: number;
  /** Seconds from the start of time to the beginning of the first row's tick, whatever the edge. */
  readonly startSeconds: number;
  readonly unit: string;
  readonly type: ProgramRecord['type'];
}

/** Records may take this much memory together, in all threads of a process. */
const mostRecordBytes = 4 * 2 ** 30;
const longestPiece = 65536;
/** Nodes evaluated in a piece, about: a large Program must not keep a stop waiting for 65536 ticks. */
export const pieceNodes = 2 ** 26;

/** The grid tick at which so many ticks of a clock are over; DL506 where the grid ends before `ticks`. */
export function gridEnds({ clocks }: Pick<Program, 'clocks'>, clock: number, ticks: number): (tick: number) => number {
  const { period, offset } = clocks[clock]!;
  const endOf = (tick: number): number => offset + tick * period;
  if (!Number.isSafeInteger(endOf(ticks))) {
    fail('DL506', undefined, `a run of ${ticks} ticks is too long`, {
      why: `the grid of time, of ${period} steps a tick, ends at 2^53 steps`,
      help: 'run fewer ticks, or use frequencies with fewer digits',
    });
  }
  return endOf;
}

/** Rows of each record that are written before a grid tick. */
export function rowsBefore({ records, clocks }: Pick<Program, 'records' | 'clocks'>, end: number): number[] {
  return records.map(({ clock, offset }) => Math.max(0, Math.ceil((end - offset) / clocks[clock]!.period)));
}

const bytesOf = (rows: readonly number[], lanes: number): number => rows.reduce((sum, count) => sum + 8 * count * lanes, 0);

const keptInMemory = `records are kept in memory, at most ${mostRecordBytes / 2 ** 30} GiB`;

function refuse(bytes: number, why: string, help = 'run fewer ticks or record fewer signals'): never {
  return fail('DL506', undefined, `the records would take ${(bytes / 2 ** 30).toFixed(1)} GiB`, { why, help });
}

/** Bytes that each of `threads` may take for its records, of so many rows in each lane; DL506 where not one lane has room there. */
export function memoryShare(rows: readonly number[], threads: number): number {
  const bytes = bytesOf(rows, 1);
  if (bytes > mostRecordBytes) refuse(bytes, keptInMemory);
  const fitting = Math.floor(mostRecordBytes / bytes);
  if (threads > fitting) refuse(bytes * threads, `${keptInMemory}, and ${threads} threads have a point each`, `use --threads ${fitting}`);
  return mostRecordBytes / threads;
}

/** Memory for records of so many rows, `lanes` columns each; DL506 where there is too little. */
export function makeColumns(
  rows: readonly number[],
  lanes: number,
  allocate = (length: number): Float64Array => new Float64Array(length),
): Float64Array[][] {
  const bytes = bytesOf(rows, lanes);
  if (bytes > mostRecordBytes) refuse(bytes, keptInMemory);
  try {
    return rows.map((count) => Array.from({ length: lanes }, () => allocate(count)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(bytes, 'records are kept in memory, and there is not as much of it here');
  }
}

/** Nodes that a tick of the clock evaluates, about. */
export function nodesPerTick(program: Program, clock: number): number {
  const { timeline, clocks } = program;
  const eventsPerGridTick =
    timeline.kind === 'table' ? timeline.entries.length / timeline.length : timeline.edges.reduce((sum, edge) => sum + 1 / edge.period, 0);
  return eventsPerGridTick * clocks[clock]!.period * programNodes(program).size;
}

/** Ticks in a piece; it depends on the Program alone, so that a run is cut in the same way everywhere. */
export function pieceLength(program: Program, clock: number): number {
  return Math.max(1, Math.min(longestPiece, Math.floor(pieceNodes / nodesPerTick(program, clock))));
}

export function waveformOf({ grid, clocks }: Program, record: ProgramRecord, values: Float64Array): RecordedWaveform {
  const { period, offset } = clocks[record.clock]!;
  return {
    name: record.name,
    values,
    sampleRateHz: grid.denominator / (grid.numerator * period),
    startSeconds: (offset * grid.numerator) / grid.denominator,
    unit: record.unit,
    type: record.type,
  };
}
