// Blocks of random words of which nothing but the tick changes from event to event: what the first rounds make of the rest
// of their place is computed before the loop over events, and a function ends the block from there.

import type { Precision } from '../../batch.js';
import type { ModuleBuilder } from '../assembler.js';
import type { FunctionBuilder } from '../function-builder.js';
import type { LaneContext } from './lane-body.js';
import { vectorBytes } from './lane-shape.js';
import { pushBoth, vectorsOf } from './lane-uniform.js';
import { PhiloxRounds } from './philox-rounds.js';

/** Vectors of a start. */
export const startVectors = 7;

/**
 * Stores, from a byte address on, the start of blocks of four lanes: what their first three rounds make of their place but
 * for its second word b, the tick. Each of the other words is pushed as a vector of four ints. With the words x, y, z after
 * each round, and the multipliers m, the start is x0, to be joined with b by xor; y2, with hi(m0 x0); z0, with hi(m1 y2); z2,
 * with lo(m0 x0); z3; and the keys of the fourth round. z1 is lo(m1 y2).
 */
export function startUniform(code: FunctionBuilder, place: readonly (() => void)[], at: number, image: LaneContext['image']): void {
  const keep = (push: () => void): number => {
    const local = code.addLocal('v128');
    push();
    code.set(local);
    return local;
  };
  const [a, c, d, low, high] = place.map(keep) as [number, number, number, number, number];
  const rounds = new PhiloxRounds(code, image);
  const keysOf = (before: readonly [number, number]): [number, number] => {
    const keys: [number, number] = [keep(() => code.get(before[0])), keep(() => code.get(before[1]))];
    rounds.growKeys(keys);
    return keys;
  };
  const xor = (push: () => void, ...others: readonly number[]): number =>
    keep(() => {
      push();
      for (const other of others) {
        code.get(other);
        code.op('v128.xor');
      }
    });
  const [second, third] = [keysOf([low, high]), keysOf(keysOf([low, high]))];
  const product = (word: number, which: 0 | 1): { high: () => void; low: number } => {
    const products = rounds.multiply(word, which);
    return { high: () => rounds.pushWords(products, true), low: keep(() => rounds.pushWords(products, false)) };
  };
  const byC = product(c, 1);
  const x0 = xor(byC.high, low);
  const byA = product(a, 0);
  const byX2 = product(xor(byA.high, d, high), 1);
  const byY0 = product(xor(byX2.high, byC.low, second[0]), 0);
  const y2 = xor(() => code.get(byA.low), second[1]);
  const z0 = xor(() => code.get(byX2.low), third[0]);
  const z2 = xor(byY0.high, third[1]);
  [x0, y2, z0, z2, byY0.low, ...keysOf(third)].forEach((local, i) => {
    code.i32(0);
    code.get(local);
    code.storeVector(at + vectorBytes * i);
  });
}

/** The function that gives both uniforms of a block from its second word and the byte address of its start. */
export function emitUniformEnd(module: ModuleBuilder, precision: Precision, image: LaneContext['image']): FunctionBuilder {
  const code = module.addFunction(['v128', 'i32'], vectorsOf(precision === 'f64' ? 4 : 2));
  const [b, start] = [0, 1] as const;
  const [x0, y2, z0, z2, z3, low, high] = vectorsOf(startVectors).map((type, i) => {
    const local = code.addLocal(type);
    code.get(start);
    code.loadVector(vectorBytes * i);
    code.set(local);
    return local;
  }) as [number, number, number, number, number, number, number];
  const rounds = new PhiloxRounds(code, image);
  const join = (word: number, push: () => void): void => {
    push();
    code.get(word);
    code.op('v128.xor');
    code.set(word);
  };
  join(x0, () => code.get(b));
  const byX0 = rounds.multiply(x0, 0);
  join(y2, () => rounds.pushWords(byX0, true));
  join(z2, () => rounds.pushWords(byX0, false));
  const byY2 = rounds.multiply(y2, 1);
  join(z0, () => rounds.pushWords(byY2, true));
  rounds.pushWords(byY2, false);
  const z1 = b;
  code.set(z1);
  rounds.run({ words: [z0, z1, z2, z3], keys: [low, high] }, 3);
  pushBoth([z0, z1, z2, z3], code, precision, image);
  return code;
}
