// Writes a file so that it is there whole or not at all: a temporary file beside it is written, flushed
// to the disk and renamed onto it. On any failure the temporary file is removed and an old file stays.

import { closeSync, fchmodSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { fail } from '../diagnostics/diagnostic.js';
import { errnoOf, errnoWords } from './errno-words.js';
import { findMissingPart } from './nearest-path.node.js';

/** Bytes, text (as UTF-8), or pieces of either that are written as they are produced. */
export type FileContent = Uint8Array | string | Iterable<Uint8Array | string>;

let temporaryCount = 0;

/** A file that is being written beside its place. After an error, `commit` or `discard` nothing more may be written. */
export interface AtomicFile {
  /** @throws NetlistError DL604 when the file takes no more; nothing is left of it then */
  write(piece: Uint8Array | string): void;
  /** Puts the file in its place, whole and flushed to the disk. @throws NetlistError DL604 when that fails; nothing is left of it then */
  commit(): void;
  /** Removes what was written; does nothing after `commit`, `discard` or an error. */
  discard(): void;
}

/**
 * Begins a file that will stand at `path`, replacing a file that is there (its permissions are kept, a symbolic link is followed).
 * @throws NetlistError DL604 when the file cannot be written
 */
export function openFileAtomic(path: string): AtomicFile {
  const existing = guard(path, () => statSync(path, { throwIfNoEntry: false }));
  if (existing !== undefined && !existing.isFile()) {
    fail('DL604', undefined, `cannot write '${path}': ${existing.isDirectory() ? 'it is a folder' : 'it is not a regular file'}`, {
      why: 'a result is written beside its place and then renamed onto it, which needs a regular file',
    });
  }
  const target = existing === undefined ? path : guard(path, () => realpathSync(path));
  // Thread and count keep two writers in one process apart; a short name fits wherever the target's name does.
  const temporary = join(dirname(target), `.deltaloom-${process.pid}-${threadId}-${temporaryCount++}.tmp`);
  const file = guard(path, () => openSync(temporary, 'wx', 0o666));
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const discard = (): void => {
    if (!isOpen) return;
    close();
    rmSync(temporary, { force: true });
  };
  const attempt = (call: () => void): void => {
    try {
      guard(path, call);
    } catch (error) {
      discard();
      throw error;
    }
  };
  return {
    write: (piece) => attempt(() => writeFileSync(file, piece)),
    commit() {
      attempt(() => {
        if (existing !== undefined) fchmodSync(file, existing.mode & 0o7777);
        fsyncSync(file);
      });
      close();
      try {
        guard(path, () => renameSync(temporary, target));
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
      flushFolder(dirname(target));
    },
    discard,
  };
}

/**
 * Writes `content` to `path` as `openFileAtomic` does. An error thrown by `content` while it produces pieces passes through; no
 * file is left then either.
 * @throws NetlistError DL604 when the file cannot be written
 */
export function writeFileAtomic(path: string, content: FileContent): void {
  const file = openFileAtomic(path);
  try {
    for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content) file.write(piece);
    file.commit();
  } finally {
    file.discard();
  }
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
