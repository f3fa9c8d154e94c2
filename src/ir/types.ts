// The nouns that expressions refer to: scalar types, states, constant data and loops.

/** real: IEEE f64. int: 32-bit two's complement. bit: false or true. */
export type ScalarType = 'real' | 'int' | 'bit';

/** One element of memory that survives from event to event; an array when `length` > 0. */
export interface StateRef {
  readonly kind: 'state';
  /** Instance path and state name, such as `loop.x1.x`; unique in a Program. */
  readonly name: string;
  readonly type: ScalarType;
  /** 0 for a scalar. */
  readonly length: number;
  /** Initial values: one number for all elements, or one number each. */
  readonly init: number | readonly number[];
  /** Its values are given from outside, other ones to each lane of a batch. */
  readonly perLane?: true;
}

/** A constant array: a coefficient table, or the samples of a file. */
export interface DataRef {
  readonly kind: 'data';
  readonly name: string;
  readonly values: Float64Array;
}

export type ArrayRef = StateRef | DataRef;

/** A loop `for index = 0 .. length-1`; the object's identity is the loop's. */
export interface LoopRef {
  readonly length: number;
}

export function arrayLength(array: ArrayRef): number {
  return array.kind === 'data' ? array.values.length : array.length;
}
