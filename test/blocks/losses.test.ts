// Losses against their equations.

import { describe, expect, it } from 'vitest';
import { runSystem } from './run-system.js';

const u = [-0.8, -0.3, -0.2, 0, 0.1, 0.3, 0.5, 2];
const w = [0.4, -1, 0.1, 0, -0.5, 0.2, 0.3, -3];
const excess = (x: number, limit: number): number => Math.sign(x) * Math.max(0, Math.abs(x) - limit);

describe('a loss', () => {
  const cases: [string, (x: number) => number][] = [
    ['l2_loss(X)', (x) => x * x],
    ['absolute_loss(X)', Math.abs],
    ['skim_loss(X, limit: 0.3)', (x) => excess(x, 0.3) ** 2],
    ['hinge_loss(X, limit: 0.2)', (x) => Math.max(0, x - 0.2)],
    ['hinge_loss(X, limit: -0.2)', (x) => Math.max(0, x + 0.2)],
  ];

  it.each(cases)('%s of a signal', (call, cost) => {
    const { y } = runSystem(`y = ${call.replace('X', 'u')}\noutput y`, { u }, u.length);
    y!.forEach((value, n) => expect(value).toBeCloseTo(cost(u[n]!), 14));
  });

  it.each(cases)('%s of a vector is the mean of its elements', (call, cost) => {
    const { y } = runSystem(`y = ${call.replace('X', '[u, w]')}\noutput y`, { u, w }, u.length);
    y!.forEach((value, n) => expect(value).toBeCloseTo((cost(u[n]!) + cost(w[n]!)) / 2, 14));
  });
});
