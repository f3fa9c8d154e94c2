// How values stand in memory, which holds numbers only: bits as 0 and 1, ints as whole numbers.

import type { Expr } from '../../ir/expr.js';
import type { ScalarType } from '../../ir/types.js';

/** Text of a value as memory holds it. */
export const numeric = (expr: Expr, text: string): string => (expr.type === 'bit' ? `+${text}` : text);

/** Text that reads a value of the type from a place in memory. */
export function readText(type: ScalarType, place: string): string {
  return type === 'bit' ? `(${place} !== 0)` : type === 'int' ? `(${place} | 0)` : place;
}

/** A number as JavaScript reads it back to the same bits. */
export const literal = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
