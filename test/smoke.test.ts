// The shortest way through everything: text is read, checked, scheduled, compiled, run and measured.

import { expect, it } from 'vitest';
import { checkNetlist, loadText, runBench } from '../src/index.js';

const modulator = `
system mod1(fs = 1MHz) { clock clk = fs
  input u : V
  x = integrator(u - v)
  v = quantizer(x, levels: 2, full_scale: 1V)
  output v }
bench mod1 { u = dc(value: 0.3V)
  run 1000 ticks of clk
  record v
  measure average = mean(v)
  check abs(average - 0.3V) <= 2V/1000 }
`;

it('a first-order modulator follows its input', async () => {
  expect(checkNetlist(modulator)).toEqual([]);
  const { measures, checks } = await runBench(loadText(modulator));
  expect(measures.map(({ name, unit }) => `${name} in ${unit}`)).toEqual(['average in V']);
  // u - v summed over 1000 ticks is the integrator's state, and that stays within 2 V.
  expect(Math.abs(measures[0]!.value - 0.3)).toBeLessThanOrEqual(2e-3);
  expect(checks.map(({ pass }) => pass)).toEqual([true]);
});

it('a wrong name is an error', () => {
  expect(checkNetlist(modulator.replace('integrator(u', 'integrator(w')).map(({ code }) => code)).toContain('DL201');
});
