// Draws of noise are normal and independent over ticks, lanes, seeds, instances and names. Seeds are fixed: what passes
// once passes always. The judge itself is held against generators that are wrong.

import { describe, expect, it } from 'vitest';
import { runText } from '../properties/run-netlist.js';
import { normalValues, randomValues } from '../numeric/random-values.js';
import { benchOf, drawLanes, firstRows } from './draw-lanes.js';
import { correlation, distanceFromNormal, faultsOf, normalCdf } from './judge-normal.js';

const ticks = 2 ** 17;
const two = benchOf('  a = noise(rms: 1) @ clk.p1\n  b = noise(rms: 1) @ clk.p1', 'a, b', ticks);
const runs = new Map(
  [
    { seed: 0, lane: 0 },
    { seed: 1, lane: 0 },
    { seed: 0, lane: 1 },
    { seed: 2 ** 40 + 5, lane: 2 ** 31 - 1 },
  ].map((place) => [JSON.stringify(place), runText(two, place)]),
);

describe('the judge', () => {
  it('knows the normal distribution', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 14);
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316301, 14);
  });

  const good = normalValues(ticks, 3);
  it('passes normal draws', () => expect(faultsOf(good)).toEqual([]));

  const uniform = Array.from({ length: 12 }, (_, i) => randomValues(ticks, 100 + i));
  it.each([
    ['sums of twelve uniforms', Float64Array.from(good, (_, i) => uniform.reduce((sum, values) => sum + values[i]! / 2, 0)), 'kurtosis'],
    ['draws that are 3 % too large', good.map((value) => value * 1.03), 'variance'],
    ['draws off by 2 %', good.map((value) => value + 0.02), 'mean'],
    ['draws that hold for two ticks', good.map((_, i) => good[i & ~1]!), 'lag 1'],
    ['draws of alternating size', good.map((value, i) => value * (i % 2 === 0 ? 1.15 : Math.sqrt(2 - 1.15 ** 2))), 'squares, lag 2'],
    ['draws in steps of 1/4', good.map((value) => Math.round(value * 4) / 4), 'bins'],
  ])('rejects %s', (_, values, fault) => {
    expect(faultsOf(values).join()).toContain(fault);
  });
});

describe('draws', () => {
  it.each([...runs].flatMap(([place, waves]) => ['a', 'b'].map((name) => [place, name, waves.get(name)!] as const)))(
    'at %s of %s are normal and white',
    (_, __, values) => {
      expect(faultsOf(values)).toEqual([]);
      const distance = distanceFromNormal(values);
      expect(distance).toBeGreaterThan(0.3);
      expect(distance).toBeLessThan(2.3);
      // P(|g| > 4) = 6.3e-5: 8.3 of 2^17.
      const beyond = values.filter((value) => Math.abs(value) > 4).length;
      expect(beyond).toBeGreaterThan(0);
      expect(beyond).toBeLessThan(24);
    },
  );

  it('of different instances, seeds and lanes are independent', () => {
    const all = [...runs.values()].flatMap((waves) => [...waves.values()]);
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        for (const lag of [0, 1, 2]) {
          expect(Math.abs(correlation(a, b.subarray(lag)))).toBeLessThan(4.5);
          expect(Math.abs(correlation(b, a.subarray(lag)))).toBeLessThan(4.5);
        }
      }
    }
  });

  it('once a run are normal and independent over lanes, seeds, instances and numbers', () => {
    const array = (name: string): string => `  ${name} = capacitor_array(1, unit: 1, size: 1, pelgrom: 1, density: 1)\n`;
    const text = benchOf(
      `${array('c')}${array('d')}  e = weighted_array([false, true], unit: 1, weights: [1, 1], pelgrom: 1, density: 1)\n  y = register(c) @ clk.p1`,
      'c, d, e, y',
      1,
    );
    const lanes = 2 ** 14;
    const columns = [0, 1].flatMap((seed) => {
      const drawn = drawLanes(text, lanes, seed);
      return ['c', 'd', 'e'].map((name) => firstRows(drawn, name).map((value) => value - 1));
    });
    for (const [i, values] of columns.entries()) {
      expect(faultsOf(values)).toEqual([]);
      for (const other of columns.slice(i + 1)) expect(Math.abs(correlation(values, other))).toBeLessThan(4.5);
    }
  });

  it('once a run stay through the run', () => {
    const text = benchOf('  c = capacitor_array(3, unit: 1, size: 8, pelgrom: 1, density: 1)\n  y = register(c) @ clk.p1', 'c, y', 100);
    const c = runText(text, { seed: 4 }).get('c')!;
    expect(new Set(c).size).toBe(1);
    expect(c[0]).not.toBe(3);
  });

  it('follow seed and lane alone', () => {
    const again = runText(two, { seed: 0, lane: 1 });
    expect(again).toEqual(runs.get('{"seed":0,"lane":1}'));
    expect(runText(two, { seed: 2 ** 53 - 1 })).not.toEqual(runText(two, { seed: 2 ** 52 - 1 }));
  });
});
