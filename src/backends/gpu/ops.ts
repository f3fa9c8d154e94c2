// The text of each operation in a kernel of gpu.js, which has floats only: ints are whole floats, bits 0.0 and 1.0. A choice
// names its operands: where an arm computes, drivers make branches of it, and one of them takes twice the time for each more.

import { argOf, type Expr, type Op } from '../../ir/expr.js';
import type { Dialect, PlainOp } from '../body.js';
import { literalText } from './literals.js';

const choice = (test: string, yes: string, no: string): string => `(${test} ? ${yes} : ${no})`;
const bit = (test: string): string => choice(test, '1.0', '0.0');

/** Operations that are refused before any text is made. */
const refused = (expr: Expr): never => {
  throw new Error(`internal: ${expr.op} was not refused`);
};

export const gpuOps: { readonly [K in PlainOp]: (expr: Expr, a: string, b: string, c: string) => string } = {
  add: (_, a, b) => `(${a} + ${b})`,
  sub: (_, a, b) => `(${a} - ${b})`,
  mul: (_, a, b) => `(${a} * ${b})`,
  div: (_, a, b) => `(${a} / ${b})`,
  min: (_, a, b) => choice(`${b} < ${a}`, b, a),
  max: (_, a, b) => choice(`${b} > ${a}`, b, a),
  neg: (_, a) => `(-${a})`,
  abs: (_, a) => `Math.abs(${a})`,
  floor: (_, a) => `Math.floor(${a})`,
  round: (_, a) => roundText(a),
  sqrt: (_, a) => `Math.sqrt(${a})`,
  exp: (_, a) => `Math.exp(${a})`,
  log: (_, a) => `Math.log(${a})`,
  sin: (_, a) => `Math.sin(${a})`,
  cos: (_, a) => `Math.cos(${a})`,
  // Beyond 20 it is 1 in f32, while some drivers divide infinities there.
  tanh: (_, a) => `Math.tanh(Math.max((-20.0), Math.min(20.0, ${a})))`,
  pow: (_, a, b) => `Math.pow(${a}, ${b})`,
  lt: (_, a, b) => bit(`${a} < ${b}`),
  le: (_, a, b) => bit(`${a} <= ${b}`),
  eq: (_, a, b) => bit(`${a} === ${b}`),
  not: (_, a) => `(1.0 - ${a})`,
  and: (_, a, b) => `(${a} * ${b})`,
  or: (_, a, b) => `Math.max(${a}, ${b})`,
  xor: (_, a, b) => `Math.abs((${a} - ${b}))`,
  select: (_, test, a, b) => choice(`${test} > 0.5`, a, b),
  toReal: (_, a) => a,
  toInt: (e, a) => (e.src[0]!.type === 'real' ? `(Math.floor(Math.abs(${a})) * ${choice(`${a} < 0.0`, '(-1.0)', '1.0')})` : a),
  pow2: refused,
  exponent: refused,
};

/** To the nearest whole number: the floor, and one more if the rest is beyond a half, or is it and the floor is odd. */
function roundText(a: string): string {
  const low = `Math.floor(${a})`;
  const isOdd = `(${low} - (2.0 * Math.floor((${low} * 0.5))))`;
  return `(${low} + Math.max(${bit(`(${a} - ${low}) > 0.5`)}, (${bit(`(${a} - ${low}) === 0.5`)} * ${isOdd})))`;
}

/** Operations whose operands must be names: their text has them more than once, or in an arm of a choice. */
export const namesOperands: ReadonlySet<Op> = new Set<Op>(['min', 'max', 'round', 'select', 'toInt', 'load']);

export const gpuDialect: Dialect = {
  ops: gpuOps,
  constant: (expr) => literalText(argOf(expr, 'const')),
  read: (_, place) => place,
  store: (_, text) => text,
  clampIndex: (index, last) => `Math.max(0.0, Math.min(${last}.0, ${index}))`,
  declare: (_, name, text) => `const ${name} = ${text};`,
  declareUniforms: () => {
    throw new Error('internal: uniform was not refused');
  },
  declareSum: () => {
    throw new Error('internal: a sum was not unrolled');
  },
  loopHead: () => {
    throw new Error('internal: a loop was not unrolled');
  },
};
