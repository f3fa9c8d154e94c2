// Distances of doubles in units in the last place, and repeatable random doubles.

const bits = new DataView(new ArrayBuffer(8));

/** Distance of neighbouring doubles at |x|, 2^-1074 for subnormals. */
export function ulp(x: number): number {
  bits.setFloat64(0, Math.abs(x));
  return 2 ** (Math.max(bits.getUint16(0) >> 4, 1) - 1075);
}

/** Error in units in the last place of the expected value; 0 for equal special values, Infinity for unequal ones. */
export function ulpsOff(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Infinity;
  return Math.abs(actual - expected) / ulp(expected);
}

/** xorshift32 from a fixed seed: uniform in 0 .. 1, 32 bits. */
export function makeUniform(seed: number): () => number {
  let s = seed;
  return () => {
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    return (s >>> 0) / 2 ** 32;
  };
}

export function randomBitPattern(uniform: () => number): number {
  bits.setUint32(0, uniform() * 2 ** 32);
  bits.setUint32(4, uniform() * 2 ** 32);
  return bits.getFloat64(0);
}
