// Input data of which every run gets its own: nothing of one run helps to guess the next.

/** Fills with values uniform in `around` ± `spread`; the same seed gives the same values. Xorshift32, Marsaglia 2003. */
export function randomSamples(samples, { around, spread }, seed) {
  let word = Math.imul(seed + 1000003, 0x9e3779b1) | 1;
  for (let i = 0; i < samples.length; i++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    samples[i] = around + (spread * word) / 2147483648;
  }
}
