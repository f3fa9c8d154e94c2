// The files of an optimization's restarts: a result for each that is done, a checkpoint for each that is running. All are
// written at once or not at all, so that a run that is killed loses no more than what came after its last checkpoint.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { errnoWords } from '../../io/errno-words.js';
import type { Phase, RestartResult, RestartTask } from './restart-result.js';

const folders: Readonly<Record<Phase, string>> = { restart: 'restarts', finish: 'finished' };

/** Makes the folders that restarts are kept in. */
export function makeRestartFolders(folder: string): void {
  for (const name of Object.values(folders)) mkdirSync(join(folder, name), { recursive: true });
}

/** Removes every restart of an earlier optimization. */
export function clearRestarts(folder: string): void {
  for (const name of Object.values(folders)) rmSync(join(folder, name), { recursive: true, force: true });
}

type Place = Pick<RestartTask, 'phase' | 'restart'>;
const nameOf = ({ phase, restart }: Place): string => join(folders[phase], String(restart).padStart(6, '0'));
const resultPath = (folder: string, place: Place): string => join(folder, `${nameOf(place)}.json`);
const checkpointPath = (folder: string, place: Place): string => join(folder, `${nameOf(place)}.running.json`);

/** Undefined where it is not done. Throws NetlistError DL602 for a damaged file. */
export function readResult(folder: string, place: Place): RestartResult | undefined {
  const text = readIfThere(resultPath(folder, place));
  return text === undefined ? undefined : decodeResult(text, resultPath(folder, place));
}

export function writeResult(folder: string, result: RestartResult): void {
  writeFileAtomic(resultPath(folder, result), encodeResult(result));
  rmSync(checkpointPath(folder, result), { force: true });
}

/** The encoded state of a restart that was stopped; undefined where there is none. */
export const readCheckpoint = (folder: string, place: Place): string | undefined => readIfThere(checkpointPath(folder, place));

export const writeCheckpoint = (folder: string, place: Place, state: string): void => writeFileAtomic(checkpointPath(folder, place), state);

function readIfThere(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    return fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
}

/** JSON has no NaN and no infinities: they are words. */
const encodeResult = (result: RestartResult): string =>
  `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value))}\n`;

function decodeResult(text: string, path: string): RestartResult {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value,
    ) as RestartResult;
  } catch {
    return fail('DL602', undefined, `'${path}' is no result of a restart: it is not JSON`, {
      help: 'remove it and run the same command again',
    });
  }
}
