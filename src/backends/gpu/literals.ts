// Which constants stand in a kernel as text: those that every mode of gpu.js reads as the nearest f32. The others are uploaded.

import { argOf, type Expr } from '../../ir/expr.js';

/** Beyond, JavaScript writes whole numbers with an exponent, which GLSL does not take for a float. */
const largest = 1e15;
const smallest = 1e-30;

/** Whether a kernel's text can hold a number. */
export function isLiteralValue(value: number): boolean {
  const magnitude = Math.abs(value);
  return magnitude === 0 || (magnitude >= smallest && magnitude <= largest);
}

/** Whether a node is a constant that a kernel's text can hold. */
export const isLiteral = (expr: Expr): boolean => expr.op === 'const' && isLiteralValue(argOf(expr, 'const'));

/** `2.0`, `0.1`, `(-1.5)`; ints and bits are floats, too. */
export function literalText(value: number): string {
  const text = Number.isInteger(value) ? `${Math.abs(value)}.0` : String(Math.abs(value));
  return value < 0 ? `(-${text})` : text;
}
