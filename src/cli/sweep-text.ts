// What a sweep found, for people and as a document.

import type { CampaignManifest } from '../campaign/campaign-manifest.js';
import type { CampaignSummary, Yield } from '../campaign/summary.js';
import { formatQuantity } from '../units/engineering.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Sweep, SweepOptions } from './sweep.js';
import { shellCommand } from './sweep-command.js';
import { alignColumns, paintFor } from './terminal.js';

export interface SweepTiming {
  readonly threads: number;
  /** Points that were run now, and in what time. */
  readonly ran: number;
  readonly runMs: number;
}

/** What every document of a sweep says; the timing where something was run. */
export function sweepDocument({ manifest, points }: Sweep, { backend = 'wasm', shard }: SweepOptions, timing: SweepTiming | undefined): object {
  const { system, bench, precision, seed, ticks } = manifest;
  return { system, bench, backend, precision, seed, ticks, points, ...(shard === undefined ? {} : { shard }), ...timing };
}

/** Points that could not be judged, or fail a check, are a failed check; no point that stayed finite is a numerical failure. */
export function exitCodeOf({ points, states, overall, checks }: CampaignSummary): ExitCode {
  if (states.diverged === points) return exitCodes.numerical;
  const isGood = checks.length > 0 ? overall.passed === points : states.done === points;
  return isGood ? exitCodes.ok : exitCodes.checkFailed;
}

export function summaryText(manifest: CampaignManifest, summary: CampaignSummary, backend?: string): string {
  const { system, bench, seed, precision, campaign } = manifest;
  const { points, states, warned, checks, overall, worst } = summary;
  const title = (text: string): string => paintFor(process.stdout, 'bold', text);
  const section = (name: string, rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0 ? [] : [title(name), ...alignColumns(rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]))];
  const ends = Object.entries(states).flatMap(([state, count]) => (state === 'done' || count === 0 ? [] : [`${count} ${state}`]));
  const head = `${system}, bench ${bench ?? ''}: ${points} points, ${precision}, seed ${seed}`;
  return [
    title([head, ...ends].join(', ')),
    ...section('yield', [
      ...checks.map((check) => [check.text, ...yieldCells(check), `worst: point ${check.worst.point}`]),
      ...(checks.length === 1 ? [] : [['all', ...yieldCells(overall)]]),
    ]),
    ...(warned === 0 ? [] : [`${warned} points have warnings: --lane shows them`]),
    ...(worst === undefined
      ? []
      : [
          ...section(`worst point: ${worst.point}${worst.state === 'done' ? '' : `, ${worst.state}`}`, [
            ...campaign.axes.map(({ name, unit }) => [name, formatQuantity(worst.parameters[name]!, unit, 7)]),
            ...campaign.measures.map(({ name, unit }) => [name, formatQuantity(worst.measures[name] ?? NaN, unit, 7)]),
          ]),
          `  again: ${shellCommand(manifest.command, [...(backend === undefined ? [] : ['--backend', backend]), '--lane', String(worst.point)])}`,
        ]),
  ].join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const yieldCells = ({ passed, total, share, low, high }: Yield): string[] => [
  percent(share),
  `${passed} of ${total}`,
  `(95%: ${percent(low)} to ${percent(high)})`,
];
