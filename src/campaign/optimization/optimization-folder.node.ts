// The folder of an optimization: its manifest first, restarts while it runs, results at the end. A folder belongs to one
// optimization; summary.json comes last, so its presence says that all others are there.

import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { errnoWords } from '../../io/errno-words.js';
import { refuseOtherOwner } from '../folder-owner.node.js';
import { isFigureName } from './optimization-figures.js';
import { learnedNetlistName, optimizationFiles, type OptimizationManifest } from './optimization-manifest.js';
import { clearRestarts } from './restart-store.node.js';

const print = (manifest: OptimizationManifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

/** Throws NetlistError DL605 where the learned netlist would replace one that was read. */
export function refuseOwnSource(folder: string, sources: readonly { readonly path: string }[]): void {
  const learned = join(folder, learnedNetlistName(sources[0]!.path));
  if (sources.some(({ path }) => resolve(path) === resolve(learned)))
    fail('DL605', undefined, `'${learned}' is what is optimized: the learned netlist would replace it`, {
      help: 'write to another folder with --out',
    });
}

/**
 * Puts the manifest into the folder where it has none.
 * @throws NetlistError DL605 when the folder holds results of something else, DL602 when its manifest is damaged, DL604 when it cannot be written
 */
export function claimOptimizationFolder(folder: string, manifest: OptimizationManifest): void {
  const path = join(folder, optimizationFiles.manifest);
  if (!existsSync(path)) {
    const learned = learnedNetlistName(manifest.sources[0]!.path);
    const strange = [...Object.values(optimizationFiles), learned].filter((name) =>
      statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
    );
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
  refuseOtherOwner(folder, 'optimization');
  const differ = differences(path, text, manifest).join(', ');
  fail('DL605', undefined, `'${folder}' holds results of another optimization${differ === '' ? '' : `; what differs: ${differ}`}`, {
    why: 'an optimization goes on only with the same version, netlist, seed, backend and numbers of restarts and finalists',
    help: 'write to another folder with --out, or give --restart to throw away what is in this one',
  });
}

/** Throws NetlistError DL602 for a damaged manifest. */
function differences(path: string, text: string, manifest: OptimizationManifest): string[] {
  const found = parse(path, text);
  const options = Object.entries(manifest.optimization).flatMap(([name, value]) => {
    const there = (found.optimization as Readonly<Record<string, unknown>> | undefined)?.[name];
    return there === value ? [] : [`${name} (${String(there)} there, ${value} here)`];
  });
  const words = { deltaloom: 'the version of deltaloom', sources: 'the netlist', data: 'its data files' } as const;
  const others = (['deltaloom', 'sources', 'data'] as const).filter(
    (name) => JSON.stringify(found[name]) !== JSON.stringify(manifest[name]),
  );
  return [...options, ...others.map((name) => words[name])];
}

function parse(path: string, text: string): Partial<OptimizationManifest> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Partial<OptimizationManifest>;
  } catch {
    // Told below.
  }
  return fail('DL602', undefined, `'${path}' is no manifest: it is not JSON`, {
    help: 'give --restart to start anew, or write to another folder with --out',
  });
}

/**
 * Removes what an earlier optimization of a netlist of this name left; the manifest goes last.
 * @throws NetlistError DL605 when the folder belongs to a run or a sweep, DL604 when a file cannot be removed
 */
export function clearOptimizationFolder(folder: string, netlistPath: string): void {
  refuseOtherOwner(folder, 'optimization');
  const { summary, csv, report, manifest } = optimizationFiles;
  try {
    const figures = readdirSync(folder).filter(isFigureName);
    for (const name of [summary, csv, report, learnedNetlistName(netlistPath), ...figures]) rmSync(join(folder, name), { force: true });
    clearRestarts(folder);
    rmSync(join(folder, manifest), { force: true });
  } catch (error) {
    fail('DL604', undefined, `cannot clear '${folder}': ${errnoWords(error)}`);
  }
}
