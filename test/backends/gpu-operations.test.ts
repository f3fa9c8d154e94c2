// Operations in kernels of gpu.js, on the modes that Node has.

import { describe, expect, it } from 'vitest';
import { operationNames, runOperations } from './gpu-operations.js';

const elementary = new Set(['exp', 'log', 'sin', 'cos', 'tanh', 'pow']);

describe.each(['webasm', 'cpu'] as const)('operations in mode %s', (mode) => {
  it('give the nearest float; elementary functions within 2^-22 of it', async () => {
    const { ran, reports } = await runOperations(mode);
    expect(ran).toEqual([mode]);
    expect(reports.map(({ name }) => name)).toEqual(operationNames);
    for (const { name, operands, got, expected } of reports) {
      const bound = elementary.has(name) ? 2 ** -22 * Math.max(1, Math.abs(expected)) : 0;
      expect(
        Math.abs(got - expected) <= bound || Object.is(got, expected),
        `${name}(${operands.join(', ')}) = ${got}, not ${expected}`,
      ).toBe(true);
    }
  });
});
