// Which numbers are values of a type, a count, or a place on the grid of time.

import type { ScalarType } from './types.js';

export function wrong(reason: string): never {
  throw new Error(`internal: ${reason}`);
}

/** Whether memory of this type may hold the number; an int is never -0. */
export function fitsType(type: ScalarType, value: number): boolean {
  return type === 'real' ? typeof value === 'number' : type === 'int' ? Object.is(value | 0, value) : Object.is(value, 0) || value === 1;
}

export const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
export const isGridTick = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
