// How values stand in memory, which holds numbers only: bits as 0 and 1, ints as whole numbers.

import type { Expr } from '../../ir/expr.js';
import type { DataRef, ScalarType, StateRef } from '../../ir/types.js';

/** Text of a value as memory holds it. */
export const numeric = (expr: Expr, text: string): string => (expr.type === 'bit' ? `+${text}` : text);

/** Text that reads a value of the type from a place in memory. */
export function readText(type: ScalarType, place: string): string {
  return type === 'bit' ? `(${place} !== 0)` : type === 'int' ? `(${place} | 0)` : place;
}

/** A number as JavaScript reads it back to the same bits. */
export const literal = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The constant arrays that emitted code gets as D, each once. */
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
