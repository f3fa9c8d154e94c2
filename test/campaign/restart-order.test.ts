import { describe, expect, it } from 'vitest';
import { restartOrder, turnLength } from '../../src/campaign/optimization/restart-order.js';

describe('restartOrder', () => {
  it.each([
    [1, 1],
    [7, 9],
    [500, 3],
    [2004, 9],
  ])('has each of %i restarts of %i variants once, and few changes of variant', (restarts, variants) => {
    const order = restartOrder(restarts, variants);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: restarts }, (_, restart) => restart));
    const changes = order.filter((restart, i) => i > 0 && restart % variants !== order[i - 1]! % variants).length;
    expect(changes).toBeLessThan(variants * Math.ceil(restarts / (turnLength * variants)));
  });

  it('goes through all variants before it comes back to one', () => {
    expect(restartOrder(5, 2)).toEqual([0, 2, 4, 1, 3]);
    expect(
      new Set(
        restartOrder(1000, 4)
          .slice(0, 4 * turnLength)
          .map((restart) => restart % 4),
      ).size,
    ).toBe(4);
  });
});
