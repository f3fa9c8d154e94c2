import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveLeastSquares, triangularize } from '../../src/numeric/least-squares.js';
import { normalValues, randomValues } from './random-values.js';

const powers = (x: Float64Array, degree: number) => Array.from({ length: degree + 1 }, (_, k) => x.map((value) => value ** k));

describe('solveLeastSquares', () => {
  it('fits a line to four points', () => {
    const x = Float64Array.of(0, 1, 2, 3);
    const { solution, residual } = solveLeastSquares(powers(x, 1), Float64Array.of(1, 0, 2, 5));
    expect(solution[0]).toBeCloseTo(-0.1, 14);
    expect(solution[1]).toBeCloseTo(1.4, 14);
    expect([...residual].map((r) => Number(r.toFixed(12)))).toEqual([1.1, -1.3, -0.7, 0.9]);
  });

  it('recovers the coefficients of an ill-conditioned polynomial', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => i / 199);
    const wanted = [1, -2, 3, -4, 5, -6, 7];
    const columns = powers(x, 6);
    const target = x.map((_, i) => wanted.reduce((sum, c, k) => sum + c * columns[k]![i]!, 0));
    const { solution } = solveLeastSquares(columns, target);
    wanted.forEach((c, k) => expect(Math.abs(solution[k]! - c)).toBeLessThan(1e-9));
  });

  it('leaves a residual orthogonal to every column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), fc.nat(1000), (count, extra, seed) => {
        const columns = Array.from({ length: count }, (_, k) => normalValues(count + extra, 100 * seed + k));
        const { residual } = solveLeastSquares(columns, randomValues(count + extra, seed));
        for (const column of columns) {
          const dot = column.reduce((sum, value, i) => sum + value * residual[i]!, 0);
          expect(Math.abs(dot)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('refuses what has no single solution', () => {
    const one = Float64Array.of(1, 1, 1);
    const line = Float64Array.of(1, 2, 3);
    expect(() => solveLeastSquares([one, line, line.map((x) => 2 * x - 1)], line)).toThrow('columns are linearly dependent');
    expect(() => solveLeastSquares([Float64Array.of(0, 0, 0)], line)).toThrow('columns are linearly dependent');
    expect(() => solveLeastSquares([one, line, one, line], line)).toThrow('4 unknowns but 3 equations');
    expect(() => solveLeastSquares([Float64Array.of(1)], line)).toThrow('columns and target differ in length');
  });
});

describe('triangularize', () => {
  it('is finite where what is left of columns shrinks to nothing', () => {
    const shapes = [() => 0.4, (i: number) => Math.sin(i * i), (i: number) => Math.cos(3 * i)];
    const columns = Array.from({ length: 60 }, (_, j) => Float64Array.from({ length: 300 }, (_value, i) => shapes[j % 3]!(i)));
    const { triangle, rotated } = triangularize(columns, columns[1]!);
    expect(triangle.every(Number.isFinite) && rotated.every(Number.isFinite)).toBe(true);
    for (let j = 0; j < 60; j += 3) expect(Math.abs(triangle[j]!)).toBeCloseTo(0.4 * Math.sqrt(300), 12);
  });

  it('keeps all distances but for a constant, for any shape', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), fc.nat(1000), (count, rows, seed) => {
        const columns = Array.from({ length: count }, (_, k) => normalValues(rows, 100 * seed + k));
        // Dependent columns are no exception.
        if (count > 2) columns[2] = columns[0]!.map((value, i) => 2 * value - columns[1]![i]!);
        const target = randomValues(rows, seed);
        const { triangle, rotated } = triangularize(columns, target);
        const squares = (x: Float64Array): [number, number] => {
          const full = target.reduce((sum, value, i) => sum + (columns.reduce((s, c, k) => s + c[i]! * x[k]!, 0) - value) ** 2, 0);
          const reduced = rotated.reduce((sum, value, i) => {
            return sum + (x.reduce((s, entry, k) => s + triangle[i * count + k]! * entry, 0) - value) ** 2;
          }, 0);
          return [full, reduced];
        };
        const [full0, reduced0] = squares(new Float64Array(count));
        const [full, reduced] = squares(randomValues(count, seed + 7));
        expect(Math.abs(full - full0 - (reduced - reduced0))).toBeLessThan(1e-11 * (1 + full));
        for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) expect(triangle[i * count + j]).toBe(0);
      }),
    );
  });
});
