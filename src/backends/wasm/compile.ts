// Compiles a Program to WebAssembly, one lane of doubles. Small ones become one function with states in locals; large
// ones are split into functions that stay below the engines' limits on size and locals.

import type { Program } from '../../ir/program.js';
import type { Kernel, Machine } from '../kernel.js';
import type { WasmCode } from './code.js';
import { emitWasm } from './emit.js';
import { emitLargeWasm } from './emit-large.js';
import { compileModule, instantiate, type WasmInstance } from './engine.js';
import { eventSizes } from './event-sizes.js';
import type { MemoryMap } from './memory-map.js';
import { fillRows, rowsWritten, takeRows, type RowsWritten } from './record-rows.js';
import { nextTick } from './windows.js';

/** Nodes of all events, and states, beyond which states are kept in memory and events are split. */
const largestFunction = 4000;

export interface WasmKernel extends Kernel {
  /** Copies the Program's constant arrays in again: they are copied when the kernel is made, and later changes are not seen before. */
  loadData(): void;
}

/** The module of a Program. */
export function wasmCode(program: Program): WasmCode {
  const nodes = eventSizes(program).reduce((sum, size) => sum + size, program.states.length);
  return nodes > largestFunction ? emitLargeWasm(program) : emitWasm(program);
}

export const wasmKernel = (program: Program): WasmKernel => wasmKernelOf(program, wasmCode(program));

/** The kernel of a module that was emitted for the Program. */
export function wasmKernelOf(program: Program, code: WasmCode): WasmKernel {
  return new LinearMachine(program, code, instantiate(compileModule(code.bytes)));
}

/** Copies a machine into linear memory, runs it there window by window, and copies it back. */
class LinearMachine implements WasmKernel {
  readonly backend = 'wasm';
  readonly program: Program;
  private readonly memory: MemoryMap;
  private readonly windowTicks: number;
  private readonly instance: WasmInstance;
  private readonly params: Float64Array;
  private readonly states: Float64Array;
  private readonly position: Float64Array;
  private readonly rows: readonly Float64Array[];
  private readonly written: readonly RowsWritten[];

  constructor(program: Program, { memory, window }: WasmCode, instance: WasmInstance) {
    const view = (at: number, length: number): Float64Array => new Float64Array(instance.memory, at, length);
    this.program = program;
    this.memory = memory;
    this.windowTicks = window.gridTicks;
    this.instance = instance;
    this.params = view(memory.params, program.params.length);
    this.states = view(memory.states, memory.layout.size);
    this.position = view(memory.position, memory.layout.positionLength);
    this.rows = memory.rows.map((at) => view(at, window.rows));
    this.written = rowsWritten(program);
    this.loadData();
  }

  loadData(): void {
    for (const { at, values } of this.memory.constants) new Float64Array(this.instance.memory, at, values.length).set(values);
  }

  run(machine: Machine, end: number): void {
    this.params.set(machine.params);
    this.states.set(machine.states);
    this.position.set(machine.position);
    for (let next = this.nextTick(); next < end; next = this.nextTick()) this.runWindow(machine, Math.min(end, next + this.windowTicks));
    machine.states.set(this.states);
    machine.position.set(this.position);
  }

  private nextTick(): number {
    return nextTick(this.program, this.memory.layout, this.position);
  }

  /** A window may write the row that was begun before it, and leave rows alone: it starts from the rows as they are. */
  private runWindow({ records }: Machine, end: number): void {
    const first = this.program.records.map(({ clock }) => this.begunTicks(clock) - 1);
    records.forEach((column, i) => fillRows(this.rows[i]!, column, first[i]!, this.written[i]!));
    this.instance.run(end);
    records.forEach((column, i) => {
      const end = this.begunTicks(this.program.records[i]!.clock);
      takeRows(this.rows[i]!, column, first[i]!, end, this.written[i]!);
    });
  }

  private begunTicks(clock: number): number {
    return this.position[this.memory.layout.firstTicks + clock]!;
  }
}
