// Specialization: parameters that will not change become constants, and arithmetic on them folds away.

import { real } from './build.js';
import { argOf, withArena, type Expr } from './expr.js';
import type { Action, Program } from './program.js';
import { Rewriter } from './rewrite.js';

/** The Program with every parameter outside `free` replaced by its value in `values` or its own. */
export function specialize(program: Program, values: ReadonlyMap<string, number>, free: ReadonlySet<string>): Program {
  return withArena(() => {
    const constants = new Map(
      program.params.filter(({ name }) => !free.has(name)).map(({ name, value }) => [name, real(values.get(name) ?? value)]),
    );
    const rewriter = new Rewriter((leaf) => (leaf.op === 'param' ? constants.get(argOf(leaf, 'param')) : undefined));
    const rewrite = (expr: Expr): Expr => rewriter.rewrite(expr);
    const events = program.events.map((event) => ({ ...event, actions: event.actions.map((action) => rewriteAction(action, rewrite)) }));
    const names = new Map<Expr, string>();
    for (const [expr, name] of program.signalNames) {
      const special = rewrite(expr);
      if (!names.has(special)) names.set(special, name);
    }
    return { ...program, events, params: program.params.filter(({ name }) => free.has(name)), signalNames: names };
  });
}

/** The action with its expressions rewritten. */
export function rewriteAction(action: Action, rewrite: (expr: Expr) => Expr): Action {
  return action.do === 'put'
    ? { ...action, index: rewrite(action.index), value: rewrite(action.value) }
    : { ...action, value: rewrite(action.value) };
}
