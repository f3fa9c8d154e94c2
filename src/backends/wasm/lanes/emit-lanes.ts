// Emits what differs between lanes as one WebAssembly function that runs a group: scalar states live in vectors of
// locals during a run, and what never changes is computed once before the loop. Arrays stay in the group's area.

import { argOf, type Expr } from '../../../ir/expr.js';
import { orderNodes } from '../../../ir/order.js';
import type { Action } from '../../../ir/program.js';
import { rootsOf } from '../../../ir/roots.js';
import type { StateRef } from '../../../ir/types.js';
import { hoistedNodes } from '../../hoist.js';
import { usesOf, type Push } from '../body.js';
import { emitEventLoop } from '../event-loop.js';
import type { FunctionBuilder } from '../function-builder.js';
import { doubleAt } from '../memory-map.js';
import { valueTypeOf } from '../ops.js';
import { blockKey, LaneBody, type Given, type PushLane } from './lane-body.js';
import { finishLaneCode, type LaneCode } from './lane-code.js';
import { LaneModule } from './lane-module.js';
import { copySlots, storeElement, storeElements, storeRows, storeTurns } from './lane-moves.js';
import { laneImage, vectorBytes, type LaneShape } from './lane-shape.js';
import type { LaneWindows } from './lane-windows.js';
import type { SplitProgram } from './split-program.js';
import { emitUniformEnd, startUniform, startVectors } from './uniform-start.js';

/** Each local of a constant is alive in the whole loop. */
const mostConstantLocals = 8;

export function emitLanes(split: SplitProgram, shape: LaneShape, windows: LaneWindows): LaneCode {
  return new LaneEmitter(split, shape, windows).emit();
}

class LaneEmitter {
  private readonly split: SplitProgram;
  private readonly module: LaneModule;
  private readonly code: FunctionBuilder;
  private readonly end: number;
  private readonly base: number;
  private readonly now: number;
  private readonly states: ReadonlyMap<StateRef, readonly number[]>;
  /** Bytes from a column's first row to the row of the tick now, by clock; and to that of the event now. */
  private readonly rows: readonly number[];
  private readonly traceRow: number;
  private readonly hoistedScalars = new Map<Expr, Push>();
  private readonly hoistedLanes = new Map<Expr, PushLane>();
  private readonly constants = new Map<bigint, number>();
  private starts: Given['starts'];

  constructor(split: SplitProgram, shape: LaneShape, windows: LaneWindows) {
    this.split = split;
    this.module = new LaneModule(split, shape, windows, {
      base: (code) => code.get(this.base),
      image: (code, image) => this.pushImage(code, image),
      leaf: (code, expr, k) => this.pushLeaf(code, expr, k),
    });
    const code = (this.code = this.module.builder.addFunction(['f64', 'i32']));
    [this.end, this.base] = [0, 1];
    this.now = code.addLocal('f64');
    const scalars = split.lanes.states.filter(({ length }) => length === 0);
    this.states = new Map(scalars.map((state) => [state, shape.vectors.map(() => code.addLocal('v128'))]));
    this.rows = split.lanes.clocks.map(() => code.addLocal('i32'));
    this.traceRow = code.addLocal('i32');
  }

  emit(): LaneCode {
    const { split, module, code } = this;
    const { memory } = module;
    this.moveStates((address, local) => {
      code.get(this.base);
      code.loadVector(address);
      code.set(local);
    });
    module.openTrace(code, (to) => to.set(this.traceRow));
    this.keepConstants();
    this.emitHoisted();
    this.startUniforms();
    emitEventLoop({
      code,
      program: split.lanes,
      memory: memory.common,
      now: this.now,
      end: this.end,
      sizes: module.eventSizes(),
      emitEvent: (kind) => this.emitEvent(kind),
    });
    this.moveStates((address, local) => {
      code.get(this.base);
      code.get(local);
      code.storeVector(address);
    });
    module.closeRows(
      code,
      (to) => to.get(this.traceRow),
      this.rows.map((row) => (to) => to.get(row)),
    );
    module.builder.exportFunction('run', code);
    return finishLaneCode(module);
  }

  private moveStates(move: (address: number, local: number) => void): void {
    for (const [state, locals] of this.states) {
      locals.forEach((local, k) => move(this.module.memory.stateAt(state) + vectorBytes * k, local));
    }
  }

  private pushLeaf(code: FunctionBuilder, expr: Expr, k: number): void {
    if (expr.op === 'state') code.get(this.states.get(argOf(expr, 'state'))![k]!);
    else this.module.loadParam(code, argOf(expr, 'param'), k);
  }

  private pushImage(code: FunctionBuilder, image: bigint): void {
    const local = code === this.code ? this.constants.get(image) : undefined;
    if (local !== undefined) code.get(local);
    else this.module.loadImage(code, image);
  }

  /** Constants that the lanes use most have locals: V8 builds a literal vector from several instructions wherever it stands. */
  private keepConstants(): void {
    const { code, module } = this;
    const uses = new Map<bigint, number>();
    for (const image of module.constantImages()) uses.set(image, (uses.get(image) ?? 0) + 1);
    const most = [...uses].sort((a, b) => b[1] - a[1]).slice(0, mostConstantLocals);
    for (const [image] of most) {
      const local = code.addLocal('v128');
      module.loadImage(code, image);
      code.set(local);
      this.constants.set(image, local);
    }
  }

