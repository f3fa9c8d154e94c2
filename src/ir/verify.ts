// The verifier: throws when a Program breaks an invariant that interpreter and backends rely on. It is for
// tests, after every pass; a Program that fails here is a mistake of ours and never of a netlist.

import { argOf } from './expr.js';
import { reachableNodes } from './leaves.js';
import { freeLoops } from './order.js';
import type { Action, EventKind, Program } from './program.js';
import { programNodes, rootsOf } from './roots.js';
import { arrayLength, type LoopRef, type StateRef } from './types.js';
import { verifyNode } from './verify-node.js';
import { fitsType, isCount, isGridTick, wrong } from './verify-values.js';
import { verifyTimeline } from './verify-timeline.js';

/** Throws an Error whose message begins with `internal:` and names the program, the event and the breach. */
export function verifyProgram(program: Program): void {
  try {
    verifyHeader(program);
    verifyTimeline(program);
    verifyNodes(program);
    for (const event of program.events) verifyEvent(event, program);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^internal: /, '') : String(error);
    throw new Error(`internal: program ${program.name}: ${reason}`);
  }
}

function verifyHeader({ grid, clocks, params, states, records }: Program): void {
  if (!isGridTick(grid.numerator) || !isGridTick(grid.denominator) || grid.numerator === 0 || grid.denominator === 0) {
    wrong(`the grid ${grid.numerator}/${grid.denominator} is not a ratio of positive exact integers`);
  }
  verifyUnique('clock', clocks);
  verifyUnique('parameter', params);
  verifyUnique('state', states);
  for (const { name, period, offset } of clocks) {
    if (!isGridTick(period) || period === 0 || !isGridTick(offset)) wrong(`clock ${name} has period ${period} and offset ${offset}`);
  }
  for (const state of states) verifyState(state);
  for (const { name, clock, offset } of records) {
    const written = clocks[clock] ?? wrong(`record ${name} has no clock ${clock}`);
    if (!isGridTick(offset) || offset < written.offset || offset >= written.offset + written.period)
      wrong(`record ${name} is first written at ${offset}, outside the first tick of ${written.name}`);
  }
}

function verifyUnique(what: string, things: readonly { readonly name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of things) {
    if (names.has(name)) wrong(`two of ${what} ${name}`);
    names.add(name);
  }
}

function verifyState({ name, type, length, init }: StateRef): void {
  if (!isCount(length)) wrong(`state ${name} has length ${length}`);
  if (typeof init !== 'number' && (length === 0 || init.length !== length))
    wrong(`state ${name} of length ${length} has ${init.length} initial values`);
  const misfit = (typeof init === 'number' ? [init] : init).find((value) => !fitsType(type, value));
  if (misfit !== undefined) wrong(`state ${name} of type ${type} begins at ${misfit}`);
}

/** Everything that can be said of a node without its event. */
function verifyNodes(program: Program): void {
  const params = new Set(program.params.map(({ name }) => name));
  const clocks = new Set(program.clocks.map(({ name }) => name));
  const states = new Set(program.states);
  for (const node of programNodes(program)) {
    verifyNode(node);
    if (node.op === 'param' && !params.has(argOf(node, 'param'))) wrong(`there is no parameter ${argOf(node, 'param')}`);
    if (node.op === 'tick' && !clocks.has(argOf(node, 'tick'))) wrong(`there is no clock ${argOf(node, 'tick')}`);
    if (node.op === 'state' && !states.has(argOf(node, 'state'))) wrong(`there is no state ${argOf(node, 'state').name}`);
    if (node.op === 'load') {
      const array = argOf(node, 'load');
      if (array.kind === 'state' && !states.has(array)) wrong(`there is no state ${array.name}`);
      if (arrayLength(array) === 0) wrong(`load from ${array.name}, which has no elements`);
    }
  }
}

function verifyEvent(event: EventKind, program: Program): void {
  const fail = (reason: string): never => wrong(`event ${event.edges.join(' + ')}: ${reason}`);
  const states = new Set(program.states);
  if (new Set(event.begins).size < event.begins.length) fail('a clock begins twice');
  for (const clock of event.begins) if (program.clocks[clock] === undefined) fail(`there is no clock ${clock}`);
  if (new Set(event.resets).size < event.resets.length) fail('a state is reset twice');
  for (const state of event.resets) if (!states.has(state)) fail(`there is no state ${state.name}`);

  const written = new Set<StateRef | number>();
  for (const action of event.actions) {
    const target = action.do === 'record' ? action.record : action.state;
    if (written.has(target)) fail(`two actions on ${nameOf(action, program)}`);
    written.add(target);
    if (action.do !== 'record' && !states.has(action.state)) fail(`there is no state ${action.state.name}`);
    const breach = actionBreach(action, program);
    if (breach !== undefined) fail(breach);
  }
  const breach = loopBreach(event);
  if (breach !== undefined) fail(breach);
}

const nameOf = (action: Action, program: Program): string =>
  action.do === 'record' ? `record ${program.records[action.record]?.name ?? action.record}` : `state ${action.state.name}`;

function actionBreach(action: Action, program: Program): string | undefined {
  const target = action.do === 'record' ? program.records[action.record] : action.state;
  if (target === undefined) return `there is no record ${nameOf(action, program)}`;
  if (action.value.type !== target.type) return `${action.do} of ${action.value.type} on ${nameOf(action, program)} of type ${target.type}`;
  if (action.do === 'record') return undefined;
  const { name, length } = action.state;
  if ((action.do === 'set') !== (length === 0)) return `${action.do} on state ${name} of length ${length}`;
  if (action.do === 'put' && action.index.type !== 'int') return `put on state ${name} at an index of type ${action.index.type}`;
  if (action.do === 'fill' && action.loop.length !== length)
    return `fill of state ${name} of length ${length} by a loop of length ${action.loop.length}`;
  return undefined;
}

/** A loop belongs to one sum or one fill of the event, and its index is used inside only. */
function loopBreach(event: EventKind): string | undefined {
  const roots = rootsOf(event);
  const nodes = [...reachableNodes(roots.map((root) => root.expr))].sort((a, b) => a.id - b.id);
  const owners = [
    ...nodes.flatMap((node) => (node.op === 'sum' ? [argOf(node, 'sum')] : [])),
    ...roots.flatMap(({ loop }) => (loop === undefined ? [] : [loop])),
  ];
  const owned = new Set<LoopRef>();
  for (const loop of owners) {
    if (owned.has(loop)) return 'a loop belongs to two sums or fills';
    owned.add(loop);
  }
  const free = freeLoops(nodes);
  for (const { expr, loop } of roots) {
    for (const used of free.get(expr) ?? []) if (used !== loop) return 'the index of a loop is used outside of it';
  }
  return undefined;
}
