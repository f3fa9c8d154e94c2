// The C of each operation. Reals are double, ints int32_t, bits int of value 0 or 1. Arithmetic on ints
// goes through uint32_t, where it wraps. Memory holds doubles.

import { argOf, type Expr, type Op } from '../../ir/expr.js';
import { philoxMultipliers, philoxRounds, philoxWeyl } from '../../random/philox.js';
import type { ScalarType } from '../../ir/types.js';
import { clampText, type Dialect } from '../body.js';

const cTypes: { readonly [K in ScalarType]: string } = { real: 'double', int: 'int32_t', bit: 'int' };
const isInt = (expr: Expr): boolean => expr.type === 'int';
const wrapping = (op: string, a: string, b: string): string => `(int32_t)((uint32_t)${a} ${op} (uint32_t)${b})`;
const isSmallest = (value: number): boolean => value === -2147483648;

/** A double as C reads it back to the same bits. */
export function realLiteral(value: number): string {
  if (Number.isNaN(value)) return 'DL_NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'DL_INFINITY' : '(-DL_INFINITY)';
  const digits = String(Math.abs(value));
  const literal = /^\d+$/.test(digits) ? `${digits}.0` : digits;
  return value < 0 || Object.is(value, -0) ? `(-${literal})` : literal;
}

/** A value of the type as a literal. */
export function literalOf(type: ScalarType, value: number): string {
  if (type === 'real') return realLiteral(value);
  if (type === 'bit') return value === 0 ? '0' : '1';
  if (isSmallest(value)) return '(-2147483647 - 1)';
  return value < 0 ? `(${value})` : String(value === 0 ? 0 : value);
}

export const cDialect: Dialect = {
  ops: {
    add: (e, a, b) => (isInt(e) ? wrapping('+', a, b) : `(${a} + ${b})`),
    sub: (e, a, b) => (isInt(e) ? wrapping('-', a, b) : `(${a} - ${b})`),
    mul: (e, a, b) => (isInt(e) ? wrapping('*', a, b) : `(${a} * ${b})`),
    div: (_, a, b) => `(${a} / ${b})`,
    min: (_, a, b) => `(${b} < ${a} ? ${b} : ${a})`,
    max: (_, a, b) => `(${b} > ${a} ? ${b} : ${a})`,
    neg: (e, a) => (isInt(e) ? wrapping('-', '0', a) : `(-${a})`),
    abs: (e, a) => (isInt(e) ? `dl_abs_int(${a})` : `dl_abs(${a})`),
    floor: (_, a) => `dl_floor(${a})`,
    round: (_, a) => `dl_round(${a})`,
    sqrt: (_, a) => `dl_sqrt(${a})`,
    exp: (_, a) => `dl_exp(${a})`,
    log: (_, a) => `dl_log(${a})`,
    sin: (_, a) => `dl_sin(${a})`,
    cos: (_, a) => `dl_cos(${a})`,
    tanh: (_, a) => `dl_tanh(${a})`,
    pow: (_, a, b) => `dl_pow(${a}, ${b})`,
    lt: (_, a, b) => `(${a} < ${b})`,
    le: (_, a, b) => `(${a} <= ${b})`,
    eq: (_, a, b) => `(${a} == ${b})`,
    not: (_, a) => `!${a}`,
    and: (_, a, b) => `(${a} & ${b})`,
    or: (_, a, b) => `(${a} | ${b})`,
    xor: (_, a, b) => `(${a} ^ ${b})`,
    select: (_, test, a, b) => `(${test} ? ${a} : ${b})`,
    toReal: (_, a) => `(double)${a}`,
    toInt: (e, a) => (e.src[0]!.type === 'bit' ? `(int32_t)${a}` : `dl_to_int(${a})`),
    pow2: (_, a) => `dl_pow2(${a})`,
    exponent: (_, a) => `dl_exponent(${a})`,
  },
  constant: (expr) => literalOf(expr.type, expr.arg as number),
  read: (type, place) => (type === 'bit' ? `(${place} != 0)` : type === 'int' ? `(int32_t)${place}` : place),
  store: (_, text) => text,
  clampIndex: clampText,
  declare: (type, name, text) => `const ${cTypes[type]} ${name} = ${text};`,
  declareUniforms: (name, place) => ({
    line: `const struct dl_uniforms ${name} = dl_uniform(${place.join(', ')});`,
    texts: [`${name}.first`, `${name}.second`],
  }),
  declareSum: (name) => `double ${name} = 0;`,
  loopHead: (index, length) => `for (int32_t ${index} = 0; ${index} < ${length}; ${index}++) {`,
};

/** Statement that makes a variable of the type. */
export const declareVariable = (type: ScalarType, name: string, text: string): string => `${cTypes[type]} ${name} = ${text};`;

/** Text of the ints that are a clock's ticks, which stand in int64_t variables and are never below -1. */
export function tickInts(nodes: Iterable<Expr>, variable: (clock: string) => string): Map<Expr, string> {
  const texts = new Map<Expr, string>();
  for (const node of nodes) {
    const [tick] = node.src;
    if (node.op !== 'toInt' || tick?.op !== 'tick') continue;
    const name = variable(argOf(tick, 'tick'));
    texts.set(node, `(int32_t)(${name} < 2147483647 ? ${name} : 2147483647)`);
  }
  return texts;
}