  private emitHoisted(): void {
    const { code, module, split } = this;
    const roots = hoistedNodes(split.lanes, split.nodes);
    const region = orderNodes(roots.map((expr) => ({ expr })));
    const body = new LaneBody(code, region, usesOf(region, roots), module.context, { scalars: new Map(), lanes: new Map() });
    const isWanted = new Set(roots);
    for (const node of region.nodes) {
      body.emit([node]);
      if (!isWanted.has(node)) continue;
      const locals = body.localsOf(node);
      this.hoistedLanes.set(node, (to, k) => to.get(locals[k]!));
      if (body.varies(node)) continue;
      const local = code.addLocal(valueTypeOf(node.type));
      body.push(node);
      code.set(local);
      this.hoistedScalars.set(node, (to) => to.get(local));
    }
  }

  /** Blocks of random words of which nothing but the second word, the tick, changes from event to event are begun before. */
  private startUniforms(): void {
    const { code, module, split, hoistedLanes } = this;
    const { shape } = module.context;
    const isKept = (expr: Expr): boolean => expr.op === 'const' || hoistedLanes.has(expr);
    const blocks = [...split.nodes].filter((node) => node.op === 'uniform' && module.context.varies.has(node));
    const known = blocks.filter(({ src: [lane, , ...others] }) => [lane!, ...others].every(isKept));
    if (known.length === 0) return;
    const body = new LaneBody(code, orderNodes([]), new Map(), module.context, { scalars: this.hoistedScalars, lanes: hoistedLanes });
    const image = (to: FunctionBuilder, bytes: bigint): void => module.loadImage(to, bytes);
    const of = new Map<string, readonly number[]>();
    for (const block of known) {
      const [lane, , ...others] = block.src;
      const place = [lane!, ...others];
      const quads = shape.vectors.filter((k) => (shape.lanesPerVector * k) % 4 === 0);
      if (of.has(blockKey(block))) continue;
      const starts = quads.map((k) => {
        const at = module.memory.reserveVectors(startVectors);
        const words = place.map((word) => () => body.pushWords(word, k));
        startUniform(code, words, at, image);
        return at;
      });
      of.set(blockKey(block), starts);
    }
    this.starts = { of, end: emitUniformEnd(module.builder, shape.precision, image) };
  }

  private emitEvent(kind: number): void {
    const { code, module, split, rows, traceRow } = this;
    const event = split.lanes.events[kind]!;
    for (const row of [...event.begins.map((clock) => rows[clock]!), traceRow]) {
      code.get(row);
      code.i32(doubleAt(0, 1));
      code.op('i32.add');
      code.set(row);
    }
    for (const state of event.resets) this.emitReset(state);
    const scalars = new Map(this.hoistedScalars);
    for (const [node, push] of module.tracedPushes(kind, (to) => to.get(traceRow))) scalars.set(node, this.keptPush(node, push));
    const roots = rootsOf(event);
    const region = orderNodes(roots, { has: (expr) => scalars.has(expr) || this.hoistedLanes.has(expr) });
    const uses = usesOf(
      region,
      roots.map((root) => root.expr),
    );
    const body = new LaneBody(code, region, uses, module.context, { scalars, lanes: this.hoistedLanes, starts: this.starts });
    body.emit(region.nodes);
    const commits = event.actions.map((action) => this.emitAction(action, body));
    for (const commit of commits) commit();
  }

  /** How a shared value is pushed: an int of the trace, which is turned from a double, once and from then on from a local. */
  private keptPush({ type }: Expr, push: Push): Push {
    if (type === 'real') return push;
    const local = this.code.addLocal(valueTypeOf(type));
    push(this.code);
    this.code.set(local);
    return (to) => to.get(local);
  }

  private emitReset(state: StateRef): void {
    const { code, module } = this;
    const { type, length, init } = state;
    if (length > 0) {
      copySlots(code, module, module.memory.stateAt(state), module.memory.initAt(state), length);
      return;
    }
    for (const local of this.states.get(state)!) {
      this.pushImage(code, laneImage(module.memory.shape.precision, type, init as number));
      code.set(local);
    }
  }

  /** Computes an action's values; gives what is to be done when the values of all actions are known. */
  private emitAction(action: Action, body: LaneBody): () => void {
    const { code, module } = this;
    switch (action.do) {
      case 'record': {
        const row = this.rows[this.split.lanes.records[action.record]!.clock]!;
        storeRows(module, body, action, (to) => to.get(row));
        return () => undefined;
      }
      case 'set': {
        const values = body.localsOf(action.value);
        const state = this.states.get(action.state)!;
        return () => values.forEach((value, k) => (code.get(value), code.set(state[k]!)));
      }
      case 'put': {
        const { index, value, state } = action;
        const values = body.localsOf(value);
        if (!body.varies(index)) return () => values.forEach((local, k) => storeElement(module, body, state, index, k, local));
        const indices = body.localsOf(index);
        return () => values.forEach((local, k) => storeElements(module, body, state, k, indices[k]!, local));
      }
      case 'fill': {
        const stage = module.memory.stageAt(action.state);
        storeTurns(module, body, action, stage);
        return () => copySlots(code, module, module.memory.stateAt(action.state), stage, action.state.length);
      }
    }
  }
}
