// The step, small system by small system: what is read at an event is the state before it; between
// events outputs follow their state or hold. Expected values are written out or computed by hand.

import { describe, expect, test } from 'vitest';
import { runText } from '../properties/run-netlist.js';

/** Rows of the records of a system whose input u is a ramp of 1 V each microsecond from 0. */
function rows(body: string, records: string, ticks = 6): Record<string, number[]> {
  const text = `system s {\n  input u : V\n${body}\n  output out_u = u\n}\nbench s {\n  u = ramp(slope: 1e6)\n  run ${ticks} ticks of clk\n${records}\n}\n`;
  return Object.fromEntries([...runText(text)].map(([name, values]) => [name, [...values].map((value) => Math.round(value * 1e9) / 1e9)]));
}
const clk = '  clock clk = 1MHz\n';
const phases = '  clock clk = 1MHz phases [p1, p2 at 0.5, p3 at 0.75]\n';

describe('time zero', () => {
  test('states start at their initial values and the first event is at t = 0', () => {
    expect(
      rows(
        `${clk}  r = register(u, initial: 7V)\n  d = delay(u, ticks: 2, initial: -1V)\n  x = integrator(u, initial: 0.5V)\n  a = accumulator(u, initial: 0.5V)`,
        '  record r, d, x, a',
      ),
    ).toEqual({
      r: [7, 0, 1, 2, 3, 4],
      d: [-1, -1, 0, 1, 2, 3],
      x: [0.5, 0.5, 1.5, 3.5, 6.5, 10.5],
      a: [0.5, 1.5, 3.5, 6.5, 10.5, 15.5],
    });
  });

  test('the first event of a clock with an offset comes then; before it the initial output is read', () => {
    expect(
      rows(
        `${clk}  clock late = 1MHz offset 2.5us\n  h = sample_hold(u, initial: 9V) @ late\n  c = comparator(u, -1V, initial: "low") @ late`,
        '  record h, c @ clk',
      ),
    ).toEqual({
      h: [9, 9, 9, 2.5, 3.5, 4.5],
      c: [0, 0, 0, 1, 1, 1],
    });
  });
});

describe('between its events', () => {
  test('an integrator and a register show the state after their event, an accumulator the sum', () => {
    const body = `${phases}  x = integrator(1V) @ clk.p2\n  a = accumulator(1V) @ clk.p2\n  r = register(u) @ clk.p2`;
    const at = (phase: string) => rows(body, `  record x, a, r @ clk.${phase}`, 4);
    // At p1 the event p2 of the tick before has passed.
    expect(at('p1')).toEqual({ x: [0, 1, 2, 3], a: [0, 1, 2, 3], r: [0, 0.5, 1.5, 2.5] });
    // At p2 itself: before the update, but an accumulator feeds through.
    expect(at('p2')).toEqual({ x: [0, 1, 2, 3], a: [1, 2, 3, 4], r: [0, 0.5, 1.5, 2.5] });
    expect(at('p3')).toEqual({ x: [1, 2, 3, 4], a: [1, 2, 3, 4], r: [0.5, 1.5, 2.5, 3.5] });
  });

  test('a sample-and-hold holds its sample, an expression follows at any time', () => {
    const body = `${phases}  h = sample_hold(u) @ clk.p2\n  e = 2*u\n  d = differentiator(u) @ clk.p2`;
    const at = (phase: string) => rows(body, `  record h, e, d @ clk.${phase}`, 3);
    expect(at('p1')).toEqual({ h: [0, 0.5, 1.5], e: [0, 2, 4], d: [0, 0.5, 1] });
    expect(at('p2')).toEqual({ h: [0.5, 1.5, 2.5], e: [1, 3, 5], d: [0.5, 1, 1] });
    expect(at('p3')).toEqual({ h: [0.5, 1.5, 2.5], e: [1.5, 3.5, 5.5], d: [0.5, 1, 1] });
  });

  test('a comparator keeps its decision', () => {
    const body = `${phases}  c = comparator(u, 1.25V) @ clk.p2\n  s = schmitt(u, 1V, hysteresis: 0.25V) @ clk.p2`;
    expect(rows(body, '  record c, s @ clk.p1', 4)).toEqual({ c: [0, 0, 1, 1], s: [0, 0, 1, 1] });
    expect(rows(body, '  record c, s @ clk.p3', 4)).toEqual({ c: [0, 1, 1, 1], s: [0, 1, 1, 1] });
  });
});

describe('one event', () => {
  test('a chain of registers moves by one, whatever the order of lines', () => {
    const lines = ['  a = register(u)', '  b = register(a)', '  c = register(b)'];
    const expected = { a: [0, 0, 1, 2, 3, 4], b: [0, 0, 0, 1, 2, 3], c: [0, 0, 0, 0, 1, 2] };
    expect(rows(clk + lines.join('\n'), '  record a, b, c')).toEqual(expected);
    expect(rows(clk + lines.reverse().join('\n'), '  record a, b, c')).toEqual(expected);
  });

  test('two sample-and-holds at one event pass the same sample', () => {
    expect(rows(`${clk}  b = sample_hold(a)\n  a = sample_hold(u)`, '  record a, b')).toEqual({
      a: [0, 1, 2, 3, 4, 5],
      b: [0, 1, 2, 3, 4, 5],
    });
  });

  test('registers in a circle swap their values', () => {
    expect(rows(`${clk}  a = register(b, initial: 1V)\n  b = register(a, initial: 2V)`, '  record a, b', 4)).toEqual({
      a: [1, 2, 1, 2],
      b: [2, 1, 2, 1],
    });
  });

  test('edges of two clocks that coincide are one event', () => {
    const body = `${clk}  clock half = clk / 2\n  a = register(u)\n  b = register(a) @ half\n  c = register(b)`;
    // b takes at t = 0, 2, 4 what a showed before that instant.
    expect(rows(body.replace('register(u)', 'register(u) @ clk').replace('register(b)', 'register(b) @ clk'), '  record a, b, c')).toEqual({
      a: [0, 0, 1, 2, 3, 4],
      b: [0, 0, 0, 1, 1, 3],
      c: [0, 0, 0, 0, 1, 1],
    });
  });
});

