// The verb `convert`: prints a netlist in the other language.

import { Option, type Command } from 'commander';
import { writeFileAtomic } from '../io/atomic-write.node.js';
import { convertNetlist } from '../netlist/convert.js';
import type { NetlistLanguage } from '../netlist/read.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { readNetlistFile } from './netlist-text.js';
import { printResult } from './terminal.js';

export function addConvert(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('convert')
    .summary('print a netlist in the other language')
    .description('Prints a netlist as .loom or as YAML. Comments and meaning are kept; imports keep their paths.')
    .argument('<file>', 'netlist (.loom or .yaml)')
    .addOption(new Option('--to <language>', 'the language to print').choices(['loom', 'yaml']).makeOptionMandatory())
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .addHelpText('after', '\nExamples:\n  deltaloom convert mod2.loom --to yaml\n  deltaloom convert mod2.yaml --to loom -o mod2.loom')
    .action((file: string, { to, output }: { to: NetlistLanguage; output?: string }) => {
      const text = convertNetlist(readNetlistFile(file), to);
      if (output === undefined) printResult(text);
      else writeFileAtomic(output, text);
      finish(exitCodes.ok);
    });
}
