// Random words of a method. Each block follows from the seed, the restart, the method's name, the step and a number within the
// step, so a run that goes on from a state draws what it would have drawn.

import { hashPath } from '../../random/path-hash.js';
import { philox4x32, type PhiloxKey } from '../../random/philox.js';
import { keyOfSeed } from '../../random/seed-key.js';
import type { MethodDraws } from './method.js';

/** A block of four words by step and number, both below 2^32. */
export function wordsOf(name: string, { seed, restart }: MethodDraws): (step: number, index: number) => [number, number, number, number] {
  const [seedLow, seedHigh] = keyOfSeed(seed);
  // Seeds have 53 bits: the top bit of the key sets these draws apart from the noise of the same seed.
  const key: PhiloxKey = [seedLow, (seedHigh | 0x80000000) >>> 0];
  const { low } = hashPath(`method ${name}`);
  return (step, index) => philox4x32([index, step, restart, low], key);
}
