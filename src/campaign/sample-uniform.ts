// Uniform numbers for the sampled axes of a plan: at random, as a Latin hypercube, or scrambled points of Sobol's sequence.
// Each follows from the seed, the axis's name and the sample's number; one of a hypercube from the number of samples, too,
// and one of Sobol's from the axis's place among those that are sampled.

import { hashPath } from '../random/path-hash.js';
import { permuteIndex } from '../random/permute-index.js';
import { philox4x32, uniformOf, type PhiloxCounter, type PhiloxKey } from '../random/philox.js';
import { keyOfSeed } from '../random/seed-key.js';
import { scrambleDigits, sobolDigits } from '../random/sobol.js';
import type { Sampling } from './plan.js';

/** What a block of random bits is for, in the last word of its counter. */
const purposes = { sample: 0, jitter: 1, permutation: 2, scrambling: 3, lowDigits: 4 } as const;
type Blocks = (purpose: keyof typeof purposes, first: number, second: number) => [number, number, number, number];

/** Blocks for an axis. Seeds have 53 bits: the top bit of the key sets samples apart from the noise of the same seed. */
function blocksOf(axisName: string, seed: number): Blocks {
  const { low, high } = hashPath(axisName);
  const [seedLow, seedHigh] = keyOfSeed(seed);
  const key: PhiloxKey = [seedLow, (seedHigh | 0x80000000) >>> 0];
  return (purpose, first, second) => {
    const counter: PhiloxCounter = [first, second, low, ((high << 16) | purposes[purpose]) >>> 0];
    return philox4x32(counter, key);
  };
}

/** The largest number below 1. */
const greatest = 1 - 2 ** -53;

/**
 * The samples of one axis in (0, 1).
 * @param dimension of Sobol's sequence, 0 .. sobolDimensions - 1; the other samplings take no notice of it
 * @param samples how many there are, 1 .. 2^31: what the strata of a Latin hypercube are made for
 */
export function sampleUniform(
  sampling: Sampling,
  axisName: string,
  seed: number,
  dimension: number,
  samples: number,
): (sample: number) => number {
  const blocks = blocksOf(axisName, seed);
  switch (sampling) {
    case 'random':
      return (sample) => uniformOf(blocks('sample', sample, 0), 0);
    case 'lhs':
      return (sample) => {
        const stratum = permuteIndex(sample, samples, (round, half) => blocks('permutation', half, round)[0]);
        return Math.min((stratum + uniformOf(blocks('jitter', sample, 0), 0)) / samples, greatest);
      };
    case 'sobol':
      return (sample) => {
        const digits = scrambleDigits(sobolDigits(dimension, sample), (prefix, depth) => blocks('scrambling', prefix, depth));
        const lowDigits = blocks('lowDigits', sample, 0)[0] >>> 12;
        return (digits * 2 ** 20 + lowDigits + 0.5) * 2 ** -52;
      };
  }
}
