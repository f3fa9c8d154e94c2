// What a campaign found, as cells of text: the report and the command line print the same ones.

import { formatQuantity } from '../units/engineering.js';
import type { CampaignManifest } from './campaign-manifest.js';
import type { CampaignSummary, Yield } from './summary.js';

export interface CellTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

export function measureTable({ measures }: CampaignSummary): CellTable {
  return {
    columns: ['measure', 'mean', 'std', 'min', '5%', 'median', '95%', 'max', 'min at point', 'max at point', 'missing'],
    rows: measures.map(({ name, unit, mean, standardDeviation, min, max, percentiles, missing, infinite }) => {
      const cell = (value: number | null | undefined): string =>
        value === null || value === undefined ? '-' : formatQuantity(value, unit);
      return [
        name,
        cell(mean),
        cell(standardDeviation),
        cell(min?.value),
        cell(percentiles['5']),
        cell(percentiles['50']),
        cell(percentiles['95']),
        cell(max?.value),
        min === null ? '-' : `${min.point}`,
        max === null ? '-' : `${max.point}`,
        `${missing}${infinite > 0 ? ` and ${infinite} infinite` : ''}`,
      ];
    }),
  };
}

export function yieldTable({ checks, overall }: CampaignSummary): CellTable {
  const cells = ({ passed, total, share, low, high }: Yield): string[] => [
    percent(share),
    `${passed} of ${total}`,
    `${percent(low)} to ${percent(high)}`,
  ];
  return {
    columns: ['check', 'yield', 'passed', '95% interval', 'worst'],
    rows: [
      ...checks.map((check) => [check.text, ...cells(check), `point ${check.worst.point}`]),
      ...(checks.length > 1 ? [['all', ...cells(overall), '']] : []),
    ],
  };
}

/** The worst point's parameters and measures. */
export function worstTable({ campaign }: CampaignManifest, { worst }: CampaignSummary): CellTable | undefined {
  if (worst === undefined) return undefined;
  const { axes, measures } = campaign;
  return {
    columns: ['name', 'value'],
    rows: [
      ...axes.map(({ name, unit }) => [name, formatQuantity(worst.parameters[name]!, unit, 7)]),
      ...measures.map(({ name, unit }) => [name, worst.measures[name] === null ? '-' : formatQuantity(worst.measures[name]!, unit, 7)]),
    ],
  };
}

/** `1000 points: 990 done, 10 diverged`. */
export function statesText({ points, states }: CampaignSummary): string {
  const ends = Object.entries(states).filter(([, count]) => count > 0);
  return `${points} points: ${ends.map(([state, count]) => `${count} ${state}`).join(', ')}`;
}
