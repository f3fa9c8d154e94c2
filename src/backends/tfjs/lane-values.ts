// Values of lanes on their way through an unrolled Program. What depends on no tensor is numbers in doubles, as the interpreter
// has them; ints are numbers always, as they have no gradient and tfjs has no exact ones. The rest is tensors in floats.

import { evaluateIntrinsic } from '../../ir/evaluate-intrinsic.js';
import { intrinsicNames, meanings, uniformMeaning, type Intrinsic, type PureOp } from '../../ir/evaluate.js';
import { argOf, type Expr } from '../../ir/expr.js';
import * as tf from './tfjs.js';

/** Numbers, one for all lanes or one for each, or a tensor `[lanes]`. Bits are 0 and 1. */
export type LaneValue = Float64Array | tf.Tensor1D;

export const isNumbers = (value: LaneValue): value is Float64Array => value instanceof Float64Array;

/** Floats out of tfjs; waits for them. */
export const numbersOf = (value: LaneValue): Float64Array => (isNumbers(value) ? value : Float64Array.from(value.dataSync()));

export function tensorOf(value: LaneValue, lanes: number): tf.Tensor1D {
  if (!isNumbers(value)) return value;
  return value.length === lanes ? tf.tensor1d(Float32Array.from(value)) : tf.fill<tf.Rank.R1>([lanes], value[0]!);
}

export const numberOfLane = (numbers: Float64Array, lane: number): number => numbers[numbers.length === 1 ? 0 : lane]!;

/** The value of a node whose operands are numbers, with the meaning that the interpreter gives it. */
export function computeNumbers(expr: Expr, operands: readonly Float64Array[]): Float64Array {
  const lanes = Math.max(...operands.map(({ length }) => length));
  return Float64Array.from({ length: lanes }, (_, lane) =>
    meaningOf(
      expr,
      operands.map((numbers) => numberOfLane(numbers, lane)),
    ),
  );
}

function meaningOf(expr: Expr, operands: readonly number[]): number {
  const { op } = expr;
  const [a, b, c] = operands as [number, number, number];
  if (intrinsicNames.has(op)) return evaluateIntrinsic(op as Intrinsic, operands);
  if (op === 'uniform') return uniformMeaning(argOf(expr, 'uniform'), operands);
  return op === 'surrogate' ? a : meanings[op as PureOp](expr.src.at(-1)!.type, a, b, c);
}

/** `yes` in the lanes where `test` is not 0. */
export function chooseLanes(test: Float64Array, yes: LaneValue, no: LaneValue, lanes: number): LaneValue {
  if (test.length === 1) return test[0] !== 0 ? yes : no;
  if (isNumbers(yes) && isNumbers(no)) return test.map((bit, lane) => numberOfLane(bit !== 0 ? yes : no, lane));
  return tf.where(tf.tensor1d(Array.from(test, Boolean), 'bool'), tensorOf(yes, lanes), tensorOf(no, lanes));
}
