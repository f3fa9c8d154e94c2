// Writes a file so that it is there whole or not at all: a temporary file beside it is written, flushed
// to the disk and renamed onto it. On any failure the temporary file is removed and an old file stays.

import { closeSync, fchmodSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import { errnoOf, errnoWords } from './errno-words.js';
import { findMissingPart } from './nearest-path.node.js';

/** Bytes, text (as UTF-8), or pieces of either that are written as they are produced. */
export type FileContent = Uint8Array | string | Iterable<Uint8Array | string>;

let temporaryCount = 0;

/**
 * Writes `content` to `path`, replacing a file that is there (its permissions are kept, a symbolic link is followed).
 * An error thrown by `content` while it produces pieces passes through; no file is left then either.
 * @throws NetlistError DL604 when the file cannot be written
 */
export function writeFileAtomic(path: string, content: FileContent): void {
  const existing = guard(path, () => statSync(path, { throwIfNoEntry: false }));
  if (existing !== undefined && !existing.isFile()) {
    fail('DL604', undefined, `cannot write '${path}': ${existing.isDirectory() ? 'it is a folder' : 'it is not a regular file'}`, {
      why: 'a result is written beside its place and then renamed onto it, which needs a regular file',
    });
  }
  const target = existing === undefined ? path : guard(path, () => realpathSync(path));
  // The count keeps two writers in one process apart; a short name fits wherever the target's name does.
  const temporary = join(dirname(target), `.deltaloom-${process.pid}-${temporaryCount++}.tmp`);
  const file = guard(path, () => openSync(temporary, 'wx', 0o666));
  try {
    try {
      writeAll(path, file, content, existing);
    } finally {
      closeSync(file);
    }
    guard(path, () => renameSync(temporary, target));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  flushFolder(dirname(target));
}

function writeAll(path: string, file: number, content: FileContent, existing: Stats | undefined): void {
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  for (const piece of pieces) guard(path, () => writeFileSync(file, piece));
  guard(path, () => {
    if (existing !== undefined) fchmodSync(file, existing.mode & 0o7777);
    fsyncSync(file);
  });
}

/** Makes the renaming itself durable where folders can be flushed; the file is whole in any case. */
function flushFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    return;
  }
}

/** Runs a system call; its error becomes DL604. */
function guard<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT' ? findMissingPart(dirname(path)) : undefined;
    if (missing === undefined) fail('DL604', undefined, `cannot write '${path}': ${errnoWords(error)}`);
    fail('DL604', undefined, `cannot write '${path}': there is no folder '${missing.path}'`, {
      why: 'a file is written only into a folder that exists',
      help: missing.suggestion === undefined ? `create it: mkdir -p '${dirname(path)}'` : `did you mean '${missing.suggestion}'?`,
    });
  }
}
