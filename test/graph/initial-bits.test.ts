// Registers, delays and sample-and-holds that start with true or false hold bits, in a circle of their own too.

import { expect, test } from 'vitest';
import { runText } from '../properties/run-netlist.js';

test('a ring counter: one bit goes round, and logic reads it', () => {
  const text = `system ring(n = 3) {
  clock clk = 1MHz
  for i in 0..n { q[i] = register(q[i == 0 ? n - 1 : i - 1], initial: i == 0) }
  last = q[n - 1] && !q[0]
  output q, last
}
bench ring {
  run 5 ticks
  record q, last
}
`;
  expect([...runText(text)].map(([name, rows]) => [name, ...rows])).toEqual([
    ['q[0]', 1, 0, 0, 1, 0],
    ['q[1]', 0, 1, 0, 0, 1],
    ['q[2]', 0, 0, 1, 0, 0],
    ['last', 0, 0, 1, 0, 0],
  ]);
});

test.each(['delay(x, ticks: 2, initial: true)', 'register(register(x, initial: true))', 'register(sample_hold(x, initial: true))'])(
  'x = %s is a bit',
  (value) => {
    const text = `system s {\n  clock clk = 1MHz\n  x = ${value}\n  y = !x\n  output y\n}\nbench s {\n  run 1 ticks\n  record y\n}\n`;
    expect(runText(text).get('y')).toHaveLength(1);
  },
);
