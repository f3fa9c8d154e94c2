// The results of an optimization, from its restarts alone: a table, figures, the learned netlist, a report and the summary, which
// comes last, so that its presence says that all others are there.

import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { fail } from '../../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { errnoWords } from '../../io/errno-words.js';
import { convertNetlist } from '../../netlist/convert.js';
import { languageOf } from '../../netlist/read.js';
import { relocateNetlist } from '../../netlist/relocate.js';
import type { Library } from '../../netlist/library.js';
import { learnedNetlist } from '../../optimize/learned-netlist.js';
import type { OptimizationOutline } from '../../optimize/plan/outline-optimization.js';
import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { optimizationFigures } from './optimization-figures.js';
import { learnedNetlistName, optimizationFiles, type OptimizationManifest } from './optimization-manifest.js';
import { optimizationReport } from './optimization-report.js';
import { summarizeOptimization, type OptimizationSummary } from './optimization-summary.js';
import { rank, type OptimizationResults, type RestartResult } from './restart-result.js';
import { restartTable } from './restart-table.js';

/** What was optimized; plans by variant. */
export interface Optimized {
  readonly library: Library;
  readonly manifest: OptimizationManifest;
  readonly outline: OptimizationOutline;
  readonly plans: readonly OptimizationPlan[];
}

/** Throws NetlistError DL604 when a file cannot be written: the restarts stay. */
export function writeOptimization(
  folder: string,
  { library, manifest, outline, plans }: Optimized,
  results: OptimizationResults,
): OptimizationSummary {
  const all = [...results.restarts, ...results.finished];
  const [best] = rank(all);
  const figures = optimizationFigures(outline, plans, results);
  const name = learnedNetlistName(library.path);
  const learned = best === undefined ? undefined : { name, text: learnedText(folder, library, plans[best.variant]!, best) };
  const files = [
    optimizationFiles.csv,
    ...figures.map((figure) => figure.name),
    ...(learned === undefined ? [] : [name]),
    optimizationFiles.report,
  ];
  const summary = summarizeOptimization(plans, results, files);
  const write = (file: string, text: string): void => writeFileAtomic(join(folder, file), text);
  write(optimizationFiles.csv, restartTable(plans, all));
  for (const figure of figures) write(figure.name, figure.svg);
  if (learned !== undefined) write(name, learned.text);
  write(optimizationFiles.report, optimizationReport({ manifest, outline, plans, results, summary, figures, learned }));
  write(optimizationFiles.summary, `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}

/** What a finished optimization found. Throws NetlistError DL601 or DL602 when its file cannot be read. */
export function readOptimizationSummary(folder: string): OptimizationSummary {
  const path = join(folder, optimizationFiles.summary);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as OptimizationSummary;
  } catch (error) {
    if (error instanceof SyntaxError)
      fail('DL602', undefined, `'${path}' is no summary: it is not JSON`, { help: 'remove it and run the same command again' });
    return fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
}

function learnedText(folder: string, library: Library, plan: OptimizationPlan, { values }: RestartResult): string {
  const byName = new Map(plan.learned.elements.map(({ name }, i) => [name, values[i]!]));
  const moved = relocateNetlist(learnedNetlist(library, plan, byName), (path) =>
    isAbsolute(path) ? path : relative(folder, library.host.resolve(library.path, path)).replaceAll('\\', '/'),
  );
  return convertNetlist(moved, languageOf(library.path));
}
