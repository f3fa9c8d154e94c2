// The forward mode of a Program as a Program: beside every value that depends on the learned parameters it computes the
// derivative in one direction of their space. A lane a direction: for few parameters, and to hold the adjoint against.

import { addAll, indexOf, load, makeLoop, mul, param, real, state as stateLeaf } from '../ir/build.js';
import { argOf, intern, withArena, type Expr } from '../ir/expr.js';
import { reachableNodes } from '../ir/leaves.js';
import type { Action, EventKind, Program } from '../ir/program.js';
import { rewriteProgram } from '../ir/rewrite-program.js';
import { Rewriter } from '../ir/rewrite.js';
import { rootsOf } from '../ir/roots.js';
import { valueOfSurrogate } from '../ir/strip-surrogates.js';
import type { LoopRef, StateRef } from '../ir/types.js';
import { vjpRules, type StructuralOp } from '../ir/vjp.js';
import { activityOf, type Activity } from './activity.js';
import { renewLoop } from './renew-loop.js';

export interface TangentProgram {
  /** Its records are the Program's and after them, in the same order, their derivatives. */
  readonly program: Program;
  /** By learned parameter: name of the parameter that is its component of the direction, 0 at first. */
  readonly directions: ReadonlyMap<string, string>;
}

/** `program` may hold surrogates. */
export function tangentProgram(program: Program, learned: readonly string[]): TangentProgram {
  return withArena(() => {
    const directions = new Map(learned.map((name) => [name, `direction of ${name}`]));
    const source = rewriteProgram(program, new Rewriter(() => undefined));
    const activity = activityOf(source, new Set(learned));
    const states = new Map([...activity.states].map((state) => [state, tangentState(state)]));
    const strip = new Rewriter(valueOfSurrogate);
    const forward = rewriteProgram(source, strip);
    const events = source.events.map((event, kind) => {
      const tangents = new Tangents(event, activity, states, directions);
      const added = event.actions.flatMap((action) => tangents.actionsOf(action, source.records.length));
      const stripped = added.map((action): Action => ({ ...action, value: strip.rewrite(action.value) }));
      return {
        ...forward.events[kind]!,
        resets: [...event.resets, ...event.resets.flatMap((state) => states.get(state) ?? [])],
        actions: [...forward.events[kind]!.actions, ...stripped],
      };
    });
    const records = source.records.map((record) => ({ ...record, name: `derivative of ${record.name}`, unit: '', type: 'real' as const }));
    return {
      directions,
      program: {
        ...forward,
        events,
        params: [...program.params, ...[...directions.values()].map((name) => ({ name, value: 0, unit: '' }))],
        states: [...program.states, ...states.values()],
        records: [...program.records, ...records],
      },
    };
  });
}

const tangentState = ({ name, length }: StateRef): StateRef => ({ kind: 'state', name: `tangent ${name}`, type: 'real', length, init: 0 });

/** The derivatives of an event's values. */
class Tangents {
  private readonly values = new Map<Expr, Expr>();
  private readonly states: ReadonlyMap<StateRef, StateRef>;
  private readonly directions: ReadonlyMap<string, string>;

  constructor(event: EventKind, activity: Activity, states: ReadonlyMap<StateRef, StateRef>, directions: ReadonlyMap<string, string>) {
    this.states = states;
    this.directions = directions;
    const nodes = [...reachableNodes(rootsOf(event).map(({ expr }) => expr))].sort((a, b) => a.id - b.id);
    for (const node of nodes) if (activity.nodes.has(node)) this.values.set(node, this.tangentOf(node));
  }

  /** The actions on derivatives that go with one on values. */
  actionsOf(action: Action, recordCount: number): Action[] {
    const value = this.values.get(action.value) ?? real(0);
    if (action.do === 'record') return [{ do: 'record', record: recordCount + action.record, value }];
    const state = this.states.get(action.state);
    if (state === undefined) return [];
    if (action.do !== 'fill') return [{ ...action, state, value }];
    const loop: LoopRef = makeLoop(state.length);
    return [{ do: 'fill', state, loop, value: renewLoop(value, action.loop, indexOf(loop)) }];
  }

  /** Sum of the partial derivatives times the operands' derivatives: a reverse rule of cotangent 1 gives the partial ones. */
  private tangentOf(node: Expr): Expr {
    switch (node.op) {
      case 'param':
        return param(this.directions.get(argOf(node, 'param'))!);
      case 'state':
        return stateLeaf(this.states.get(argOf(node, 'state'))!);
      case 'load':
        return load(this.states.get(argOf(node, 'load') as StateRef)!, node.src[0]!);
      case 'sum': {
        const loop = argOf(node, 'sum');
        const fresh = makeLoop(loop.length);
        return intern('sum', 'real', [renewLoop(this.values.get(node.src[0]!)!, loop, indexOf(fresh))], fresh);
      }
      default: {
        const partials = vjpRules[node.op as Exclude<typeof node.op, StructuralOp>](node, real(1));
        const terms = partials.flatMap((partial, i) => {
          const tangent = this.values.get(node.src[i]!);
          return partial === undefined || tangent === undefined ? [] : [mul(partial, tangent)];
        });
        return addAll(terms);
      }
    }
  }
}
