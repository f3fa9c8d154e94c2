// Says where an algebraic loop runs: every signal of it, what it reads, and where that stands.

import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { signalName, type SignalRef } from '../graph/graph.js';

/** The diagnostic of a loop; each signal reads the next one, the last reads the first. */
export function algebraicLoop(loop: readonly SignalRef[], event: string): Diagnostic {
  const start = loop.reduce((best, ref, i) => (signalName(ref) < signalName(loop[best]!) ? i : best), 0);
  const ordered = [...loop.slice(start), ...loop.slice(0, start)];
  const names = ordered.map(signalName);
  return {
    code: 'DL401',
    severity: 'error',
    message: `algebraic loop: ${[...names, names[0]].join(' <- ')}`,
    span: ordered[0]!.instance.span,
    why: `${event === '' ? '' : `at event ${event} `}each of these signals needs the next one's value at the same instant`,
    help: 'break it with a block that does not feed through: register, delay, integrator',
    related: ordered.map(({ instance }, i) => ({ message: `'${names[i]}' reads '${names[i + 1] ?? names[0]}'`, span: instance.span })),
  };
}
