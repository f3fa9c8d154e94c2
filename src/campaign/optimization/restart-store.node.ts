// The files of an optimization's restarts: a result for each that is done, a checkpoint for each that is running. All are
// written at once or not at all, so that a run that is killed loses no more than what came after its last checkpoint.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../../io/atomic-write.node.js';
import { errnoWords } from '../../io/errno-words.js';
import type { TrainingState } from '../../optimize/training.js';
import { decodeTraining, encodeTraining, type Phase, type RestartResult, type RestartTask } from './restart-result.js';
import { signText, unsignText } from './signed-text.js';

const folders: Readonly<Record<Phase, string>> = { restart: 'restarts', finish: 'finished' };

/**
 * Makes the folders that restarts are kept in, and removes what a killed process was about to write there. Only under the
 * folder's lock. Throws NetlistError DL604.
 */
export function makeRestartFolders(folder: string): void {
  for (const name of Object.values(folders)) {
    const path = join(folder, name);
    try {
      mkdirSync(path, { recursive: true });
      for (const file of readdirSync(path)) if (file.endsWith('.tmp')) rmSync(join(path, file), { force: true });
    } catch (error) {
      fail('DL604', undefined, `cannot make folder '${path}': ${errnoWords(error)}`);
    }
  }
}

/** Removes every restart of an earlier optimization, and the folders where nothing else is in them. */
export function clearRestarts(folder: string): void {
  for (const name of Object.values(folders)) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    for (const file of readdirSync(path)) if (/^\d{6,}(\.running)?\.json(\.|$)/.test(file)) rmSync(join(path, file), { force: true });
    if (readdirSync(path).length === 0) rmdirSync(path);
  }
}

type Place = Pick<RestartTask, 'phase' | 'restart'>;
const nameOf = ({ phase, restart }: Place): string => join(folders[phase], String(restart).padStart(6, '0'));
const resultPath = (folder: string, place: Place): string => join(folder, `${nameOf(place)}.json`);
const checkpointPath = (folder: string, place: Place): string => join(folder, `${nameOf(place)}.running.json`);

/** Undefined where it is not done. A checkpoint that a killed process left beside it is removed. Throws NetlistError DL602 for a damaged file. */
export function readResult(folder: string, place: Place): RestartResult | undefined {
  const result = readSigned(resultPath(folder, place), 'result of a restart', decodeResult);
  if (result !== undefined) rmSync(checkpointPath(folder, place), { force: true });
  return result;
}

export function writeResult(folder: string, result: RestartResult): void {
  writeFileAtomic(resultPath(folder, result), signText(encodeResult(result)));
  rmSync(checkpointPath(folder, result), { force: true });
}

/** The state of a restart that was stopped; undefined where there is none. Throws NetlistError DL602 for a damaged file. */
export const readCheckpoint = (folder: string, place: Place): TrainingState | undefined =>
  readSigned(checkpointPath(folder, place), 'checkpoint of a restart', decodeTraining);

export const writeCheckpoint = (folder: string, place: Place, state: TrainingState): void =>
  writeFileAtomic(checkpointPath(folder, place), signText(encodeTraining(state)));

function readSigned<T>(path: string, what: string, decode: (text: string) => T): T | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const signed = unsignText(text);
  if (signed !== undefined) return decode(signed);
  return fail('DL602', undefined, `'${path}' is no ${what}, or it is damaged`, {
    why: 'its content does not fit the checksum in it',
    help: 'remove this file and run the same command again: the restart is then run anew',
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    return fail('DL601', undefined, `cannot read '${path}': ${errnoWords(error)}`);
  }
}

/** JSON has no NaN and no infinities: they are words. */
const encodeResult = (result: RestartResult): string =>
  JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value));

const decodeResult = (text: string): RestartResult =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value,
  ) as RestartResult;
