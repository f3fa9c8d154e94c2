// The constant arrays of emitted code.

import type { DataRef, StateRef } from '../ir/types.js';

/** The constant arrays that emitted code gets, each once. */
export class DataTable {
  readonly arrays: Float64Array[] = [];
  private readonly places = new Map<DataRef | StateRef, number>();

  /** Index of a constant array. */
  indexOf(ref: DataRef): number {
    return this.place(ref, () => ref.values);
  }

  /** Index of an array of a state's initial values. */
  indexOfInit(state: StateRef, init: readonly number[]): number {
    return this.place(state, () => Float64Array.from(init));
  }

  private place(ref: DataRef | StateRef, values: () => Float64Array): number {
    let index = this.places.get(ref);
    if (index === undefined) this.places.set(ref, (index = this.arrays.push(values()) - 1));
    return index;
  }
}
