// Who computes what of a Program whose lanes run on a graphics processor: what is the same in all lanes, once per event on
// the host in f64 (a *column*, uploaded per event); what follows from parameters alone, once per run and lane on the host in
// f64 (a *coefficient*, uploaded per lane); the rest, in the kernel.

import type { Expr } from '../../ir/expr.js';
import type { Action, Program, ProgramRecord } from '../../ir/program.js';
import { programNodes, rootsOfAction } from '../../ir/roots.js';
import type { StateRef } from '../../ir/types.js';
import { varyingOf } from '../varying.js';
import { isLiteral } from './literals.js';

export interface Partition {
  readonly program: Program;
  /** All nodes, operands first. */
  readonly nodes: readonly Expr[];
  /** Values that the host computes for each event, and their places in an event's row. */
  readonly columns: ReadonlyMap<Expr, number>;
  /** Values that the host computes for each lane, and their places. */
  readonly coefficients: ReadonlyMap<Expr, number>;
  /** Nodes that the kernel computes, operands first. */
  readonly kernelNodes: readonly Expr[];
  /** States that the kernel keeps, in order. */
  readonly states: readonly StateRef[];
  /** States that the host keeps. */
  readonly hostStates: readonly StateRef[];
  /** Records (indices) that the kernel writes. */
  readonly records: ReadonlySet<number>;
}

/** Whether the kernel carries the action out. */
export const isKernelAction = (action: Action, { states, records }: Pick<Partition, 'states' | 'records'>): boolean =>
  action.do === 'record' ? records.has(action.record) : states.includes(action.state);

/** The Program is one of scalarize. */
export function partition(program: Program): Partition {
  const varying = varyingOf(program);
  const nodes = [...programNodes(program)].sort((a, b) => a.id - b.id);
  const fixed = fixedNodes(nodes);
  const kernelNodes = nodes.filter((node) => varying.nodes.has(node) && !fixed.has(node));
  const actions = program.events.flatMap((event) => event.actions);
  const records = new Set<number>();
  for (const action of actions) if (action.do === 'record' && varying.nodes.has(action.value)) records.add(action.record);
  const states = program.states.filter((state) => varying.states.has(state));

  const columns = new Map<Expr, number>();
  const coefficients = new Map<Expr, number>();
  const use = (expr: Expr): void => {
    if (varying.nodes.has(expr)) {
      if (fixed.has(expr) && !coefficients.has(expr)) coefficients.set(expr, coefficients.size);
    } else if (!isLiteral(expr) && !columns.has(expr)) columns.set(expr, columns.size);
  };
  for (const node of kernelNodes) node.src.forEach(use);
  for (const action of actions) if (isKernelAction(action, { states, records })) for (const { expr } of rootsOfAction(action)) use(expr);
  const hostStates = program.states.filter((state) => !varying.states.has(state));
  return { program, nodes, columns, coefficients, kernelNodes, states, hostStates, records };
}

/** Nodes of parameters and constants alone, parameters among them. */
function fixedNodes(nodes: readonly Expr[]): Set<Expr> {
  const known = new Set<Expr>();
  for (const node of nodes) {
    const isKnown = node.src.length === 0 ? node.op === 'const' || node.op === 'param' : node.src.every((operand) => known.has(operand));
    if (isKnown) known.add(node);
  }
  return known;
}

/** Names of a state, a record or nothing that an expression is for, for errors. */
export function purposeOf({ program, nodes, states }: Partition, wanted: Expr): string {
  const reaches = new Set<Expr>([wanted]);
  for (const node of nodes) if (node.src.some((operand) => reaches.has(operand))) reaches.add(node);
  for (const { actions } of program.events) {
    for (const action of actions) {
      if (!rootsOfAction(action).some(({ expr }) => reaches.has(expr))) continue;
      if (action.do === 'record') return recordText(program.records[action.record]!);
      if (states.includes(action.state)) return `the state '${action.state.name}'`;
    }
  }
  throw new Error('internal: an expression of the kernel is for nothing');
}

const recordText = ({ name }: ProgramRecord): string => `the record '${name}'`;
