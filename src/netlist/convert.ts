// Prints a netlist in the other language. Comments and meaning are kept; statements come in the order of the
// normal form, and imports keep their paths.

import type { NetlistFile } from './ast.js';
import { inputNamesIn, positionInputs } from './call-inputs.js';
import { printLoom } from './loom/print-loom.js';
import { mapStatementCalls } from './map-calls.js';
import { normalizeNetlist } from './normalize.js';
import type { NetlistLanguage } from './read.js';
import { printYaml } from './yaml/print-yaml.js';

export function convertNetlist(file: NetlistFile, to: NetlistLanguage): string {
  return to === 'yaml' ? printYaml(file) : printLoom(withPositionalInputs(normalizeNetlist(file)));
}

/** Calls as .loom is written by hand: `integrator(u - v)`, not `integrator(in: u - v)`. */
function withPositionalInputs(file: NetlistFile): NetlistFile {
  const inputNames = inputNamesIn(file);
  const items = file.items.map((item) => {
    if (item.kind === 'import') return item;
    return { ...item, body: item.body.map((statement) => mapStatementCalls(statement, (call) => positionInputs(call, inputNames))) };
  });
  return { ...file, items };
}
