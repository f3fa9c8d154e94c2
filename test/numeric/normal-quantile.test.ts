import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/numeric/normal-quantile.js';

const quantile = (probability: number): number => normalQuantile(probability, Math.log);

describe('normal quantile', () => {
  // mpmath 1.3 with 40 digits: sqrt(2) erfinv(2p - 1), or the root of erfc(-z / sqrt 2) / 2 = p.
  it.each([
    [1e-300, -37.047096299361199],
    [1e-100, -21.273453560965324],
    [1e-20, -9.2623400897984076],
    [1e-12, -7.0344838253011319],
    [1e-9, -5.9978070150076869],
    [1e-5, -4.2648907939228246],
    [0.001, -3.0902323061678135],
    [0.0749, -1.4402382675279637],
    [0.076, -1.4325027208258116],
    [0.2, -0.84162123357291417],
    [0.4, -0.25334710313579974],
    [0.499, -0.0025066308995717662],
    [0.5001, 0.00025066283008800749],
    [0.7, 0.52440051270804066],
    [0.924, 1.4325027208258119],
    [0.95, 1.6448536269514723],
    [0.975, 1.9599639845400539],
    [0.999, 3.0902323061678133],
    [0.999999999, 5.9978070196016374],
  ])('of %d is known to 15 digits', (probability, z) => {
    expect(Math.abs(quantile(probability) / z - 1)).toBeLessThan(1e-15);
  });

  it('is odd about one half, rises, and has infinite ends', () => {
    let last = -Infinity;
    for (let k = 1; k < 1024; k++) {
      const z = quantile(k / 1024);
      expect(z).toBeGreaterThan(last);
      expect(quantile(1 - k / 1024)).toBe(-z + 0);
      last = z;
    }
    expect([0, 0.5, 1, -0.1, 1.1, NaN].map(quantile)).toEqual([-Infinity, 0, Infinity, NaN, NaN, NaN]);
  });
});
