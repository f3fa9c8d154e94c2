// Lengths of runs and whole numbers are exact where the netlist's numbers are.

import { describe, expect, test } from 'vitest';
import { compileText } from '../properties/run-netlist.js';

const ticksOf = (fs: string, run: string): number =>
  compileText(
    `system s(fs = ${fs}) {\n  clock clk = fs\n  x = integrator(1)\n  output x\n}\nbench s {\n  param n = 4.35\n  run ${run}\n  record x\n}\n`,
  ).bench!.run.ticks;

describe('the length of a run', () => {
  test.each([
    ['1MHz', '10ms', 10_000],
    ['167kHz', '10ms', 1670],
    ['44.1kHz', '1s', 44_100],
    // As floats, 8.3 / (1 / 2.5e6) and the others are above a whole number.
    ['2.5MHz', '8.3s', 20_750_000],
    ['6.144MHz', '4.2s', 25_804_800],
    ['3GHz', '1.1s', 3_300_000_000],
    ['1MHz', '1.5us', 2],
    ['1MHz', '1us', 1],
  ])('at %s for %s is %d ticks', (fs, run, ticks) => {
    expect(ticksOf(fs, run)).toBe(ticks);
  });

  test('a product that is whole counts as whole, though its float is not', () => {
    expect(4.35 * 100).not.toBe(435);
    expect(ticksOf('1MHz', 'n*100 ticks')).toBe(435);
    expect(() => ticksOf('1MHz', 'n*10 ticks')).toThrow(/DL303.*is not a whole number/);
  });

  test('a number that squares again and again stays a number', () => {
    const chain = Array.from({ length: 60 }, (_, i) => `  param p${i + 1} = p${i}*p${i}`).join('\n');
    const text = `system s {\n  clock clk = 1MHz\n  param p0 = 1.0000001\n${chain}\n  x = integrator(p60)\n  output x\n}\nbench s {\n  run 2 ticks\n  record x\n}\n`;
    expect(compileText(text).bench!.run.ticks).toBe(2);
  });
});
