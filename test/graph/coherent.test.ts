// Frequencies of a bench's sources are moved so that a whole number of periods fits into the run.

import { describe, expect, test } from 'vitest';
import { greatestCommonDivisor } from '../../src/numeric/rational.js';
import { compileText } from '../properties/run-netlist.js';

function frequencies(source: string, ticks: number, fs = '1MHz'): number[] {
  const text = `system s {\n  clock clk = ${fs}\n  input u : V\n  x = register(u)\n  output x\n}\nbench s {\n  u = ${source}\n  run ${ticks} ticks of clk\n  record x\n}\n`;
  const { params } = compileText(text).program;
  return params.filter(({ name }) => /^u\.freqs?(\[|$)/.test(name)).map(({ value }) => value);
}

describe('a tone in a bench', () => {
  test.each([
    [1000, 65536],
    [1234, 65536],
    [10_000, 1000],
    [77_777, 4096],
    [333_333, 10_000],
  ])('%d Hz over %d ticks', (freqHz, ticks) => {
    const [moved] = frequencies(`sine(freq: ${freqHz}Hz)`, ticks);
    const cycles = (moved! * ticks) / 1e6;
    expect(cycles).toBeCloseTo(Math.round(cycles), 9);
    expect(Math.round(cycles)).toBeGreaterThanOrEqual(1);
    // Never further than the nearest bin and the few beside it that are prime to the ticks.
    expect(Math.abs(moved! - freqHz)).toBeLessThanOrEqual(Math.max(0.01 * freqHz, 1e6 / ticks) + 1e-6);
  });

  test('where a neighbour within one per cent is prime to the ticks it is taken: every sample differs', () => {
    for (const freqHz of [8000, 20_000, 50_000, 100_000]) {
      const cycles = Math.round((frequencies(`sine(freq: ${freqHz}Hz)`, 65536)[0]! * 65536) / 1e6);
      expect(greatestCommonDivisor(BigInt(cycles), 65536n)).toBe(1n);
    }
  });

  test('stays where it is when it says so', () => {
    expect(frequencies('sine(freq: 1234Hz, coherent: "no")', 65536)).toEqual([1234]);
    expect(frequencies('multitone(freqs: [1234Hz, 777Hz], amplitudes: [1V, 1V], coherent: "no")', 4096)).toEqual([1234, 777]);
  });

  test('all tones of a multitone are moved', () => {
    for (const moved of frequencies('multitone(freqs: [1234Hz, 7770Hz], amplitudes: [1V, 1V])', 4096)) {
      const cycles = (moved * 4096) / 1e6;
      expect(cycles).toBeCloseTo(Math.round(cycles), 9);
    }
  });

  test('a tone beyond all whole numbers is left alone', () => {
    for (const freqHz of [1e20, 1e300]) expect(frequencies(`sine(freq: ${freqHz})`, 1000)).toEqual([freqHz]);
    expect(frequencies('sine(freq: inf)', 1000)).toEqual([Infinity]);
  });

  test('a tone below half a cycle is left alone', () => {
    expect(frequencies('sine(freq: 1Hz)', 100)).toEqual([1]);
  });
});
