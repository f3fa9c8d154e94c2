// The reverse rule of each operation: from the cotangent of a node (the derivative of the objective by its value) the
// cotangents of its operands. What is constant between its jumps (floor, comparisons, ints) passes nothing on. Bits that come
// of surrogates have cotangents, too: logic is the polynomial of 0 and 1 that is linear in each operand.

import { add, cos, div, gt, le, log, lt, mul, neg, pow, select, sin, sub, toReal } from './build.js';
import type { Expr, Op } from './expr.js';

/** Operations whose reverse needs more than their operands: leaves, and those that reach into loops and arrays. */
export type StructuralOp = 'const' | 'param' | 'input' | 'state' | 'time' | 'tick' | 'index' | 'load' | 'sum';

/** Cotangents of the operands, in their order; undefined for an operand that gets none. */
type Reverse = (node: Expr, cotangent: Expr) => readonly (Expr | undefined)[];

const nothing: Reverse = () => [];
const operand = (node: Expr, i: number): Expr => node.src[i]!;

export const vjpRules: { readonly [K in Exclude<Op, StructuralOp>]: Reverse } = {
  add: (_, c) => [c, c],
  sub: (_, c) => [c, neg(c)],
  mul: (node, c) => [mul(c, operand(node, 1)), mul(c, operand(node, 0))],
  // min gives its second operand where that is smaller, max where it is larger.
  min: (node, c) => choose(lt(operand(node, 1), operand(node, 0)), c),
  max: (node, c) => choose(gt(operand(node, 1), operand(node, 0)), c),
  neg: (_, c) => [neg(c)],
  // d|x|/dx = sign x; 0 at 0
  abs: (node, c) => {
    const [x] = node.src as [Expr];
    return [select(gt(x, 0), c, select(lt(x, 0), neg(c), 0))];
  },
  // d(a/b) = da/b - (a/b) db/b
  div: (node, c) => {
    const byDivisor = div(c, operand(node, 1));
    return [byDivisor, neg(mul(byDivisor, node))];
  },
  floor: nothing,
  round: nothing,
  // d sqrt x = dx / (2 sqrt x)
  sqrt: (node, c) => [div(c, mul(2, node))],
  exp: (node, c) => [mul(c, node)],
  log: (node, c) => [div(c, operand(node, 0))],
  sin: (node, c) => [mul(c, cos(operand(node, 0)))],
  cos: (node, c) => [neg(mul(c, sin(operand(node, 0))))],
  // d tanh x = (1 - tanh^2 x) dx
  tanh: (node, c) => [mul(c, sub(1, mul(node, node)))],
  // d(x^y) = y x^(y-1) dx + x^y log x dy; the second term only where x > 0, beyond which y is a whole number
  pow: (node, c) => {
    const [x, y] = node.src as [Expr, Expr];
    return [mul(c, mul(y, pow(x, sub(y, 1)))), select(le(x, 0), 0, mul(c, mul(node, log(select(gt(x, 0), x, 1)))))];
  },
  uniform: nothing,
  lt: nothing,
  le: nothing,
  eq: nothing,
  not: (_, c) => [neg(c)],
  // a b
  and: (node, c) => [select(operand(node, 1), c, 0), select(operand(node, 0), c, 0)],
  // a + b - a b
  or: (node, c) => [select(operand(node, 1), 0, c), select(operand(node, 0), 0, c)],
  // a + b - 2 a b
  xor: (node, c) => [select(operand(node, 1), neg(c), c), select(operand(node, 0), neg(c), c)],
  // test yes + (1 - test) no
  select: (node, c) => {
    const [test, yes, no] = node.src as [Expr, Expr, Expr];
    const byTest = yes.type === 'int' ? undefined : mul(c, sub(toReal(yes), toReal(no)));
    return [byTest, select(test, c, 0), select(test, 0, c)];
  },
  // Of ints, which have no cotangent, or of bits.
  toReal: (_, c) => [c],
  toInt: nothing,
  pow2: nothing,
  exponent: nothing,
  // The value is the first operand's, the derivative the second's.
  surrogate: (_, c) => [undefined, c],
};

/** The first operand gets the cotangent, or the second where `second` holds. */
const choose = (second: Expr, c: Expr): readonly Expr[] => [select(second, 0, c), select(second, c, 0)];

/** The sum of cotangents that a node has got so far and one more. */
export const accumulate = (before: Expr | undefined, c: Expr): Expr => (before === undefined ? c : add(before, c));
