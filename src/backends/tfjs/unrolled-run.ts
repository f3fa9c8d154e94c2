// One run of a Program on tensors, unrolled: event after event, action after action, each loop turn by turn. It follows the
// interpreter line by line.

import { argOf, type Expr } from '../../ir/expr.js';
import { orderNodes, type Region } from '../../ir/order.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { rootsOf } from '../../ir/roots.js';
import { arrayLength, type ArrayRef, type LoopRef, type StateRef } from '../../ir/types.js';
import type { StructuralOp } from '../../ir/vjp.js';
import { advance, nextEvent } from '../interpret.js';
import { createMachine } from '../kernel.js';
import { indexByName } from '../layout.js';
import { chooseLanes, computeNumbers, isNumbers, numberOfLane, numbersOf, tensorOf, type LaneValue } from './lane-values.js';
import { tensorOps } from './tensor-ops.js';
import * as tf from './tfjs.js';

/** The value of a parameter at a tick of the clock that is counted. */
export type ParamReader = (name: string, tick: number) => LaneValue;

const number = (value: number): Float64Array => Float64Array.of(value);

export class UnrolledRun {
  /** `[record][row]` */
  readonly rows: LaneValue[][];
  private readonly program: Program;
  private readonly clock: number;
  private readonly lanes: number;
  private readonly param: ParamReader;
  private readonly regions: readonly Region[];
  private readonly clocks: ReadonlyMap<string, number>;
  private readonly scalars = new Map<StateRef, LaneValue>();
  private readonly arrays = new Map<StateRef, readonly LaneValue[]>();
  /** Ticks of each clock that began. */
  private readonly begun: number[];

  constructor(program: Program, clock: number, lanes: number, param: ParamReader) {
    this.program = program;
    this.clock = clock;
    this.lanes = lanes;
    this.param = param;
    this.regions = program.events.map((event) => orderNodes(rootsOf(event)));
    this.clocks = indexByName(program.clocks);
    this.begun = program.clocks.map(() => 0);
    this.rows = program.records.map(() => []);
    for (const state of program.states) this.reset(state);
  }

  /** Runs every event before the grid tick `end`. */
  run(end: number): void {
    const { program } = this;
    const machine = createMachine(program, []);
    for (let next = nextEvent(program, machine); next.tick < end; next = nextEvent(program, machine)) {
      this.runEvent(program.events[next.event]!, this.regions[next.event]!, next.tick);
      advance(program, machine, next.tick);
    }
  }

  private runEvent(event: EventKind, region: Region, gridTick: number): void {
    const { grid } = this.program;
    for (const clock of event.begins) this.begun[clock]! += 1;
    for (const state of event.resets) this.reset(state);
    const evaluation = new EventValues(region, this.lanes, {
      param: (name) => this.param(name, this.begun[this.clock]! - 1),
      state: (ref) => this.scalars.get(ref)!,
      element: (array, index) => this.elementOf(array, index),
      time: number((gridTick * grid.numerator) / grid.denominator),
      tick: (clock) => number(this.begun[this.clocks.get(clock)!]! - 1),
    });
    // All values first, then all changes: nothing reads a state after the event.
    const changes = event.actions.map((action) => this.changeOf(action, evaluation));
    for (const change of changes) change();
  }

  private changeOf(action: Action, evaluation: EventValues): () => void {
    switch (action.do) {
      case 'record': {
        const value = evaluation.value(action.value);
        const row = this.begun[this.program.records[action.record]!.clock]! - 1;
        return () => void (this.rows[action.record]![row] = value);
      }
      case 'set': {
        const value = evaluation.value(action.value);
        return () => void this.scalars.set(action.state, value);
      }
      case 'put': {
        const { state } = action;
        const [index, value] = [evaluation.value(action.index), evaluation.value(action.value)];
        const places = numbersOf(index).map((place) => clampIndex(place, state));
        return () => void this.arrays.set(state, this.withElement(this.arrays.get(state)!, places, value));
      }
      case 'fill': {
        const values = Array.from({ length: action.state.length }, (_, i) => evaluation.valueAt(action.loop, i, action.value));
        return () => void this.arrays.set(action.state, values);
      }
    }
  }

  private withElement(elements: readonly LaneValue[], places: Float64Array, value: LaneValue): LaneValue[] {
    const changed = [...elements];
    for (const place of new Set(places)) {
      const isHere = places.map((one) => (one === place ? 1 : 0));
      changed[place] = chooseLanes(isHere, value, changed[place]!, this.lanes);
    }
    return changed;
  }

