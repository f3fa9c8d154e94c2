// Vectors of constants, and constants inside expressions on signals.

import { describe, expect, test } from 'vitest';
import { compileText, runText } from '../properties/run-netlist.js';

const bench = (y: string): string =>
  `system s {\n  clock clk = 1MHz\n  input u : V\n  v[0] = u\n  v[1] = 2*u\n  y = ${y}\n  x = integrator(y) @ clk\n  output x\n}\nbench s {\n  u = dc(value: 1V)\n  run 1 ticks\n  record y\n}\n`;

describe('a vector of constants', () => {
  test('beside signals, on either side', () => {
    expect([...runText(bench('sum([i + 1 for i in 0..2] + v)')).get('y')!]).toEqual([6]);
    expect([...runText(bench('sum(v + [i + 1 for i in 0..2])')).get('y')!]).toEqual([6]);
    expect([...runText(bench('sum([i for i in 0..2] * [v[i] for i in 0..2])')).get('y')!]).toEqual([2]);
  });

  test('is evaluated once, not once for each of its elements', () => {
    // Quadratic work on 5000 elements would be 25 million evaluations, a minute and more.
    const { graph } = compileText(bench('sum([i*2 for i in 0..5000])'));
    expect(graph.instances.filter(({ path }) => path.startsWith('y.in['))).toHaveLength(5000);
  });
});
