// Philox4x32-10: a counter-based generator of random words. Each block follows from its counter and key alone, so
// draws can be made in any order and anywhere (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC'11).

/** Four words of 32 bits, 0 .. 2^32 - 1. */
export type PhiloxCounter = readonly [number, number, number, number];
/** Two words of 32 bits. */
export type PhiloxKey = readonly [number, number];

/** Multipliers of the rounds, and by how much the key grows from round to round (golden ratio, sqrt(3) - 1). */
export const philoxMultipliers = [0xd2511f53, 0xcd9e8d57] as const;
export const philoxWeyl = [0x9e3779b9, 0xbb67ae85] as const;
export const philoxRounds = 10;

/** The upper 32 bits of a product: the partial products have 48 bits, which doubles hold exactly. */
function multiplyHigh(a: number, b: number): number {
  const high = a >>> 16;
  const low = a & 0xffff;
  return ((high * b + Math.floor((low * b) / 65536)) / 65536) >>> 0;
}

/** The block of a counter under a key. */
export function philox4x32([a, b, c, d]: PhiloxCounter, key: PhiloxKey): [number, number, number, number] {
  const [m0, m1] = philoxMultipliers;
  let [x0, x1, x2, x3] = [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
  let [k0, k1] = [key[0] >>> 0, key[1] >>> 0];
  // Plain assignments: arrays made in every round would cost six times as much.
  for (let round = 0; round < philoxRounds; round++) {
    const high0 = multiplyHigh(m0, x0);
    const high1 = multiplyHigh(m1, x2);
    const low0 = Math.imul(m0, x0) >>> 0;
    const low1 = Math.imul(m1, x2) >>> 0;
    x0 = (high1 ^ x1 ^ k0) >>> 0;
    x1 = low1;
    x2 = (high0 ^ x3 ^ k1) >>> 0;
    x3 = low0;
    k0 = (k0 + philoxWeyl[0]) >>> 0;
    k1 = (k1 + philoxWeyl[1]) >>> 0;
  }
  return [x0, x1, x2, x3];
}

/**
 * One of the two uniforms of a block, in (0, 1): 26 bits of each of two words and a half, (k + 1/2) 2^-52. Neither
 * 0 nor 1 ever comes.
 */
export function uniformOf(words: readonly [number, number, number, number], which: 0 | 1): number {
  const [first, second] = which === 0 ? [words[0], words[1]] : [words[2], words[3]];
  return ((first >>> 6) * 67108864 + (second >>> 6) + 0.5) * 2 ** -52;
}
