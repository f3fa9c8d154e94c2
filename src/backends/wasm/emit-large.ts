// Emits a large Program as many functions, each below the engines' limits. States stay in memory; what one function
// leaves for another is staged there too: first the values that never change during a run, then an event's changes
// until all are known, then values between chunks. Globals hold the grid tick, the clocks' ticks and their rows.

import { argOf, type Expr } from '../../ir/expr.js';
import { orderNodes } from '../../ir/order.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { programNodes, rootsOf, rootsOfAction } from '../../ir/roots.js';
import { placeChanges, type Places } from '../changes.js';
import { hoistedNodes } from '../hoist.js';
import { indexByName } from '../layout.js';
import { ModuleBuilder } from './assembler.js';
import { BodyEmitter, doubleShift, type Intrinsics, type LeafCode, type Push } from './body.js';
import { emitChunks, emitMoves, type ChunkWriter, type Sink } from './chunk-functions.js';
import { finishCode, type WasmCode } from './code.js';
import { emitEventLoop, loadDouble, storeDouble } from './event-loop.js';
import type { FunctionBuilder, GlobalRef } from './function-builder.js';
import { emitIntrinsics } from './intrinsics.js';
import { doubleAt, MemoryMap } from './memory-map.js';
import { commitMoves, resetMoves, type Move } from './memory-moves.js';
import { emitFromMemory, emitToMemory } from './ops.js';
import { emitTime } from './time.js';
import { usualWindow, type WindowSize } from './windows.js';

/** Nodes per function, about. */
const usualChunkNodes = 600;

/** `chunkNodes`: nodes per function, about; one at least. */
export function emitLargeWasm(program: Program, chunkNodes = usualChunkNodes, window = usualWindow(program)): WasmCode {
  return new LargeEmitter(program, chunkNodes, window).emit();
}

class LargeEmitter {
  private readonly program: Program;
  private readonly writer: ChunkWriter<BodyEmitter>;
  private readonly window: WindowSize;
  private readonly memory: MemoryMap;
  private readonly module = new ModuleBuilder();
  private readonly nodes: ReadonlySet<Expr>;
  private readonly intrinsics: Intrinsics;
  private readonly hoisted = new Map<Expr, Push>();
  private readonly now: GlobalRef;
  /** By clock: ticks that began before the one now, and bytes from a buffer's first row to the row now. */
  private readonly clocks: readonly { readonly tick: GlobalRef; readonly row: GlobalRef }[];
  private readonly leaves: LeafCode;

  constructor(program: Program, chunkNodes: number, window: WindowSize) {
    this.program = program;
    this.window = window;
    this.memory = new MemoryMap(program, this.window.rows);
    this.nodes = programNodes(program);
    this.intrinsics = emitIntrinsics(this.module, this.nodes);
    this.now = this.module.addGlobal('f64');
    this.clocks = program.clocks.map(() => ({ tick: this.module.addGlobal('f64'), row: this.module.addGlobal('i32') }));
    this.leaves = this.makeLeaves();
    this.writer = {
      chunkNodes,
      addFunction: () => this.module.addFunction(),
      newBody: (code, region, uses) => new BodyEmitter(code, region, uses, this.leaves, this.intrinsics, this.hoisted),
      reserve: (count) => {
        const base = this.memory.reserve(count);
        return (index) => doubleAt(base, index);
      },
      take: (body, expr, address) => {
        loadValue(body.code, expr, address);
        body.keep(expr);
      },
      store: storeValue,
    };
  }

  emit(): WasmCode {
    const { program, module, memory } = this;
    const before = this.emitHoisted();
    const events = program.events.map((event) => this.emitEvent(event));
    const run = module.addFunction(['f64']);
    const now = run.addLocal('f64');
    this.openClocks(run);
    run.call(before);
    emitEventLoop({
      code: run,
      program,
      memory,
      now,
      end: 0,
      sizes: events.map(() => 1),
      emitEvent: (kind) => {
        run.get(now);
        run.setGlobal(this.now);
        run.call(events[kind]!);
      },
    });
    this.closeClocks(run);
    module.exportFunction('run', run);
    return finishCode(module, memory, this.window);
  }

  private makeLeaves(): LeafCode {
    const { memory, program } = this;
    const params = indexByName(program.params);
    const clocks = indexByName(program.clocks);
    return {
      param: (code, name) => loadDouble(code, doubleAt(memory.params, params.get(name)!)),
      input: (_, key) => {
        throw new Error(`internal: input ${key} was not replaced`);
      },
      state: (code, expr) => {
        loadDouble(code, memory.addressOf(argOf(expr, 'state')));
        emitFromMemory(code, expr.type);
      },
      time: (code) => emitTime(code, program, () => code.getGlobal(this.now)),
      tick: (code, clock) => code.getGlobal(this.clocks[clocks.get(clock)!]!.tick),
      isCount: () => false,
      addressOf: (array) => memory.addressOf(array),
    };
  }

