// Checks optimize items without training: each combination of what they vary is planned, and its judging bench prepared.

import { DiagnosticBag, type Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Library } from '../../netlist/library.js';
import { outlineOptimization, type OptimizationOutline } from '../../optimize/plan/outline-optimization.js';
import { planOptimization, type OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { RestartJudge } from './judge-restart.js';

/** Every problem of the optimize items of a netlist, warnings included, each once. */
export function checkOptimizations(library: Library): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  for (const { name } of library.optimizations) {
    try {
      const outline = outlineOptimization(library, name.name);
      for (const diagnostic of planVariants(library, outline, outline.variants.length, 0).warnings) bag.report(diagnostic);
    } catch (error) {
      bag.absorb(error);
    }
  }
  return bag.list;
}

export interface PlannedVariants {
  /** Of the first `count` combinations. */
  readonly plans: readonly OptimizationPlan[];
  /** Each once. */
  readonly warnings: readonly Diagnostic[];
}

/** Throws NetlistError with the problems of the first combination that has some. */
export function planVariants(library: Library, outline: OptimizationOutline, count: number, seed: number): PlannedVariants {
  const bag = new DiagnosticBag();
  for (const warning of outline.warnings) bag.report(warning);
  const plans = outline.variants.slice(0, count).map((varied) => {
    const plan = planOptimization(library, outline, varied);
    for (const warning of plan.warnings) bag.report(warning);
    if (outline.judge === undefined) return plan;
    for (const warning of new RestartJudge(library, plan, outline.judge, seed).warnings) bag.report(warning);
    return plan;
  });
  return { plans, warnings: bag.list };
}