describe('a block with several events', () => {
  test('charge is taken in one phase and moved in the other', () => {
    const body = `${phases}  y = sc_integrator(u, c_in: 10fF, c_fb: 20fF, sample: clk.p1, transfer: clk.p2)`;
    expect(rows(body, '  record y @ clk.p1', 4)).toEqual({ y: [0, 0, 0.5, 1.5] });
    // Within the transfer event the output shows the new value already.
    expect(rows(body, '  record y @ clk.p2', 4)).toEqual({ y: [0, 0.5, 1.5, 3] });
  });

  test('events that fall on the same instant are refused', () => {
    const body = `${clk}  y = sc_integrator(u, c_in: 10fF, c_fb: 10fF, sample: clk, transfer: clk)`;
    expect(() => rows(body, '  record y', 4)).toThrow("DL407] events 'sample' and 'transfer' of 'y' fall on the same instant");
  });
});

describe('frames', () => {
  test('states return to their initial values before the first event of each frame', () => {
    const body = `${clk}  x = integrator(1V, initial: 2V)\n  d = delay(u, ticks: 2, initial: 9V)\n  f = fir(1V, taps: [1, 1, 1])\n  n = temperature_counter(true, bits: 8)\n  frame 3 ticks`;
    expect(rows(body, '  record x, d, f, n', 8)).toEqual({
      x: [2, 3, 4, 2, 3, 4, 2, 3],
      d: [9, 9, 0, 9, 9, 3, 9, 9],
      f: [1, 2, 3, 1, 2, 3, 1, 2],
      n: [1, 2, 3, 1, 2, 3, 1, 2],
    });
  });

  test('a frame of the top system leaves the blocks of the bench alone', () => {
    const text =
      'system counter {\n  input a : V\n  n = integrator(a)\n  output n\n}\nsystem s {\n  clock clk = 1MHz\n  input u : V\n  x = integrator(u)\n  frame 3 ticks\n  output x\n}\nbench s {\n  u = dc(value: 1V)\n  total = integrator(u) @ clk\n  c = counter(u) @ clk\n  run 6 ticks of clk\n  record x, total, c\n}\n';
    expect(Object.fromEntries([...runText(text)].map(([name, values]) => [name, [...values]]))).toEqual({
      x: [0, 1, 2, 0, 1, 2],
      total: [0, 1, 2, 3, 4, 5],
      c: [0, 1, 2, 3, 4, 5],
    });
  });

  test('a frame of a sub-system resets what is inside it and nothing else', () => {
    const inner =
      'system leaf {\n  input a : V\n  x = integrator(a)\n  output x\n}\nsystem counter {\n  input a : V\n  n = integrator(a)\n  deep = leaf(a)\n  frame 2 ticks of clk\n  output n, deep\n}\n';
    const text = `${inner}system s {\n  clock clk = 1MHz\n  input u : V\n  c = counter(u)\n  cx = integrator(u)\n  for i in 0..2 {\n    bank[i] = counter(a: u)\n  }\n  frame 5 ticks\n  output cx\n}\nbench s {\n  u = dc(value: 1V)\n  run 8 ticks of clk\n  record n = c.n, deep = c.deep, cx, b0 = bank[0].n, b1 = bank[1].deep\n}\n`;
    const waves = Object.fromEntries([...runText(text)].map(([name, values]) => [name, [...values]]));
    const inside = [0, 1, 0, 1, 0, 0, 0, 1];
    expect(waves).toEqual({ n: inside, deep: inside, cx: [0, 1, 2, 3, 4, 0, 1, 2], b0: inside, b1: inside });
  });
});

describe('feedthrough goes by pairs of ports', () => {
  const text = (feedback: string) =>
    `${clk}  y = state_space([u, ${feedback}], A: [[0.5]], B: [[1, 0.25]], C: [[1], [0]], D: [[0, 0], [1, 0]])`;

  test('a block with a registered and a direct output may be in a loop by the registered one', () => {
    const { 'y[0]': state, 'y[1]': direct } = rows(text('y[0]'), '  record y', 5);
    expect(direct).toEqual([0, 1, 2, 3, 4]);
    const expected = [0];
    for (let n = 0; n < 4; n++) expected.push(0.5 * expected[n]! + n + 0.25 * expected[n]!);
    expect(state).toEqual(expected);
  });

  test('a loop by the direct output from the input that it does not depend on is none', () => {
    expect(rows(text('y[1]'), '  record y', 5)['y[0]']).toEqual([0, 0, 1.25, 3.125, 5.3125]);
  });

  test('a loop by the direct path is one', () => {
    const body = `${clk}  y = state_space([y[1], u], A: [[0.5]], B: [[1, 0.25]], C: [[1], [0]], D: [[0, 0], [1, 0]])`;
    expect(() => rows(body, '  record y')).toThrow(/DL401.*algebraic loop: y\[1\] <- y\[1\]/);
  });
});

test('a clocked latch in a loop through another phase is no loop', () => {
  const body = `${phases}  c = comparator(u, d) @ clk.p1\n  d = sample_hold(c ? 10V : 0V) @ clk.p2`;
  expect(rows(body, '  record c, d @ clk.p3', 4)).toEqual({ c: [0, 1, 0, 1], d: [0, 10, 0, 10] });
});
