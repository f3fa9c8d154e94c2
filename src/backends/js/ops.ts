// The JavaScript of each operation. Reals are numbers, ints are int32 numbers, bits are booleans.

import type { Expr } from '../../ir/expr.js';
import { philoxMultipliers, philoxRounds, philoxWeyl } from '../../random/philox.js';
import { clampText, type Dialect } from '../body.js';
import { literal, numeric, readText } from './memory.js';

const isInt = (expr: Expr): boolean => expr.type === 'int';

const jsOps: Dialect['ops'] = {
  add: (e, a, b) => (isInt(e) ? `(${a} + ${b} | 0)` : `(${a} + ${b})`),
  sub: (e, a, b) => (isInt(e) ? `(${a} - ${b} | 0)` : `(${a} - ${b})`),
  mul: (e, a, b) => (isInt(e) ? `Math.imul(${a}, ${b})` : `(${a} * ${b})`),
  div: (_, a, b) => `(${a} / ${b})`,
  min: (_, a, b) => `(${b} < ${a} ? ${b} : ${a})`,
  max: (_, a, b) => `(${b} > ${a} ? ${b} : ${a})`,
  neg: (e, a) => (isInt(e) ? `(-${a} | 0)` : `(-${a})`),
  abs: (e, a) => (isInt(e) ? `(Math.abs(${a}) | 0)` : `Math.abs(${a})`),
  floor: (_, a) => `Math.floor(${a})`,
  round: (_, a) => `round(${a})`,
  sqrt: (_, a) => `Math.sqrt(${a})`,
  exp: (_, a) => `exp(${a})`,
  log: (_, a) => `log(${a})`,
  sin: (_, a) => `sin(${a})`,
  cos: (_, a) => `cos(${a})`,
  tanh: (_, a) => `tanh(${a})`,
  pow: (_, a, b) => `pow(${a}, ${b})`,
  lt: (_, a, b) => `(${a} < ${b})`,
  le: (_, a, b) => `(${a} <= ${b})`,
  eq: (_, a, b) => `(${a} === ${b})`,
  not: (_, a) => `!${a}`,
  and: (_, a, b) => `(${a} && ${b})`,
  or: (_, a, b) => `(${a} || ${b})`,
  xor: (_, a, b) => `(${a} !== ${b})`,
  select: (_, test, a, b) => `(${test} ? ${a} : ${b})`,
  toReal: (e, a) => (e.src[0]!.type === 'bit' ? `+${a}` : a),
  toInt: (e, a) => (e.src[0]!.type === 'bit' ? `+${a}` : `toInt(${a})`),
  pow2: (_, a) => `pow2(${a})`,
  exponent: (_, a) => `exponent(${a})`,
};

/** A constant as JavaScript reads it back to the same bits. */
function jsConstant(expr: Expr): string {
  const value = expr.arg as number;
  if (expr.type === 'bit') return value === 0 ? 'false' : 'true';
  return value < 0 || Object.is(value, -0) ? `(${literal(value)})` : literal(value);
}

export const jsDialect: Dialect = {
  ops: jsOps,
  constant: jsConstant,
  read: readText,
  store: numeric,
  clampIndex: clampText,
  declare: (_, name, text) => `const ${name} = ${text};`,
  declareUniforms: (name, place) => ({
    line: `const ${name} = uniform(${place.join(', ')}), ${name}b = secondUniform;`,
    texts: [name, `${name}b`],
  }),
  declareSum: (name) => `let ${name} = 0;`,
  loopHead: (index, length) => `for (let ${index} = 0; ${index} < ${length}; ${index}++) {`,
};

const [m0, m1] = philoxMultipliers;
/** Upper 32 bits of the product of a word and a multiplier: the partial products have 48 bits. */
const multiplyHigh = (word: string, m: number): string =>
  `(((${m >>> 16} * ${word} + ((${m & 0xffff} * ${word} / 65536) >>> 0)) / 65536) >>> 0)`;

/** Philox4x32-10 (random/philox.ts): gives the first uniform of the block and leaves the second in a variable. */
const uniform = `let secondUniform = 0;
const uniform = (a, b, c, d, k, l) => {
  a >>>= 0; c >>>= 0;
  for (let i = 0; i < ${philoxRounds}; i++) {
    const h0 = ${multiplyHigh('a', m0)}, h1 = ${multiplyHigh('c', m1)};
    const l0 = Math.imul(a, ${m0 | 0}), l1 = Math.imul(c, ${m1 | 0});
    a = (h1 ^ b ^ k) >>> 0; b = l1; c = (h0 ^ d ^ l) >>> 0; d = l0;
    k = (k + ${philoxWeyl[0] | 0}) | 0; l = (l + ${philoxWeyl[1] | 0}) | 0;
  }
  secondUniform = ((c >>> 6) * 67108864 + (d >>> 6) + 0.5) * 2.220446049250313e-16;
  return ((a >>> 6) * 67108864 + (b >>> 6) + 0.5) * 2.220446049250313e-16;
};`;

/** Functions that the text of operations calls, by name; the elementary ones are emitted from their definitions. */
export const jsPrelude: Readonly<Record<string, string>> = {
  round: `const round = (x) => { const m = Math.abs(x); if (!(m < 4503599627370496)) return x; const r = m + 4503599627370496 - 4503599627370496; return x < 0 || Object.is(x, -0) ? -r : r; };`,
  uniform,
  toInt: `const toInt = (x) => (x >= 2147483647 ? 2147483647 : x <= -2147483648 ? -2147483648 : x | 0);`,
  pow2: `const pow2 = (n) => { words[low] = 0; words[high] = (n + 1023) << 20; return double[0]; };`,
  exponent: `const exponent = (x) => { double[0] = x; return ((words[high] >>> 20) & 2047) - 1023; };`,
};

/** A double and its two halves; which half is high depends on the machine. */
export const jsWords = `const double = new Float64Array([1]); const words = new Int32Array(double.buffer); const high = words[1] !== 0 ? 1 : 0; const low = 1 - high;`;
