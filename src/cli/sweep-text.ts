// What a sweep found, for people and as a document.

import { laneCommand } from '../campaign/shell-command.js';
import { measureTable, statesText, worstTable, yieldTable, type CellTable } from '../campaign/summary-cells.js';
import { precisionText, type CampaignManifest } from '../campaign/campaign-manifest.js';
import type { CampaignSummary } from '../campaign/summary.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Sweep, SweepOptions } from './sweep.js';
import { alignColumns, paintFor } from './terminal.js';

export interface SweepTiming {
  readonly threads: number;
  /** Points that were run now, and in what time. */
  readonly ran: number;
  readonly runMs: number;
}

/** What every document of a sweep says; the timing where something was run. */
export function sweepDocument(
  { manifest, points }: Sweep,
  { backend = 'wasm', shard }: SweepOptions,
  timing: SweepTiming | undefined,
): object {
  const { system, bench, precision, gpuMode, seed, ticks } = manifest;
  const mode = gpuMode === undefined ? {} : { gpuMode };
  return { system, bench, backend, ...mode, precision, seed, ticks, points, ...(shard === undefined ? {} : { shard }), ...timing };
}

/** Points that could not be judged, or fail a check, are a failed check; no point that stayed finite is a numerical failure. */
export function exitCodeOf({ points, states, overall, checks }: CampaignSummary): ExitCode {
  if (states.diverged === points) return exitCodes.numerical;
  const isGood = checks.length > 0 ? overall.passed === points : states.done === points;
  return isGood ? exitCodes.ok : exitCodes.checkFailed;
}

export function summaryText(manifest: CampaignManifest, summary: CampaignSummary): string {
  const { system, bench, seed } = manifest;
  const { warned, worst } = summary;
  const title = (text: string): string => paintFor(process.stdout, 'bold', text);
  const section = (name: string, table: CellTable | undefined, hasHead = true): string[] => {
    if (table === undefined || table.rows.length === 0) return [];
    const [head, ...rows] = alignColumns([table.columns, ...table.rows].map(([first = '', ...rest]) => [`  ${first}`, ...rest]));
    return [title(name), ...(hasHead ? [head!] : []), ...rows];
  };
  return [
    title(`${system}, bench ${bench ?? ''}: ${statesText(summary)}, ${precisionText(manifest)}, seed ${seed}`),
    ...section('measures', measureTable(summary)),
    ...section('yield', yieldTable(summary)),
    ...(warned === 0 ? [] : [`${warned} points have warnings: --lane shows them`]),
    ...(worst === undefined
      ? []
      : [
          ...section(
            `worst point: ${worst.point}${worst.state === 'done' ? '' : `, ${worst.state}`}`,
            worstTable(manifest, summary),
            false,
          ),
          `  again: ${laneCommand(manifest, worst.point)}`,
        ]),
  ].join('\n');
}
