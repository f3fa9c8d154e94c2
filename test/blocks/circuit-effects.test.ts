// Non-idealities of circuits against closed forms: thermal noise, finite gain, mismatch, offsets and noise of decisions.

import { describe, expect, it } from 'vitest';
import { mean, variance } from '../../src/numeric/statistics.js';
import { runText } from '../properties/run-netlist.js';
import { benchOf, drawLanes, firstRows } from '../random/draw-lanes.js';
import { correlation, faultsOf, normalCdf } from '../random/judge-normal.js';
import { runSystem } from './run-system.js';

const boltzmann = 1.380649e-23;
/** A variance estimated from so many draws is this close to its own, relatively. */
const varianceBound = (count: number): number => 4.5 * Math.sqrt(2 / count);
/** Of so many trials the share that succeeds is this close to its probability. */
const shareBound = (p: number, count: number): number => 4.5 * Math.sqrt((p * (1 - p)) / count);

const sc = (params: string): string => `  y = sc_integrator(0V, ${params}, sample: clk.p1, transfer: clk.p2)\n`;

describe('thermal noise of a switched-capacitor integrator', () => {
  const ticks = 2 ** 15;
  const steps = (params: string): Float64Array => {
    const y = runText(benchOf(sc(params), 'y', ticks)).get('y')!;
    return y.map((value, i) => value - (i === 0 ? 0 : y[i - 1]!));
  };

  it.each([
    [10e-15, 20e-15, 300],
    [1e-12, 20e-15, 300],
    [10e-15, 1e-12, 77],
  ])('with c_in = %d F, c_fb = %d F, %d K: steps of variance 2*k*T*c_in/c_fb^2, white', (c_in, c_fb, temperature) => {
    const found = steps(`c_in: ${c_in}F, c_fb: ${c_fb}F, temperature: ${temperature}K`);
    const expected = (2 * boltzmann * temperature * c_in) / c_fb ** 2;
    expect(Math.abs(variance(found) / expected - 1)).toBeLessThan(varianceBound(ticks));
    // Differences of a sum lose digits, so the draws are known to 1e-9 or so: enough here.
    expect(faultsOf(found.map((step) => step / Math.sqrt(expected)))).toEqual([]);
  });

  it('is drawn in both phases, each with half of the variance', () => {
    // What is sampled is seen after the transfer only; a second transfer without a sample has noise of its own.
    const text = benchOf(
      '  clock slow = clk / 2 phases [q1 at 0.1, q2]\n  y = sc_integrator(0V, c_in: 10fF, c_fb: 10fF, temperature: 300K, sample: slow.q1, transfer: clk.p2)',
      'y',
      ticks,
    );
    const y = runText(text).get('y')!;
    const added = y.map((value, i) => value - (i === 0 ? 0 : y[i - 1]!));
    const parity = (odd: number): Float64Array => added.filter((_, i) => i % 2 === odd);
    const once = (boltzmann * 300) / 10e-15;
    expect(Math.abs(variance(parity(0)) / (2 * once) - 1)).toBeLessThan(varianceBound(ticks / 2));
    expect(Math.abs(variance(parity(1)) / once - 1)).toBeLessThan(varianceBound(ticks / 2));
  });

  it('follows the capacitor that was sampled', () => {
    const params = 'c_in: capacitor_array(n, unit: 10fF, size: 8), c_fb: 10fF, temperature: 300K';
    const text = benchOf(`  grow = register(!grow) @ clk.p2\n  n = grow ? 4 : 1\n${sc(params)}`, 'y', ticks);
    const y = runText(text).get('y')!;
    const added = y.map((value, i) => value - (i === 0 ? 0 : y[i - 1]!));
    const once = (boltzmann * 300) / 10e-15;
    for (const [odd, units] of [
      [0, 1],
      [1, 4],
    ] as const) {
      const half = added.filter((_, i) => i % 2 === odd);
      expect(Math.abs(variance(half) / (2 * once * units) - 1)).toBeLessThan(varianceBound(ticks / 2));
    }
  });
});

