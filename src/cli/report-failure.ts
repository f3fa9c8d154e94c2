// What ended a verb early, as a message on stderr and an exit code. A verb with --json also gets its one
// document on stdout. Stacks are shown to those who ask with DELTALOOM_DEBUG=1.

import { CommanderError } from 'commander';
import { BackendError } from '../backends/backend-error.js';
import { NetlistError } from '../diagnostics/diagnostic.js';
import { diagnosticDocument, printDiagnostics } from './diagnostic-output.js';
import { GradientError } from '../optimize/gradient-error.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { paintFor, printJson, printNote } from './terminal.js';

/** A command line that commander takes and the verb does not. */
export class UsageError extends Error {}

export function reportFailure(error: unknown, asJson: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UsageError) {
    printNote(`error: ${error.message}`);
    return exitCodes.usage;
  }
  if (error instanceof NetlistError) {
    const exitCode = error.diagnostics.some(({ code }) => code === 'DL801') ? exitCodes.backend : exitCodes.netlist;
    if (asJson) printJson({ status: 'refused', exitCode, diagnostics: error.diagnostics.map(diagnosticDocument) });
    printDiagnostics(error.diagnostics);
    return exitCode;
  }
  if (error instanceof BackendError) {
    const { code, message, help } = error;
    if (asJson)
      printJson({
        status: 'refused',
        exitCode: exitCodes.backend,
        diagnostics: [diagnosticDocument({ code, severity: 'error', message, help })],
      });
    printNote(`${paintFor(process.stderr, 'red', `error[${code}]`)} ${message}\n  help: ${help}`);
    return exitCodes.backend;
  }
  if (error instanceof GradientError) {
    if (asJson) printJson({ status: 'refused', exitCode: exitCodes.numerical, message: error.message });
    printNote(`${paintFor(process.stderr, 'red', 'error')} ${error.message}`);
    return exitCodes.numerical;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (asJson) printJson({ status: 'failed', exitCode: exitCodes.internal, message: `internal error: ${message}` });
  reportInternalError(error);
  return exitCodes.internal;
}

/** A fault of this program: one line, and where it happened for those who ask. */
export function reportInternalError(error: unknown): void {
  const message = (error instanceof Error ? error.message : String(error)).replace(/^internal: /, '').replace(/\s*\n\s*/g, '; ');
  printNote(`internal error: ${message} (this is a fault of deltaloom: please report it with the netlist; DELTALOOM_DEBUG=1 shows where)`);
  if (process.env['DELTALOOM_DEBUG'] === '1' && error instanceof Error) printNote(error.stack ?? '');
}
