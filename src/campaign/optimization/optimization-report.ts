// The report of an optimization as one HTML page: the best restarts, the combinations of what was varied, figures, and how it
// was made. It follows from manifest, plans and results alone, so it has the same bytes wherever and however often it is made.

import type { OptimizationOutline } from '../../optimize/plan/outline-optimization.js';
import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { reportPage, type ReportTable } from '../../plot/report.js';
import { formatQuantity } from '../../units/engineering.js';
import { shellCommand } from '../shell-command.js';
import type { NamedFigure } from './optimization-figures.js';
import type { OptimizationManifest } from './optimization-manifest.js';
import { variedCell, variedText, type OptimizationSummary } from './optimization-summary.js';
import { rank, type OptimizationResults, type RestartResult } from './restart-result.js';
import { scoreWords, type ScoreWords } from './score-words.js';

export interface ReportSource {
  readonly manifest: OptimizationManifest;
  readonly outline: OptimizationOutline;
  /** By variant. */
  readonly plans: readonly OptimizationPlan[];
  readonly results: OptimizationResults;
  readonly summary: OptimizationSummary;
  readonly figures: readonly NamedFigure[];
  /** The netlist with what was learned, and its name; absent where every restart failed. */
  readonly learned?: { readonly name: string; readonly text: string } | undefined;
}

const mostShown = 10;

export function optimizationReport({ manifest, outline, plans, results, summary, figures, learned }: ReportSource): string {
  const { deltaloom, optimization, sources } = manifest;
  const { restarts, failures } = summary;
  const [best] = rank([...results.restarts, ...results.finished]);
  const score = scoreWords(outline, results.restarts);
  const first = plans[0]!;
  const again = againCommand(manifest);
  const lines = [
    `Deltaloom ${deltaloom}, backend ${optimization.backend}, seed ${optimization.seed}.`,
    `Again: ${again}`,
    `Files beside this page: ${summary.files.join(', ')}. manifest.json holds everything that decides these numbers.`,
  ];
  return reportPage({
    title: `${(first.item.system ?? first.item.name).name}: optimization ${first.item.name.name}`,
    subtitle: sources[0]?.path ?? '',
    summary: [
      ...(best === undefined ? [] : [{ label: `Best ${score.name}`, value: formatQuantity(best.score, score.unit) }]),
      { label: 'Restarts', value: `${restarts}${failures === 0 ? '' : `, ${failures} failed`}` },
      { label: 'Finished', value: `${results.finished.length}` },
      { label: 'Learned', value: `${first.learned.elements.length} numbers` },
      { label: 'Batch', value: `${first.batch} lanes` },
      { label: 'Seed', value: `${optimization.seed}` },
    ],
    tables: [
      ...(best === undefined ? [] : [bestTable(best, plans[best.variant]!, score)]),
      ...rankedTable(plans, results, score),
      ...combinationTable(plans, summary, score),
      ...failureTable(results),
    ],
    figures: figures.map(({ svg }) => ({ title: '', svg, caption: '' })),
    sections: [
      ...(learned === undefined ? [] : [{ title: learned.name, text: learned.text }]),
      ...sources.map(({ path, text }) => ({ title: path, text })),
      { title: 'How this was made', text: lines.join('\n') },
    ],
    warnings: best === undefined ? ['Every restart failed: there is nothing to rank and no learned netlist.'] : [],
  });
}

function againCommand({ optimization, sources }: OptimizationManifest): string {
  const { item, restarts, finalists, seed, backend } = optimization;
  const counts = ['--restarts', String(restarts), ...(finalists === 0 ? [] : ['--finalists', String(finalists)])];
  return shellCommand(['optimize', sources[0]?.path ?? '', '--item', item, ...counts, '--seed', String(seed), '--backend', backend]);
}

function bestTable(best: RestartResult, plan: OptimizationPlan, score: ScoreWords): ReportTable {
  const varied = [...plan.varied.keys()].map((name) => [name, variedCell(plan.varied, name), 'varied']);
  return {
    title: `Best: restart ${best.restart}${best.phase === 'finish' ? ', finished' : ''}`,
    columns: ['name', 'value', 'what it is'],
    rows: [
      ...varied,
      ...(score.measure === undefined ? [[score.name, formatQuantity(best.score, score.unit), 'score']] : []),
      ...best.measures.map(({ name, value, unit }) => [name, formatQuantity(value, unit), name === score.measure ? 'measure, the score' : 'measure']),
      ['loss', formatQuantity(best.loss, ''), 'what was minimized'],
      ...plan.terms.map(({ name, unit }, i) => [name, formatQuantity(best.terms[i]!, unit), 'objective']),
    ],
    note: 'Loss and objectives are of lanes that no training saw; measures are of the judging bench.',
  }; // prettier-ignore
}

function rankedTable(plans: readonly OptimizationPlan[], { restarts, finished }: OptimizationResults, score: ScoreWords): ReportTable[] {
  const seen = new Set<number>();
  const ranked = rank([...restarts, ...finished]).filter(({ restart }) => !seen.has(restart) && seen.add(restart));
  if (ranked.length < 2) return [];
  const { terms, varied } = plans[0]!;
  const measures = ranked[0]!.measures.filter(({ name }) => name !== score.measure);
  const shown = ranked.slice(0, mostShown);
  return [
    {
      title: `The best ${shown.length} of ${restarts.length}`,
      columns: ['restart', 'finished', ...varied.keys(), score.name, ...measures.map(({ name }) => name), 'loss', ...terms.map(({ name }) => name)],
      rows: shown.map((result) => [
        `${result.restart}`,
        result.phase === 'finish' ? 'yes' : '',
        ...[...varied.keys()].map((name) => variedCell(plans[result.variant]!.varied, name)),
        formatQuantity(result.score, score.unit),
        ...measures.map(({ name, unit }) => formatQuantity(result.measures.find((one) => one.name === name)?.value ?? NaN, unit)),
        formatQuantity(result.loss, ''),
        ...terms.map(({ unit }, i) => formatQuantity(result.terms[i]!, unit)),
      ]),
      note: finished.length === 0 ? undefined : 'Each restart is there once, as it was better: finished or not.',
    },
  ]; // prettier-ignore
}

function combinationTable(plans: readonly OptimizationPlan[], { combinations }: OptimizationSummary, score: ScoreWords): ReportTable[] {
  if (plans.length < 2) return [];
  const cell = (value: number | null): string => (value === null ? '-' : formatQuantity(value, score.unit));
  return [
    {
      title: 'Combinations',
      columns: ['varied', 'restarts', 'failed', 'best', 'median', '90%'],
      rows: combinations.map(({ restarts, failures, best, median, percentile90 }, i) => [
        variedText(plans[i]!),
        `${restarts}`,
        `${failures}`,
        cell(best),
        cell(median),
        cell(percentile90),
      ]),
      note: `Of ${score.name}. The best may have been finished; median and 90 % quantile are of the restarts before that.`,
    },
  ];
}

function failureTable({ restarts, finished }: OptimizationResults): ReportTable[] {
  const failed = [...restarts, ...finished].filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return [];
  return [
    {
      title: 'Failures',
      columns: ['restart', 'while', 'why'],
      rows: failed.slice(0, mostShown).map(({ restart, phase, failure }) => [`${restart}`, phase === 'finish' ? 'finishing' : 'training', failure!]),
      note: failed.length > mostShown ? `The first ${mostShown} of ${failed.length}; restarts.csv has all.` : undefined,
    },
  ]; // prettier-ignore
}