describe('finite gain of the op-amp', () => {
  const [c, f] = [30e-15, 70e-15];

  it.each([5, 100, 1e5])('A = %d keeps the charge of the virtual ground', (A) => {
    const u = [1, -0.5, 0.25, 0.75, -1, 0, 0, 2, 1, -3];
    const body = `clock clk = 1kHz phases [p1, p2]\ny = sc_integrator(u, c_in: 30fF, c_fb: 70fF, opamp_gain: ${A}, initial: 0.5V, sample: clk.p1, transfer: clk.p2)\nout = register(y) @ clk.p1\noutput y, out`;
    const { y } = runSystem(body, { u }, u.length);
    // Across c_fb stands v - vx = v*(1 + 1/A), across c_in u before and -vx = v/A after.
    const chargeOf = (v: number): number => f * v * (1 + 1 / A);
    u.forEach((input, n) => {
      const [before, after] = [n === 0 ? 0.5 : y![n - 1]!, y![n]!];
      expect((chargeOf(after) - chargeOf(before) + (c * after) / A) / (c * input || c)).toBeCloseTo(input === 0 ? 0 : 1, 10);
    });
  });

  it.each([
    ['integrator', 'integrator(u, gain: GAIN, opamp_gain: A) @ clk'],
    ['accumulator', 'accumulator(u, gain: GAIN, opamp_gain: A) @ clk'],
  ])('of an %s leaves a leak and an error of gain', (type, call) => {
    for (const [gain, A] of [
      [0.5, 20],
      [-2, 1000],
    ] as const) {
      const u = [1, ...Array.from({ length: 40 }, () => 0)];
      const { y } = runSystem(`y = ${call.replace('GAIN', String(gain)).replace('A)', `${A})`)}\noutput y`, { u }, u.length);
      const loss = 1 + (1 + Math.abs(gain)) / A;
      const pole = (1 + 1 / A) / loss;
      const delay = type === 'integrator' ? 1 : 0;
      y!.forEach((value, n) => expect(value).toBeCloseTo(n < delay ? 0 : (gain / loss) * pole ** (n - delay), 12));
    }
  });

  it('gives the ideal integrator as it grows', () => {
    const u = [1, -0.5, 0.25, 0.75];
    const run = (gain: string): number[] => runSystem(`y = integrator(u, gain: 0.5${gain}) @ clk\noutput y`, { u }, 4)['y']!;
    expect(run(', opamp_gain: inf')).toEqual(run(''));
    run(', opamp_gain: 1e12').forEach((value, n) => expect(value).toBeCloseTo(run('')[n]!, 11));
  });
});

describe('mismatch', () => {
  const lanes = 4096;
  const array = (name: string, on: number, unit: string): string =>
    `  ${name} = capacitor_array(${on}, unit: ${unit}, size: 64, pelgrom: 2%*1um, density: 2fF/(1um*1um))\n`;

  it('of a unit is the matching coefficient over the root of its area', () => {
    const text = benchOf(
      `${array('a', 1, '8fF')}${array('b', 1, '32fF')}${array('c', 1, '512fF')}  y = register(a) @ clk.p1`,
      'a, b, c, y',
      1,
    );
    const drawn = drawLanes(text, lanes);
    for (const [name, unit] of [
      ['a', 8e-15],
      ['b', 32e-15],
      ['c', 512e-15],
    ] as const) {
      const relative = firstRows(drawn, name).map((value) => value / unit - 1);
      const area = unit / 2e-15; // um^2
      expect(Math.abs(variance(relative) / (0.02 ** 2 / area) - 1)).toBeLessThan(varianceBound(lanes));
      expect(Math.abs(mean(relative))).toBeLessThan((4.5 * 0.02) / Math.sqrt(area * lanes));
    }
  });

  it('of an array adds up unit by unit, the first ones first', () => {
    const text = benchOf(
      '  t = ramp(slope: 1e6)\n  c = capacitor_array(t, unit: 2fF, size: 20, pelgrom: 2%*1um, density: 2fF/(1um*1um))\n  y = register(c) @ clk.p1',
      'c, y @ clk.p1',
      24,
    );
    const rows = drawLanes(text, lanes).get('c')!;
    const error = (n: number): Float64Array => Float64Array.from(rows, (row) => row[n]! / 2e-15 - Math.min(n, 20));
    const unit = (n: number): Float64Array => {
      const before = error(n);
      return error(n + 1).map((value, lane) => (value - before[lane]!) / 0.02);
    };
    expect([...error(0)].every((value) => value === 0)).toBe(true);
    expect(error(23)).toEqual(error(20));
    for (const n of [1, 4, 20]) expect(Math.abs(variance(error(n)) / (n * 0.02 ** 2) - 1)).toBeLessThan(varianceBound(lanes));
    for (const n of [0, 7, 19]) expect(Math.abs(variance(unit(n)) - 1)).toBeLessThan(varianceBound(lanes));
    expect(Math.abs(correlation(unit(0), unit(1)))).toBeLessThan(4.5);
    expect(Math.abs(correlation(unit(3), unit(17)))).toBeLessThan(4.5);
  });

  it('of a weighted array falls with the root of the weight', () => {
    const weights = [1, 2, 4, 8, 2.5];
    const names = weights.map((_, i) => `b${i}`);
    const arrays = names.map(
      (name, i) =>
        `  ${name} = weighted_array([${weights.map((_, j) => String(i === j)).join(', ')}], unit: 2fF, weights: [${weights.join(', ')}], pelgrom: 2%*1um, density: 2fF/(1um*1um))`,
    );
    const drawn = drawLanes(benchOf(`${arrays.join('\n')}\n  y = register(b0) @ clk.p1`, `${names.join(', ')}, y`, 1), lanes);
    weights.forEach((weight, i) => {
      const relative = firstRows(drawn, names[i]!).map((value) => value / (weight * 2e-15) - 1);
      expect(Math.abs(variance(relative) / (0.02 ** 2 / weight) - 1)).toBeLessThan(varianceBound(lanes));
    });
  });
});

