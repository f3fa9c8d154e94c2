// Runs a Program for a number of ticks, in pieces: between pieces it reports progress, can be stopped,
// and looks for numbers that are no longer finite.

import { compileKernel } from '../backends/compile.js';
import { cloneMachine, createMachine, type BackendName, type Machine } from '../backends/kernel.js';
import { fail } from '../diagnostics/diagnostic.js';
import { specialize } from '../ir/specialize.js';
import type { Program, ProgramRecord } from '../ir/program.js';
import { findDivergence, type Divergence } from './divergence.js';

export interface SimulateOptions {
  /** Index of the clock (in the Program's clocks) whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  readonly backend?: BackendName | undefined;
  readonly seed?: number | undefined;
  /** Values of parameters other than the Program's own. */
  readonly params?: ReadonlyMap<string, number> | undefined;
}

/** A kept signal: one value per tick of its clock, the first tick's first. */
export interface RecordedWaveform {
  readonly name: string;
  readonly values: Float64Array;
  readonly sampleRateHz: number;
  /** Seconds from the start of time to the first row. */
  readonly startSeconds: number;
  readonly unit: string;
  readonly type: ProgramRecord['type'];
}

export interface SimulationResult {
  readonly backend: BackendName;
  readonly precision: 'f64';
  readonly seed: number;
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
const usualTicksPerPiece = 65536;

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
  const { clock, ticks, seed = 0, params = new Map<string, number>() } = options;
  const started = performance.now();
  const fixed = specialize(program, params, new Set());
  const kernel = compileKernel(fixed, options.backend);
  const compiled = performance.now();

  const { period, offset } = program.clocks[clock]!;
  const endOf = (tick: number): number => offset + tick * period;
  const rows = program.records.map((record) => ticksBefore(program, record.clock, endOf(ticks)));
  const bytes = rows.reduce((sum, count) => sum + 8 * count, 0);
  if (bytes > mostRecordBytes) {
    fail('DL506', undefined, `the records would take ${(bytes / 2 ** 30).toFixed(1)} GiB`, {
      why: `records are kept in memory, at most ${mostRecordBytes / 2 ** 30} GiB`,
      help: 'run fewer ticks or record fewer signals',
    });
  }
  let machine = createMachine(
    fixed,
    rows.map((count) => new Float64Array(count)),
  );

  let done = 0;
  let divergence: Divergence | undefined;
  let ticksPerPiece = kernel.ticksPerPiece ?? usualTicksPerPiece;
  while (done < ticks && abort?.aborted !== true) {
    const next = Math.min(ticks, done + ticksPerPiece);
    const before = cloneMachine(machine);
    kernel.run(machine, endOf(next));
    if (!isFinitePiece(fixed, machine, before)) {
      // The interpreter looks at the piece event by event: a long one is run again in shorter ones first.
      if (ticksPerPiece > usualTicksPerPiece) {
        machine = before;
        ticksPerPiece = usualTicksPerPiece;
        continue;
      }
      divergence = findDivergence(fixed, before, endOf(next), clock);
      done = divergence.tick;
      break;
    }
    done = next;
    yield { done, total: ticks };
  }
  const kept = program.records.map((record) => ticksBefore(program, record.clock, divergence?.gridTick ?? endOf(done)));
  return {
    backend: kernel.backend,
    precision: 'f64',
    seed,
    lanes: 1,
    ticks: done,
    status: divergence !== undefined ? 'diverged' : done < ticks ? 'interrupted' : 'done',
    divergence,
    compileMs: compiled - started,
    runMs: performance.now() - compiled,
    waveforms: program.records.map((record, i) => waveformOf(program, record, machine.records[i]!.subarray(0, kept[i]))),
  };
}

/** Ticks of a clock that begin before a grid tick. */
function ticksBefore(program: Program, clock: number, end: number): number {
  const { period, offset } = program.clocks[clock]!;
  return Math.max(0, Math.ceil((end - offset) / period));
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

/** Whether all states, and the rows that a piece added, are finite. */
function isFinitePiece(program: Program, machine: Machine, before: Machine): boolean {
  if (!machine.states.every(Number.isFinite)) return false;
  return machine.records.every((values, i) => {
    const { clock } = program.records[i]!;
    const at = machine.layout.firstTicks + clock;
    for (let row = Math.max(0, before.position[at]! - 1); row < machine.position[at]!; row++)
      if (!Number.isFinite(values[row])) return false;
    return true;
  });
}
