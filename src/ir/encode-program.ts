// A Program as flat plain data and back, so that it crosses to another thread by structured clone: nodes are
// columns in computing order, objects that are compared by identity are numbered. Nothing recurses.

import { intern, withArena, type Expr, type Op, type OpArgs } from './expr.js';
import { reachableNodes } from './leaves.js';
import type { Action, EventKind, Program } from './program.js';
import { rootsOf } from './roots.js';
import type { ArrayRef, LoopRef, ScalarType, StateRef } from './types.js';

type Ref = ArrayRef | LoopRef;

/** Expressions as columns: node i has the operands `src[starts[i]] .. src[starts[i + 1] - 1]`, which are numbers of earlier nodes. */
export interface EncodedNodes {
  readonly ops: readonly Op[];
  readonly types: readonly ScalarType[];
  readonly starts: Int32Array;
  readonly src: Int32Array;
  /** Arguments that are plain values. */
  readonly args: readonly (number | string | undefined)[];
  /** Arguments that are objects, as numbers in `refs`; -1 for others. */
  readonly refOf: Int32Array;
  readonly refs: readonly Ref[];
}

type EncodedAction =
  | { readonly do: 'set'; readonly state: number; readonly value: number }
  | { readonly do: 'put'; readonly state: number; readonly index: number; readonly value: number }
  | { readonly do: 'fill'; readonly state: number; readonly loop: number; readonly value: number }
  | { readonly do: 'record'; readonly record: number; readonly value: number };

interface EncodedEvent extends Omit<EventKind, 'resets' | 'actions'> {
  readonly resets: readonly number[];
  readonly actions: readonly EncodedAction[];
}

export interface EncodedProgram extends Omit<Program, 'states' | 'events' | 'signalNames'> {
  readonly nodes: EncodedNodes;
  /** Numbers of states in the nodes' `refs`. */
  readonly states: readonly number[];
  readonly events: readonly EncodedEvent[];
  readonly signalNames: readonly (readonly [node: number, name: string])[];
}

/** `refs` may begin with objects that no node carries. `numberOf` tells where a node went. */
class NodeEncoder {
  readonly refs: Ref[] = [];
  private readonly numbers = new Map<Expr, number>();
  private readonly refNumbers = new Map<Ref, number>();

  refNumber(ref: Ref): number {
    let number = this.refNumbers.get(ref);
    if (number === undefined) {
      number = this.refs.push(ref) - 1;
      this.refNumbers.set(ref, number);
    }
    return number;
  }

  numberOf(expr: Expr): number {
    return this.numbers.get(expr)!;
  }

  encode(roots: Iterable<Expr>): EncodedNodes {
    const nodes = [...reachableNodes(roots)].sort((a, b) => a.id - b.id);
    nodes.forEach((node, i) => this.numbers.set(node, i));
    const starts = new Int32Array(nodes.length + 1);
    nodes.forEach((node, i) => (starts[i + 1] = starts[i]! + node.src.length));
    const isObject = (arg: OpArgs[Op]): arg is Ref => typeof arg === 'object';
    return {
      ops: nodes.map(({ op }) => op),
      types: nodes.map(({ type }) => type),
      starts,
      src: Int32Array.from(nodes.flatMap(({ src }) => src.map((operand) => this.numberOf(operand)))),
      args: nodes.map(({ arg }) => (isObject(arg) ? undefined : arg)),
      refOf: Int32Array.from(nodes, ({ arg }) => (isObject(arg) ? this.refNumber(arg) : -1)),
      refs: this.refs,
    };
  }
}

/** Some expressions by themselves; `roots[i]` is the number of the i-th. */
export interface EncodedExprs {
  readonly nodes: EncodedNodes;
  readonly roots: readonly number[];
}

export function encodeExprs(exprs: readonly Expr[]): EncodedExprs {
  const encoder = new NodeEncoder();
  const nodes = encoder.encode(exprs);
  return { nodes, roots: exprs.map((expr) => encoder.numberOf(expr)) };
}

export function decodeExprs({ nodes, roots }: EncodedExprs): Expr[] {
  return withArena(() => {
    const decoded = decodeNodes(nodes);
    return roots.map((root) => decoded[root]!);
  });
}

export function encodeProgram(program: Program): EncodedProgram {
  const { states, events, signalNames, ...rest } = program;
  const encoder = new NodeEncoder();
  const nodes = encoder.encode([...events.flatMap((event) => rootsOf(event).map(({ expr }) => expr)), ...signalNames.keys()]);
  const encodeAction = (action: Action): EncodedAction => {
    const value = encoder.numberOf(action.value);
    switch (action.do) {
      case 'set':
        return { do: 'set', state: encoder.refNumber(action.state), value };
      case 'put':
        return { do: 'put', state: encoder.refNumber(action.state), index: encoder.numberOf(action.index), value };
      case 'fill':
        return { do: 'fill', state: encoder.refNumber(action.state), loop: encoder.refNumber(action.loop), value };
      case 'record':
        return { do: 'record', record: action.record, value };
    }
  };
  return {
    ...rest,
    nodes,
    states: states.map((state) => encoder.refNumber(state)),
    events: events.map((event) => ({
      ...event,
      resets: event.resets.map((state) => encoder.refNumber(state)),
      actions: event.actions.map(encodeAction),
    })),
    signalNames: [...signalNames].map(([expr, name]) => [encoder.numberOf(expr), name]),
  };
}

/** The same Program: its events give the same bits, and it prints the same text. */
export function decodeProgram(encoded: EncodedProgram): Program {
  return withArena(() => {
    const { nodes, states, events, signalNames, ...rest } = encoded;
    const exprs = decodeNodes(nodes);
    const stateAt = (number: number): StateRef => nodes.refs[number] as StateRef;
    const decodeAction = (action: EncodedAction): Action => {
      const value = exprs[action.value]!;
      switch (action.do) {
        case 'set':
          return { do: 'set', state: stateAt(action.state), value };
        case 'put':
          return { do: 'put', state: stateAt(action.state), index: exprs[action.index]!, value };
        case 'fill':
          return { do: 'fill', state: stateAt(action.state), loop: nodes.refs[action.loop] as LoopRef, value };
        case 'record':
          return { do: 'record', record: action.record, value };
      }
    };
    return {
      ...rest,
      states: states.map(stateAt),
      events: events.map((event) => ({ ...event, resets: event.resets.map(stateAt), actions: event.actions.map(decodeAction) })),
      signalNames: new Map(signalNames.map(([node, name]) => [exprs[node]!, name])),
    };
  });
}

function decodeNodes({ ops, types, starts, src, args, refOf, refs }: EncodedNodes): Expr[] {
  const exprs: Expr[] = [];
  ops.forEach((op, i) => {
    const operands = Array.from(src.subarray(starts[i], starts[i + 1]), (operand) => exprs[operand]!);
    const arg = refOf[i]! >= 0 ? refs[refOf[i]!] : args[i];
    exprs.push(intern(op, types[i]!, operands, arg));
  });
  return exprs;
}
