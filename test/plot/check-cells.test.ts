// Checks as they are printed: the left side has the unit that its formula has.

import { expect, test } from 'vitest';
import { loadText, runBench } from '../../src/index.js';
import { checkCells } from '../../src/plot/bench-tables.js';

test('the left side of a check in its unit', async () => {
  const text = `system s(fs = 1MHz) {
  clock clk = fs
  input u : V
  output y = u
}
bench s {
  u = dc(value: 0.301V)
  run 8 ticks
  record y
  measure level = mean(y)
  check abs(level - 0.3V) < 2mV
  check level > 0.3V
  check level/0.1V > 3
  check level*fs > 0
}
`;
  const cells = checkCells(await runBench(loadText(text)));
  expect(cells.map(({ verdict, value }) => `${verdict} ${value}`)).toEqual(['pass 1 mV', 'pass 301 mV', 'pass 3.01', 'pass 301 kV/s']);
});