/** Seconds at a grid tick that stands in an int64_t. */
export const timeText = (tick: string, grid: { readonly numerator: number; readonly denominator: number }): string =>
  `((double)${tick}${grid.numerator === 1 ? '' : ` * ${realLiteral(grid.numerator)}`} / ${realLiteral(grid.denominator)})`;

/**
 * Functions that the text of operations calls; the elementary ones are emitted from their definitions.
 * floor, round: one instruction where the processor has it. Else, for floor, truncation is toward zero, so a larger result
 * is one too large; beyond 2^52 all numbers are whole.
 * round: adding 2^52 leaves no room for a fraction, and the addition rounds ties to even.
 * sqrt: the processor's where the compiler has it inline, which is correctly rounded as IEEE 754 wants; else bit by bit
 * from the top: with x = m 2^2e and m of 106 or 107 bits, the root of m has 54, the last of which, with the
 * rest, decides the rounding.
 * uniform: Philox4x32-10, of whose words each uniform takes 26 bits of two (random/philox.ts).
 */
export const cPrelude: Partial<Readonly<Record<Op, string>>> = {
  abs: `static inline double dl_abs(double x) { return x <= 0 ? 0 - x : x; }
static inline int32_t dl_abs_int(int32_t x) { return x < 0 ? (int32_t)(0 - (uint32_t)x) : x; }`,
  floor: `#if defined(__GNUC__) && (defined(__SSE4_1__) || defined(__aarch64__))
static inline double dl_floor(double x) { return __builtin_floor(x); }
#else
static inline double dl_floor(double x) {
  if (!(x > -4503599627370496.0 && x < 4503599627370496.0) || x == 0) return x;
  const double whole = (double)(int64_t)x;
  return whole > x ? whole - 1 : whole;
}
#endif`,
  round: `#if defined(__GNUC__) && (defined(__SSE4_1__) || defined(__aarch64__))
static inline double dl_round(double x) { return __builtin_rint(x); }
#else
static inline double dl_round(double x) {
  if (!(x > -4503599627370496.0 && x < 4503599627370496.0) || x == 0) return x;
  return x < 0 ? -(0 - x + 4503599627370496.0 - 4503599627370496.0) : x + 4503599627370496.0 - 4503599627370496.0;
}
#endif`,
  sqrt: `#if defined(__GNUC__) && defined(__NO_MATH_ERRNO__) && (defined(__SSE2__) || defined(__aarch64__))
static inline double dl_sqrt(double x) { return __builtin_sqrt(x); }
#else
static double dl_sqrt(double x) {
  if (!(x > 0) || x > DBL_MAX) return x < 0 ? DL_NAN : x;
  int32_t e = 0;
  if (x < 2.2250738585072014e-308) { x *= 18014398509481984.0; e = -54; }
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  e += (int32_t)(bits >> 52) - 1023;
  uint64_t m = (bits & UINT64_C(0xfffffffffffff)) | UINT64_C(0x10000000000000);
  if (e & 1) { m <<= 1; e -= 1; }
  /* 54 bits of the root of m 2^54, two bits of m a step; the rest stays below twice the root. */
  uint64_t root = 0, rest = 0;
  for (int i = 0; i < 54; i++) {
    rest = (rest << 2) | ((m >> 52) & 3);
    m = (m << 2) & UINT64_C(0x3fffffffffffff);
    root <<= 1;
    if (rest > root << 1) { rest -= (root << 1) | 1; root |= 1; }
  }
  /* The root is never half way between two doubles: one bit decides. */
  root = (root + 1) >> 1;
  bits = ((uint64_t)(e / 2 + 1022) << 52) + root;
  memcpy(&x, &bits, sizeof x);
  return x;
}
#endif`,
  uniform: `struct dl_uniforms { double first, second; };
static inline struct dl_uniforms dl_uniform(int32_t lane, int32_t tick, int32_t stream, int32_t draw, int32_t low, int32_t high) {
  uint32_t a = (uint32_t)lane, b = (uint32_t)tick, c = (uint32_t)stream, d = (uint32_t)draw, k = (uint32_t)low, l = (uint32_t)high;
  for (int i = 0; i < ${philoxRounds}; i++) {
    const uint64_t p = (uint64_t)a * ${philoxMultipliers[0]}u, q = (uint64_t)c * ${philoxMultipliers[1]}u;
    a = (uint32_t)(q >> 32) ^ b ^ k;
    b = (uint32_t)q;
    c = (uint32_t)(p >> 32) ^ d ^ l;
    d = (uint32_t)p;
    k += ${philoxWeyl[0]}u;
    l += ${philoxWeyl[1]}u;
  }
  const struct dl_uniforms u = {
    ((double)(int32_t)(a >> 6) * 67108864.0 + (double)(int32_t)(b >> 6) + 0.5) * 2.220446049250313e-16,
    ((double)(int32_t)(c >> 6) * 67108864.0 + (double)(int32_t)(d >> 6) + 0.5) * 2.220446049250313e-16
  };
  return u;
}`,
  toInt: `static inline int32_t dl_to_int(double x) {
  const double number = x == x ? x : 0;
  const double bounded = number < 2147483647.0 ? number : 2147483647.0;
  return (int32_t)(bounded > -2147483648.0 ? bounded : -2147483648.0);
}`,
  pow2: `static inline double dl_pow2(int32_t n) {
  const uint64_t bits = (uint64_t)(((uint32_t)n + 1023) << 20) << 32;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}`,
  exponent: `static inline int32_t dl_exponent(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (int32_t)((bits >> 52) & 2047) - 1023;
}`,
};
