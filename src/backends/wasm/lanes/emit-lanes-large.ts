// Emits what differs between the lanes of a large Program as many functions, each below the engines' limits. States stay
// in the group's area, whose address every function gets; what one function leaves for another is staged, slot by slot,
// as in a run of one lane.

import { argOf, type Expr } from '../../../ir/expr.js';
import { orderNodes } from '../../../ir/order.js';
import type { Action, EventKind } from '../../../ir/program.js';
import { rootsOf, rootsOfAction } from '../../../ir/roots.js';
import { placeChanges, type Places } from '../../changes.js';
import { hoistedNodes } from '../../hoist.js';
import type { Push } from '../body.js';
import { emitChunks, emitMoves, type ChunkWriter, type Sink } from '../chunk-functions.js';
import { emitEventLoop, loadDouble, storeDouble } from '../event-loop.js';
import type { FunctionBuilder, GlobalRef } from '../function-builder.js';
import { doubleAt } from '../memory-map.js';
import { emitFromMemory, emitToMemory } from '../ops.js';
import { LaneBody, type PushLane } from './lane-body.js';
import { finishLaneCode, type LaneCode } from './lane-code.js';
import { LaneModule } from './lane-module.js';
import { copySlots, storeElements, storeRows, storeTurns, type MoveScratch } from './lane-moves.js';
import { vectorBytes, type LaneShape } from './lane-shape.js';
import type { LaneWindows } from './lane-windows.js';
import type { SplitProgram } from './split-program.js';

/** Nodes per function, about: each takes as many instructions as a value has vectors. */
const usualChunkNodes = 300;

/** `chunkNodes`: nodes per function, about; one at least. */
export function emitLargeLanes(split: SplitProgram, shape: LaneShape, windows: LaneWindows, chunkNodes = usualChunkNodes): LaneCode {
  return new LargeLaneEmitter(split, shape, windows, chunkNodes).emit();
}

type Move = (code: FunctionBuilder, scratch: MoveScratch) => void;

/** The parameter of every function but `run`: the address of the group's area. */
const areaLocal = 0;

class LargeLaneEmitter {
  private readonly split: SplitProgram;
  private readonly module: LaneModule;
  private readonly writer: ChunkWriter<LaneBody>;
  private readonly hoistedScalars = new Map<Expr, Push>();
  private readonly hoistedLanes = new Map<Expr, PushLane>();
  /** The hoisted values, and those of the trace that the event being emitted reads. */
  private scalars: ReadonlyMap<Expr, Push> = new Map();
  /** Bytes from a column's first row to the row of the tick now, by clock; and to that of the event now. */
  private readonly rows: readonly GlobalRef[];
  private readonly traceRow: GlobalRef;

  constructor(split: SplitProgram, shape: LaneShape, windows: LaneWindows, chunkNodes: number) {
    this.split = split;
    const module = (this.module = new LaneModule(split, shape, windows, {
      base: (code) => code.get(areaLocal),
      leaf: (code, expr, k) => {
        if (expr.op === 'param') return this.module.loadParam(code, argOf(expr, 'param'), k);
        code.get(areaLocal);
        code.loadVector(this.module.memory.stateAt(argOf(expr, 'state')) + vectorBytes * k);
      },
    }));
    this.rows = split.lanes.clocks.map(() => module.builder.addGlobal('i32'));
    this.traceRow = module.builder.addGlobal('i32');
    this.writer = {
      chunkNodes,
      addFunction: () => module.builder.addFunction(['i32']),
      newBody: (code, region, uses) =>
        new LaneBody(code, region, uses, module.context, { scalars: this.scalars, lanes: this.hoistedLanes }),
      reserve: (count) => {
        const base = module.memory.reserveSlots(count);
        return (index) => base + shape.slotBytes * index;
      },
      take: (body, expr, address) => {
        body.keepLanes(expr, (k) => loadVectorAt(body.code, address, k));
      },
      store: storeLanes,
    };
  }

  emit(): LaneCode {
    const { split, module } = this;
    const before = this.emitHoisted();
    const events = split.lanes.events.map((event, kind) => this.emitEvent(event, kind));
    const run = module.builder.addFunction(['f64', 'i32']);
    const [end, area] = [0, 1];
    const now = run.addLocal('f64');
    for (const row of this.rows) {
      run.i32(0);
      run.setGlobal(row);
    }
    module.openTrace(run, (to) => to.setGlobal(this.traceRow));
    run.get(area);
    run.call(before);
    emitEventLoop({
      code: run,
      program: split.lanes,
      memory: module.memory.common,
      now,
      end,
      sizes: events.map(() => 1),
      emitEvent: (kind) => {
        run.get(area);
        run.call(events[kind]!);
      },
    });
    module.closeRows(
      run,
      (to) => to.getGlobal(this.traceRow),
      this.rows.map((row) => (to) => to.getGlobal(row)),
    );
    module.builder.exportFunction('run', run);
    return finishLaneCode(module);
  }

