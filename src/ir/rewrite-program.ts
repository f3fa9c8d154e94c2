// Rewrites the expressions of a whole Program.

import type { Expr } from './expr.js';
import type { Action, Program } from './program.js';
import type { Rewriter } from './rewrite.js';

export function rewriteProgram(program: Program, rewriter: Rewriter): Program {
  const rewrite = (expr: Expr): Expr => rewriter.rewrite(expr);
  const events = program.events.map((event) => ({ ...event, actions: event.actions.map((action) => rewriteAction(action, rewrite)) }));
  const signalNames = new Map<Expr, string>();
  for (const [expr, name] of program.signalNames) {
    const rewritten = rewrite(expr);
    if (!signalNames.has(rewritten)) signalNames.set(rewritten, name);
  }
  return { ...program, events, signalNames };
}

/** The action with its expressions rewritten. */
export function rewriteAction(action: Action, rewrite: (expr: Expr) => Expr): Action {
  return action.do === 'put'
    ? { ...action, index: rewrite(action.index), value: rewrite(action.value) }
    : { ...action, value: rewrite(action.value) };
}
