// Reads the syntax tree of one netlist file; what it imports is left alone.

import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { NetlistFile } from '../netlist/ast.js';
import { fileHost } from '../netlist/host.node.js';
import { readSource } from '../netlist/library.js';
import { readNetlist } from '../netlist/read.js';

/** Throws NetlistError with every problem of the text. */
export function readNetlistFile(path: string): NetlistFile {
  const bag = new DiagnosticBag();
  const file = readNetlist(readSource(path, fileHost), bag);
  bag.throwIfErrors();
  return file;
}
