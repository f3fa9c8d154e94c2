// The reverse of one event. With x- and x+ the states before and after it, y its records, p the parameters and bars for
// cotangents:
//   x-bar- = (dx+/dx-)^T x-bar+ + (dy/dx-)^T y-bar,   p-bar += (dx+/dp)^T x-bar+ + (dy/dp)^T y-bar
// A state that the event leaves alone keeps its cotangent; one that it resets before it reads has none before.

import { add, clip, eq, indexOf, int, load, makeLoop, real, select } from '../ir/build.js';
import { argOf, type Expr } from '../ir/expr.js';
import type { Action, EventKind } from '../ir/program.js';
import { rootsOf } from '../ir/roots.js';
import type { LoopRef, StateRef } from '../ir/types.js';
import { accumulate } from '../ir/vjp.js';
import type { Activity } from './activity.js';
import { renewLoop, sumOut } from './renew-loop.js';
import { turnThatReads, type Rings } from './ring-index.js';
import { noLoops, Sweep } from './sweep-nodes.js';

/** The cotangents after the event. */
export interface CotangentsAfter {
  /** The state that holds the cotangent of a state; an array's for an array. */
  ofState(state: StateRef): StateRef;
  /** Value of a scalar state's cotangent. */
  valueOf(state: StateRef): Expr;
  /** Cotangent of what a record gets; undefined for one that the objective does not see. */
  ofRecord(record: number): Expr | undefined;
}

/** How the event, run backwards, changes cotangents: actions on the states that hold them, and what is added to those of fixed nodes. */
export interface EventAdjoint {
  readonly actions: readonly Action[];
  readonly fixed: ReadonlyMap<Expr, Expr>;
  /** Of every node that has one. */
  readonly cotangents: ReadonlyMap<Expr, Expr>;
}

/**
 * `fixed` are the nodes that do not change during a run: the reverse of the event ends there, and what is made of parameters
 * alone is run backwards once, after all events.
 */
export function eventAdjoint(
  event: EventKind,
  activity: Activity,
  fixed: ReadonlySet<Expr>,
  rings: Rings,
  after: CotangentsAfter,
): EventAdjoint {
  return new EventReversal(event, activity, fixed, rings, after).run();
}

/** The cotangent of an array's element, for every value of the loops' indices. */
interface ElementCotangent {
  /** As it is written, and limited to the array. */
  readonly read: Expr;
  readonly index: Expr;
  readonly value: Expr;
  readonly loops: ReadonlySet<LoopRef>;
}

class EventReversal {
  private readonly event: EventKind;
  private readonly activity: Activity;
  private readonly after: CotangentsAfter;
  private readonly rings: Rings;
  private readonly sweep: Sweep;
  private readonly scalars = new Map<StateRef, Expr>();
  private readonly elements = new Map<StateRef, ElementCotangent[]>();
  private readonly fixed = new Map<Expr, Expr>();
  private readonly cotangents = new Map<Expr, Expr>();

  constructor(event: EventKind, activity: Activity, fixed: ReadonlySet<Expr>, rings: Rings, after: CotangentsAfter) {
    this.event = event;
    this.activity = activity;
    this.rings = rings;
    this.after = after;
    this.sweep = new Sweep(
      rootsOf(event).map(({ expr }) => expr),
      activity.nodes,
      (node, cotangent, loops) => {
        this.cotangents.set(node, cotangent);
        if (fixed.has(node)) this.fixed.set(node, cotangent);
        else if (node.op === 'state') this.scalars.set(argOf(node, 'state'), cotangent);
        else if (node.op === 'load') this.addElement(node, cotangent, loops);
        else return false;
        return true;
      },
    );
  }

  run(): EventAdjoint {
    for (const action of this.event.actions) this.seed(action);
    this.sweep.run();
    const changed = new Set([
      ...this.scalars.keys(),
      ...this.elements.keys(),
      ...this.event.resets,
      ...this.event.actions.flatMap((action) => (action.do === 'record' ? [] : [action.state])),
    ]);
    const actions = [...changed].filter((state) => this.activity.states.has(state)).map((state) => this.changeOf(state));
    return { actions, fixed: this.fixed, cotangents: this.cotangents };
  }