  /** The function that computes what never changes during a run. */
  private emitHoisted(): FunctionBuilder {
    const roots = hoistedNodes(this.program, this.nodes).filter((node) => node.op !== 'param');
    const base = this.memory.reserve(roots.length);
    const sinks = roots.map((expr, i): Sink<BodyEmitter> => ({
      roots: [{ expr }],
      write: (emitter) => storeValue(emitter, expr, doubleAt(base, i)),
    }));
    const region = orderNodes(sinks.flatMap((sink) => sink.roots));
    const chunks = emitChunks(this.writer, region, sinks);
    roots.forEach((expr, i) => this.hoisted.set(expr, (code) => loadValue(code, expr, doubleAt(base, i))));
    return this.emitSequence([], chunks);
  }

  /** The function that runs the event. */
  private emitEvent(event: EventKind): FunctionBuilder {
    const places = placeChanges(event, this.memory.layout, 0);
    const stage = this.memory.reserve(places.end);
    const sinks = event.actions.map((action): Sink<BodyEmitter> => ({
      roots: rootsOfAction(action),
      write: (emitter) => this.writeAction(action, places, stage, emitter),
    }));
    const region = orderNodes(rootsOf(event), this.hoisted);
    return this.emitSequence(event.begins, [
      ...this.emitMoves(resetMoves(event, this.memory)),
      ...emitChunks(this.writer, region, sinks),
      ...this.emitMoves(commitMoves(places, stage, this.memory)),
    ]);
  }

  private emitMoves(moves: readonly Move[]): FunctionBuilder[] {
    return emitMoves(this.writer, moves, (code) => code.addLocal('i32'));
  }

  private writeAction(action: Action, { stageOf }: Places, base: number, emitter: BodyEmitter): void {
    const { code } = emitter;
    const { value } = action;
    if (action.do === 'record') {
      code.getGlobal(this.clocks[this.program.records[action.record]!.clock]!.row);
      emitter.push(value);
      emitToMemory(code, value.type);
      code.store(this.memory.rows[action.record]!);
      return;
    }
    const at = doubleAt(base, stageOf.get(action)!);
    if (action.do === 'fill') {
      emitter.emitLoop(action.loop, (index) => {
        code.get(index);
        code.i32(doubleShift);
        code.op('i32.shl');
        emitter.push(value);
        emitToMemory(code, value.type);
        code.store(at);
      });
      return;
    }
    storeValue(emitter, value, at);
    if (action.do === 'put') storeValue(emitter, action.index, doubleAt(at, 1));
  }

  /** A function that begins ticks of clocks and makes the calls in order. */
  private emitSequence(begins: readonly number[], calls: readonly FunctionBuilder[]): FunctionBuilder {
    const code = this.module.addFunction();
    for (const clock of begins) {
      const { tick, row } = this.clocks[clock]!;
      code.getGlobal(tick);
      code.f64(1);
      code.op('f64.add');
      code.setGlobal(tick);
      code.getGlobal(row);
      code.i32(doubleAt(0, 1));
      code.op('i32.add');
      code.setGlobal(row);
    }
    for (const one of calls) code.call(one);
    return code;
  }

  private openClocks(code: FunctionBuilder): void {
    const { memory } = this;
    this.clocks.forEach(({ tick, row }, i) => {
      loadDouble(code, doubleAt(memory.position, memory.layout.firstTicks + i));
      code.f64(1);
      code.op('f64.sub');
      code.setGlobal(tick);
      code.i32(0);
      code.setGlobal(row);
    });
  }

  private closeClocks(code: FunctionBuilder): void {
    const { memory } = this;
    this.clocks.forEach(({ tick }, i) => {
      storeDouble(code, doubleAt(memory.position, memory.layout.firstTicks + i), () => {
        code.getGlobal(tick);
        code.f64(1);
        code.op('f64.add');
      });
    });
  }
}

function loadValue(code: FunctionBuilder, expr: Expr, address: number): void {
  loadDouble(code, address);
  emitFromMemory(code, expr.type);
}

function storeValue(emitter: BodyEmitter, expr: Expr, address: number): void {
  const { code } = emitter;
  storeDouble(code, address, () => {
    emitter.push(expr);
    emitToMemory(code, expr.type);
  });
}
