// Rewrites the expressions of a whole Program.

import type { Expr } from './expr.js';
import type { Action, Program } from './program.js';
import type { Rewriter } from './rewrite.js';

export function rewriteProgram(program: Program, rewriter: Rewriter): Program {
  const events = program.events.map((event) => ({ ...event, actions: event.actions.map((action) => rewriteAction(action, rewriter)) }));
  const signalNames = new Map<Expr, string>();
  for (const [expr, name] of program.signalNames) {
    const rewritten = rewriter.rewrite(expr);
    if (!signalNames.has(rewritten)) signalNames.set(rewritten, name);
  }
  return { ...program, events, signalNames };
}

export function rewriteAction(action: Action, rewriter: Rewriter): Action {
  return action.do === 'put'
    ? { ...action, index: rewriter.rewrite(action.index), value: rewriter.rewrite(action.value) }
    : { ...action, value: rewriter.rewrite(action.value) };
}
