// The folder of an optimization: its manifest first, restarts while it runs, results at the end. A folder belongs to one
// optimization; summary.json comes last, so its presence says that all others are there.

import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { errnoWords } from '../../io/errno-words.js';
import { sha256, type RunOrigin } from '../../simulate/manifest.js';
import { clearRestarts } from './restart-store.node.js';

export const optimizationFiles = {
  manifest: 'manifest.json',
  csv: 'restarts.csv',
  report: 'report.html',
  summary: 'summary.json',
} as const;

/** Name of the learned netlist, in the language of the one it is from. */
export const learnedNetlistName = (path: string): string => `learned${/\.[^./\\]+$/.exec(path)?.[0] ?? '.loom'}`;

/** Everything that decides the results; the number of threads does not. */
export interface OptimizationManifest {
  /** Version of Deltaloom. */
  readonly deltaloom: string;
  readonly optimization: {
    readonly item: string;
    readonly restarts: number;
    readonly finalists: number;
    readonly seed: number;
    readonly backend: string;
  };
  readonly sources: readonly { readonly path: string; readonly sha256: string; readonly text: string }[];
  readonly data: readonly { readonly path: string; readonly sha256: string }[];
}

export async function makeOptimizationManifest(
  optimization: OptimizationManifest['optimization'],
  { version, sources, data }: Pick<RunOrigin, 'version' | 'sources' | 'data'>,
): Promise<OptimizationManifest> {
  const decoder = new TextDecoder();
  return {
    deltaloom: version,
    optimization,
    sources: await Promise.all(
      sources.map(async ({ path, bytes }) => ({ path, sha256: await sha256(bytes), text: decoder.decode(bytes) })),
    ),
    data: await Promise.all(data.map(async ({ path, bytes }) => ({ path, sha256: await sha256(bytes) }))),
  };
}

const print = (manifest: OptimizationManifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

/**
 * Puts the manifest into the folder where it has none.
 * @throws NetlistError DL605 when the folder holds results of something else, DL604 when it cannot be written
 */
export function claimOptimizationFolder(folder: string, manifest: OptimizationManifest): void {
  const path = join(folder, optimizationFiles.manifest);
  if (!existsSync(path)) {
    const strange = Object.values(optimizationFiles).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
    if (strange.length > 0)
      fail('DL605', undefined, `'${folder}' holds ${strange.join(', ')} and no ${optimizationFiles.manifest}`, {
        why: 'the results of an optimization would replace what is of something else',
        help: 'write to another folder with --out, or give --restart to replace them',
      });
    return writeFileAtomic(path, print(manifest));
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
  if (text === print(manifest)) return;
  fail('DL605', undefined, `'${folder}' holds results of something else${differenceText(text, manifest)}`, {
    why: 'an optimization goes on only with the same version, netlist, seed, backend and numbers of restarts and finalists',
    help: 'write to another folder with --out, or give --restart to throw away what is in this one',
  });
}

function differenceText(text: string, manifest: OptimizationManifest): string {
  try {
    const found = JSON.parse(text) as Partial<OptimizationManifest>;
    if (found.optimization === undefined) return '';
    const differ = [
      ...Object.entries(manifest.optimization).flatMap(([name, value]) =>
        (found.optimization as Record<string, unknown>)[name] === value ? [] : [name],
      ),
      ...(['deltaloom', 'sources', 'data'] as const).filter((name) => JSON.stringify(found[name]) !== JSON.stringify(manifest[name])),
    ];
    return differ.length === 0 ? '' : `; what differs: ${differ.join(', ')}`;
  } catch {
    return '';
  }
}

/** Removes what an earlier optimization left; the manifest goes last. */
export function clearOptimizationFolder(folder: string): void {
  const { summary, csv, report, manifest } = optimizationFiles;
  try {
    for (const name of [summary, csv, report]) rmSync(join(folder, name), { force: true });
    clearRestarts(folder);
    rmSync(join(folder, manifest), { force: true });
  } catch (error) {
    fail('DL604', undefined, `cannot clear '${folder}': ${errnoWords(error)}`);
  }
}
