// Ctrl-C, and SIGTERM, which clusters and containers send before they kill: the first one asks the run to stop after the
// present piece, the second one ends the program.

import { exitCodes } from './exit-codes.js';
import { printNote } from './terminal.js';

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Ends the watching. */
  readonly release: () => void;
}

export function watchInterrupt(): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    printNote('stopping after the present piece; interrupt again to end at once');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, onSignal);
  return { signal: controller.signal, release: () => signals.forEach((name) => process.off(name, onSignal)) };
}
