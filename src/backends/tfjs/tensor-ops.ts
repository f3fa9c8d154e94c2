// What each operation is on tensors `[lanes]` of floats; bits are 0 and 1. Gradients are tfjs's own. Only what has none in tfjs
// is given one: comparisons (0), choices by bits that have a gradient, and surrogates, which say themselves what theirs is.

import type { Op } from '../../ir/expr.js';
import type { StructuralOp } from '../../ir/vjp.js';
import * as tf from './tfjs.js';

type Lanes = tf.Tensor1D;

/** `outside`: computed with numbers, as its operands or its result are ints. */
type TensorRule = ((a: Lanes, b: Lanes, c: Lanes) => Lanes) | 'outside';

/** Through which no gradient passes. */
const flat =
  (compute: (a: Lanes, b: Lanes) => Lanes) =>
  (a: Lanes, b: Lanes): Lanes =>
    tf.customGrad((...inputs) => ({
      value: compute(inputs[0] as Lanes, inputs[1] as Lanes),
      gradFunc: (dy: tf.Tensor) => [tf.zerosLike(dy), tf.zerosLike(dy)],
    }))(a, b) as Lanes;

const isBelow = flat((a, b) => tf.less(a, b));
const isSame = flat((a, b) => tf.equal(a, b));
const asBit = (test: Lanes): Lanes => tf.cast(test, 'float32');

export const tensorOps: { readonly [K in Exclude<Op, StructuralOp>]: TensorRule } = {
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  // tfjs's own minimum and maximum pass NaN on from either operand.
  min: (a, b) => tf.where(isBelow(b, a), b, a),
  max: (a, b) => tf.where(isBelow(a, b), b, a),
  neg: (a) => tf.neg(a),
  // At 0 the slope of tfjs's own is -1.
  abs: (a) => tf.where(isSame(a, tf.zerosLike(a)), tf.zerosLike(a), tf.abs(a)),
  floor: (a) => tf.floor(a),
  round: (a) => tf.round(a),
  sqrt: (a) => tf.sqrt(a),
  exp: (a) => tf.exp(a),
  log: (a) => tf.log(a),
  sin: (a) => tf.sin(a),
  cos: (a) => tf.cos(a),
  tanh: (a) => tf.tanh(a),
  pow: (a, b) => tf.pow(a, b),
  lt: flat((a, b) => asBit(tf.less(a, b))),
  le: flat((a, b) => asBit(tf.lessEqual(a, b))),
  eq: flat((a, b) => asBit(tf.equal(a, b))),
  not: (a) => tf.sub(1, a),
  and: (a, b) => tf.mul(a, b),
  or: (a, b) => tf.sub(tf.add(a, b), tf.mul(a, b)),
  xor: (a, b) => tf.sub(tf.add(a, b), tf.mul(2, tf.mul(a, b))),
  select,
  toReal: (a) => a,
  surrogate,
  uniform: 'outside',
  toInt: 'outside',
  pow2: 'outside',
  exponent: 'outside',
};

/** Its derivative by the test is that of test yes + (1 - test) no, which as a value would turn infinities into NaN. */
function select(test: Lanes, yes: Lanes, no: Lanes): Lanes {
  return tf.customGrad((...inputs) => {
    const [bit, a, b, save] = inputs as unknown as [Lanes, Lanes, Lanes, tf.GradSaveFunc];
    save([bit, a, b]);
    return {
      value: tf.where(tf.cast(bit, 'bool'), a, b),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [was, yes, no] = saved as [Lanes, Lanes, Lanes];
        const isYes = tf.cast(was, 'bool');
        const zeros = tf.zerosLike(dy);
        return [tf.mul(dy, tf.sub(yes, no)), tf.where(isYes, dy, zeros), tf.where(isYes, zeros, dy)];
      },
    };
  })(test, yes, no) as Lanes;
}

function surrogate(value: Lanes, smooth: Lanes): Lanes {
  return tf.customGrad((...inputs) => ({
    value: tf.clone(inputs[0] as Lanes),
    gradFunc: (dy: tf.Tensor) => [tf.zerosLike(dy), dy],
  }))(value, smooth) as Lanes;
}
