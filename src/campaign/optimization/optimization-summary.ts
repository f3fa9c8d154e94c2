// What an optimization found, from its restarts alone: the best, how the combinations of varied values compare, what failed.

import { percentile } from '../../numeric/statistics.js';
import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { printDimension } from '../../units/dimension.js';
import { formatQuantity } from '../../units/engineering.js';
import { rank, type OptimizationResults, type RestartResult } from './restart-result.js';

export interface OptimizationSummary {
  readonly item: string;
  readonly restarts: number;
  /** Restarts that failed. */
  readonly failures: number;
  /** The first failure, where there is one. */
  readonly failure?: FailureSummary;
  /** Absent where every restart failed. */
  readonly best?: BestSummary;
  readonly combinations: readonly CombinationSummary[];
  /** Names in the folder. */
  readonly files: readonly string[];
}

export interface FailureSummary {
  readonly restart: number;
  readonly phase: RestartResult['phase'];
  readonly reason: string;
}

/** JSON has no infinities: a term or a measure that is not finite is null. */
export interface BestSummary {
  readonly restart: number;
  readonly phase: RestartResult['phase'];
  /** In SI units. */
  readonly varied: Readonly<Record<string, number>>;
  readonly score: number;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number | null>>;
  readonly measures: readonly { readonly name: string; readonly value: number | null; readonly unit: string }[];
}

/** Of the restarts of one combination of varied values; the best may have been finished. Null where all of them failed. */
export interface CombinationSummary {
  readonly varied: Readonly<Record<string, number>>;
  readonly restarts: number;
  readonly failures: number;
  readonly best: number | null;
  readonly median: number | null;
  readonly percentile90: number | null;
}

/** `plans` by variant. */
export function summarizeOptimization(
  plans: readonly OptimizationPlan[],
  { restarts, finished }: OptimizationResults,
  files: readonly string[],
): OptimizationSummary {
  const all = [...restarts, ...finished];
  const [best] = rank(all);
  const failed = all.find(({ failure }) => failure !== undefined);
  return {
    item: plans[0]!.item.name.name,
    restarts: restarts.length,
    failures: countFailures(restarts),
    ...(failed === undefined ? {} : { failure: { restart: failed.restart, phase: failed.phase, reason: failed.failure! } }),
    ...(best === undefined ? {} : { best: describeResult(best, plans[best.variant]!) }),
    combinations: plans.map((plan, variant) => {
      const own = (results: readonly RestartResult[]): RestartResult[] => results.filter((result) => result.variant === variant);
      const scores = Float64Array.from(rank(own(restarts)), ({ score }) => score);
      return {
        varied: variedOf(plan),
        restarts: own(restarts).length,
        failures: countFailures(own(restarts)),
        best: finiteOrNull(rank(own(all))[0]?.score ?? NaN),
        median: finiteOrNull(percentile(scores, 50)),
        percentile90: finiteOrNull(percentile(scores, 90)),
      };
    }),
    files,
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
const countFailures = (results: readonly RestartResult[]): number => results.filter(({ failure }) => failure !== undefined).length;

export const variedOf = ({ varied }: OptimizationPlan): Record<string, number> =>
  Object.fromEntries([...varied].map(([name, { value }]) => [name, value]));

/** `cells = 3, osr = 80`; '' where nothing is varied. */
export const variedText = ({ varied }: OptimizationPlan): string =>
  [...varied.keys()].map((name) => `${name} = ${variedCell(varied, name)}`).join(', ');

export function variedCell(varied: OptimizationPlan['varied'], name: string): string {
  const { value, dimension } = varied.get(name)!;
  return formatQuantity(value, dimension === undefined ? '' : printDimension(dimension));
}

function describeResult({ restart, phase, score, loss, terms, measures }: RestartResult, plan: OptimizationPlan): BestSummary {
  const named = Object.fromEntries(plan.terms.map(({ name }, i) => [name, finiteOrNull(terms[i]!)]));
  const taken = measures.map(({ name, value, unit }) => ({ name, value: finiteOrNull(value), unit }));
  return { restart, phase, varied: variedOf(plan), score, loss, terms: named, measures: taken };
}
