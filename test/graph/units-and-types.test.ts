// Units and types of signals: each rule with a system that keeps it and one that breaks it.

import { describe, expect, test } from 'vitest';
import { checkNetlist } from '../../src/index.js';
import { compileText } from '../properties/run-netlist.js';

const system = (line: string): string =>
  `system s {\n  clock clk = 1MHz\n  input u, w : V\n  input i : A\n  input t : s\n  input b : bit\n  input any\n  ${line}\n  output x, out = u + w, out2 = i + 1A, out3 = t + 1s, out4 = !b, out5 = any > 0\n}\n`;

/** The unit and type of x, or the message. */
function verdict(line: string): string {
  const errors = checkNetlist(system(line)).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors.map(({ code, message }) => `${code} ${message}`).join('; ');
  const bench =
    'bench s {\n  u = dc(value: 1V)\n  w = dc(value: 1V)\n  i = dc(value: 1A)\n  t = dc(value: 1s)\n  b = true\n  any = dc(value: 1)\n  run 2 ticks of clk\n  record x\n}\n';
  const [record] = compileText(system(line) + bench).program.records;
  return `${record!.type} ${record!.unit}`.trim();
}

describe('units', () => {
  test.each([
    ['x = u + w', 'real V'],
    ['x = -abs(u)', 'real V'],
    ['x = u + 1', 'real V'],
    ['x = u * i', 'real W'],
    ['x = u / i', 'real ohm'],
    ['x = u / w', 'real'],
    ['x = 2 * u', 'real V'],
    ['x = 1 / t', 'real Hz'],
    ['x = sqrt(u * w)', 'real V'],
    ['x = min(u, w) + floor(u) - round(w)', 'real V'],
    ['x = b ? u : w', 'real V'],
    ['x = u > w', 'bit'],
    ['x = exp(u / w) + tanh(u/1V)', 'real'],
    ['x = integrator(u, limit: 1V)', 'real V'],
    ['x = register(integrator(u) - w)', 'real V'],
    ['x = clip(u)', 'real V'],
    ['x = sum([u, w])', 'real V'],
    ['x = [u, w][1]', 'real V'],
    ['x = any', 'real'],
    ['x = integrator(integrator(u*i))', 'real W'],
  ])('%s is %s', (line, expected) => {
    expect(verdict(line)).toBe(expected);
  });

  test.each([
    ['x = u + i', 'V and A'],
    ['x = u > i', 'V and A'],
    ['x = min(u, i)', 'V and A'],
    ['x = b ? u : i', 'V and A'],
    ['x = u + 1A', 'V and A'],
    ['x = integrator(u, limit: 1A)', 'V and A'],
    ['x = integrator(u) + i', 'V and A'],
    ['x = sum([u, i])', 'V and A'],
    ['x = mux(b, u, i)', 'V and A'],
    ['x = comparator(u, i)', 'V and A'],
    ['x = quantizer(u, full_scale: 1A)', 'V and A'],
    ['x = register(u*w) + u', 'V and V^2'],
    ['x = u/w + u', 'a plain number and V'],
    ['x = sc_integrator(i, c_in: 1fF, c_fb: 1fF, sample: clk, transfer: clk)', 'V and A'],
    ['x = sc_integrator(u, c_in: w, c_fb: 1fF, sample: clk, transfer: clk)', 'V and F'],
  ])('%s: %s do not go together', (line, units) => {
    const [a, b] = units.split(' and ');
    const messages = [`DL301 ${a} and ${b} do not go together`, `DL301 ${b} and ${a} do not go together`];
    expect(messages).toContain(verdict(line));
  });
});

describe('types', () => {
  test.each([
    ['x = register(b)', 'bit'],
    ['x = delay(b, ticks: 3)', 'bit'],
    ['x = sample_hold(u > w)', 'bit'],
    ['x = b ? true : b', 'bit'],
    ['x = b ? u : b', 'real V'],
    ['x = b + b', 'real'],
    ['x = b == (u > w)', 'bit'],
    ['x = register(register(!b))', 'bit'],
    ['x = integrator(b)', 'real'],
    ['x = register(y)\n  y = register(x)', 'real'],
    ['x = register(y)\n  y = b || x', 'bit'],
    ['x = [b, !b][0]', 'bit'],
    ['x = and(b, comparator(u, w))', 'bit'],
  ])('%s is %s', (line, expected) => {
    expect(verdict(line)).toBe(expected);
  });

  test.each([
    ['x = and(u, b)', "DL302 input 'a' of and 'x' is a bit, but 'u' is real"],
    ['x = u && b', 'DL302 this is a real signal where a bit is needed'],
    ['x = !u', 'DL302 this is a real signal where a bit is needed'],
    ['x = u ? 1 : 2', 'DL302 this is a real signal where a bit is needed'],
    ['x = temperature_counter(register(u))', "DL302 input 'up' of temperature_counter 'x' is a bit, but 'x.up.register' is real"],
    ['x = not(b + b)', "DL302 input 'in' of not 'x' is a bit, but 'x.in' is real"],
  ])('%s: %s', (line, message) => {
    expect(verdict(line)).toBe(message);
  });

  test('a bit input of the top system refuses a real source, whatever the source is', () => {
    for (const source of ['dc(value: 1)', 'dc(value: 1) + 1', 'pass(a: dc(value: 1))']) {
      const text = `system pass {\n  input a\n  output a\n}\nsystem s {\n  clock clk = 1MHz\n  input b : bit\n  x = register(b)\n  output x\n}\nbench s {\n  b = ${source}\n  run 2 ticks of clk\n  record x\n}\n`;
      expect(
        checkNetlist(text).map(({ code, message }) => `${code} ${message}`),
        source,
      ).toEqual([expect.stringMatching(/^DL302 a real signal is connected to input '.*b.*', which is a bit$/)]);
    }
  });
});
