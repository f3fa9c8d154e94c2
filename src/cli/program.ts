// The command line as a whole: its verbs, and what it says about itself.

import { Command } from 'commander';
import { provideNative } from '../backends/native/provide-native.node.js';
import { addBlocks } from './blocks.js';
import { addCheck } from './check.js';
import { addConvert } from './convert.js';
import { addDoctor } from './doctor.js';
import { exitCodeHelp, exitCodes, type ExitCode } from './exit-codes.js';
import { addExport } from './export.js';
import { addFmt } from './fmt.js';
import { addGradcheck } from './gradcheck.js';
import { addGather } from './gather.js';
import { addOptimize } from './optimize.js';
import { addRun } from './run.js';
import { addShow } from './show.js';
import { addSweep } from './sweep.js';
import { reportFailure } from './report-failure.js';
import { version } from './version.js';

/** Runs one command line (without the program's own name) to its exit code; every failure is reported, none is thrown. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  provideNative();
  let code: ExitCode = exitCodes.ok;
  const finish = (result: ExitCode): void => void (code = result);
  const program = new Command('deltaloom')
    .description('Clocked mixed-signal systems written as text: checked, scheduled, compiled, run and measured.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError('(deltaloom --help lists the verbs)')
    .exitOverride()
    .addHelpText('after', `${exitCodeHelp}\n\nResults go to stdout, everything else to stderr. deltaloom VERB --help has examples.`);
  for (const add of [
    addCheck,
    addRun,
    addSweep,
    addGather,
    addOptimize,
    addGradcheck,
    addShow,
    addBlocks,
    addConvert,
    addFmt,
    addExport,
    addDoctor,
  ])
    add(program, finish);
  const verbs = program.commands.flatMap((verb) => [verb, ...verb.commands]);
  for (const verb of verbs) {
    const path = verb.parent === program ? verb.name() : `${verb.parent!.name()} ${verb.name()}`;
    verb.showHelpAfterError(`(deltaloom ${path} --help has examples)`);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    const asJson = verbs.some((verb) => verb.opts<{ json?: true }>().json === true);
    return reportFailure(error, asJson);
  }
}
