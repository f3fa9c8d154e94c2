// The folder of a campaign: its manifest first, slot files while it runs, results and summary at the end. A folder
// belongs to one campaign; summary.json comes last, so its presence says that all others are there.

import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { errnoWords } from '../io/errno-words.js';
import { findMissingPart } from '../io/nearest-path.node.js';
import { printManifest } from '../simulate/manifest.js';
import { differences, type CampaignManifest } from './campaign-manifest.js';
import { ownerOf, ownerWords, refuseOtherOwner } from './folder-owner.node.js';
import { shellCommand } from './shell-command.js';
import { shardOfName, slotName, type Shard } from './shards.js';

export const campaignFiles = {
  manifest: 'manifest.json',
  csv: 'results.csv',
  parquet: 'results.parquet',
  report: 'report.html',
  summary: 'summary.json',
} as const;

/**
 * Puts the manifest into the folder where it has none.
 * @throws NetlistError DL605 when the folder belongs to another campaign, a run or an optimization, or holds other files under the names of results; DL602
 *   when its manifest is damaged; DL604 when it cannot be written
 */
export function claimFolder(folder: string, manifest: CampaignManifest): void {
  const path = join(folder, campaignFiles.manifest);
  if (!existsSync(path)) {
    refuseStrangeFiles(folder);
    return writeFileAtomic(path, printManifest(manifest));
  }
  const text = readText(path);
  if (text === printManifest(manifest)) return;
  const found = parseManifest(path, text);
  refuseOtherOwner(folder, 'sweep');
  const differ = differences(found, manifest).join(', ');
  fail('DL605', undefined, `'${folder}' holds results of another campaign; what differs: ${differ}`, {
    why: 'results are added only to those of the same version, netlist, parameters, seed and plan',
    help: 'write to another folder with --out, or give --restart to throw away what is in this one',
  });
}

/**
 * Removes what an earlier campaign left; of the unfinished parts those that are about to be run (undefined: that of the whole
 * campaign). The manifest goes last: until then the folder is that campaign's.
 * @throws NetlistError DL605 when the folder belongs to a run or an optimization, DL604 when a file cannot be removed
 */
export function clearFolder(folder: string, parts: readonly (Shard | undefined)[]): void {
  const manifest = join(folder, campaignFiles.manifest);
  refuseOtherOwner(folder, 'sweep');
  const { summary, csv, parquet, report } = campaignFiles;
  const names = [summary, csv, parquet, report, ...parts.map(slotName)];
  for (const path of names.map((name) => join(folder, name)).concat(manifest)) {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      fail('DL604', undefined, `cannot remove '${path}': ${errnoWords(error)}`);
    }
  }
}

/** DL605 when there is a file that the results would replace, and no manifest that says that it is one of them. */
function refuseStrangeFiles(folder: string): void {
  const strange = Object.values(campaignFiles).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
  if (strange.length === 0) return;
  fail('DL605', undefined, `'${folder}' holds ${strange.join(', ')} and no ${campaignFiles.manifest}`, {
    why: 'the results of a sweep would replace what is of something else',
    help: 'write to another folder with --out, or give --restart to replace them',
  });
}

export const isFinished = (folder: string): boolean => existsSync(join(folder, campaignFiles.summary));

/** The manifest of a folder's campaign. Throws NetlistError DL601 where there is none, DL602 where it is none. */
export function readManifest(folder: string): CampaignManifest {
  const path = join(folder, campaignFiles.manifest);
  if (!existsSync(path)) refuseEmptyFolder(folder);
  const manifest = parseManifest(path, readText(path));
  if (manifest.campaign !== undefined) return manifest as CampaignManifest;
  return fail('DL602', undefined, `'${path}' is the manifest of ${ownerWords[ownerOf(folder) ?? 'run']}, not of a sweep`, {
    help: 'give the folder that a sweep wrote to',
  });
}

function refuseEmptyFolder(folder: string): never {
  const missing = findMissingPart(folder);
  const run = `run one: ${shellCommand(['sweep', 'FILE', '--vary', 'NAME=AXIS', '--out', folder])}`;
  const help = missing?.suggestion === undefined ? run : `did you mean '${missing.suggestion}'?`;
  const message = missing === undefined ? `no sweep was written to '${folder}'` : `there is no folder '${missing.path}'`;
  return fail('DL601', undefined, message, { why: `a sweep's folder holds its ${campaignFiles.manifest}`, help });
}

/** The shards that have a slot file, in order. */
export function shardsIn(folder: string): Shard[] {
  const shards = readdirSync(folder).flatMap((name) => shardOfName(name) ?? []);
  return shards.sort((a, b) => a.count - b.count || a.index - b.index);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
}

function parseManifest(path: string, text: string): Partial<CampaignManifest> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Partial<CampaignManifest>;
  } catch {
    // Told below.
  }
  return fail('DL602', undefined, `'${path}' is no manifest: it is not JSON`, {
    help: 'run the sweep with --restart to start it anew, or write to another folder',
  });
}
