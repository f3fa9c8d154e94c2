// Folders that results go to: looked at before a run, so that hours are not lost to a misspelt path, and
// made after it.

import { accessSync, constants, mkdirSync, statSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import { errnoOf, errnoWords } from '../io/errno-words.js';
import { findMissingPart } from '../io/nearest-path.node.js';

/** DL604 unless a file can be made in the folder of `path`. */
export function requireFolderOf(path: string): void {
  const folder = dirname(path);
  const missing = findMissingPart(folder);
  if (missing === undefined) return requireWritable(folder, path);
  fail('DL604', undefined, `cannot write '${path}': there is no folder '${missing.path}'`, {
    why: 'a file is written only into a folder that exists',
    help: missing.suggestion === undefined ? `create it: mkdir -p '${folder}'` : `did you mean '${missing.suggestion}'?`,
  });
}

/** DL604 unless the folder is there and can be written to, or can be made. */
export function requireMakeableFolder(path: string): void {
  let nearest = resolve(path);
  while (statusOf(nearest) === undefined && dirname(nearest) !== nearest) nearest = dirname(nearest);
  requireWritable(nearest, path);
}

/** Makes the folder and those above it, one at a time: where none can be made (/proc), Node's recursive call never ends. DL604 if it cannot. */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let nearest = resolve(path);
  for (; statusOf(nearest) === undefined && dirname(nearest) !== nearest; nearest = dirname(nearest)) missing.unshift(nearest);
  requireWritable(nearest, path);
  for (const folder of missing) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another process may have made it in between.
      if (statusOf(folder)?.isDirectory() === true) continue;
      const words = errnoOf(error) === 'ENOENT' ? `no folder can be made in '${dirname(folder)}'` : errnoWords(error);
      fail('DL604', undefined, `cannot make folder '${path}': ${words}`);
    }
  }
}

function requireWritable(folder: string, path: string): void {
  if (statusOf(folder)?.isDirectory() === false) fail('DL604', undefined, `cannot write '${path}': '${folder}' is not a folder`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    fail('DL604', undefined, `cannot write '${path}': ${errnoWords(error)}`);
  }
}

/** Undefined for what does not exist, a path that leads through a file included: the file is found further up. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
