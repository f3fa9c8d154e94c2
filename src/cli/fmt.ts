// The verb `fmt`: netlists in their one canonical form.

import { Option, type Command } from 'commander';
import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import type { NetlistFile } from '../netlist/ast.js';
import { printLoom } from '../netlist/loom/print-loom.js';
import { languageOf } from '../netlist/read.js';
import { printYaml } from '../netlist/yaml/print-yaml.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { readNetlistFile } from './netlist-text.js';
import { UsageError } from './report-failure.js';
import { printNote, printResult } from './terminal.js';

interface FmtOptions {
  readonly check?: true;
  readonly write?: true;
}

export function addFmt(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('fmt')
    .summary('format netlists')
    .description('Prints a netlist in its canonical form. With --write files are replaced, with --check they are only looked at.')
    .argument('<files...>', 'netlists (.loom or .yaml)')
    .addOption(new Option('--check', 'print the names of files that are not formatted, and exit 1 if there are any').conflicts('write'))
    .option('--write', 'replace the files that are not formatted')
    .addHelpText(
      'after',
      '\nExamples:\n  deltaloom fmt mod2.loom\n  deltaloom fmt netlists/*.loom --check\n  deltaloom fmt netlists/*.loom --write',
    )
    .action((files: string[], options: FmtOptions) => finish(fmt(files, options)));
}

function fmt(files: readonly string[], { check, write }: FmtOptions): ExitCode {
  if (files.length > 1 && check !== true && write !== true) throw new UsageError('several files need --check or --write');
  // All are read before one is written: a file that is wrong leaves the others as they are.
  const bag = new DiagnosticBag();
  const formatted = files.flatMap((path) => {
    try {
      const file = readNetlistFile(path);
      return [{ path, before: file.source.text, after: formatNetlist(file) }];
    } catch (error) {
      bag.absorb(error);
      return [];
    }
  });
  bag.throwIfErrors();
  const changed = formatted.filter(({ before, after }) => before !== after);
  if (check === true) {
    for (const { path } of changed) printResult(path);
    return changed.length === 0 ? exitCodes.ok : exitCodes.checkFailed;
  }
  if (write === true) {
    for (const { path, after } of changed) writeFileAtomic(path, after);
    for (const { path } of changed) printNote(`formatted ${path}`);
  } else for (const { after } of formatted) printResult(after);
  return exitCodes.ok;
}

const formatNetlist = (file: NetlistFile): string => (languageOf(file.source.name) === 'yaml' ? printYaml(file) : printLoom(file));
