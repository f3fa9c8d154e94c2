// Commands of deltaloom as lines of a shell, for hints and reports.

import type { CampaignManifest } from './campaign-manifest.js';

/** As one line of a shell, with `more` arguments behind. */
export const shellCommand = (args: readonly string[], more: readonly string[] = []): string =>
  ['deltaloom', ...args, ...more].map(quoteWord).join(' ');

/** Runs one point of a campaign by itself. */
export const laneCommand = ({ command }: CampaignManifest, point: number): string => shellCommand(command, ['--lane', String(point)]);

export const quoteWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
