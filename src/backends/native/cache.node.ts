// The folder of compiled libraries in the user's cache. Those used last are kept; a process may lose one that it has
// just found, and compiles it again.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BackendError } from '../backend-error.js';

/** Libraries that are kept; most have some ten kilobytes. */
export const mostLibraries = 256;
/** Names of libraries, as compileLibrary gives them, and of folders of compilations: whatever else is in the folder is not ours. */
const libraryName = /^[0-9a-f]{64}\.node$/;
const workPrefix = 'compile-';
const workName = /^compile-[0-9A-Za-z]{6}$/;
/** A folder of a compilation older than this was left by a process that died. */
const longestWorkMs = 86_400_000;

export function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  return join(XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'deltaloom');
}

/** Makes a library the one used last. */
export function markUsed(library: string): void {
  const now = new Date();
  try {
    utimesSync(library, now, now);
  } catch {
    // A folder that cannot be written to is nobody's to prune.
  }
}

/** Removes the libraries whose use lies back the longest, and what processes that died left. */
export function pruneCache(folder: string): void {
  const entries = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ name, path, stats }];
  });
  const byUse = entries
    .filter(({ name, stats }) => stats.isFile() && libraryName.test(name))
    .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  for (const { path } of byUse.slice(mostLibraries)) rmSync(path, { force: true });
  for (const { name, path, stats } of entries) {
    const isLeft = stats.isDirectory() && workName.test(name) && Date.now() - stats.mtimeMs > longestWorkMs;
    if (isLeft) rmSync(path, { recursive: true, force: true });
  }
}

/** A new folder for one compilation. Throws BackendError. */
export function makeWorkFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(folder, workPrefix));
  } catch (error) {
    throw new BackendError(
      `the native backend cannot keep its programs: ${error instanceof Error ? error.message : String(error)}`,
      'set XDG_CACHE_HOME to a folder that can be written to, or use the backend js or wasm',
    );
  }
}