describe('offset and noise of decisions', () => {
  const trials = 2 ** 14;
  const share = (values: Float64Array): number => mean(values);

  it.each([
    ['comparator(0.15V, 0.05V, offset: OFFSET, NOISE) @ clk.p1', 0],
    ['schmitt(0.15V, 0.05V, hysteresis: 0V, offset: OFFSET, NOISE) @ clk.p1', 0],
    ['schmitt(0.12V, hysteresis: 0.02V, offset: OFFSET, NOISE) @ clk.p1', 0],
  ])('of %s', (call) => {
    // The input is 0.1 V above the threshold without offset.
    const decide = (offset: number, noise: string): string => `  y = ${call.replace('OFFSET', `${offset}V`).replace('NOISE', noise)}`;
    for (const [offset, sigma] of [
      [0, 0.1],
      [0.2, 0.05],
    ] as const) {
      const p = normalCdf((0.1 - offset) / sigma);
      const bound = shareBound(p, trials);
      const once = firstRows(drawLanes(benchOf(decide(offset, `offset_sigma: ${sigma}V`), 'y', 1), trials), 'y');
      expect(Math.abs(share(once) - p)).toBeLessThan(bound);
      if (call.includes('0.02V')) continue;
      const each = runText(benchOf(decide(offset, `noise: ${sigma}V`), 'y', trials)).get('y')!;
      expect(Math.abs(share(each) - p)).toBeLessThan(bound);
      const both = runText(benchOf(decide(offset, `offset_sigma: ${sigma}V`), 'y', 50)).get('y')!;
      expect(new Set(both).size).toBe(1);
    }
    const { y } = Object.fromEntries(runText(benchOf(decide(0.1, 'noise: 0V'), 'y', 3)));
    expect([...y!]).toEqual([0, 0, 0]);
    expect([...runText(benchOf(decide(0.0999, 'noise: 0V'), 'y', 3)).get('y')!]).toEqual([1, 1, 1]);
  });

  it('of a quantizer shifts its thresholds and none of its levels', () => {
    const u = Array.from({ length: 201 }, (_, i) => (i - 100) / 80);
    for (const levels of [2, 3, 4, 5]) {
      const run = (input: readonly number[], offset: string): number[] =>
        runSystem(
          `y = quantizer(u, levels: ${levels}, full_scale: 1${offset})\nz = register(u) @ clk\noutput y, z`,
          { u: input },
          u.length,
        )['y']!;
      expect(run(u, ', offset: 0.25')).toEqual(
        run(
          u.map((value) => value - 0.25),
          '',
        ),
      );
      expect(new Set(run(u, ', offset: 0.25'))).toEqual(new Set(run(u, '')));
    }
    const text = benchOf('  y = quantizer(0.1V, offset_sigma: 0.1V)\n  z = register(y) @ clk.p1', 'y, z', 1);
    const p = normalCdf(1);
    expect(Math.abs(mean(firstRows(drawLanes(text, trials), 'y').map((value) => (value + 1) / 2)) - p)).toBeLessThan(shareBound(p, trials));
  });

  it('of an integrator adds to its input', () => {
    const y = runText(benchOf('  y = accumulator(1V, gain: 0.5, noise: 2mV) @ clk.p1', 'y', trials)).get('y')!;
    const draws = y.map((value, i) => (value - (i === 0 ? 0 : y[i - 1]!) - 0.5) / 1e-3);
    expect(faultsOf(draws)).toEqual([]);
  });
});
