// A random permutation of 0 .. count - 1 of which any entry can be asked for by itself, without a table.

/** Halves of few bits mix slowly; for whole words four rounds would do (Luby and Rackoff 1988). */
const rounds = 10;

/**
 * Where a keyed permutation takes `index`. A Feistel network permutes the numbers of an even count of bits, at most 4 `count` of
 * them; numbers outside are sent through again until one is inside, which leaves a permutation (cycle walking: J. Black and
 * P. Rogaway, "Ciphers with arbitrary finite domains", 2002).
 * @param count 1 .. 2^32
 * @param word 32 random bits for a round and half an index; they are the key
 */
export function permuteIndex(index: number, count: number, word: (round: number, half: number) => number): number {
  const bits = Math.max(1, 32 - Math.clz32(count - 1));
  const halfBits = Math.ceil(bits / 2);
  const size = 2 ** halfBits;
  let result = index;
  do {
    let [left, right] = [Math.floor(result / size), result % size];
    for (let round = 0; round < rounds; round++) {
      // The upper bits of a word: halves have 16 bits at most.
      const mixed = (left ^ (word(round, right) >>> (32 - halfBits))) >>> 0;
      [left, right] = [right, mixed];
    }
    result = left * size + right;
  } while (result >= count);
  return result;
}
