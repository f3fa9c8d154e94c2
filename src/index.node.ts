// The library with the file system: everything of index.ts, and netlists read by path.

import { DiagnosticBag } from './diagnostics/diagnostic.js';
import { fileHost } from './netlist/host.node.js';
import { loadLibrary, type Library } from './netlist/library.js';

/** Reads a netlist file and what it imports. Throws NetlistError. */
export function loadFile(path: string): Library {
  const bag = new DiagnosticBag();
  const library = loadLibrary(path, fileHost, bag);
  bag.throwIfErrors();
  return library;
}

export * from './index.js';
export { fileHost } from './netlist/host.node.js';
