// The report of a campaign as one HTML page: statistics, yields, a histogram of every measure, what was varied, and the
// netlist. It follows from manifest and summary alone.

import { reportPage, type ReportFigure, type ReportTable } from '../plot/report.js';
import { binsFigure } from '../plot/histogram-figure.js';
import { precisionText, type CampaignManifest } from './campaign-manifest.js';
import type { Axis } from './plan.js';
import { printAxis } from './print-axis.js';
import { measureTable, statesText, worstTable, yieldTable, type CellTable } from './summary-cells.js';
import type { CampaignSummary, MeasureSummary } from './summary.js';

/** `files`: names of what stands beside the page. `again`: the command that runs the worst point by itself. */
export function campaignReport(manifest: CampaignManifest, summary: CampaignSummary, files: readonly string[], again: string): string {
  const { system, bench, campaign, sources, seed, deltaloom } = manifest;
  const { overall, checks, warned, worst } = summary;
  const titled = (title: string, table: CellTable | undefined, note?: string): ReportTable[] =>
    table === undefined || table.rows.length === 0 ? [] : [{ title, ...table, note }];
  const lines = [
    `Deltaloom ${deltaloom}, precision ${precisionText(manifest)}, seed ${seed}.`,
    `Files beside this page: ${files.join(', ')}. manifest.json holds everything that is needed to run this again.`,
  ];
  return reportPage({
    title: bench === null || bench === system ? `${system}: sweep` : `${system}: sweep of ${bench}`,
    subtitle: sources[0]?.path ?? '',
    summary: [
      ...(checks.length === 0 ? [] : [{ label: 'Yield', value: `${(100 * overall.share).toFixed(2)}%` }]),
      { label: 'Points', value: statesText(summary) },
      { label: 'System', value: system },
      ...(bench === null ? [] : [{ label: 'Bench', value: bench }]),
      { label: 'Length', value: `${manifest.ticks} ticks` },
      { label: 'Precision', value: precisionText(manifest) },
      { label: 'Seed', value: `${seed}` },
    ],
    tables: [
      ...titled('Yield', yieldTable(summary), "Wilson's interval (1927). A point that could not be judged has failed."),
      ...titled('Measures', measureTable(summary)),
      ...titled(`Worst point: ${worst?.point ?? ''}`, worstTable(manifest, summary), `By ${worst?.check ?? ''}. Again: ${again}`),
      ...titled('Varied', axesTable(campaign.axes, campaign.runs, campaign.sampling)),
    ],
    figures: summary.measures.filter(({ count }) => count > 0).map(histogramOf),
    sections: [...sources.map(({ path, text }) => ({ title: path, text })), { title: 'How this was made', text: lines.join('\n') }],
    warnings: warned === 0 ? [] : [`${warned} points have warnings; deltaloom sweep … --lane N shows those of point N.`],
  });
}

function axesTable(axes: readonly (Axis & { readonly unit: string })[], runs: number, sampling: string): CellTable {
  return {
    columns: ['parameter', 'values'],
    rows: [...axes.map((axis) => [axis.name, printAxis(axis, axis.unit)]), ['runs', runs === 1 ? '1' : `${runs}, ${sampling}`]],
  };
}

function histogramOf({ name, unit, count, missing, histogram }: MeasureSummary): ReportFigure {
  const caption = `n = ${count}${missing > 0 ? `; ${missing} points without it` : ''}`;
  return { title: '', svg: binsFigure({ title: name, xLabel: name, unit, caption, bins: histogram }), caption: '' };
}
