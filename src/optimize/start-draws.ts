// Random numbers of a restart: where its parameters start. Counter-based, so that a restart by itself is what it is among others.

import { hashPath } from '../random/path-hash.js';
import { philox4x32, uniformOf } from '../random/philox.js';
import { keyOfSeed } from '../random/seed-key.js';

const block = (seed: number, restart: number, i: number, stream: string): readonly [number, number, number, number] =>
  philox4x32([i, 0, restart, hashPath(stream).low], keyOfSeed(seed));

/** In (0, 1), by coordinate. */
export function drawUniforms(seed: number, restart: number): (coordinate: number) => number {
  return (i) => uniformOf(block(seed, restart, i, 'start uniform'), 0);
}

/** Of mean 0 and variance 1, two independent ones for each coordinate (Box & Muller 1958). */
export function drawNormals(seed: number, restart: number): (coordinate: number, which: 0 | 1) => number {
  return (i, which) => {
    const words = block(seed, restart, i, 'start normal');
    const radius = Math.sqrt(-2 * Math.log(uniformOf(words, 0)));
    const angle = 2 * Math.PI * uniformOf(words, 1);
    return radius * (which === 0 ? Math.cos(angle) : Math.sin(angle));
  };
}

/** A seed, a whole number from 0 to 2^53 - 1, for one purpose of a restart. */
export function deriveSeed(seed: number, restart: number, purpose: string): number {
  const [high, low] = block(seed, restart, 0, purpose);
  return ((high >>> 0) % 2 ** 21) * 2 ** 32 + (low >>> 0);
}
