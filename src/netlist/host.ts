// Where netlists come from: the file system for the command line, a map of texts in a page. All that
// the reading of a netlist needs from the outside goes through this.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';

export interface Host {
  /** The bytes of a file; DL601 at `span` if it cannot be read. */
  readBytes(path: string, span?: Span): Uint8Array;
  /** The path that `relative` means in a file at `from`. */
  resolve(from: string, relative: string): string;
}

/** Files held in memory, by path with forward slashes. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>): Host {
  const byPath = new Map(Object.entries(files));
  return {
    readBytes(path, span) {
      const file = byPath.get(path);
      if (file === undefined)
        fail('DL601', span, `cannot read '${path}'`, { why: 'there is no such file', help: didYouMean(path, byPath.keys()) });
      return typeof file === 'string' ? new TextEncoder().encode(file) : file;
    },
    resolve: resolvePath,
  };
}

/** Joins with forward slashes and removes `.` and `..` where a folder stands before. */
export function resolvePath(from: string, relative: string): string {
  if (relative.startsWith('/')) return relative;
  const parts = [...from.split('/').slice(0, -1), ...relative.split('/')];
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '.' || (part === '' && kept.length > 0)) continue;
    if (part === '..' && kept.length > 0 && kept.at(-1) !== '..' && kept.at(-1) !== '') kept.pop();
    else kept.push(part);
  }
  return kept.join('/');
}
