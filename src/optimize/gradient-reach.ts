// What records depend on, backwards through states: by their values in any way, or by derivatives that are not 0 by form.

import { argOf, type Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import type { StateRef } from '../ir/types.js';
import { isFlat } from './activity.js';

/** Every node that the records (indices) depend on, the nearest first. */
export function reachOf(program: Program, records: readonly number[], by: 'value' | 'derivative'): Set<Expr> {
  const changes = new Map<StateRef, Expr[]>();
  const wanted: Expr[] = [];
  for (const action of program.events.flatMap(({ actions }) => actions)) {
    if (action.do === 'record') {
      if (records.includes(action.record)) wanted.push(action.value);
      continue;
    }
    const values = action.do === 'put' && by === 'value' ? [action.index, action.value] : [action.value];
    const before = changes.get(action.state);
    if (before === undefined) changes.set(action.state, values);
    else before.push(...values);
  }
  const operandsOf = by === 'value' ? valueOperands : derivativeOperands;
  const reached = new Set(wanted);
  const known = new Set<StateRef>();
  for (const node of reached) {
    for (const operand of operandsOf(node)) reached.add(operand);
    const state = stateOf(node);
    if (state === undefined || known.has(state)) continue;
    known.add(state);
    for (const value of changes.get(state) ?? []) reached.add(value);
  }
  return reached;
}

function stateOf(node: Expr): StateRef | undefined {
  if (node.op === 'state') return argOf(node, 'state');
  const array = node.op === 'load' ? argOf(node, 'load') : undefined;
  return array?.kind === 'state' ? array : undefined;
}

/** A surrogate has the value of its first operand. */
const valueOperands = (node: Expr): readonly Expr[] => (node.op === 'surrogate' ? node.src.slice(0, 1) : node.src);

function derivativeOperands(node: Expr): readonly Expr[] {
  if (isFlat(node)) return [];
  return (node.op === 'surrogate' ? node.src.slice(1) : node.src).filter(({ type }) => type !== 'int');
}
