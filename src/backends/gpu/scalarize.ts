// Takes arrays and loops out of what varies from lane to lane: every element of an array state becomes a state, an index
// that is not known a tree of choices, a sum its terms. A kernel of gpu.js has no memory of its own but scalar variables.
// What is the same in all lanes stays as it is, for it is computed outside the kernel.

import * as build from '../../ir/build.js';
import { argOf, withArena, type Expr } from '../../ir/expr.js';
import { orderNodes, type Region } from '../../ir/order.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { rebuildNode } from '../../ir/rewrite.js';
import { rootsOf } from '../../ir/roots.js';
import { arrayLength, type ArrayRef, type DataRef, type LoopRef, type StateRef } from '../../ir/types.js';
import { BackendError } from '../backend-error.js';
import { varyingOf, type Varying } from '../varying.js';

/** Nodes that a kernel may have; compilers of shaders take seconds for more. */
export const mostNodes = 2000;

/** The same Program without array states, sums and fills among what varies. States keep their order, an array's elements in its place. Throws BackendError where that gets too large. */
export function scalarize(program: Program): Program {
  return withArena(() => {
    const varying = varyingOf(program);
    const elements = new Map<StateRef, readonly StateRef[]>();
    for (const state of program.states) if (state.length > 0 && varying.states.has(state)) elements.set(state, elementsOf(state));
    const flatten = (states: readonly StateRef[]): StateRef[] => states.flatMap((state) => elements.get(state) ?? [state]);
    const events = program.events.map((event): EventKind => {
      const actions = new Unroller(event, varying, elements).actions();
      return { ...event, resets: flatten(event.resets), actions };
    });
    return { ...program, states: flatten(program.states), events };
  });
}

function elementsOf(state: StateRef): StateRef[] {
  const { kind, name, type, length, init } = state;
  if (length > mostNodes) throw tooLarge(`the array '${name}' of ${length} elements`);
  return Array.from({ length }, (_, i) => ({
    kind,
    name: `${name}[${i}]`,
    type,
    length: 0,
    init: typeof init === 'number' ? init : init[i]!,
  }));
}

const tooLarge = (what: string): BackendError =>
  new BackendError(
    `the gpu backend cannot run ${what}: a kernel has no memory, and as single variables and choices this takes more than ${mostNodes} operations`,
    'use the backend wasm',
  );

/** Rebuilds the expressions of an event, loops turn by turn, as the interpreter would compute them. */
class Unroller {
  private readonly event: EventKind;
  private readonly region: Region;
  private readonly varying: Varying;
  private readonly elements: ReadonlyMap<StateRef, readonly StateRef[]>;
  private readonly rebuilt = new Map<Expr, Expr>();
  private readonly indices = new Map<LoopRef, number>();
  private made = 0;

  constructor(event: EventKind, varying: Varying, elements: ReadonlyMap<StateRef, readonly StateRef[]>) {
    this.event = event;
    this.region = orderNodes(rootsOf(event));
    this.varying = varying;
    this.elements = elements;
  }

  actions(): Action[] {
    for (const node of this.region.nodes) this.rebuilt.set(node, this.varying.nodes.has(node) ? this.rebuild(node) : node);
    return this.event.actions.flatMap((action) => this.unroll(action));
  }

  private unroll(action: Action): Action[] {
    if (action.do === 'record' || action.do === 'set') return [{ ...action, value: this.rebuilt.get(action.value)! }];
    const states = this.elements.get(action.state);
    if (states === undefined) return [action];
    if (action.do === 'fill') {
      return states.map((state, i) => {
        this.turn(action.loop, i, action.state.name);
        return { do: 'set', state, value: this.rebuilt.get(action.value)! };
      });
    }
    const index = clampIndex(this.rebuilt.get(action.index)!, states.length);
    const value = this.rebuilt.get(action.value)!;
    this.count(3 * states.length, `the array '${action.state.name}'`);
    return states.map((state, i) => ({
      do: 'set',
      state,
      value: build.select(build.eq(index, build.int(i)), value, build.state(state)),
    }));
  }

  private turn(loop: LoopRef, index: number, name: string): void {
    const { nodes } = this.region.loops.get(loop)!;
    this.indices.set(loop, index);
    this.count(nodes.length, `the loop of ${loop.length} turns in '${name}'`);
    for (const node of nodes) this.rebuilt.set(node, this.rebuild(node));
  }

  /** Stops long before memory does; constants that fold are counted, too. */
  private count(nodes: number, what: string): void {
    this.made += nodes;
    if (this.made > 8 * mostNodes) throw tooLarge(what);
  }

  private rebuild(node: Expr): Expr {
    const src = node.src.map((operand) => this.rebuilt.get(operand)!);
    switch (node.op) {
      case 'index':
        return build.int(this.indices.get(argOf(node, 'index'))!);
      case 'load':
        return this.load(argOf(node, 'load'), src[0]!);
      case 'sum': {
        const loop = argOf(node, 'sum');
        const terms = Array.from({ length: loop.length }, (_, i) => {
          this.turn(loop, i, 'a sum');
          return this.rebuilt.get(node.src[0]!)!;
        });
        return build.addAll(terms);
      }
      default:
        return rebuildNode(node, src);
    }
  }

  private load(array: ArrayRef, index: Expr): Expr {
    if (array.kind === 'data') return index.op === 'const' ? dataElement(array, index) : build.load(array, index);
    const states = this.elements.get(array);
    if (states === undefined) return build.load(array, index);
    this.count(2 * states.length, `the array '${array.name}'`);
    return chooseElement(states, clampIndex(index, states.length), 0, states.length - 1);
  }
}

function dataElement(array: DataRef, index: Expr): Expr {
  return build.real(array.values[argOf(clampIndex(index, arrayLength(array)), 'const')]!);
}

const clampIndex = (index: Expr, length: number): Expr => build.clip(index, build.int(0), build.int(length - 1));

/** Element of states[first .. last] by halving. */
function chooseElement(states: readonly StateRef[], index: Expr, first: number, last: number): Expr {
  if (index.op === 'const') return build.state(states[argOf(index, 'const')]!);
  if (first === last) return build.state(states[first]!);
  const middle = (first + last + 1) >> 1;
  const below = chooseElement(states, index, first, middle - 1);
  return build.select(build.lt(index, build.int(middle)), below, chooseElement(states, index, middle, last));
}
