// Jitter and shifts of sources against formulas.

import { describe, expect, it } from 'vitest';
import { loadText, memoryHost, runBench } from '../../src/index.js';
import { writeCsv } from '../../src/io/csv.js';
import { variance } from '../../src/numeric/statistics.js';
import { correlation } from '../random/judge-normal.js';
import { benchOf } from '../random/draw-lanes.js';
import { runText } from '../properties/run-netlist.js';
import { runSystem } from './run-system.js';

describe('noise', () => {
  it('has the standard deviation asked for, holds between its events, and is drawn anew at each', () => {
    const text = benchOf(
      '  clock slow = clk / 4\n  n = noise(rms: 10uV) @ slow\n  zero = noise(rms: 0V) @ slow',
      'n, zero @ clk.p1\n  record m = n @ slow',
      2 ** 16,
    );
    const waves = runText(text);
    const values = waves.get('m')!;
    expect(values.length).toBe(2 ** 14);
    expect(Math.abs(variance(values) / 1e-10 - 1)).toBeLessThan(4.5 * Math.sqrt(2 / values.length));
    expect(new Set(values).size).toBe(values.length);
    expect(waves.get('n')).toEqual(Float64Array.from({ length: 2 ** 16 }, (_, i) => values[i >> 2]!));
    expect(new Set(waves.get('zero'))).toEqual(new Set([0]));
  });
});

describe('a shift', () => {
  const host = memoryHost({
    'saw.csv': writeCsv(
      ['t', 'a'],
      [Float64Array.from({ length: 20 }, (_, i) => i / 1000), Float64Array.from({ length: 20 }, (_, i) => (i * 7) % 5)],
    ),
  });
  const late = 0.00025;
  const at = (t: number): number => (Math.max(0, Math.floor(t * 1000)) * 7) % 5;
  const cases: [string, (t: number) => number][] = [
    ['step(before: 1, after: 3, at: 2.2ms, SHIFT)', (t) => (t >= 0.0022 ? 3 : 1)],
    ['ramp(slope: 500, offset: 1, SHIFT)', (t) => 1 + 500 * t],
    ['sine(freq: 110Hz, amplitude: 2, offset: 1, phase: 90deg, SHIFT)', (t) => 1 + 2 * Math.cos(2 * Math.PI * 110 * t)],
    [
      'multitone(freqs: [50Hz, 120Hz], amplitudes: [1, 2], SHIFT)',
      (t) => Math.sin(2 * Math.PI * 50 * t) + 2 * Math.sin(2 * Math.PI * 120 * t),
    ],
    ['csv(file: "saw.csv", interpolation: "hold", SHIFT)', at],
    [
      'csv(file: "saw.csv", interpolation: "linear", SHIFT)',
      (t) => (t < 0 ? 0 : at(t) + (at(t + 0.001) - at(t)) * (t * 1000 - Math.floor(t * 1000))),
    ],
  ];
  it.each(cases)('moves the time of %s', (call, value) => {
    for (const [text, shift] of [
      ['0.25ms', late],
      ['-0.25ms', -late],
      ['step(before: 0.25ms, after: 0.25ms)', late],
    ] as const) {
      const { y } = runSystem(`y = ${call.replace('SHIFT', `shift: ${text}`)}\noutput y`, {}, 12, host);
      y!.forEach((sample, n) => expect(sample).toBeCloseTo(value(n / 1000 + shift), 9));
    }
  });

  it.each(cases)('of 0 or none changes no bit of %s', (call) => {
    const run = (shift: string): number[] => runSystem(`y = ${call.replace(', SHIFT', shift)}\noutput y`, {}, 12, host)['y']!;
    expect(run(', shift: 0s')).toEqual(run(''));
    expect(run(', shift: ramp(slope: 0, offset: 0)')).toEqual(run(''));
  });

  it('keeps its digits however late it is', () => {
    // After 10^5 periods a shift of 1 fs still moves the phase by 2*pi*f*1 fs.
    const text = benchOf(
      '  a = sine(freq: 1MHz, phase: 0.3, coherent: "no")\n  b = sine(freq: 1MHz, phase: 0.3, coherent: "no", shift: 1e-15s)',
      'a, b @ clk.p1',
      100_000,
    );
    const waves = runText(text);
    const moved = (waves.get('b')!.at(-1)! - waves.get('a')!.at(-1)!) / Math.cos(0.3);
    expect(moved / (2 * Math.PI * 1e6 * 1e-15)).toBeCloseTo(1, 6);
  });
});

describe('jitter', () => {
  it.each([
    [37e3, 10e-9],
    [250e3, 2e-9],
    [480e3, 100e-12],
  ])('of a sine of %d Hz by %d s leaves the signal-to-noise ratio of its formula', async (freq, rms) => {
    const text = `system s {
  clock clk = 1MHz
  j = jitter(rms: ${rms}s) @ clk
  x = sine(freq: ${freq}Hz, shift: j)
  output x
}
bench s {
  run 16384 ticks of clk
  record x, j
  measure snr = tone_sndr(x)
}
`;
    const { measures, waveforms, warnings } = await runBench(loadText(text));
    expect(warnings).toEqual([]);
    expect(Math.abs(measures[0]!.value + 20 * Math.log10(2 * Math.PI * freq * rms))).toBeLessThan(0.5);
    const jitter = waveforms[1]!.values.map((value) => value / rms);
    expect(Math.abs(correlation(jitter, jitter.subarray(1)))).toBeLessThan(4.5);
  });
});
