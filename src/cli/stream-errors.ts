// What becomes of a stream that takes no more: a reader that went away, a disk that is full.

import { errnoWords } from '../io/errno-words.js';
import { printDiagnostics } from './diagnostic-output.js';
import { exitCodes } from './exit-codes.js';

/**
 * A reader that went away (`| head`) ends the program without a word. Results that cannot be written to stdout are DL604; notes that
 * cannot be written to stderr are lost, and the results go on.
 */
export function watchStreamErrors(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    const message = `cannot write to stdout: ${errnoWords(error)}`;
    printDiagnostics([{ code: 'DL604', severity: 'error', message, why: 'the results are not complete' }]);
    process.exit(exitCodes.netlist);
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
  });
}
