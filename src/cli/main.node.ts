#!/usr/bin/env node
// The command `deltaloom`: hands its arguments on and exits with what comes back. The exit code is set and
// not forced, so that a pipe takes all of a long result first.

import { exitCodes } from './exit-codes.js';
import { runCommandLine } from './program.js';
import { reportInternalError } from './report-failure.js';
import { watchStreamErrors } from './stream-errors.js';

watchStreamErrors();
process.on('uncaughtException', (error) => {
  reportInternalError(error);
  process.exit(exitCodes.internal);
});
process.exitCode = await runCommandLine(process.argv.slice(2));
