// "Did you mean" for paths: where a path stops existing, and what there was meant.

import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearestName } from '../diagnostics/suggest.js';

/** The first part of a path that does not exist. */
export interface MissingPart {
  /** The path up to and including the missing name. */
  readonly path: string;
  /** The folder that lacks it, `.` for the working folder. */
  readonly folder: string;
  /** The path with the nearest existing name in its place, if one is near. */
  readonly suggestion: string | undefined;
}

/** Finds the first part of `path` that does not exist; undefined when all of it does. */
export function findMissingPart(path: string): MissingPart | undefined {
  if (isThere(path)) return undefined;
  const folder = dirname(path);
  if (folder !== path && !isThere(folder)) return findMissingPart(folder);
  const nearest = nearestName(basename(path), entriesOf(folder));
  return { path, folder, suggestion: nearest === undefined ? undefined : join(folder, nearest) };
}

/** What cannot be looked at counts as there: it is not what is missing. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** Names in a folder; none when it cannot be listed: a suggestion is not worth a second error. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
