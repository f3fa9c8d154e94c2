// The clock whose ticks a frame counts where it names none: the edge behind the instance says it.

import { expect, test } from 'vitest';
import { runText } from '../properties/run-netlist.js';

test('a frame without a clock counts those of the edge given to the instance; the last tick of a frame can be read', () => {
  const text = `system counter(m = 4) {
  input u : V
  total = accumulator(u)
  frame m ticks
  output total
}
system s(fs = 1MHz, m = 4) {
  clock clk = fs
  clock done = clk/m offset (m - 1)/fs
  input u : V
  c = counter(u, m: m) @ clk
  y = sample_hold(c) @ done
  output y, c
}
bench s {
  u = dc(value: 1V)
  run 9 ticks of clk
  record c, y
}
`;
  expect(Object.fromEntries([...runText(text)].map(([name, rows]) => [name, [...rows]]))).toEqual({
    c: [1, 2, 3, 4, 1, 2, 3, 4, 1],
    y: [0, 0, 0, 4, 4, 4, 4, 4, 4],
  });
});