  /** The function that computes what never changes during a run. */
  private emitHoisted(): FunctionBuilder {
    const { module } = this;
    const roots = hoistedNodes(this.split.lanes, this.split.nodes).filter((node) => node.op !== 'param');
    const addressOf = this.writer.reserve(roots.length);
    const scalars = module.memory.common.reserve(roots.length);
    const sinks = roots.map((expr, i): Sink<LaneBody> => ({
      roots: [{ expr }],
      write: (body) => {
        storeLanes(body, expr, addressOf(i));
        if (body.varies(expr)) return;
        storeDouble(body.code, doubleAt(scalars, i), () => {
          body.push(expr);
          emitToMemory(body.code, expr.type);
        });
      },
    }));
    const chunks = emitChunks(this.writer, orderNodes(sinks.flatMap((sink) => sink.roots)), sinks);
    roots.forEach((expr, i) => {
      this.hoistedLanes.set(expr, (code, k) => loadVectorAt(code, addressOf(i), k));
      if (module.context.varies.has(expr)) return;
      this.hoistedScalars.set(expr, (code) => {
        loadDouble(code, doubleAt(scalars, i));
        emitFromMemory(code, expr.type);
      });
    });
    return this.emitSequence([], chunks);
  }

  /** The function that runs the event. */
  private emitEvent(event: EventKind, kind: number): FunctionBuilder {
    const { module, writer } = this;
    const traced = module.tracedPushes(kind, (code) => code.getGlobal(this.traceRow));
    const scalars = new Map([...this.hoistedScalars, ...traced]);
    this.scalars = scalars;
    const places = placeChanges(event, { offsets: module.memory.stateSlots }, 0);
    const stageOf = writer.reserve(places.end);
    const sinks = event.actions.map((action): Sink<LaneBody> => ({
      roots: rootsOfAction(action),
      write: (body) => this.writeAction(action, places, stageOf, body),
    }));
    const region = orderNodes(rootsOf(event), { has: (expr) => scalars.has(expr) || this.hoistedLanes.has(expr) });
    const resets = event.resets.map(
      (state): Move =>
        (code) =>
          copySlots(code, module, module.memory.stateAt(state), module.memory.initAt(state), Math.max(1, state.length)),
    );
    return this.emitSequence(
      [...event.begins.map((clock) => this.rows[clock]!), this.traceRow],
      [...this.emitMoves(resets), ...emitChunks(writer, region, sinks), ...this.emitMoves(this.commits(places, stageOf))],
    );
  }

  private writeAction(action: Action, { stageOf }: Places, addressOf: (index: number) => number, body: LaneBody): void {
    if (action.do === 'record') {
      const row = this.rows[this.split.lanes.records[action.record]!.clock]!;
      storeRows(this.module, body, action, (code) => code.getGlobal(row));
      return;
    }
    const stage = stageOf.get(action)!;
    if (action.do === 'fill') storeTurns(this.module, body, action, addressOf(stage));
    else storeLanes(body, action.value, addressOf(stage));
    if (action.do === 'put') storeLanes(body, action.index, addressOf(stage + 1));
  }

  /** By which the states take an event's changes. */
  private commits({ runs, puts }: Places, addressOf: (index: number) => number): Move[] {
    const { module } = this;
    const copies = runs.map(
      ({ offset, stage, length }): Move =>
        (code) =>
          copySlots(code, module, module.memory.shape.slotBytes * offset, addressOf(stage), length),
    );
    const stores = puts.flatMap(({ state, stage }) =>
      module.memory.shape.vectors.map((k): Move => (code, scratch) => {
        loadVectorAt(code, addressOf(stage), k);
        code.set(scratch.value);
        loadVectorAt(code, addressOf(stage + 1), k);
        code.set(scratch.indices);
        storeElements(module, scratch.target, state, k, scratch.indices, scratch.value);
      }),
    );
    return [...copies, ...stores];
  }

  private emitMoves(moves: readonly Move[]): FunctionBuilder[] {
    return emitMoves(this.writer, moves, (code) => {
      const [value, indices, addresses] = [code.addLocal('v128'), code.addLocal('v128'), code.addLocal('v128')];
      return { value, indices, target: this.module.targetOf(code, addresses) };
    });
  }

  /** A function that moves rows on and makes the calls in order. */
  private emitSequence(rows: readonly GlobalRef[], calls: readonly FunctionBuilder[]): FunctionBuilder {
    const code = this.writer.addFunction();
    for (const row of rows) {
      code.getGlobal(row);
      code.i32(doubleAt(0, 1));
      code.op('i32.add');
      code.setGlobal(row);
    }
    for (const one of calls) {
      code.get(areaLocal);
      code.call(one);
    }
    return code;
  }
}

function loadVectorAt(code: FunctionBuilder, address: number, k: number): void {
  code.i32(0);
  code.loadVector(address + vectorBytes * k);
}

function storeLanes(body: LaneBody, expr: Expr, address: number): void {
  for (const k of body.vectors) {
    body.code.i32(0);
    body.pushLane(expr, k);
    body.code.storeVector(address + vectorBytes * k);
  }
}
