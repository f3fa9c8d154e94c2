// Points of Sobol's sequence as binary digits, any point by itself, and their scrambling. What the digits are used for
// is decided elsewhere.

import { joeKuoNumbers } from './joe-kuo-numbers.js';

export const sobolDimensions = joeKuoNumbers.length + 1;
export const sobolDigitCount = 32;

/** Direction vectors of the dimensions used so far: v_j is m_j / 2^j as 32 binary digits. */
const directionsOf: Uint32Array[] = [];

function directions(dimension: number): Uint32Array {
  let vectors = directionsOf[dimension];
  if (vectors === undefined) {
    vectors = new Uint32Array(sobolDigitCount);
    const [inner, ...m] = joeKuoNumbers[dimension - 1] ?? [0, 1];
    const degree = m.length;
    for (let j = 0; j < sobolDigitCount; j++) {
      if (dimension === 0) vectors[j] = 1 << (31 - j);
      else if (j < degree) vectors[j] = m[j]! << (31 - j);
      else {
        // m_j = 2 a_1 m_(j-1) xor … xor 2^s m_(j-s) xor m_(j-s), on digits counted from the point.
        let vector = vectors[j - degree]! ^ (vectors[j - degree]! >>> degree);
        for (let k = 1; k < degree; k++) if ((inner! >>> (degree - 1 - k)) & 1) vector ^= vectors[j - k]!;
        vectors[j] = vector;
      }
    }
    directionsOf[dimension] = vectors;
  }
  return vectors;
}

/**
 * The first 32 binary digits behind the point of coordinate `dimension` of point `index`, as a number 0 .. 2^32 - 1. Points come in
 * the order of the Gray code (Antonov and Saleev 1979), as in Joe and Kuo's program; point 0 is 0.
 * @param dimension 0 .. sobolDimensions - 1
 * @param index 0 .. 2^32 - 1
 */
export function sobolDigits(dimension: number, index: number): number {
  const vectors = directions(dimension);
  let digits = 0;
  for (let gray = (index ^ (index >>> 1)) >>> 0, j = 0; gray !== 0; gray >>>= 1, j++) if (gray & 1) digits ^= vectors[j]!;
  return digits >>> 0;
}

/** Levels of the tree of digits that one block of 128 random bits serves: 1 + 2 + 4 + … + 64 nodes. */
const levelsPerBlock = 7;

/**
 * Owen's nested scrambling (A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995): each digit is flipped or
 * not by a random bit that belongs to the digits before it.
 * @param block 128 random bits for the first `depth` digits, which are `prefix`
 */
export function scrambleDigits(
  digits: number,
  block: (prefix: number, depth: number) => readonly [number, number, number, number],
): number {
  let flips = 0;
  for (let depth = 0; depth < sobolDigitCount; depth += levelsPerBlock) {
    const words = block(depth === 0 ? 0 : digits >>> (sobolDigitCount - depth), depth);
    // Nodes are numbered as in a heap: the root is 1, below n lie 2n and 2n + 1.
    let node = 1;
    for (let level = depth; level < Math.min(depth + levelsPerBlock, sobolDigitCount); level++) {
      const place = sobolDigitCount - 1 - level;
      flips |= ((words[node >>> 5]! >>> (node & 31)) & 1) << place;
      node = 2 * node + ((digits >>> place) & 1);
    }
  }
  return (digits ^ flips) >>> 0;
}
