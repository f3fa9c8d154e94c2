// The vector instructions of each operation: its operands lie on the stack, its value takes their place. What reals are
// made of, doubles or floats, is told in lane-ops-f64.ts and lane-ops-f32.ts.

import type { Intrinsic } from '../../../ir/evaluate.js';
import type { Expr } from '../../../ir/expr.js';
import type { ScalarType } from '../../../ir/types.js';
import type { FunctionBuilder } from '../function-builder.js';
import type { Instruction } from '../instructions.js';
import type { Plain } from '../ops.js';

/** Where operations on vectors are written. */
export interface LaneTarget {
  readonly code: FunctionBuilder;
  /** Pushes a constant in every lane. */
  constant(type: ScalarType, value: number): void;
  /** A local that holds nothing from one operation to the next. */
  scratchVector(): number;
  /** Calls an elementary function on vectors of reals. */
  callLanes(name: Intrinsic): void;
}

export type LaneOp = (to: LaneTarget, expr: Expr) => void;
export type LaneOps = { readonly [K in Plain]: LaneOp };

/** What differs between vectors of doubles and of floats. */
export interface RealLanes {
  readonly prefix: 'f64x2' | 'f32x4';
  /** Turns the mask of a comparison of ints into a bit. */
  widenMask(to: LaneTarget): void;
  /** Turns a bit into a mask for ints. */
  narrowMask(to: LaneTarget): void;
  realFromInt(to: LaneTarget): void;
  intFromReal(to: LaneTarget): void;
  pow2(to: LaneTarget): void;
  exponent(to: LaneTarget): void;
}

const isReal = (expr: Expr): boolean => expr.src[0]!.type === 'real';

export function laneOpsOf(reals: RealLanes): LaneOps {
  const { prefix } = reals;
  const onReals =
    (name: 'floor' | 'nearest' | 'sqrt' | 'div'): LaneOp =>
    ({ code }) =>
      code.op(`${prefix}.${name}`);
  const byType =
    (real: 'add' | 'sub' | 'mul' | 'pmin' | 'pmax' | 'neg' | 'abs', int: Instruction): LaneOp =>
    ({ code }, expr) =>
      code.op(isReal(expr) ? `${prefix}.${real}` : int);
  const comparison =
    (real: 'eq' | 'lt' | 'le', int: Instruction): LaneOp =>
    (to, expr) => {
      to.code.op(isReal(expr) ? `${prefix}.${real}` : int);
      if (!isReal(expr)) reals.widenMask(to);
    };
  const onBits =
    (name: Instruction): LaneOp =>
    ({ code }) =>
      code.op(name);
  const intrinsic =
    (name: Intrinsic): LaneOp =>
    (to) =>
      to.callLanes(name);
  return {
    add: byType('add', 'i32x4.add'),
    sub: byType('sub', 'i32x4.sub'),
    mul: byType('mul', 'i32x4.mul'),
    div: onReals('div'),
    min: byType('pmin', 'i32x4.min_s'),
    max: byType('pmax', 'i32x4.max_s'),
    neg: byType('neg', 'i32x4.neg'),
    abs: byType('abs', 'i32x4.abs'),
    floor: onReals('floor'),
    round: onReals('nearest'),
    sqrt: onReals('sqrt'),
    exp: intrinsic('exp'),
    log: intrinsic('log'),
    sin: intrinsic('sin'),
    cos: intrinsic('cos'),
    tanh: intrinsic('tanh'),
    pow: intrinsic('pow'),
    lt: comparison('lt', 'i32x4.lt_s'),
    le: comparison('le', 'i32x4.le_s'),
    eq: comparison('eq', 'i32x4.eq'),
    not: onBits('v128.not'),
    and: onBits('v128.and'),
    or: onBits('v128.or'),
    xor: onBits('v128.xor'),
    // The test was pushed last.
    select: (to, expr) => {
      if (expr.type === 'int') reals.narrowMask(to);
      to.code.op('v128.bitselect');
    },
    toReal: (to, expr) => {
      if (expr.src[0]!.type === 'int') reals.realFromInt(to);
      else {
        to.constant('real', 1);
        to.code.op('v128.and');
      }
    },
    toInt: (to, expr) => {
      if (isReal(expr)) reals.intFromReal(to);
      else {
        reals.narrowMask(to);
        to.code.op('i32x4.neg');
      }
    },
    pow2: reals.pow2,
    exponent: reals.exponent,
  };
}
