// The results of an optimization, from its restarts alone: a table, the learned netlist, the summary.

import { join } from 'node:path';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { convertNetlist } from '../../netlist/convert.js';
import { languageOf } from '../../netlist/read.js';
import type { Library } from '../../netlist/library.js';
import { learnedNetlist } from '../../optimize/learned-netlist.js';
import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { learnedNetlistName, optimizationFiles } from './optimization-folder.node.js';
import { rank, type OptimizationResults } from './run-optimization.node.js';
import type { JudgedMeasure, RestartResult } from './restart-result.js';

export interface OptimizationSummary {
  readonly item: string;
  readonly restarts: number;
  readonly failures: number;
  /** Absent where every restart failed. */
  readonly best?: {
    readonly restart: number;
    readonly phase: RestartResult['phase'];
    readonly varied: Readonly<Record<string, number>>;
    readonly score: number;
    readonly loss: number;
    readonly terms: Readonly<Record<string, number>>;
    readonly measures: readonly JudgedMeasure[];
  };
  readonly files: readonly string[];
}

/** `plans` by variant. Throws NetlistError DL604 when a file cannot be written. */
export function writeOptimization(
  folder: string,
  library: Library,
  plans: readonly OptimizationPlan[],
  { restarts, finished }: OptimizationResults,
): OptimizationSummary {
  const all = [...restarts, ...finished];
  const [best] = rank(all);
  const files: string[] = [join(folder, optimizationFiles.csv)];
  writeFileAtomic(files[0]!, tableText(plans, all));
  if (best !== undefined) {
    const path = join(folder, learnedNetlistName(library.path));
    writeFileAtomic(path, learnedText(library, plans[best.variant]!, best));
    files.push(path);
  }
  const summary: OptimizationSummary = {
    item: plans[0]!.item.name.name,
    restarts: restarts.length,
    failures: all.filter(({ failure }) => failure !== undefined).length,
    ...(best === undefined ? {} : { best: describe(best, plans[best.variant]!) }),
    files,
  };
  writeFileAtomic(join(folder, optimizationFiles.summary), `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}

const variedOf = ({ varied }: OptimizationPlan): Record<string, number> =>
  Object.fromEntries([...varied].map(([name, { value }]) => [name, value]));

function describe(
  { restart, phase, score, loss, terms, measures }: RestartResult,
  plan: OptimizationPlan,
): NonNullable<OptimizationSummary['best']> {
  const named = Object.fromEntries(plan.terms.map(({ name }, i) => [name, terms[i]!]));
  return { restart, phase, varied: variedOf(plan), score, loss, terms: named, measures };
}

function learnedText(library: Library, plan: OptimizationPlan, { values }: RestartResult): string {
  const byName = new Map(plan.learned.elements.map(({ name }, i) => [name, values[i]!]));
  return convertNetlist(learnedNetlist(library, plan, byName), languageOf(library.path));
}

/** A row for each restart and each finish. */
function tableText(plans: readonly OptimizationPlan[], results: readonly RestartResult[]): string {
  const { terms } = plans[0]!;
  const varied = Object.keys(variedOf(plans[0]!));
  const measures = results.find((result) => result.measures.length > 0)?.measures ?? [];
  const head = [
    'restart',
    'phase',
    ...varied,
    'score',
    'loss',
    ...terms.map(({ name }) => name),
    ...measures.map(({ name }) => name),
    'failure',
  ];
  const rows = results.map((result) => {
    const values = variedOf(plans[result.variant]!);
    return [
      result.restart,
      result.phase,
      ...varied.map((name) => values[name]!),
      result.score,
      result.loss,
      ...terms.map((_, i) => result.terms[i] ?? NaN),
      ...measures.map(({ name }) => result.measures.find((one) => one.name === name)?.value ?? NaN),
      result.failure ?? '',
    ];
  });
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
