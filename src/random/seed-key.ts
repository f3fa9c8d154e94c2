// A seed as the key of the generator.

import type { PhiloxKey } from './philox.js';

/** `seed`: a whole number from 0 to 2^53 - 1. */
export const keyOfSeed = (seed: number): PhiloxKey => [seed % 4294967296, Math.floor(seed / 4294967296)];
