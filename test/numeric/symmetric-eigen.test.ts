import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decomposeSymmetric } from '../../src/numeric/symmetric-eigen.js';
import { normalValues } from './random-values.js';

/** G G^T of an n by rank matrix of normal numbers, or G + G^T for rank 0. */
function symmetric(n: number, rank: number, seed: number): Float64Array {
  const g = normalValues(n * Math.max(n, rank), seed);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    if (rank === 0) return g[i * n + j]! + g[j * n + i]!;
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += g[i * rank + k]! * g[j * rank + k]!;
    return sum;
  });
}

describe('decomposeSymmetric', () => {
  it('knows a matrix of two rows', () => {
    const { values, vectors } = decomposeSymmetric(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(1, 15);
    expect(values[1]).toBeCloseTo(3, 15);
    const half = Math.SQRT1_2;
    [half, half, -half, half].forEach((value, i) => expect(Math.abs(vectors[i]!)).toBeCloseTo(Math.abs(value), 15));
    expect(vectors[1]).toBeGreaterThan(0);
    expect(vectors[0]! * vectors[2]!).toBeLessThan(0);
  });

  it('finds the eigenvalues 2 - 2 cos(k pi / (n + 1)) of second differences', () => {
    const n = 30;
    const matrix = Float64Array.from({ length: n * n }, (_, at) => {
      const distance = Math.abs(Math.floor(at / n) - (at % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const { values } = decomposeSymmetric(matrix, n);
    values.forEach((value, k) => expect(Math.abs(value - (2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1))))).toBeLessThan(1e-14));
  });

  it('puts any matrix together again from orthonormal vectors and ascending values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 14 }), fc.nat(1000), (n, rank, seed) => {
        const matrix = symmetric(n, rank, seed);
        const size = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const { values, vectors } = decomposeSymmetric(matrix, n);
        for (let k = 1; k < n; k++) expect(values[k]!).toBeGreaterThanOrEqual(values[k - 1]!);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let [entry, product] = [0, 0];
            for (let k = 0; k < n; k++) {
              entry += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
              product += vectors[k * n + i]! * vectors[k * n + j]!;
            }
            expect(Math.abs(entry - matrix[i * n + j]!)).toBeLessThan(1e-13 * size);
            expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-13);
          }
        }
      }),
    );
  });

  it('reads the upper triangle alone, and leaves the matrix as it was', () => {
    const matrix = Float64Array.of(2, 1, NaN, 2);
    expect(decomposeSymmetric(matrix, 2).values[1]).toBeCloseTo(3, 15);
    expect([...matrix]).toEqual([2, 1, NaN, 2]);
  });

  it('refuses what is not finite', () => {
    expect(() => decomposeSymmetric(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow('not finite');
    expect(() => decomposeSymmetric(Float64Array.of(1, Infinity, Infinity, 1), 2)).toThrow('not finite');
  });
});
