// Runs a Program for a number of ticks, in pieces: between pieces it reports progress, can be stopped,
// and looks for numbers that are no longer finite.

import { compileKernel } from '../backends/compile.js';
import { cloneMachine, createMachine, type BackendName } from '../backends/kernel.js';
import { fail } from '../diagnostics/diagnostic.js';
import { noiseValues } from '../ir/noise.js';
import { specialize } from '../ir/specialize.js';
import type { Program, ProgramRecord } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';
import { keepLive } from '../schedule/live.js';
import { findDivergence, isFiniteSince, type Divergence } from './divergence.js';

export interface SimulateOptions {
  /** Index of the clock (in the Program's clocks) whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  readonly backend?: BackendName | undefined;
  /** Seed of the noise, a whole number from 0 to 2^53 - 1. */
  readonly seed?: number | undefined;
  /** Whose noise it has among the runs of a seed: 0 .. 2^31 - 1. */
  readonly lane?: number | undefined;
  /** Values of parameters other than the Program's own. */
  readonly params?: ReadonlyMap<string, number> | undefined;
}

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

export interface SimulationResult {
  readonly backend: BackendName;
  readonly precision: 'f64';
  readonly seed: number;
  /** Whose noise of the seed it had. */
  readonly lane: number;
  readonly lanes: 1;
  /** Ticks that were run: all, or those before it was stopped or diverged. */
  readonly ticks: number;
  readonly status: 'done' | 'interrupted' | 'diverged';
  readonly divergence?: Divergence | undefined;
  readonly compileMs: number;
  readonly runMs: number;
  readonly waveforms: readonly RecordedWaveform[];
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Records may take this much memory together. */
const mostRecordBytes = 4 * 2 ** 30;
const longestPiece = 65536;
/** Nodes evaluated in a piece, about: a large Program must not keep a stop waiting for 65536 ticks. */
const pieceNodes = 2 ** 26;

/** Runs to the end at once. */
export function simulateNow(program: Program, options: SimulateOptions): SimulationResult {
  const pieces = runPieces(program, options);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

/** Runs and lets other work happen between pieces; `abort` ends it after the present piece and keeps what was run. */
export async function simulate(
  program: Program,
  options: SimulateOptions,
  onProgress?: (progress: Progress) => void,
  abort?: AbortSignal,
): Promise<SimulationResult> {
  const pieces = runPieces(program, options, abort);
  let pausedAt = performance.now();
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    onProgress?.(value);
    if (performance.now() - pausedAt > 30) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      pausedAt = performance.now();
    }
  }
}

function* runPieces(program: Program, options: SimulateOptions, abort?: AbortSignal): Generator<Progress, SimulationResult> {
  const { clock, ticks, seed = 0, lane = 0, params = new Map<string, number>() } = options;
  const started = performance.now();
  // What a parameter switches off may leave states that nothing reads.
  const fixed = keepLive(specialize(program, new Map([...params, ...noiseValues(seed, lane)]), new Set()));
  const kernel = compileKernel(fixed, options.backend);
  const compiled = performance.now();

  const { period, offset } = program.clocks[clock]!;
  const endOf = (tick: number): number => offset + tick * period;
  if (!Number.isSafeInteger(endOf(ticks))) {
    fail('DL506', undefined, `a run of ${ticks} ticks is too long`, {
      why: `the grid of time, of ${period} steps a tick, ends at 2^53 steps`,
      help: 'run fewer ticks, or use frequencies with fewer digits',
    });
  }
  const rowsAt = (end: number): number[] => program.records.map((record) => rowsBefore(program, record, end));
  const machine = createMachine(fixed, makeColumns(rowsAt(endOf(ticks))));
  const ticksPerPiece = kernel.ticksPerPiece ?? pieceLength(fixed, clock);

  let done = 0;
  let divergence: Divergence | undefined;
  while (done < ticks && abort?.aborted !== true) {
    const next = Math.min(ticks, done + ticksPerPiece);
    const before = cloneMachine(machine);
    kernel.run(machine, endOf(next));
    if (!isFiniteSince(fixed, machine, before)) {
      // A kernel of long pieces is slow at short ones; the default backend has the same bits.
      const finder = kernel.ticksPerPiece === undefined ? kernel : compileKernel(fixed);
      divergence = findDivergence(finder, before, endOf(next), clock);
      done = divergence.tick;
      break;
    }
    done = next;
    yield { done, total: ticks };
  }
  const kept = rowsAt(divergence?.gridTick ?? endOf(done));
  return {
    backend: kernel.backend,
    precision: 'f64',
    seed,
    lane,
    lanes: 1,
    ticks: done,
    status: divergence !== undefined ? 'diverged' : done < ticks ? 'interrupted' : 'done',
    divergence,
    compileMs: compiled - started,
    runMs: performance.now() - compiled,
    waveforms: program.records.map((record, i) => waveformOf(program, record, machine.records[i]!.subarray(0, kept[i]))),
  };
}

/** Rows of a record that are written before a grid tick. */
function rowsBefore({ clocks }: Program, { clock, offset }: ProgramRecord, end: number): number {
  return Math.max(0, Math.ceil((end - offset) / clocks[clock]!.period));
}

/** Memory for records of so many rows; DL506 where there is too little. */
function makeColumns(rows: readonly number[]): Float64Array[] {
  const bytes = rows.reduce((sum, count) => sum + 8 * count, 0);
  const refuse = (why: string): never =>
    fail('DL506', undefined, `the records would take ${(bytes / 2 ** 30).toFixed(1)} GiB`, {
      why,
      help: 'run fewer ticks or record fewer signals',
    });
  if (bytes > mostRecordBytes) refuse(`records are kept in memory, at most ${mostRecordBytes / 2 ** 30} GiB`);
  try {
    return rows.map((count) => new Float64Array(count));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse('records are kept in memory, and there is not as much of it here');
  }
}

/** Ticks in a piece; it depends on the Program alone, so that a run is cut in the same way everywhere. */
function pieceLength(program: Program, clock: number): number {
  const { timeline, clocks } = program;
  const eventsPerGridTick =
    timeline.kind === 'table' ? timeline.entries.length / timeline.length : timeline.edges.reduce((sum, edge) => sum + 1 / edge.period, 0);
  const nodesPerTick = eventsPerGridTick * clocks[clock]!.period * programNodes(program).size;
  return Math.max(1, Math.min(longestPiece, Math.floor(pieceNodes / nodesPerTick)));
}

function waveformOf({ grid, clocks }: Program, record: ProgramRecord, values: Float64Array): RecordedWaveform {
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
