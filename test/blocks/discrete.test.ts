// Discrete-time blocks against their equations, computed here by hand.

import { describe, expect, it } from 'vitest';
import { runSystem } from './run-system.js';

const u = [1, -2, 3, 0.5, 4, -1, 2, 2];

describe('discrete-time blocks', () => {
  it('register shows the input of the event before', () => {
    expect(runSystem('y = register(u, initial: 7)\noutput y', { u }, 5).y).toEqual([7, 1, -2, 3, 0.5]);
  });

  it('register takes bits as well', () => {
    expect(runSystem('y = register(u > 0)\noutput y', { u }, 5).y).toEqual([0, 1, 0, 1, 1]);
  });

  it('delay moves its input by whole ticks', () => {
    expect(runSystem('y = delay(u, ticks: 3, initial: 9)\noutput y', { u }, 7).y).toEqual([9, 9, 9, 1, -2, 3, 0.5]);
    expect(runSystem('y = delay(u)\noutput y', { u }, 3).y).toEqual([0, 1, -2]);
  });

  it('integrator sums with gain and leak, one tick late', () => {
    expect(runSystem('y = integrator(u, gain: 2, leak: 0.5, initial: 4)\noutput y', { u }, 5).y).toEqual([4, 4, -2, 5, 3.5]);
  });

  it('integrator saturates at its limit', () => {
    expect(runSystem('y = integrator(u, limit: 1.5)\noutput y', { u }, 6).y).toEqual([0, 1, -1, 1.5, 1.5, 1.5]);
  });

  it('accumulator shows the sum with this input', () => {
    expect(runSystem('y = accumulator(u)\noutput y', { u }, 5).y).toEqual([1, -1, 2, 2.5, 6.5]);
    expect(runSystem('y = accumulator(u, limit: 2, leak: 0.5)\noutput y', { u }, 5).y).toEqual([1, -1.5, 2, 1.5, 2]);
  });

  it('differentiator shows the change', () => {
    expect(runSystem('y = differentiator(u, gain: 2, initial: 1)\noutput y', { u }, 5).y).toEqual([0, -6, 10, -5, 7]);
  });

  it('state_space follows its matrices', () => {
    // x1' = 0.5 x1 + u, x2' = x1 - x2;  y1 = x2, y2 = x1 + 3 u
    const body =
      'y = state_space(u, A: [[0.5, 0], [1, -1]], B: [[1], [0]], C: [[0, 1], [1, 0]], D: [[0], [3]])\noutput y1 = y[0], y2 = y[1]';
    const expected = { y1: [] as number[], y2: [] as number[] };
    let [x1, x2] = [0, 0];
    for (const value of u) {
      expected.y1.push(x2);
      expected.y2.push(x1 + 3 * value);
      [x1, x2] = [0.5 * x1 + value, x1 - x2];
    }
    expect(runSystem(body, { u }, u.length)).toEqual(expected);
  });

  it('state_space clears its state where reset is 1', () => {
    const body = 'y = state_space(u, A: [[1]], B: [[1]], C: [[1]], reset: abs(y[0]) >= 2)\noutput y = y[0]';
    const renamed = body.replaceAll('y[0]', 's[0]').replace('y = state', 's = state');
    expect(runSystem(renamed, { u }, 8).y).toEqual([0, 1, -1, 2, 0, 4, 0, 2]);
  });

  it('an output of state_space without feedthrough may be fed back to its input', () => {
    const body = 's = state_space([u, -s[0]], A: [[1]], B: [[1, 0.5]], C: [[1], [0]], D: [[0, 0], [2, 0]])\noutput y = s[0], d = s[1]';
    const { y, d } = runSystem(body, { u: [1, 0, 0, 0] }, 4);
    expect(y).toEqual([0, 1, 0.5, 0.25]);
    expect(d).toEqual([2, 0, 0, 0]);
  });

  it('fir convolves with its taps', () => {
    expect(runSystem('y = fir(u, taps: [1, 10, 100])\noutput y', { u }, 5).y).toEqual([1, 8, 83, -169.5, 309]);
  });

  it('fir with a thousand taps is a loop', () => {
    const taps = '[i/4096 for i in 0..1024]';
    const impulse = Array.from({ length: 1100 }, (_, n) => (n === 0 ? 1 : 0));
    const { y } = runSystem(`y = fir(u, taps: ${taps})\noutput y`, { u: impulse }, 1100);
    expect(y).toEqual(impulse.map((_, n) => (n < 1024 ? n / 4096 : 0)));
  });
});
