// Rounds of Philox4x32-10 (random/philox.ts) on four lanes: each word of the counter and of the key is a vector of four ints.

import { philoxMultipliers, philoxRounds, philoxWeyl } from '../../../random/philox.js';
import type { FunctionBuilder } from '../function-builder.js';
import type { LaneContext } from './lane-body.js';
import { laneImage } from './lane-shape.js';

/** Locals of the four words of a counter. */
export type Words = readonly [number, number, number, number];

/** Rounds of the generator, on locals. */
export class PhiloxRounds {
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
