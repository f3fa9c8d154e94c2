// The function that gives both uniforms of a block of Philox4x32-10 (random/philox.ts) for four lanes: six vectors of
// ints to four of doubles, first uniform before second, lanes 0 and 1 before lanes 2 and 3; or to two of floats. A float
// is (x + 1/2) 2^-32 rounded, where x is the upper 32 of the 52 bits that a double has: within 2^-33 + 2^-25 of the double,
// above 0, and 1 where that is nearest.

import type { Precision } from '../../batch.js';
import type { ModuleBuilder } from '../assembler.js';
import type { FunctionBuilder } from '../function-builder.js';
import type { LaneContext } from './lane-body.js';
import { laneImage } from './lane-shape.js';
import { PhiloxRounds, type Words } from './philox-rounds.js';

export function emitLaneUniform(module: ModuleBuilder, precision: Precision, image: LaneContext['image']): FunctionBuilder {
  const code = module.addFunction(vectorsOf(6), vectorsOf(precision === 'f64' ? 4 : 2));
  const [a, b, c, d, low, high] = [0, 1, 2, 3, 4, 5] as const;
  const rounds = new PhiloxRounds(code, image);
  rounds.run({ words: [a, b, c, d], keys: [low, high] }, 0);
  pushBoth([a, b, c, d], code, precision, image);
  return code;
}

export const vectorsOf = (count: number): 'v128'[] => Array.from({ length: count }, () => 'v128' as const);

/** Pushes the first and the second uniform of a block, each as one vector of floats or two of doubles. */
export function pushBoth([a, b, c, d]: Words, code: FunctionBuilder, precision: Precision, image: LaneContext['image']): void {
  for (const words of [
    [a, b],
    [c, d],
  ] as const) {
    if (precision === 'f32') pushFloats(code, words, image);
    else for (const isUpper of [false, true]) pushUniforms(code, words, isUpper, image);
  }
}

/** Pushes ((x >>> 6) 2^26 + (y >>> 6) + 1/2) 2^-52 of two lanes. */
function pushUniforms(code: FunctionBuilder, words: readonly [number, number], isUpper: boolean, image: LaneContext['image']): void {
  const push = (word: number): void => {
    code.get(word);
    if (isUpper) {
      code.get(word);
      code.shuffleWords([2, 3, 2, 3]);
    }
    code.i32(6);
    code.op('i32x4.shr_u');
    code.op('f64x2.convert_low_i32x4_s');
  };
  const real = (value: number): void => image(code, laneImage('f64', 'real', value));
  push(words[0]);
  real(67108864);
  code.op('f64x2.mul');
  push(words[1]);
  code.op('f64x2.add');
  real(0.5);
  code.op('f64x2.add');
  real(2 ** -52);
  code.op('f64x2.mul');
}

/**
 * Pushes (x + 1/2) 2^-32 of four lanes, where x has 26 bits of the first word and 6 of the second. It is h 2^16 + l, so
 * h 2^-16 and (l + 1/2) 2^-32 are exact and their sum is rounded once.
 */
function pushFloats(code: FunctionBuilder, words: readonly [number, number], image: LaneContext['image']): void {
  const real = (value: number): void => image(code, laneImage('f32', 'real', value));
  code.get(words[0]);
  code.i32(16);
  code.op('i32x4.shr_u');
  code.op('f32x4.convert_i32x4_s');
  real(2 ** -16);
  code.op('f32x4.mul');
  code.get(words[0]);
  image(code, laneImage('f32', 'int', 0xffc0));
  code.op('v128.and');
  code.get(words[1]);
  code.i32(26);
  code.op('i32x4.shr_u');
  code.op('v128.or');
  code.op('f32x4.convert_i32x4_s');
  real(0.5);
  code.op('f32x4.add');
  real(2 ** -32);
  code.op('f32x4.mul');
  code.op('f32x4.add');
}
