// Runs a bench: compiles its system, simulates, takes the measures and evaluates the checks.

import type { BackendName } from '../backends/kernel.js';
import { DiagnosticBag, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Library } from '../netlist/library.js';
import { compileNetlist, type Compiled, type CompileOptions } from '../simulate/compile-netlist.js';
import { runLength } from '../simulate/run-length.js';
import { simulate, type Progress, type SimulationResult } from '../simulate/simulate.js';
import type { MeasureResult } from './define-measure.js';
import { evaluateCheck, type CheckResult } from './evaluate-check.js';
import { MeasureError } from './measure-error.js';
import { prepareMeasures, type PreparedMeasure } from './prepare-measures.js';
import { takeMeasure } from './take-measure.js';

export interface RunOptions extends CompileOptions, PreparedRunOptions {}

export interface PreparedRunOptions {
  readonly backend?: BackendName | undefined;
  /** Seed of the noise, a whole number from 0 to 2^53 - 1. */
  readonly seed?: number | undefined;
  /** Whose noise of the seed it has: 0 .. 2^31 - 1. */
  readonly lane?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the run early; what was run is kept and measured. */
  readonly abort?: AbortSignal | undefined;
}

export interface TakenMeasure extends MeasureResult {
  readonly name: string;
  readonly function: string;
  readonly unit: string;
  /** Names of the records it was taken from. */
  readonly signals: readonly string[];
}

export interface BenchResult extends SimulationResult {
  readonly compiled: Compiled;
  readonly measures: readonly TakenMeasure[];
  readonly checks: readonly CheckResult[];
  /** Warnings of all phases. */
  readonly warnings: readonly Diagnostic[];
}

/** A bench that is ready to run: compiled, its measures and checks held against what there is. */
export interface PreparedBench {
  readonly compiled: Compiled;
  readonly measures: readonly PreparedMeasure[];
  /** Ticks asked for; what a system without a bench runs. */
  readonly ticks: number | undefined;
}

/** Everything that is checked before a run: the netlist, its schedule, its measures and checks. Throws NetlistError. */
export function prepareBench(library: Library, options: CompileOptions = {}): PreparedBench {
  const compiled = compileNetlist(library, options);
  const bag = new DiagnosticBag();
  const measures = prepareMeasures(compiled, bag);
  verifyChecks(compiled, measures, bag);
  bag.throwIfErrors();
  return { compiled, measures, ticks: options.ticks };
}

/** Prepares and runs. Throws NetlistError before the run. */
export async function runBench(library: Library, options: RunOptions = {}): Promise<BenchResult> {
  return runPrepared(prepareBench(library, options), options);
}

/** A run that diverges or is stopped returns with its status, its measures taken from what there is. */
export async function runPrepared(bench: PreparedBench, options: PreparedRunOptions = {}): Promise<BenchResult> {
  const bag = new DiagnosticBag();
  const { compiled, measures: prepared } = bench;
  const { clock, ticks } = runLength(compiled, bench.ticks);
  const simulation = await simulate(
    compiled.program,
    { clock, ticks, backend: options.backend, seed: options.seed, lane: options.lane },
    options.onProgress,
    options.abort,
  );
  const measures = takeMeasures(prepared, simulation, bag);
  const names = prepared.map(({ name }) => name);
  const checks = (compiled.bench?.checks ?? []).map((check) => evaluateCheck(check, names, measures));
  return { ...simulation, compiled, measures, checks, warnings: [...compiled.warnings, ...bag.list] };
}

/** A measure that cannot be taken is an error of the run's result (DL503), not of the program. */
function takeMeasures(prepared: readonly PreparedMeasure[], { waveforms, status }: SimulationResult, bag: DiagnosticBag): TakenMeasure[] {
  const byName = new Map(waveforms.map((waveform) => [waveform.name, waveform]));
  return prepared.flatMap((measure) => {
    const { definition, name, unit, signals, source } = measure;
    try {
      const result = takeMeasure(
        definition,
        signals.map((signal) => byName.get(signal)!),
        measure.options,
      );
      for (const warning of result.warnings ?? []) bag.warn('DL504', source.span, `measure '${name}': ${warning}`);
      return [{ ...result, name, function: definition.name, unit, signals }];
    } catch (error) {
      if (!(error instanceof MeasureError)) throw error;
      const report = status === 'done' ? 'error' : 'warn';
      bag[report]('DL503', source.span, `measure '${name}': ${error.message}`, { help: error.help });
      return [];
    }
  });
}

/** Names in checks are held against measures and parameters without running. */
function verifyChecks({ bench }: Compiled, prepared: readonly PreparedMeasure[], bag: DiagnosticBag): void {
  const taken = prepared.map(({ name, unit }) => ({ name, unit, value: 0 }));
  const names = taken.map(({ name }) => name);
  for (const check of bench?.checks ?? []) {
    try {
      evaluateCheck(check, names, taken);
    } catch (error) {
      bag.absorb(error);
    }
  }
}
