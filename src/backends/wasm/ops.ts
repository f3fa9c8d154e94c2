// The WebAssembly of each operation: its operands lie on the stack, its value takes their place. Reals are f64, ints
// and bits i32; a bit is 0 or 1.

import type { Intrinsic } from '../../ir/evaluate.js';
import type { Expr, Op } from '../../ir/expr.js';
import type { ScalarType } from '../../ir/types.js';
import type { FunctionBuilder } from './function-builder.js';
import type { Instruction, ValueType } from './instructions.js';

/** Operations that are not leaves and need nothing but their operands. */
export type Plain = Exclude<
  Op,
  'const' | 'param' | 'input' | 'state' | 'time' | 'tick' | 'index' | 'load' | 'sum' | 'uniform' | 'surrogate'
>;

/** Where operations are written. */
export interface OpTarget {
  readonly code: FunctionBuilder;
  /** Two locals that hold nothing from one operation to the next. */
  scratch(type: ValueType): readonly [number, number];
  call(name: Intrinsic): void;
}

type Emit = (to: OpTarget, expr: Expr) => void;

export const valueTypeOf = (type: ScalarType): ValueType => (type === 'real' ? 'f64' : 'i32');

const isReal = (expr: Expr): boolean => expr.src[0]!.type === 'real';
const instruction =
  (name: Instruction): Emit =>
  ({ code }) =>
    code.op(name);
const byType =
  (real: Instruction, int: Instruction): Emit =>
  ({ code }, expr) =>
    code.op(isReal(expr) ? real : int);
const intrinsic =
  (name: Intrinsic): Emit =>
  (to) =>
    to.call(name);

/** b if b `compares` with a, else a: f64.min and f64.max order zeros and spread NaN, which is not the definition. */
const choice =
  (real: Instruction, int: Instruction): Emit =>
  (to, expr) => {
    const { code } = to;
    const [a, b] = to.scratch(valueTypeOf(expr.type));
    code.set(b);
    code.tee(a);
    code.set(a);
    code.get(b);
    code.get(a);
    code.get(b);
    code.get(a);
    code.op(isReal(expr) ? real : int);
    code.select();
  };

const mantissaBits = 52n;
const bias = 1023;

export const wasmOps: { readonly [K in Plain]: Emit } = {
  add: byType('f64.add', 'i32.add'),
  sub: byType('f64.sub', 'i32.sub'),
  mul: byType('f64.mul', 'i32.mul'),
  div: instruction('f64.div'),
  min: choice('f64.lt', 'i32.lt_s'),
  max: choice('f64.gt', 'i32.gt_s'),
  neg: ({ code }, expr) => {
    if (isReal(expr)) code.op('f64.neg');
    else {
      code.i32(-1);
      code.op('i32.mul');
    }
  },
  abs: (to, expr) => (isReal(expr) ? to.code.op('f64.abs') : emitIntAbs(to)),
  floor: instruction('f64.floor'),
  round: instruction('f64.nearest'),
  sqrt: instruction('f64.sqrt'),
  exp: intrinsic('exp'),
  log: intrinsic('log'),
  sin: intrinsic('sin'),
  cos: intrinsic('cos'),
  tanh: intrinsic('tanh'),
  pow: intrinsic('pow'),
  lt: byType('f64.lt', 'i32.lt_s'),
  le: byType('f64.le', 'i32.le_s'),
  eq: byType('f64.eq', 'i32.eq'),
  not: instruction('i32.eqz'),
  and: instruction('i32.and'),
  or: instruction('i32.or'),
  xor: instruction('i32.xor'),
  // The test was pushed last. Reals are chosen without a branch, in body.ts.
  select: ({ code }) => code.select(),
  toReal: instruction('f64.convert_i32_s'),
  toInt: ({ code }, expr) => {
    if (isReal(expr)) code.op('i32.trunc_sat_f64_s');
  },
  // The low 12 bits of n + 1023 become sign and exponent.
  pow2: ({ code }) => {
    code.i32(bias);
    code.op('i32.add');
    code.op('i64.extend_i32_u');
    code.i64(mantissaBits);
    code.op('i64.shl');
    code.op('f64.reinterpret_i64');
  },
  exponent: ({ code }) => {
    code.op('i64.reinterpret_f64');
    code.i64(mantissaBits);
    code.op('i64.shr_u');
    code.op('i32.wrap_i64');
    code.i32(0x7ff);
    code.op('i32.and');
    code.i32(bias);
    code.op('i32.sub');
  },
};

/** With s = x >> 31, all bits of the sign: (x ^ s) - s. */
function emitIntAbs(to: OpTarget): void {
  const { code } = to;
  const [x, sign] = to.scratch('i32');
  code.tee(x);
  code.get(x);
  code.i32(31);
  code.op('i32.shr_s');
  code.tee(sign);
  code.op('i32.xor');
  code.get(sign);
  code.op('i32.sub');
}

/** Limits the index on the stack to 0 .. last, one that `isCount` to at most last; `index` is a local for it. */
export function emitClamp(code: FunctionBuilder, index: number, last: number, isCount = false): void {
  const limit = (bound: number, compare: Instruction): void => {
    code.tee(index);
    code.i32(bound);
    code.get(index);
    code.i32(bound);
    code.op(compare);
    code.select();
  };
  limit(last, 'i32.lt_s');
  if (!isCount) limit(0, 'i32.gt_s');
}

/** Turns a double from memory into a value of the type. */
export function emitFromMemory(code: FunctionBuilder, type: ScalarType): void {
  if (type === 'int') code.op('i32.trunc_sat_f64_s');
  if (type === 'bit') {
    code.f64(0);
    code.op('f64.ne');
  }
}

/** Turns a value of the type into the double that memory holds. */
export function emitToMemory(code: FunctionBuilder, type: ScalarType): void {
  if (type !== 'real') code.op('f64.convert_i32_s');
}

/** A constant of the type; bits are 0 and 1. */
export function emitConstant(code: FunctionBuilder, type: ScalarType, value: number): void {
  if (type === 'real') code.f64(value);
  else code.i32(value);
}
