// Converters, switched capacitors and continuous-time blocks against their equations.

import { describe, expect, it } from 'vitest';
import { runSystem } from './run-system.js';

describe('quantizer', () => {
  const ramp = Array.from({ length: 41 }, (_, i) => (i - 20) / 8);
  /** The nearest of the levels, the higher one on a threshold. */
  const nearest = (x: number, levels: number, fullScale: number): number => {
    const all = Array.from({ length: levels }, (_, k) => -fullScale + (2 * fullScale * k) / (levels - 1));
    return all.reduce((best, level) => (Math.abs(level - x) <= Math.abs(best - x) ? level : best));
  };

  it.each([2, 3, 4, 5, 10])('%d levels: the nearest level, thresholds going up', (levels) => {
    const { y } = runSystem(`y = quantizer(u, levels: ${levels}, full_scale: 1.5)\noutput y`, { u: ramp }, ramp.length);
    y!.forEach((value, i) => expect(value).toBeCloseTo(nearest(ramp[i]!, levels, 1.5), 12));
  });

  it.each([2, 3, 4])('%d levels: thresholds going down mirror those going up', (levels) => {
    const { up, down } = runSystem(
      `up = quantizer(-u, levels: ${levels})\ndown = quantizer(u, levels: ${levels}, at_threshold: "down")\noutput up, down`,
      { u: ramp },
      ramp.length,
    );
    expect(down!.map((x) => x + 0)).toEqual(up!.map((x) => -x + 0));
  });

  it('zero goes where at_threshold says', () => {
    const body = 'a = quantizer(u)\nb = quantizer(u, at_threshold: "down")\noutput a, b';
    expect(runSystem(body, { u: [0, 1e-300, -1e-300] }, 3)).toEqual({ a: [1, 1, -1], b: [-1, 1, -1] });
  });
});

describe('comparator', () => {
  it('decides at its event and holds', () => {
    const body = `clock clk = 1kHz phases [p1, p2]
      y = comparator(u, 1, initial: "high") @ clk.p2
      z = sample_hold(y) @ clk.p1
      output y, z`;
    // At p1 the decision of the tick before still stands.
    expect(runSystem(body, { u: [2, 1, 0, 3] }, 4)).toEqual({ y: [1, 0, 0, 1], z: [1, 1, 0, 0] });
  });

  it('has an offset', () => {
    expect(runSystem('y = comparator(u, offset: 0.5)\noutput y', { u: [0.4, 0.5, 0.6] }, 3).y).toEqual([0, 0, 1]);
  });

  it('schmitt needs the hysteresis to change its mind', () => {
    expect(runSystem('y = schmitt(u, hysteresis: 1)\noutput y', { u: [0.5, 1.5, 0.5, -0.5, -1.5, 0.5] }, 6).y).toEqual([0, 1, 1, 1, 0, 0]);
  });
});

describe('switched capacitors', () => {
  it('sc_integrator takes charge in one phase and moves it in the other', () => {
    const body = `clock clk = 1kHz phases [p1, p2]
      y = sc_integrator(u*1V, c_in: 20fF, c_fb: 80fF, sample: clk.p1, transfer: clk.p2, initial: 1V)
      before = sample_hold(y) @ clk.p1
      output y, before`;
    expect(runSystem(body, { u: [4, 8, -4] }, 3)).toEqual({ y: [2, 4, 3], before: [1, 2, 4] });
  });

  it('sc_integrator stays between its rails', () => {
    const body = `clock clk = 1kHz phases [p1, p2]
      y = sc_integrator(u*1V, c_in: 1pF, c_fb: 1pF, low: 0V, high: 5V, sample: clk.p1, transfer: clk.p2)
      output y`;
    expect(runSystem(body, { u: [4, 4, -1, -9] }, 4).y).toEqual([4, 5, 4, 0]);
  });

  it('capacitor arrays switch units on', () => {
    const body = 'a = capacitor_array(u, unit: 1F, size: 4)\nb = weighted_array([u > 1, u > 2], unit: 2F, weights: [1, 4])\noutput a, b';
    expect(runSystem(body, { u: [-1, 2, 9] }, 3)).toEqual({ a: [0, 2, 4], b: [0, 2, 10] });
  });

  it('temperature_counter is a row of ones whose first is always on', () => {
    const body = 'y = temperature_counter(u > 0, bits: 3)\noutput y, code = y.code';
    const { y, 'code[0]': c0, 'code[1]': c1, 'code[2]': c2 } = runSystem(body, { u: [1, 1, 1, 1, 0, 0, 0, 0] }, 8);
    expect(y).toEqual([1, 2, 3, 3, 3, 2, 1, 1]);
    expect(c0).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(c1).toEqual([0, 1, 1, 1, 1, 1, 0, 0]);
    expect(c2).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
  });
});

describe('low_pass', () => {
  const corner = 100;
  const x = (2 * Math.PI * corner) / 1000;

  it('zoh: a step rises as 1 - exp(-t/tau), one tick late', () => {
    const { y } = runSystem('y = low_pass(u, corner: 100Hz)\noutput y', { u: [1, 1, 1, 1, 1] }, 5);
    y!.forEach((value, n) => expect(value).toBeCloseTo(n === 0 ? 0 : 1 - Math.exp(-x * n), 14));
  });

  it('foh: the response to a ramp is exact', () => {
    const { y } = runSystem('y = low_pass(u, corner: 100Hz, interpolation: "foh")\noutput y', { u: [0, 1, 2, 3, 4, 5] }, 6);
    // y' = (u - y)/tau with u = n: y = n - (1 - exp(-x n))/x
    y!.forEach((value, n) => expect(value).toBeCloseTo(n - (1 - Math.exp(-x * n)) / x, 13));
  });

  it.each([0, 1e-9, 1e-3, 1, 9.9, 10, 100])('foh: the response to a ramp keeps its digits with a corner of %d Hz', (cornerHz) => {
    const { y } = runSystem(`y = low_pass(u, corner: ${cornerHz}Hz, interpolation: "foh")\noutput y`, { u: [0, 1] }, 2);
    // The first rise is 1 - (1 - a)/x = 1 + expm1(-x)/x; below 1e-3 that is x/2 to 2^-53 and its first correction.
    const z = (2 * Math.PI * cornerHz) / 1000;
    const exact = z < 1e-3 ? (z / 2) * (1 - z / 3 + (z * z) / 12) : 1 + Math.expm1(-z) / z;
    expect(Math.abs(y![1]! - exact)).toBeLessThanOrEqual((z < 1e-3 ? 1e-12 : 1e-14) * exact + 1e-15);
  });

  it('other clocks see its value at its last event', () => {
    const body = `clock clk = 1kHz phases [p1, p2]
      y = low_pass(u, corner: 100Hz) @ clk.p1
      later = sample_hold(y) @ clk.p2
      output y, later`;
    const { y, later } = runSystem(body, { u: [1, 1, 1] }, 3);
    expect(later).toEqual(y);
  });
});
