// A choice whose test is made of parameters is made once: its other arm is no part of the system.

import { describe, expect, test } from 'vitest';
import { checkNetlist } from '../../src/index.js';
import { compileText, runText } from '../properties/run-netlist.js';

const bench = '\nbench s {\n  u = ramp(slope: 1e6)\n  run 6 ticks\n  record y\n}\n';
const rows = (body: string, set: ReadonlyMap<string, string> = new Map()): number[] => [
  ...runText(`system s(n = 3, mode = 0) {\n  clock clk = 1MHz\n  input u : V\n${body}\n  output y\n}${bench}`, { set }).get('y')!,
];

describe('a choice by parameters', () => {
  test('the first element of a chain may name what is before it only in the arm not taken', () => {
    const chain = '  for i in 0..n { x[i] = register(i == 0 ? u : x[i - 1]) }\n  y = x[n - 1]';
    expect(rows(chain)).toEqual([0, 0, 0, 0, 1, 2].map((volts) => expect.closeTo(volts, 9) as number));
    expect(rows(chain, new Map([['n', '1']]))).toEqual([0, 0, 1, 2, 3, 4].map((volts) => expect.closeTo(volts, 9) as number));
  });

  test('selects blocks and vectors of either length, and makes its parameter structural', () => {
    const switched = '  a = mode > 0 ? [u, u] : [u, u, u]\n  y = sum(a)';
    expect(rows(switched)[1]).toBeCloseTo(3, 9);
    expect(rows(switched, new Map([['mode', '1']]))[1]).toBeCloseTo(2, 9);
    const text = `system s(mode = 0) {\n  clock clk = 1MHz\n  input u : V\n  a = register(u)\n  y = mode > 0 ? a : u\n  output y\n}${bench}`;
    const { graph } = compileText(text);
    expect(graph.params.find(({ name }) => name === 'mode')).toMatchObject({ structural: true });
    // The idle arm is no mistake.
    expect(graph.warnings).toEqual([]);
  });

  test('an algebraic loop in the arm not taken is none', () => {
    const text = 'system s(closed = 0) {\n  clock clk = 1MHz\n  input u : V\n  y = u - (closed > 0 ? y : 0V)\n  output y\n}\n';
    expect(checkNetlist(text)).toEqual([]);
    expect(checkNetlist(text.replace('closed = 0', 'closed = 1')).map(({ code }) => code)).toEqual(['DL401']);
  });

  test('its test is true or false', () => {
    const text = 'system s {\n  clock clk = 1MHz\n  input u : V\n  y = 2 ? u : -u\n  output y\n}\n';
    expect(checkNetlist(text).map(({ code, message }) => `${code} ${message}`)).toEqual(['DL305 a number where true or false is needed']);
  });
});
