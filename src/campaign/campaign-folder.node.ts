// The folder of a campaign: its manifest first, slot files while it runs, results and summary at the end. A folder
// belongs to one campaign; summary.json comes last, so its presence says that all others are there.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { errnoWords } from '../io/errno-words.js';
import { printManifest } from '../simulate/manifest.js';
import { differences, type CampaignManifest } from './campaign-manifest.js';
import { shardOfName, slotName, type Shard } from './shards.js';

export const campaignFiles = {
  manifest: 'manifest.json',
  csv: 'results.csv',
  parquet: 'results.parquet',
  report: 'report.html',
  summary: 'summary.json',
} as const;

/** Makes the folder, and the manifest where it has none. Throws NetlistError DL604 when it cannot, DL605 when it belongs to another campaign. */
export function claimFolder(folder: string, manifest: CampaignManifest): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    fail('DL604', undefined, `cannot make folder '${folder}': ${errnoWords(error)}`);
  }
  const path = join(folder, campaignFiles.manifest);
  if (!existsSync(path)) return writeFileAtomic(path, printManifest(manifest));
  const text = readText(path);
  if (text === printManifest(manifest)) return;
  const differ = differences(parseManifest(path, text), manifest).join(', ');
  fail('DL605', undefined, `'${folder}' holds results of another campaign; what differs: ${differ}`, {
    why: 'results are added only to those of the same version, netlist, parameters, seed and plan',
    help: 'write to another folder with --out, or give --restart to throw away what is in this one',
  });
}

/** Removes what an earlier campaign left; of the unfinished parts those that are about to be run (undefined: that of the whole campaign). */
export function clearFolder(folder: string, parts: readonly (Shard | undefined)[]): void {
  const names = [campaignFiles.summary, ...Object.values(campaignFiles), ...parts.map(slotName)];
  for (const name of names) {
    try {
      rmSync(join(folder, name), { force: true });
    } catch (error) {
      fail('DL604', undefined, `cannot remove '${join(folder, name)}': ${errnoWords(error)}`);
    }
  }
}

export const isFinished = (folder: string): boolean => existsSync(join(folder, campaignFiles.summary));

/** The manifest of a folder's campaign. Throws NetlistError DL601 where there is none, DL602 where it is none. */
export function readManifest(folder: string): CampaignManifest {
  const path = join(folder, campaignFiles.manifest);
  const manifest = parseManifest(path, readText(path));
  if (manifest.campaign !== undefined) return manifest as CampaignManifest;
  return fail('DL602', undefined, `'${path}' is the manifest of a run, not of a sweep`, { help: 'give the folder that a sweep wrote to' });
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
    help: 'give --restart to start the campaign anew, or another folder',
  });
}
