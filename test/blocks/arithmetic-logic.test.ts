// Blocks without a clock against their equations, and the same as expressions.

import { describe, expect, it } from 'vitest';
import { runSystem } from './run-system.js';

const u = [-2, -1, -0.5, 0, 0.5, 1, 2];
const a = [0, 0, 1, 1];
const b = [0, 1, 0, 1];

describe('arithmetic', () => {
  const cases: [string, (x: number) => number][] = [
    ['gain(u, gain: 3)', (x) => 3 * x],
    ['sum([u, 2*u, 1])', (x) => x + 2 * x + 1],
    ['clip(u, low: -0.75, high: 1.5)', (x) => Math.min(Math.max(x, -0.75), 1.5)],
    ['deadzone(u, width: 0.75)', (x) => x - Math.min(Math.max(x, -0.75), 0.75)],
    ['rectifier(u)', Math.abs],
    ['wrap(u, modulus: 0.75)', (x) => x - 0.75 * Math.floor(x / 0.75)],
    ['u - 2*u/4', (x) => x - (2 * x) / 4],
    ['-u + 1', (x) => -x + 1],
    ['u > 0 ? u : -1', (x) => (x > 0 ? x : -1)],
    ['min(u, 0.25) + max(u, -0.25)', (x) => Math.min(x, 0.25) + Math.max(x, -0.25)],
    ['floor(u) + round(u/2)', (x) => Math.floor(x) + Math.round(x / 2 - (x === -1 || x === 1 ? x * 0.1 : 0))],
    ['sqrt(abs(u))', (x) => Math.sqrt(Math.abs(x))],
    ['u >= 0.5', (x) => Number(x >= 0.5)],
    ['u != 0', (x) => Number(x !== 0)],
    ['2*(u > 0) - 1', (x) => 2 * Number(x > 0) - 1],
  ];
  it.each(cases)('%s', (expression, value) => {
    // Sums with 0 tell 0 from -0 apart no more.
    expect(runSystem(`y = ${expression}\noutput y`, { u }, u.length).y!.map((x) => x + 0)).toEqual(u.map((x) => value(x) + 0));
  });

  it('elementary functions are within an ulp or two of the platform', () => {
    const { y } = runSystem('y = exp(u) + sin(u)*cos(u) + tanh(u) + log(abs(u) + 1)\noutput y', { u }, u.length);
    y!.forEach((value, i) => {
      const x = u[i]!;
      expect(value).toBeCloseTo(Math.exp(x) + Math.sin(x) * Math.cos(x) + Math.tanh(x) + Math.log(Math.abs(x) + 1), 13);
    });
  });
});

describe('logic', () => {
  const gates: [string, number[]][] = [
    ['and(p, q)', [0, 0, 0, 1]],
    ['or(p, q)', [0, 1, 1, 1]],
    ['xor(p, q)', [0, 1, 1, 0]],
    ['nand(p, q)', [1, 1, 1, 0]],
    ['nor(p, q)', [1, 0, 0, 0]],
    ['xnor(p, q)', [1, 0, 0, 1]],
    ['not(p)', [1, 1, 0, 0]],
    ['all([p, q, true])', [0, 0, 0, 1]],
    ['any([p, q, false])', [0, 1, 1, 1]],
    ['ones([p, q, true])', [1, 2, 2, 3]],
    ['mux(p, 5, 7)', [7, 7, 5, 5]],
    ['p && !q', [0, 0, 1, 0]],
    ['p || q', [0, 1, 1, 1]],
    ['p == q', [1, 0, 0, 1]],
    ['p != q', [0, 1, 1, 0]],
    ['p ? q : !q', [1, 0, 0, 1]],
  ];
  it.each(gates)('%s', (expression, expected) => {
    expect(runSystem(`p = a > 0.5\nq = b > 0.5\ny = ${expression}\noutput y`, { a, b }, 4).y).toEqual(expected);
  });
});