  /** Lanes that ask for different elements each get theirs. */
  private elementOf(array: ArrayRef, index: Float64Array): LaneValue {
    const places = index.map((place) => clampIndex(place, array));
    if (array.kind === 'data') return places.map((place) => array.values[place]!);
    const elements = this.arrays.get(array)!;
    const [first, ...others] = new Set(places);
    let value = elements[first!]!;
    for (const place of others) {
      const isHere = places.map((one) => (one === place ? 1 : 0));
      value = chooseLanes(isHere, elements[place]!, value, this.lanes);
    }
    return value;
  }

  private reset(state: StateRef): void {
    const { init, length } = state;
    const elements = Array.from({ length: Math.max(1, length) }, (_, i) => number(typeof init === 'number' ? init : init[i]!));
    if (length === 0) this.scalars.set(state, elements[0]!);
    else this.arrays.set(state, elements);
  }
}

const clampIndex = (place: number, array: ArrayRef): number => Math.max(0, Math.min(place, arrayLength(array) - 1));

interface LaneLeaves {
  param(name: string): LaneValue;
  state(ref: StateRef): LaneValue;
  element(array: ArrayRef, index: Float64Array): LaneValue;
  /** Seconds. */
  readonly time: Float64Array;
  tick(clock: string): LaneValue;
}

/** The values of the nodes of one event. */
class EventValues {
  private readonly region: Region;
  private readonly lanes: number;
  private readonly leaves: LaneLeaves;
  private readonly values = new Map<Expr, LaneValue>();
  private readonly indices = new Map<LoopRef, number>();

  constructor(region: Region, lanes: number, leaves: LaneLeaves) {
    this.region = region;
    this.lanes = lanes;
    this.leaves = leaves;
    this.compute(region.nodes);
  }

  value(expr: Expr): LaneValue {
    return this.values.get(expr)!;
  }

  valueAt(loop: LoopRef, index: number, expr: Expr): LaneValue {
    this.indices.set(loop, index);
    this.compute(this.region.loops.get(loop)!.nodes);
    return this.value(expr);
  }

  private compute(nodes: readonly Expr[]): void {
    for (const node of nodes) this.values.set(node, node.op in this.structural ? this.ofStructural(node) : this.ofOperands(node));
  }

  private readonly structural: { readonly [K in StructuralOp]: (node: Expr) => LaneValue } = {
    const: (node) => number(argOf(node, 'const')),
    param: (node) => this.leaves.param(argOf(node, 'param')),
    input: (node) => {
      throw new Error(`internal: input ${argOf(node, 'input')} was not replaced`);
    },
    state: (node) => this.leaves.state(argOf(node, 'state')),
    time: () => this.leaves.time,
    tick: (node) => this.leaves.tick(argOf(node, 'tick')),
    index: (node) => number(this.indices.get(argOf(node, 'index'))!),
    load: (node) => this.leaves.element(argOf(node, 'load'), numbersOf(this.value(node.src[0]!))),
    sum: (node) => {
      const loop = argOf(node, 'sum');
      let sum: LaneValue = number(0);
      for (let i = 0; i < loop.length; i++) sum = this.plus(sum, this.valueAt(loop, i, node.src[0]!));
      return sum;
    },
  };

  private ofStructural(node: Expr): LaneValue {
    return this.structural[node.op as StructuralOp](node);
  }

  private ofOperands(node: Expr): LaneValue {
    const operands = node.src.map((operand) => this.value(operand));
    const rule = tensorOps[node.op as keyof typeof tensorOps];
    if (rule === 'outside' || node.type === 'int' || operands.every(isNumbers)) return computeNumbers(node, operands.map(numbersOf));
    const [first, second, third] = operands as [LaneValue, LaneValue, LaneValue];
    if (node.op === 'select' && isNumbers(first)) return chooseLanes(first, second, third, this.lanes);
    const [a, b, c] = operands.map((value) => tensorOf(value, this.lanes)) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    return rule(a, b, c);
  }

  private plus(a: LaneValue, b: LaneValue): LaneValue {
    if (!isNumbers(a) || !isNumbers(b)) return tf.add(tensorOf(a, this.lanes), tensorOf(b, this.lanes));
    const [long, short] = a.length > b.length ? [a, b] : [b, a];
    return long.map((value, lane) => value + numberOfLane(short, lane));
  }
}
