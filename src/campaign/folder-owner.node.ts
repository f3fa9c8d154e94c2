// Whose results a folder holds: runs, sweeps and optimizations have files of the same names, and none writes into the folder of another.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';

export type FolderOwner = 'run' | 'sweep' | 'optimization';

export const ownerWords: Readonly<Record<FolderOwner, string>> = { run: 'a run', sweep: 'a sweep', optimization: 'an optimization' };

/** Undefined where there is no manifest that can be read. */
export function ownerOf(folder: string): FolderOwner | undefined {
  const path = join(folder, 'manifest.json');
  try {
    const manifest: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
    if (typeof manifest !== 'object' || manifest === null) return undefined;
    return 'campaign' in manifest ? 'sweep' : 'optimization' in manifest ? 'optimization' : 'run';
  } catch {
    return undefined;
  }
}

/** DL605 when the folder holds the results of another kind than `owner`, finished or not: they would be mixed up. */
export function refuseOtherOwner(folder: string, owner: FolderOwner): void {
  const found = ownerOf(folder);
  if (found === undefined || found === owner) return;
  fail('DL605', undefined, `'${folder}' holds the results of ${ownerWords[found]}`, {
    why: `${ownerWords[owner]} would replace its manifest.json and report.html`,
    help: 'write to another folder with --out, or remove this one first',
  });
}
