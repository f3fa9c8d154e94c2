// Short ways to read YAML netlists in tests.

import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import type { NetlistFile, Statement } from '../../src/netlist/ast.js';
import { readYaml } from '../../src/netlist/yaml/read-yaml.js';

/** The tree and the printed diagnostics of a text named t.yaml. */
export function read(text: string): { readonly file: NetlistFile; readonly problems: string; readonly codes: readonly string[] } {
  const bag = new DiagnosticBag();
  const file = readYaml({ name: 't.yaml', text }, bag);
  return { file, problems: formatDiagnostics(bag.list), codes: bag.list.map(({ code }) => code) };
}

/** The tree of a text without mistakes. */
export function readSound(text: string): NetlistFile {
  const { file, problems } = read(text);
  if (problems !== '') throw new Error(problems);
  return file;
}

/** The statements of an item whose keys are given, indented by nothing. */
export function readBody(kind: 'systems' | 'benches' | 'optimizations', body: string): readonly Statement[] {
  const indented = body.replace(/^(?=.)/gm, '    ');
  const item = readSound(`${kind}:\n  s:\n${indented}\n`).items[0]!;
  if (item.kind === 'import') throw new Error('no body');
  return item.body;
}
