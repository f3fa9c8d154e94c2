// Repeatable test data: mulberry32 uniforms and Box-Muller normals. Not the engine's noise.

function* uniforms(seed: number): Generator<number, never> {
  let state = Math.imul(seed, 0x9e3779b9);
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    yield ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32 + 2 ** -33;
  }
}

/** Uniform in -1 .. 1. */
export function randomValues(count: number, seed: number): Float64Array {
  const source = uniforms(seed);
  return Float64Array.from({ length: count }, () => 2 * source.next().value - 1);
}

/** Normal with mean 0 and standard deviation 1. */
export function normalValues(count: number, seed: number): Float64Array {
  const source = uniforms(seed);
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(source.next().value)) * Math.cos(2 * Math.PI * source.next().value),
  );
}
