// The function that gives both uniforms of a block of Philox4x32-10 (random/philox.ts): six ints to two doubles.

import { philoxMultipliers, philoxRounds, philoxWeyl } from '../../random/philox.js';
import type { ModuleBuilder } from './assembler.js';
import type { FunctionBuilder } from './function-builder.js';

export function emitUniform(module: ModuleBuilder): FunctionBuilder {
  const code = module.addFunction(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], ['f64', 'f64']);
  const [a, b, c, d, low, high] = [0, 1, 2, 3, 4, 5] as const;
  const [first, second] = [code.addLocal('i64'), code.addLocal('i64')];
  const multiply = (word: number, by: number, to: number): void => {
    code.get(word);
    code.op('i64.extend_i32_u');
    code.i64(BigInt(by));
    code.op('i64.mul');
    code.set(to);
  };
  /** to = upper half of the product ^ other ^ key */
  const mix = (product: number, other: number, key: number, to: number): void => {
    code.get(product);
    code.i64(32n);
    code.op('i64.shr_u');
    code.op('i32.wrap_i64');
    code.get(other);
    code.op('i32.xor');
    code.get(key);
    code.op('i32.xor');
    code.set(to);
  };
  const takeLow = (product: number, to: number): void => {
    code.get(product);
    code.op('i32.wrap_i64');
    code.set(to);
  };
  for (let round = 0; round < philoxRounds; round++) {
    multiply(a, philoxMultipliers[0], first);
    multiply(c, philoxMultipliers[1], second);
    mix(second, b, low, a);
    takeLow(second, b);
    mix(first, d, high, c);
    takeLow(first, d);
    [low, high].forEach((key, i) => {
      code.get(key);
      code.i32(philoxWeyl[i]! | 0);
      code.op('i32.add');
      code.set(key);
    });
  }
  pushUniform(code, a, b);
  pushUniform(code, c, d);
  return code;
}

/** Pushes ((x >>> 6) 2^26 + (y >>> 6) + 1/2) 2^-52. */
function pushUniform(code: FunctionBuilder, x: number, y: number): void {
  const push = (word: number): void => {
    code.get(word);
    code.i32(6);
    code.op('i32.shr_u');
    code.op('f64.convert_i32_u');
  };
  push(x);
  code.f64(67108864);
  code.op('f64.mul');
  push(y);
  code.op('f64.add');
  code.f64(0.5);
  code.op('f64.add');
  code.f64(2 ** -52);
  code.op('f64.mul');
}
