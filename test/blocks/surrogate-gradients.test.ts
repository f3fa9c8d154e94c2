// Gradients that non-smooth blocks declare: the adjoint against derivatives written out, and runs that do not see them.

import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { elaborate } from '../../src/graph/elaborate.js';
import { compileNetlist, loadText } from '../../src/index.js';
import { programNodes } from '../../src/ir/roots.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { lowerDifferentiable } from '../../src/schedule/lower.js';

const ticks = 4;

/** A bench of four ticks that records y. */
const benchOf = (body: string, a: number): string => `
  system s(a = ${a}) {
    clock clk = 1MHz phases [p1, p2]
    ${body}
    output y
  }
  bench s {
    run ${ticks} ticks of clk
    record y
  }`;

/** The derivative by a of the sum of all rows of y, and that sum. */
async function slopeOf(body: string, a: number): Promise<{ slope: number; sum: number }> {
  const library = loadText(benchOf(body, a));
  const bag = new DiagnosticBag();
  const program = lowerDifferentiable(elaborate(library, { bench: library.benches[0]! }, bag), bag);
  const gradients = await laneGradients(program, { learned: ['a'], objectives: ['y'], clock: 0, ticks, backend: 'js' });
  const params = Float64Array.from(gradients.adjoint.program.params, ({ name, value }) => (name === 'a' ? a : value));
  let sum = 0;
  const [ofA] = await gradients.run(1, params, (rows) =>
    rows.map((lanes) =>
      lanes.map((column) => {
        sum = column.subarray(0, ticks).reduce((total, value) => total + value, 0);
        return Float64Array.from(column, (_, row) => (row < ticks ? 1 : 0));
      }),
    ),
  );
  return { slope: ofA![0]!, sum };
}

const sech2 = (x: number): number => 1 - Math.tanh(x) ** 2;

