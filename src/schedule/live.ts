// Leaves out what cannot be seen: states that no record depends on, directly or through other states.

import { argOf, type Expr } from '../ir/expr.js';
import type { Action, Program } from '../ir/program.js';
import { reachableNodes } from '../ir/leaves.js';
import type { StateRef } from '../ir/types.js';

/** The Program with only the states and actions that its records, and the states of `wanted`, need. */
export function keepLive(program: Program, wanted: readonly StateRef[] = []): Program {
  const actions = program.events.flatMap((event) => event.actions);
  const updates = new Map<StateRef, Expr[]>();
  for (const action of actions) {
    if (action.do === 'record') continue;
    const exprs = updates.get(action.state);
    if (exprs === undefined) updates.set(action.state, [...exprsOf(action)]);
    else exprs.push(...exprsOf(action));
  }
  const live = new Set(wanted);
  const seen = new Set<Expr>();
  const waiting = [
    ...actions.flatMap((action) => (action.do === 'record' ? [action.value] : [])),
    ...wanted.flatMap((state) => updates.get(state) ?? []),
  ];
  while (waiting.length > 0) {
    const expr = waiting.pop()!;
    if (seen.has(expr)) continue;
    seen.add(expr);
    waiting.push(...expr.src);
    const state = expr.op === 'state' ? argOf(expr, 'state') : expr.op === 'load' ? argOf(expr, 'load') : undefined;
    if (state?.kind !== 'state' || live.has(state)) continue;
    live.add(state);
    waiting.push(...(updates.get(state) ?? []));
  }
  const events = program.events.map((event) => ({
    ...event,
    resets: event.resets.filter((state) => live.has(state)),
    actions: event.actions.filter((action) => action.do === 'record' || live.has(action.state)),
  }));
  const used = reachableNodes(events.flatMap((event) => event.actions.flatMap(exprsOf)));
  const names = new Map([...program.signalNames].filter(([expr]) => used.has(expr)));
  return { ...program, events, states: program.states.filter((state) => live.has(state)), signalNames: names };
}

const exprsOf = (action: Action): readonly Expr[] => (action.do === 'put' ? [action.index, action.value] : [action.value]);
