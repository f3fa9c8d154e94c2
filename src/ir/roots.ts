// The expressions that an event's actions use, and the nodes they reach.

import type { Expr } from './expr.js';
import { reachableNodes } from './leaves.js';
import type { Root } from './order.js';
import type { Action, EventKind, Program } from './program.js';

/** The expressions of one action; those of a `fill` stand inside its loop. */
export function rootsOfAction(action: Action): Root[] {
  if (action.do === 'put') return [{ expr: action.index }, { expr: action.value }];
  return [action.do === 'fill' ? { expr: action.value, loop: action.loop } : { expr: action.value }];
}

export const rootsOf = (event: EventKind): Root[] => event.actions.flatMap(rootsOfAction);

/** Every node of all events. */
export const programNodes = (program: Program): Set<Expr> =>
  reachableNodes(program.events.flatMap((event) => rootsOf(event).map((root) => root.expr)));
