// Emits a Program as one WebAssembly function: scalar states and coefficients live in locals during a run, and what
// never changes is computed once before the loop. Arrays stay in linear memory.

import { argOf, type Expr } from '../../ir/expr.js';
import { orderNodes } from '../../ir/order.js';
import type { Action, EventKind, Program } from '../../ir/program.js';
import { programNodes, rootsOf } from '../../ir/roots.js';
import type { StateRef } from '../../ir/types.js';
import { hoistedNodes, loopConstants } from '../hoist.js';
import { indexByName } from '../layout.js';
import { ModuleBuilder } from './assembler.js';
import { BodyEmitter, doubleShift, usesOf, type Intrinsics, type LeafCode, type Push } from './body.js';
import { finishCode, type WasmCode } from './code.js';
import { emitEventLoop, loadDouble, storeDouble } from './event-loop.js';
import { eventSizes } from './event-sizes.js';
import type { FunctionBuilder } from './function-builder.js';
import { emitIntrinsics } from './intrinsics.js';
import { doubleAt, MemoryMap } from './memory-map.js';
import { copyDoubles } from './memory-moves.js';
import { emitClamp, emitConstant, emitFromMemory, emitToMemory, valueTypeOf } from './ops.js';
import { emitTime } from './time.js';
import { usualWindow, type WindowSize } from './windows.js';

/** Each local of a constant is alive in the whole loop. */
const mostConstantLocals = 8;

export function emitWasm(program: Program, window = usualWindow(program)): WasmCode {
  return new WasmEmitter(program, window).emit();
}

/** Ticks that began before the one now, as f64; as i32 for a clock with records, whose rows fit in memory and so in an int. */
interface ClockLocals {
  readonly tick: number;
  /** Bytes from the buffer's first row to the row of the tick now. */
  readonly row: number | undefined;
}

class WasmEmitter {
  private readonly program: Program;
  private readonly window: WindowSize;
  private readonly memory: MemoryMap;
  private readonly module = new ModuleBuilder();
  private readonly code: FunctionBuilder;
  private readonly now: number;
  private readonly states: ReadonlyMap<StateRef, number>;
  private readonly clocks: readonly ClockLocals[];
  private readonly hoisted = new Map<Expr, Push>();
  /** Ticks as ints, of clocks that begin one in the event being emitted: those are not negative. */
  private begun: ReadonlySet<Expr> = new Set();
  /** Ticks as ints, by clock. */
  private readonly wholeTicks = new Map<number, Expr[]>();
  private readonly leaves: LeafCode;
  private readonly intrinsics: Intrinsics;
  private readonly nodes: ReadonlySet<Expr>;

  constructor(program: Program, window: WindowSize) {
    this.program = program;
    this.window = window;
    this.memory = new MemoryMap(program, this.window.rows);
    this.nodes = programNodes(program);
    this.intrinsics = emitIntrinsics(this.module, this.nodes);
    const code = (this.code = this.module.addFunction(['f64']));
    this.now = code.addLocal('f64');
    const scalars = program.states.filter(({ length }) => length === 0);
    this.states = new Map(scalars.map((state) => [state, code.addLocal(valueTypeOf(state.type))]));
    this.clocks = program.clocks.map((_, clock) => {
      const hasRecords = program.records.some((record) => record.clock === clock);
      return { tick: code.addLocal(hasRecords ? 'i32' : 'f64'), row: hasRecords ? code.addLocal('i32') : undefined };
    });
    this.leaves = this.makeLeaves();
  }

