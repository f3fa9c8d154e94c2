// What differs from lane to lane of a batch: parameters, and all that is computed from one. The rest has one value
// for all lanes at a time and is computed once.

import { argOf, type Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';
import type { StateRef } from '../ir/types.js';

export interface Varying {
  readonly nodes: ReadonlySet<Expr>;
  readonly states: ReadonlySet<StateRef>;
}

/**
 * The least set that holds every parameter, every node with an operand or state in it, and every state that an action
 * gives a value or an index in it; the states whose values are given to each lane; and the states of `kept`, which a backend keeps for each lane.
 */
export function varyingOf(program: Program, kept: Iterable<StateRef> = []): Varying {
  const inOrder = [...programNodes(program)].sort((a, b) => a.id - b.id);
  const states = new Set<StateRef>([...kept, ...program.states.filter(({ perLane }) => perLane)]);
  const nodes = new Set<Expr>();
  const varies = (expr: Expr): boolean => {
    if (expr.op === 'param') return true;
    if (expr.op === 'state') return states.has(argOf(expr, 'state'));
    if (expr.op === 'load') {
      const array = argOf(expr, 'load');
      if (array.kind === 'state' && states.has(array)) return true;
    }
    return expr.src.some((operand) => nodes.has(operand));
  };
  for (let before = -1; before !== states.size;) {
    before = states.size;
    for (const node of inOrder) if (varies(node)) nodes.add(node);
    for (const { actions } of program.events) {
      for (const action of actions) {
        if (action.do === 'record') continue;
        if (nodes.has(action.value) || (action.do === 'put' && nodes.has(action.index))) states.add(action.state);
      }
    }
  }
  return { nodes, states };
}
