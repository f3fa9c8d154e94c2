// The function that gives both uniforms of a block of Philox4x32-10 (random/philox.ts) for four lanes: six vectors of
// ints to four of doubles, first uniform before second, lanes 0 and 1 before lanes 2 and 3; or to two of floats. A float
// is (x + 1/2) 2^-32 rounded, where x is the upper 32 of the 52 bits that a double has: within 2^-33 + 2^-25 of the double,
// above 0, and 1 where that is nearest.

import { philoxMultipliers, philoxRounds, philoxWeyl } from '../../../random/philox.js';
import type { Precision } from '../../batch.js';
import type { ModuleBuilder } from '../assembler.js';
import type { FunctionBuilder } from '../function-builder.js';
import type { LaneContext } from './lane-body.js';
import { laneImage, vectorBytes } from './lane-shape.js';

export function emitLaneUniform(module: ModuleBuilder, precision: Precision, image: LaneContext['image']): FunctionBuilder {
  const code = module.addFunction(vectorsOf(6), vectorsOf(precision === 'f64' ? 4 : 2));
  const [a, b, c, d, low, high] = [0, 1, 2, 3, 4, 5] as const;
  const rounds = new PhiloxRounds(code, image);
  rounds.run({ words: [a, b, c, d], keys: [low, high] }, 0);
  pushBoth([a, b, c, d], code, precision, image);
  return code;
}

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

type Words = readonly [number, number, number, number];
const vectorsOf = (count: number): 'v128'[] => Array.from({ length: count }, () => 'v128' as const);

/** Rounds of the generator, on locals. */
class PhiloxRounds {
  private readonly code: FunctionBuilder;
  private readonly constants: ReadonlyMap<number, number>;
  private readonly products: readonly [readonly [number, number], readonly [number, number]];

  constructor(code: FunctionBuilder, image: LaneContext['image']) {
    this.code = code;
    const newLocal = (): number => code.addLocal('v128');
    this.products = [
      [newLocal(), newLocal()],
      [newLocal(), newLocal()],
    ];
    // An engine would load the constants of all rounds before the first.
    this.constants = new Map(
      [...philoxMultipliers, ...philoxWeyl].map((value) => {
        const local = newLocal();
        image(code, laneImage('f64', 'int', value | 0));
        code.set(local);
        return [value, local];
      }),
    );
  }

  /** The products of four words and a multiplier, in two locals that the next such call takes again. */
  multiply(word: number, which: 0 | 1): readonly [number, number] {
    const { code } = this;
    const to = this.products[which];
    (['i64x2.extmul_low_i32x4_u', 'i64x2.extmul_high_i32x4_u'] as const).forEach((half, i) => {
      code.get(word);
      code.get(this.constants.get(philoxMultipliers[which])!);
      code.op(half);
      code.set(to[i]!);
    });
    return to;
  }

  /** Pushes the lower or upper words of four products. */
  pushWords(products: readonly [number, number], isUpper: boolean): void {
    for (const product of products) this.code.get(product);
    this.code.shuffleWords(isUpper ? [1, 3, 5, 7] : [0, 2, 4, 6]);
  }

  growKeys(keys: readonly [number, number]): void {
    const { code } = this;
    keys.forEach((key, i) => {
      code.get(key);
      code.get(this.constants.get(philoxWeyl[i]!)!);
      code.op('i32x4.add');
      code.set(key);
    });
  }

  /** The rounds from number `from` on, whose keys are given. */
  run({ words: [a, b, c, d], keys }: { readonly words: Words; readonly keys: readonly [number, number] }, from: number): void {
    for (let round = from; round < philoxRounds; round++) {
      const [first, second] = [this.multiply(a, 0), this.multiply(c, 1)];
      this.mix(second, b, keys[0], a);
      this.pushWords(second, false);
      this.code.set(b);
      this.mix(first, d, keys[1], c);
      this.pushWords(first, false);
      this.code.set(d);
      this.growKeys(keys);
    }
  }

  private mix(products: readonly [number, number], other: number, key: number, to: number): void {
    const { code } = this;
    this.pushWords(products, true);
    code.get(other);
    code.op('v128.xor');
    code.get(key);
    code.op('v128.xor');
    code.set(to);
  }
}

function pushBoth([a, b, c, d]: Words, code: FunctionBuilder, precision: Precision, image: LaneContext['image']): void {
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
