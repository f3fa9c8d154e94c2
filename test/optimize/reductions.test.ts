import { describe, expect, it } from 'vitest';
import { reductions } from '../../src/optimize/reductions.js';

const reduce = (name: string, ...signals: number[][]): number =>
  reductions.get(name)!.reduce(
    signals.map((values) => Float64Array.from(values)),
    { over: 'last', temperature: 0.5, relative_to: 'mean', normalize: 'mean', degree: Infinity },
  ).value;

describe('a lane that is not a number', () => {
  it.each(['mean', 'rms', 'largest', 'log_sum_exp'])('makes %s not a number, wherever it stands', (name) => {
    for (const at of [0, 1, 2])
      expect(
        reduce(
          name,
          [1, 2, -3].map((value, i) => (i === at ? NaN : value)),
        ),
      ).toBeNaN();
    expect(reduce(name, [1, 2, -3])).not.toBeNaN();
  });

  it('makes best_linear_error not a number', () => {
    const rows = Array.from({ length: 16 }, (_, i) => Math.sin(i * i));
    const target = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(reduce('best_linear_error', rows, target)).toBeGreaterThan(0);
    expect(
      reduce(
        'best_linear_error',
        rows.map((value, i) => (i === 5 ? NaN : value)),
        target,
      ),
    ).toBeNaN();
    expect(
      reduce(
        'best_linear_error',
        rows,
        target.map((value, i) => (i === 5 ? NaN : value)),
      ),
    ).toBeNaN();
  });
});
