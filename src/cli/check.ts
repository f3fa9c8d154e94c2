// The verb `check`: every problem of netlists, without running them.

import type { Command } from 'commander';
import { checkLibrary } from '../campaign/check-library.js';
import { NetlistError, type Diagnostic } from '../diagnostics/diagnostic.js';
import { countDiagnostics, diagnosticDocument, printDiagnostics } from './diagnostic-output.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { loadNetlist } from './load-netlist.js';
import { printJson, printResult } from './terminal.js';
import { planFiles } from './write-statements.js';

export function addCheck(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('check')
    .summary('report every problem of netlists')
    .description('Reports every problem of each file: its benches and optimize items, and its systems without a bench. Nothing is run.')
    .argument('<files...>', 'netlists (.loom or .yaml)')
    .option('--json', 'print one JSON document: {files: [{file, optimizations, diagnostics}]}')
    .addHelpText('after', '\nExamples:\n  deltaloom check mod2.loom\n  deltaloom check netlists/*.loom --json')
    .action((files: string[], { json }: { json?: true }) => finish(check(files, json === true)));
}

function check(files: readonly string[], asJson: boolean): ExitCode {
  const found = files.map((file) => ({ file, ...checkFile(file) }));
  for (const { file, diagnostics, optimizations } of found) {
    printDiagnostics(diagnostics);
    const items = optimizations.length === 0 ? '' : `; optimize items: ${optimizations.join(', ')}`;
    if (!asJson) printResult(`${file}: ${countDiagnostics(diagnostics) || 'ok'}${items}`);
  }
  if (asJson)
    printJson({ files: found.map(({ diagnostics, ...file }) => ({ ...file, diagnostics: diagnostics.map(diagnosticDocument) })) });
  const isWrong = found.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'));
  return isWrong ? exitCodes.netlist : exitCodes.ok;
}

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the optimize items. */
  readonly optimizations: readonly string[];
}

function checkFile(file: string): Checked {
  try {
    const { library } = loadNetlist(file);
    return { diagnostics: checkLibrary(library, planFiles), optimizations: library.optimizations.map(({ name }) => name.name) };
  } catch (error) {
    if (error instanceof NetlistError) return { diagnostics: error.diagnostics, optimizations: [] };
    throw error;
  }
}
