// Philox4x32-10 against the known answers of its authors' Random123 library (kat_vectors).

import { describe, expect, it } from 'vitest';
import { hashPath } from '../../src/random/path-hash.js';
import { philox4x32, uniformOf } from '../../src/random/philox.js';
import { keyOfSeed } from '../../src/random/seed-key.js';

describe('philox4x32', () => {
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const)('gives the block of counter %j and key %j', (counter, key, block) => {
    expect(philox4x32(counter, key)).toEqual(block);
    // Signed words mean the same.
    const signed = counter.map((word) => word | 0) as [number, number, number, number];
    expect(philox4x32(signed, [key[0] | 0, key[1] | 0])).toEqual(block);
  });
});

describe('uniformOf', () => {
  it('stays inside (0, 1) at the ends, and takes 26 bits of each word', () => {
    expect(uniformOf([0, 0, 0xffffffff, 0xffffffff], 0)).toBe(2 ** -53);
    expect(uniformOf([0, 0, 0xffffffff, 0xffffffff], 1)).toBe(1 - 2 ** -53);
    expect(uniformOf([64, 0, 0, 0], 0)).toBe(2 ** -26 + 2 ** -53);
    expect(uniformOf([0, 64, 0, 0], 0)).toBe(3 * 2 ** -53);
  });
});

describe('keyOfSeed', () => {
  it('keeps all 53 bits', () => {
    expect(keyOfSeed(1)).toEqual([1, 0]);
    expect(keyOfSeed(2 ** 53 - 1)).toEqual([0xffffffff, 0x1fffff]);
  });
});

describe('hashPath', () => {
  it('has no collision among 200,000 paths', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 200_000; i++) {
      const { low, high } = hashPath(`bank[${i}].noise`);
      seen.add(`${low} ${high}`);
    }
    expect(seen.size).toBe(200_000);
  });
});