  private seed(action: Action): void {
    if (action.do === 'record') {
      const cotangent = this.after.ofRecord(action.record);
      if (cotangent !== undefined) this.sweep.give(action.value, cotangent, noLoops);
      return;
    }
    const { state } = action;
    if (!this.activity.states.has(state)) return;
    const target = this.after.ofState(state);
    if (action.do === 'set') this.sweep.give(action.value, this.after.valueOf(state), noLoops);
    else if (action.do === 'put') this.sweep.give(action.value, load(target, action.index), noLoops);
    else this.sweep.give(action.value, load(target, indexOf(action.loop)), new Set([action.loop]));
  }

  private addElement(node: Expr, value: Expr, loops: ReadonlySet<LoopRef>): void {
    const array = argOf(node, 'load') as StateRef;
    const read = node.src[0]!;
    const index = inside(read, array.length - 1);
    this.elements.set(array, [...(this.elements.get(array) ?? []), { read, index, value, loops }]);
  }

  private changeOf(state: StateRef): Action {
    const target = this.after.ofState(state);
    const isReset = this.event.resets.includes(state);
    const action = this.event.actions.find((one) => one.do !== 'record' && one.state === state);
    if (state.length === 0) {
      const kept = isReset || action !== undefined ? undefined : this.after.valueOf(state);
      const given = isReset ? undefined : this.scalars.get(state);
      return { do: 'set', state: target, value: given === undefined ? (kept ?? real(0)) : accumulate(kept, given) };
    }
    const loop = makeLoop(state.length);
    const index = indexOf(loop);
    if (isReset) return { do: 'fill', state: target, loop, value: real(0) };
    const elements = this.elements.get(state) ?? [];
    const one = onlyPlace(elements, action);
    if (one !== undefined) {
      const kept = action === undefined ? load(target, one) : undefined;
      const given = elements.map(({ value }) => value).reduce(accumulate, kept as Expr);
      return { do: 'put', state: target, index: one, value: given ?? real(0) };
    }
    const terms = elements.map((element) => this.elementAt(element, index, state.length));
    return { do: 'fill', state: target, loop, value: terms.reduce((sum, term) => add(sum, term), this.keptAt(action, target, index)) };
  }

  /** What reads elsewhere in the array give to the element at `index`. */
  private elementAt({ read, index: place, value, loops }: ElementCotangent, index: Expr, length: number): Expr {
    const [loop] = loops;
    const turn = loops.size === 1 ? turnThatReads(index, read, indexOf(loop!), loop!, length, this.rings) : undefined;
    if (turn !== undefined) return renewLoop(value, loop!, turn);
    return [...loops].reduce(sumOut, select(eq(place, index), value, 0));
  }

  /** Cotangent of the element at `index` that the event's own change of the array leaves. */
  private keptAt(action: Action | undefined, target: StateRef, index: Expr): Expr {
    if (action?.do === 'fill') return real(0);
    const kept = load(target, index);
    return action?.do === 'put' ? select(eq(index, inside(action.index, target.length - 1)), 0, kept) : kept;
  }
}

/** The one place of an array whose cotangent the event changes, where it is one. */
function onlyPlace(elements: readonly ElementCotangent[], action: Action | undefined): Expr | undefined {
  if (action?.do === 'fill' || elements.some(({ loops }) => loops.size > 0)) return undefined;
  const places = new Set(elements.map(({ read }) => read));
  if (action?.do === 'put') places.add(action.index);
  const [place] = places;
  return places.size === 1 ? place : undefined;
}

/** An index limited to 0 .. last; a loop's own index within stays as it is. */
function inside(index: Expr, last: number): Expr {
  if (index.op === 'index' && argOf(index, 'index').length <= last + 1) return index;
  return clip(index, int(0), int(last));
}
