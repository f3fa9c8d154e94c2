// Deltaloom as a library, for Node and the browser.
//
//   const netlist = loadText(text, 'mod2.loom');
//   const result = await runBench(netlist, { bench: 'mod2' });

import { checkLibrary } from './campaign/check-library.js';
import { DiagnosticBag, NetlistError, type Diagnostic } from './diagnostics/diagnostic.js';
import { memoryHost, type Host } from './netlist/host.js';
import { loadSource, type Library } from './netlist/library.js';

/** Reads a netlist from text; imports and data files come from `host`. Throws NetlistError. */
export function loadText(text: string, name = 'netlist.loom', host: Host = memoryHost({})): Library {
  const bag = new DiagnosticBag();
  const library = loadSource({ name, text }, host, bag);
  bag.throwIfErrors();
  return library;
}

/** Every problem of a netlist, warnings included; see checkLibrary. */
export function checkNetlist(text: string, name = 'netlist.loom', host: Host = memoryHost({})): readonly Diagnostic[] {
  try {
    return checkLibrary(loadText(text, name, host));
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics;
    throw error;
  }
}

export { checkLibrary } from './campaign/check-library.js';
export { prepareBench, runBench, runPrepared } from './analysis/run-bench.js';
export type { CheckResult } from './analysis/evaluate-check.js';
export type { BenchResult, PreparedBench, RunOptions, TakenMeasure } from './analysis/run-bench.js';
export { effects } from './blocks/effects.js';
export type { Effect } from './blocks/effects.js';
export { BackendError } from './backends/backend-error.js';
export { NetlistError } from './diagnostics/diagnostic.js';
export type { Diagnostic } from './diagnostics/diagnostic.js';
export { formatDiagnostic, formatDiagnostics } from './diagnostics/format.js';

export type { Library } from './netlist/library.js';
export { memoryHost } from './netlist/host.js';
export type { Host } from './netlist/host.js';
export { convertNetlist } from './netlist/convert.js';
export { checkGradient } from './optimize/check-gradient.js';
export type { GradientCheckOptions, ParameterGradient } from './optimize/check-gradient.js';
export { explainGradient } from './optimize/explain-gradient.js';
export type { GradientQuestion } from './optimize/explain-gradient.js';
export { describeNonFinite, findNonFinite } from './optimize/find-non-finite.js';
export type { NonFinite, NonFiniteQuestion } from './optimize/find-non-finite.js';
export { GradientError } from './optimize/gradient-error.js';
export { gradientsOf } from './optimize/gradients.js';
export type { GradientMode, Gradients, GradientsOptions } from './optimize/gradients.js';
export type {
  BatchCotangents,
  BatchGradient,
  BatchGradientOptions,
  BatchGradients,
  BatchValues,
  LaneInputs,
} from './optimize/batch-gradient.js';
export { openBatchGradient } from './optimize/open-batch-gradient.js';
export { learnedNetlist } from './optimize/learned-netlist.js';
export { unfoldEncoders } from './optimize/unfold-encoders.js';
export { outlineOptimization } from './optimize/plan/outline-optimization.js';
export { planOptimization } from './optimize/plan/plan-optimization.js';
export type { OptimizationOutline } from './optimize/plan/outline-optimization.js';
export type { OptimizationPlan } from './optimize/plan/plan-optimization.js';
export { Training } from './optimize/training.js';
export type { TrainingOptions, TrainingState } from './optimize/training.js';
export { compileDifferentiable, compileNetlist } from './simulate/compile-netlist.js';
export type { Compiled, CompileOptions } from './simulate/compile-netlist.js';
export type { Divergence } from './simulate/divergence.js';
export type { RecordedWaveform } from './simulate/recording.js';
export { openBatch, runBatch } from './simulate/run-batch.js';
export type { Batch, BatchOptions, BatchResult, BatchRunOptions, LaneParams } from './simulate/run-batch.js';
