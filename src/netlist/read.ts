// Reads a netlist in either language, told by the name of the source: .yaml and .yml are YAML.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { SourceText } from '../diagnostics/span.js';
import type { NetlistFile } from './ast.js';
import { readLoom } from './loom/read-loom.js';
import { readYaml } from './yaml/read-yaml.js';

export type NetlistLanguage = 'loom' | 'yaml';

export const languageOf = (fileName: string): NetlistLanguage => (/\.ya?ml$/i.test(fileName) ? 'yaml' : 'loom');

/** The syntax tree of a text; everything wrong with it is in the bag. */
export function readNetlist(source: SourceText, bag: DiagnosticBag): NetlistFile {
  return languageOf(source.name) === 'yaml' ? readYaml(source, bag) : readLoom(source, bag);
}
