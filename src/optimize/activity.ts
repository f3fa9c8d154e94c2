// Through what derivatives flow: from the parameters that are learned, over real arithmetic, surrogates and states.

import { argOf, type Expr, type Op } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';
import type { StateRef } from '../ir/types.js';

export interface Activity {
  /** Nodes whose derivative by a learned parameter may differ from 0. */
  readonly nodes: ReadonlySet<Expr>;
  readonly states: ReadonlySet<StateRef>;
}

/** Constant between their jumps. */
const flatOps: ReadonlySet<Op> = new Set(['floor', 'round', 'pow2', 'toInt', 'exponent', 'uniform', 'lt', 'le', 'eq']);

/** No derivative passes the node: it is constant between its jumps, or 0 times something, as the surrogates that pass nothing on. */
export const isFlat = ({ op, src }: Expr): boolean =>
  flatOps.has(op) || (op === 'mul' && src.some((operand) => operand.op === 'const' && operand.arg === 0));

/** `given`: states whose initial values are learned. */
export function activityOf(program: Program, learned: ReadonlySet<string>, given: Iterable<StateRef> = []): Activity {
  const inOrder = [...programNodes(program)].filter(({ type }) => type !== 'int').sort((a, b) => a.id - b.id);
  const nodes = new Set<Expr>();
  const states = new Set<StateRef>(given);
  const isActive = (expr: Expr): boolean => {
    if (expr.op === 'param') return learned.has(argOf(expr, 'param'));
    if (expr.op === 'state') return states.has(argOf(expr, 'state'));
    if (expr.op === 'load') {
      const array = argOf(expr, 'load');
      return array.kind === 'state' && states.has(array);
    }
    if (expr.op === 'surrogate') return nodes.has(expr.src[1]!);
    return !isFlat(expr) && expr.src.some((operand) => nodes.has(operand));
  };
  for (let before = -1; before !== states.size;) {
    before = states.size;
    for (const node of inOrder) if (isActive(node)) nodes.add(node);
    for (const { actions } of program.events)
      for (const action of actions) if (action.do !== 'record' && nodes.has(action.value)) states.add(action.state);
  }
  return { nodes, states };
}