  emit(): WasmCode {
    const { program, module, code, memory } = this;
    this.openMachine();
    this.emitHoisted();
    this.keepConstants();
    this.takeWholeTicks();
    emitEventLoop({
      code,
      program,
      memory,
      now: this.now,
      end: 0,
      sizes: eventSizes(program),
      emitEvent: (kind) => this.emitEvent(program.events[kind]!),
    });
    this.closeMachine();
    module.exportFunction('run', code);
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
      state: (code, expr) => code.get(this.states.get(argOf(expr, 'state'))!),
      time: (code) => emitTime(code, program, () => code.get(this.now)),
      tick: (code, clock) => {
        const { tick, row } = this.clocks[clocks.get(clock)!]!;
        code.get(tick);
        if (row !== undefined) code.op('f64.convert_i32_s');
      },
      isCount: (expr) => this.begun.has(expr),
      addressOf: (array) => memory.addressOf(array),
    };
  }

  private emitHoisted(): void {
    const { code } = this;
    const roots = hoistedNodes(this.program, this.nodes);
    const region = orderNodes(roots.map((expr) => ({ expr })));
    const emitter = new BodyEmitter(code, region, usesOf(region, roots), this.leaves, this.intrinsics);
    const isWanted = new Set(roots);
    for (const node of region.nodes) {
      emitter.emit([node]);
      if (!isWanted.has(node)) continue;
      if (emitter.localOf(node) === undefined) {
        emitter.push(node);
        emitter.keep(node);
      }
      const local = emitter.localOf(node)!;
      this.hoisted.set(node, (to) => to.get(local));
    }
  }

  /**
   * Constants come from memory: V8 builds a literal double from two instructions wherever it stands. Those that stand
   * more than once have a local, the others are loaded where they stand and leave the registers to the states.
   */
  private keepConstants(): void {
    const { code } = this;
    const constants = loopConstants(this.program, this.nodes);
    const values = [...new Set(constants.map((expr) => argOf(expr, 'const')))];
    const place = this.memory.constantsAt(constants, () => values);
    const uses = new Map<number, number>();
    for (const { src } of this.nodes) {
      for (const one of src) if (one.op === 'const') uses.set(argOf(one, 'const'), (uses.get(argOf(one, 'const')) ?? 0) + 1);
    }
    let left = mostConstantLocals;
    const pushes = new Map(
      values.map((value, i): [number, Push] => {
        const address = doubleAt(place, i);
        if ((uses.get(value) ?? 0) < 2 || left-- <= 0) return [value, (to) => loadDouble(to, address)];
        const local = code.addLocal('f64');
        loadDouble(code, address);
        code.set(local);
        return [value, (to) => to.get(local)];
      }),
    );
    for (const expr of constants) this.hoisted.set(expr, pushes.get(argOf(expr, 'const'))!);
  }

  /** Ticks of a clock with records are ints as they are. */
  private takeWholeTicks(): void {
    const clocks = indexByName(this.program.clocks);
    for (const node of this.nodes) {
      const [operand] = node.src;
      if (node.op !== 'toInt' || operand?.op !== 'tick') continue;
      const clock = clocks.get(argOf(operand, 'tick'))!;
      const { tick, row } = this.clocks[clock]!;
      if (row === undefined) continue;
      this.hoisted.set(node, (to) => to.get(tick));
      this.wholeTicks.set(clock, [...(this.wholeTicks.get(clock) ?? []), node]);
    }
  }

  private emitEvent(event: EventKind): void {
    const { code } = this;
    for (const clock of event.begins) this.beginTick(this.clocks[clock]!);
    for (const state of event.resets) this.emitReset(state);
    this.begun = new Set(event.begins.flatMap((clock) => this.wholeTicks.get(clock) ?? []));
    const roots = rootsOf(event);
    const region = orderNodes(roots, this.hoisted);
    const uses = usesOf(
      region,
      roots.map((root) => root.expr),
    );
    const emitter = new BodyEmitter(code, region, uses, this.leaves, this.intrinsics, this.hoisted);
    emitter.emit(region.nodes);
    const commits = event.actions.flatMap((action) => this.emitAction(action, emitter));
    for (const commit of commits) commit();
  }

  private beginTick({ tick, row }: ClockLocals): void {
    const { code } = this;
    code.get(tick);
    if (row === undefined) {
      code.f64(1);
      code.op('f64.add');
    } else {
      code.i32(1);
      code.op('i32.add');
      code.set(tick);
      code.get(row);
      code.i32(doubleAt(0, 1));
      code.op('i32.add');
    }
    code.set(row ?? tick);
  }

  private emitReset(state: StateRef): void {
    const { code, memory } = this;
    const { type, length, init } = state;
    if (length === 0) {
      emitConstant(code, type, init as number);
      code.set(this.states.get(state)!);
    } else copyDoubles(code, memory.addressOf(state), memory.initAt(state), length);
  }

  /** Computes an action's values; gives what is to be done when the values of all actions are known. */
  private emitAction(action: Action, emitter: BodyEmitter): (() => void)[] {
    const { code, memory } = this;
    const { type } = action.value;
    switch (action.do) {
      case 'record': {
        code.get(this.clocks[this.program.records[action.record]!.clock]!.row!);
        emitter.push(action.value);
        emitToMemory(code, type);
        code.store(memory.rows[action.record]!);
        return [];
      }
      case 'set': {
        const value = this.keepValue(action.value, emitter);
        return [() => (code.get(value), code.set(this.states.get(action.state)!))];
      }
      case 'put': {
        const index = this.keepValue(action.index, emitter);
        const value = this.keepValue(action.value, emitter);
        return [
          () => {
            code.get(index);
            emitClamp(code, emitter.scratch('i32')[0], action.state.length - 1);
            code.i32(doubleShift);
            code.op('i32.shl');
            code.get(value);
            emitToMemory(code, type);
            code.store(memory.addressOf(action.state));
          },
        ];
      }
      case 'fill': {
        const { length } = action.state;
        const staged = memory.stageAt(action.state);
        emitter.emitLoop(action.loop, (index) => {
          code.get(index);
          code.i32(doubleShift);
          code.op('i32.shl');
          emitter.push(action.value);
          emitToMemory(code, type);
          code.store(staged);
        });
        return [() => copyDoubles(code, memory.addressOf(action.state), staged, length)];
      }
    }
  }

  /** Local with the value of a node, one that no commit changes. */
  private keepValue(expr: Expr, emitter: BodyEmitter): number {
    const known = emitter.localOf(expr);
    if (known !== undefined) return known;
    const local = this.code.addLocal(valueTypeOf(expr.type));
    emitter.push(expr);
    this.code.set(local);
    return local;
  }

  private openMachine(): void {
    const { code, memory } = this;
    for (const [state, local] of this.states) {
      loadDouble(code, memory.addressOf(state));
      emitFromMemory(code, state.type);
      code.set(local);
    }
    this.clocks.forEach(({ tick, row }, i) => {
      loadDouble(code, doubleAt(memory.position, memory.layout.firstTicks + i));
      code.f64(1);
      code.op('f64.sub');
      if (row !== undefined) code.op('i32.trunc_sat_f64_s');
      code.set(tick);
    });
  }

  private closeMachine(): void {
    const { code, memory } = this;
    for (const [state, local] of this.states) {
      storeDouble(code, memory.addressOf(state), () => {
        code.get(local);
        emitToMemory(code, state.type);
      });
    }
    this.clocks.forEach(({ tick, row }, i) => {
      storeDouble(code, doubleAt(memory.position, memory.layout.firstTicks + i), () => {
        code.get(tick);
        if (row !== undefined) code.op('f64.convert_i32_s');
        code.f64(1);
        code.op('f64.add');
      });
    });
  }
}
