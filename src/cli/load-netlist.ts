// Reads a netlist by path for a verb, and remembers every file that was read on its behalf.

import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { fileHost } from '../netlist/host.node.js';
import { loadLibrary, type Library } from '../netlist/library.js';
import { rememberReads } from '../simulate/manifest.js';

export interface ReadFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface LoadedNetlist {
  readonly library: Library;
  /** The netlist and what it imports. */
  readonly sources: readonly ReadFile[];
  /** Other files read since: recordings. */
  readonly dataRead: () => ReadFile[];
}

/** Throws NetlistError. */
export function loadNetlist(path: string): LoadedNetlist {
  const host = rememberReads(fileHost);
  const bag = new DiagnosticBag();
  const library = loadLibrary(path, host, bag);
  bag.throwIfErrors();
  const read = (): ReadFile[] => [...host.reads].map(([name, bytes]) => ({ path: name, bytes }));
  const sources = read();
  return { library, sources, dataRead: () => read().slice(sources.length) };
}
