// Reads a whole file, or says in plain words why it cannot be read.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { errnoOf, errnoWords } from './errno-words.js';
import { findMissingPart } from './nearest-path.node.js';

/**
 * The bytes of a file.
 * @param span where the netlist names the file, if it does
 * @throws NetlistError DL601 with the reason, and the nearest existing name when the file does not exist
 */
export function readFileBytes(path: string, span?: Span): Uint8Array {
  try {
    const buffer = readFileSync(path);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT' ? findMissingPart(path) : undefined;
    if (missing === undefined) fail('DL601', span, `cannot read '${path}': ${errnoWords(error)}`);
    const inFolder = missing.folder === '.' ? 'the working folder' : `folder '${missing.folder}'`;
    fail('DL601', span, `cannot read '${path}': ${inFolder} has no '${basename(missing.path)}'`, {
      why: 'the file or a folder on its path does not exist',
      help: missing.suggestion === undefined ? undefined : `did you mean '${missing.suggestion}'?`,
    });
  }
}