describe('the gradient of', () => {
  // Each row of y has the same derivative here.
  it.each<[string, number, number]>([
    ['quantizer(3*a*1V, full_scale: 2V)', 0.5, 3],
    ['quantizer(3*a*1V, full_scale: 2V)', 1, 0],
    ['quantizer(3*a*1V, full_scale: 2V, gradient: "straight")', 1, 3],
    ['quantizer(3*a*1V, full_scale: 2V, gradient: "tanh")', 0.5, 3 * sech2(0.75)],
    ['quantizer(3*a*1V, full_scale: 2V, gradient: "none")', 0.5, 0],
    ['quantizer(3*a*1V, full_scale: 2V, gradient_width: 0.5V)', 0.1, 12],
    ['quantizer(3*a*1V, full_scale: 2V, gradient_width: 0.5V)', 0.2, 0],
    ['quantizer(3*a*1V, full_scale: 2V, levels: 5)', 0.5, 3],
    ['quantizer(3*a*1V, full_scale: 2V, levels: 5)', 1, 0],
    ['quantizer(3*a*1V, full_scale: 2V, levels: 4, gradient: "straight")', 1, 3],
    ['quantizer(3*a*1V, full_scale: 2V, at_threshold: "down")', 0, 3],
    ['clip(3*a*1V)', 0.2, 3],
    ['clip(3*a*1V)', 0.5, 0],
    ['clip(3*a*1V, gradient: "straight")', 0.5, 3],
    ['deadzone(3*a*1V, width: 1V)', 0.2, 0],
    ['deadzone(3*a*1V, width: 1V, gradient: "straight")', 0.2, 3],
    ['comparator(3*a*1V, 0.5V) ? 1V : -1V', 0.2, 3],
    ['comparator(3*a*1V, 0.5V) ? 1V : -1V', 0.6, 0],
    ['comparator(3*a*1V, 0.5V, gradient: "straight", gradient_width: 2V) ? 1V : -1V', 5, 1.5],
    ['comparator(3*a*1V, 0.5V, gradient: "tanh") ? 1V : -1V', 0.2, 3 * sech2(0.1)],
    ['comparator(3*a*1V, 0.5V, gradient: "none") ? 1V : -1V', 0.2, 0],
  ])('%s at a = %f is %f', async (block, a, expected) => {
    const isLatched = block.startsWith('comparator');
    const body = isLatched ? `c = ${block.replace(/ \?.*/, '')} @ clk.p1\n    y = c ? 1V : -1V` : `y = ${block}`;
    const { slope } = await slopeOf(body, a);
    expect(slope).toBeCloseTo(ticks * expected, 12);
  });

  it('a Schmitt trigger passes through its decision and through its last one', async () => {
    // d[n] = step(a - h(d[n-1])), h from +0.1 to -0.1: its slope is 1/2 * (1 + 0.2 * slope of the last).
    const { slope } = await slopeOf('c = schmitt(a*1V, hysteresis: 0.1V) @ clk.p1\n    y = c ? 1V : 0V', 0.3);
    let [last, sum] = [0, 0];
    for (let n = 0; n < ticks; n++) sum += last = 0.5 * (1 + 0.2 * last);
    expect(slope).toBeCloseTo(sum, 12);
  });

  // Rows are taken in the second phase, behind the events: 0.8, 1, 1, 1. Without the limit row n would be (n + 1)*a.
  it.each([
    ['integrator(a*1V, limit: 1V)', 1],
    ['integrator(a*1V, limit: 1V, saturation_gradient: "straight")', 1 + 2 + 3 + 4],
    ['accumulator(a*1V, limit: 1V)', 1],
    ['accumulator(a*1V, limit: 1V, saturation_gradient: "straight")', 1 + 2 + 3 + 4],
  ])('%s', async (block, expected) => {
    const { slope, sum } = await slopeOf(`y = ${block} @ clk.p1`, 0.8);
    expect(sum).toBeCloseTo(3.8, 12);
    expect(slope).toBeCloseTo(expected, 12);
  });

  it.each([
    ['clipped', 1],
    ['straight', 1 + 2 + 3 + 4],
  ])('a switched-capacitor integrator whose saturation is %s', async (gradient, expected) => {
    const block = `sc_integrator(a*1V, c_in: 10fF, c_fb: 10fF, high: 1V, saturation_gradient: "${gradient}", sample: clk.p1, transfer: clk.p2)`;
    const { slope, sum } = await slopeOf(`y = ${block}`, 0.8);
    expect(sum).toBeCloseTo(3.8, 12);
    expect(slope).toBeCloseTo(expected, 12);
  });

  // The decision has the slope 1/2 and the count changes by 1 or -1: count[n] has the slope n until it stays at its end.
  it.each([
    ['t', 'clipped', 9, 1 + 2 + 3 + 4],
    ['ones(t.code)', 'clipped', 9, 1 + 2 + 3 + 4],
    ['t', 'clipped', 5, 1],
    ['t', 'straight', 5, 1 + 2 + 3 + 4],
    ['t', 'none', 9, 0],
  ])('%s of a temperature counter (%s, %i bits)', async (output, gradient, bits, expected) => {
    const { slope, sum } = await slopeOf(
      `c = comparator(a*1V) @ clk.p1
    t = temperature_counter(c, bits: ${bits}, initial: 4, gradient: "${gradient}") @ clk.p1
    y = ${output}`,
      0.3,
    );
    expect(sum).toBe(bits === 9 ? 5 + 6 + 7 + 8 : 5 + 5 + 5 + 5);
    expect(slope).toBeCloseTo(expected, 12);
  });

  it('gates passes where their output follows an input', async () => {
    // xnor(c, d) with d = 1 follows c; with d = 0 it is its inverse.
    for (const [other, sign] of [
      ['-1V', -1],
      ['1V', 1],
    ] as const) {
      const body = `c = comparator(a*1V) @ clk.p1\n    d = comparator(${other}) @ clk.p1\n    e = xnor(c, d)\n    y = e ? 1V : 0V`;
      expect((await slopeOf(body, 0.3)).slope).toBeCloseTo((sign * ticks) / 2, 12);
    }
  });
});

describe('a run', () => {
  const bodies = ['straight', 'clipped', 'tanh', 'none'].map(
    (gradient) => `x = integrator(a*1V - y, limit: 2V) @ clk.p1\n    y = quantizer(x, levels: 2, full_scale: 1V, gradient: "${gradient}")`,
  );

  it('has no surrogates, and the same parameters with every gradient', () => {
    const programs = bodies.map((body) => compileNetlist(loadText(benchOf(body, 0.3))).program);
    for (const program of programs) {
      expect([...programNodes(program)].some(({ op }) => op === 'surrogate')).toBe(false);
      expect(program.params).toEqual(programs[0]!.params);
      expect(program.params.some(({ name }) => name.includes('gradient'))).toBe(false);
    }
  });

  it.each([
    ['comparator(1V, gradient_width: 0V) @ clk.p1', 'gradient_width must be positive'],
    ['schmitt(1V, gradient_width: -1V) @ clk.p1', 'gradient_width must be positive'],
  ])('refuses %s', (block, message) => {
    expect(() => compileNetlist(loadText(benchOf(`c = ${block}\n    y = c ? 1V : a*1V`, 0)))).toThrow(message);
  });
});
