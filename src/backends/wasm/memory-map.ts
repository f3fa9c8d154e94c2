// Where things stand in the linear memory of a module: doubles only, one after the other. Parameters, position and
// states stand as in a machine; constant arrays are copied in when the kernel is made; records have a few rows.

import type { Program } from '../../ir/program.js';
import type { ArrayRef, DataRef, StateRef } from '../../ir/types.js';
import { BackendError } from '../backend-error.js';
import { layoutOf, type Layout } from '../layout.js';
import { mostPages } from './assembler.js';

const doubleBytes = 8;
export const pageBytes = 65536;

export class MemoryMap {
  readonly layout: Layout;
  /** Byte addresses. */
  readonly params: number;
  readonly position: number;
  readonly states: number;
  /** Buffer of each record. */
  readonly rows: readonly number[];
  /** Constant arrays with their byte addresses. */
  readonly constants: { readonly at: number; readonly values: ArrayLike<number> }[] = [];
  private readonly places = new Map<object, number>();
  private readonly stages = new Map<StateRef, number>();
  private used = 0;

  /** `rowCount`: rows of each record's buffer. */
  constructor(program: Program, rowCount: number) {
    this.layout = layoutOf(program);
    this.params = this.reserve(program.params.length);
    this.position = this.reserve(this.layout.positionLength);
    this.states = this.reserve(this.layout.size);
    this.rows = program.records.map(() => this.reserve(rowCount));
  }

  /** Bytes in use. */
  get size(): number {
    return this.used;
  }

  /** Byte address of as many new doubles. Throws BackendError beyond 32-bit addresses. */
  reserve(count: number): number {
    const at = this.used;
    this.used += doubleBytes * count;
    if (this.used > mostPages * pageBytes) {
      throw new BackendError(
        'the wasm backend is not available: states, records and samples of this system take more than 4 GiB',
        'use the backend js',
      );
    }
    return at;
  }

  /** Byte address of a constant array; each is kept once. */
  constantsAt(key: object, values: () => ArrayLike<number>): number {
    let at = this.places.get(key);
    if (at === undefined) {
      const array = values();
      this.places.set(key, (at = this.reserve(array.length)));
      this.constants.push({ at, values: array });
    }
    return at;
  }

  /** Byte address of a state, or of the first element of an array. */
  addressOf(array: ArrayRef): number {
    return array.kind === 'data' ? this.dataAt(array) : this.states + doubleBytes * this.layout.offsets.get(array)!;
  }

  /** Byte address of a state's initial values, one for each element. */
  initAt(state: StateRef): number {
    const { init, length } = state;
    return this.constantsAt(state, () => (typeof init === 'number' ? new Float64Array(Math.max(1, length)).fill(init) : init));
  }

  /** Byte address where the next elements of an array are staged. */
  stageAt(state: StateRef): number {
    let at = this.stages.get(state);
    if (at === undefined) this.stages.set(state, (at = this.reserve(state.length)));
    return at;
  }

  private dataAt(ref: DataRef): number {
    return this.constantsAt(ref, () => ref.values);
  }
}

/** Byte address of the double at an index from a byte address. */
export const doubleAt = (base: number, index: number): number => base + doubleBytes * index;
