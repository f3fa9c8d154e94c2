// Runs a Program for a number of ticks, in pieces: between pieces it reports progress, can be stopped,
// and looks for numbers that are no longer finite.

import { compileKernel } from '../backends/compile.js';
import { cloneMachine, createMachine, type BackendName } from '../backends/kernel.js';
import { noiseValues } from '../ir/noise.js';
import { specialize } from '../ir/specialize.js';
import type { Program } from '../ir/program.js';
import { keepLive } from '../schedule/live.js';
import { findDivergence, isFiniteSince, type Divergence } from './divergence.js';
import { gridEnds, makeColumns, pieceLength, rowsBefore, waveformOf, type RecordedWaveform } from './recording.js';

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

  const endOf = gridEnds(program, clock, ticks);
  const columns = makeColumns(rowsBefore(program, endOf(ticks)), 1);
  const machine = createMachine(
    fixed,
    columns.map(([column]) => column!),
  );
  const ticksPerPiece = pieceLength(fixed, clock);

  let done = 0;
  let divergence: Divergence | undefined;
  while (done < ticks && abort?.aborted !== true) {
    const next = Math.min(ticks, done + ticksPerPiece);
    const before = cloneMachine(machine);
    kernel.run(machine, endOf(next));
    if (!isFiniteSince(fixed, machine, before)) {
      divergence = findDivergence(kernel, before, endOf(next), clock);
      done = divergence.tick;
      break;
    }
    done = next;
    yield { done, total: ticks };
  }
  const kept = rowsBefore(program, divergence?.gridTick ?? endOf(done));
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
