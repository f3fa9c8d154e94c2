// The results of a finished campaign, from its rows alone: tables, summary and report. The rows are gone through as often
// as needed and never kept, so memory does not grow with the points. summary.json comes last.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { errnoWords } from '../io/errno-words.js';
import { openCsv } from '../io/csv-stream.node.js';
import { openParquet } from '../io/parquet-write.node.js';
import type { TableWriter } from '../io/table-writer.js';
import { campaignFiles } from './campaign-folder.node.js';
import type { CampaignManifest } from './campaign-manifest.js';
import { campaignReport } from './campaign-report.js';
import { laneCommand } from './shell-command.js';
import { tableColumns, tablePieces } from './result-table.js';
import { summarize, type CampaignSummary } from './summary.js';

/** Returns the paths of what was written. Throws NetlistError DL604 when a file cannot be written: the rows stay. */
export function writeCampaign(folder: string, manifest: CampaignManifest, tiles: Iterable<Float64Array>): string[] {
  writeTables(folder, manifest, tiles);
  const summary = summarize(manifest, tiles);
  const again = laneCommand(manifest, summary.worst?.point ?? 0);
  writeFileAtomic(join(folder, campaignFiles.report), campaignReport(manifest, summary, Object.values(campaignFiles), again));
  writeFileAtomic(join(folder, campaignFiles.summary), `${JSON.stringify(summary, undefined, 2)}\n`);
  return Object.values(campaignFiles).map((name) => join(folder, name));
}

function writeTables(folder: string, manifest: CampaignManifest, tiles: Iterable<Float64Array>): void {
  const columns = tableColumns(manifest);
  const writers: TableWriter[] = [];
  try {
    writers.push(openCsv(join(folder, campaignFiles.csv), columns));
    writers.push(openParquet(join(folder, campaignFiles.parquet), columns, {}));
    for (const piece of tablePieces(manifest, tiles)) for (const writer of writers) writer.append(piece);
    for (const writer of writers) writer.finish();
  } finally {
    for (const writer of writers) writer.discard();
  }
}

/** What a finished campaign found. Throws NetlistError DL601 or DL602 when its file cannot be read. */
export function readSummary(folder: string): CampaignSummary {
  const path = join(folder, campaignFiles.summary);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as CampaignSummary;
  } catch (error) {
    if (error instanceof SyntaxError)
      fail('DL602', undefined, `'${path}' is no summary: it is not JSON`, { help: 'remove it and run the same command again' });
    fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
}
