// Short ways to read .loom text in tests.

import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import type { NetlistFile, Statement } from '../../src/netlist/ast.js';
import { readLoom } from '../../src/netlist/loom/read-loom.js';

/** The tree and the printed diagnostics of a text named t.loom. */
export function read(text: string): { readonly file: NetlistFile; readonly problems: string; readonly codes: readonly string[] } {
  const bag = new DiagnosticBag();
  const file = readLoom({ name: 't.loom', text }, bag);
  return { file, problems: formatDiagnostics(bag.list), codes: bag.list.map(({ code }) => code) };
}

/** The tree of a text without mistakes. */
export function readSound(text: string): NetlistFile {
  const { file, problems } = read(text);
  if (problems !== '') throw new Error(problems);
  return file;
}

/** The statements of a body, read in an item of that kind. */
export function readBody(kind: 'system' | 'bench' | 'optimize', body: string): readonly Statement[] {
  const item = readSound(`${kind} s {\n${body}\n}\n`).items[0]!;
  if (item.kind === 'import') throw new Error('no body');
  return item.body;
}
