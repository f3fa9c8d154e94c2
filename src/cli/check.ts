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
    .description('Reports every problem of each file: its benches, and its systems without a bench. Nothing is run.')
    .argument('<files...>', 'netlists (.loom or .yaml)')
    .option('--json', 'print one JSON document: {files: [{file, diagnostics}]}')
    .addHelpText('after', '\nExamples:\n  deltaloom check mod2.loom\n  deltaloom check netlists/*.loom --json')
    .action((files: string[], { json }: { json?: true }) => finish(check(files, json === true)));
}

function check(files: readonly string[], asJson: boolean): ExitCode {
  const found = files.map((file) => ({ file, diagnostics: checkFile(file) }));
  for (const { file, diagnostics } of found) {
    printDiagnostics(diagnostics);
    if (!asJson) printResult(`${file}: ${countDiagnostics(diagnostics) || 'ok'}`);
  }
  if (asJson) printJson({ files: found.map(({ file, diagnostics }) => ({ file, diagnostics: diagnostics.map(diagnosticDocument) })) });
  const isWrong = found.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error'));
  return isWrong ? exitCodes.netlist : exitCodes.ok;
}

function checkFile(file: string): readonly Diagnostic[] {
  try {
    return checkLibrary(loadNetlist(file).library, planFiles);
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics;
    throw error;
  }
}
