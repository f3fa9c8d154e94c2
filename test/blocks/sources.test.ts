// Sources against their formulas, and every block's own example.

import { describe, expect, it } from 'vitest';
import { families } from '../../src/blocks/registry.js';
import { memoryHost } from '../../src/index.js';
import { writeCsv } from '../../src/io/csv.js';
import { writeWav } from '../../src/io/wav.js';
import { runSystem } from './run-system.js';

const ticks = 8;
const times = Array.from({ length: ticks }, (_, n) => n / 1000);

describe('sources', () => {
  const cases: [string, (t: number) => number][] = [
    ['dc(value: 0.25)', () => 0.25],
    ['step(before: 1, after: 3, at: 2.5ms)', (t) => (t >= 0.0025 ? 3 : 1)],
    ['ramp(slope: 500, offset: 1)', (t) => 1 + 500 * t],
    ['sine(freq: 100Hz, amplitude: 2, offset: 1, phase: 90deg)', (t) => 1 + 2 * Math.cos(2 * Math.PI * 100 * t)],
    [
      'multitone(freqs: [50Hz, 120Hz], amplitudes: [1, 2], phases: [0, 30deg], offset: 0.5)',
      (t) => 0.5 + Math.sin(2 * Math.PI * 50 * t) + 2 * Math.sin(2 * Math.PI * 120 * t + Math.PI / 6),
    ],
  ];
  it.each(cases)('%s', (call, value) => {
    const { y } = runSystem(`y = ${call}\noutput y`, {}, ticks);
    y!.forEach((sample, n) => expect(sample).toBeCloseTo(value(times[n]!), 12));
  });

  const host = memoryHost({
    'data/speech.wav': writeWav([Float64Array.from([0, 0.5, -0.5, 0.25])], 500, 'float32'),
    'data/step.csv': writeCsv(
      ['t', 'a', 'b'],
      [
        [0, 0.002, 0.004],
        [1, 2, 3],
        [4, 6, 8],
      ].map((column) => Float64Array.from(column)),
    ),
  });
  const files: [string, number[]][] = [
    ['wav(file: "data/speech.wav", interpolation: "hold", gain: 2, offset: 1)', [1, 1, 2, 2, 0, 0, 1.5, 1.5]],
    ['wav(file: "data/speech.wav", interpolation: "linear")', [0, 0.25, 0.5, 0, -0.5, -0.125, 0.25, 0.25]],
    ['csv(file: "data/step.csv", interpolation: "linear")', [1, 1.5, 2, 2.5, 3, 3, 3, 3]],
    ['csv(file: "data/step.csv", channel: 2, interpolation: "hold")', [4, 4, 6, 6, 8, 8, 8, 8]],
  ];
  it.each(files)('%s', (call, expected) => {
    expect(runSystem(`y = ${call}\noutput y`, {}, ticks, host).y).toEqual(expected);
  });

  it('sinc interpolation passes a tone of the band', () => {
    const rate = 500;
    const tone = (t: number): number => Math.sin(2 * Math.PI * 60 * t);
    const file = memoryHost({ 'tone.wav': writeWav([Float64Array.from({ length: 400 }, (_, n) => tone(n / rate))], rate, 'float32') });
    const { y } = runSystem('y = wav(file: "tone.wav")\noutput y', {}, 600, file);
    y!.slice(200, 500).forEach((value, i) => expect(value).toBeCloseTo(tone((i + 200) / 1000), 3));
  });
});

describe('examples', () => {
  const host = memoryHost({
    'data/speech.wav': writeWav([new Float64Array(64)], 16000, 'pcm16'),
    'data/step.csv': writeCsv(['t', 'x'], [Float64Array.from([0, 1]), Float64Array.from([0, 1])]),
  });
  const blocks = families.flatMap((family) => family.blocks);
  it.each(blocks.map((block) => [block.type, block] as const))('%s runs as its reference page shows it', (_, block) => {
    const name = block.example.split(' ')[0]!;
    const body = `clock clk = 1kHz phases [p1, p2]\nb = u > 0\n${block.example}\noutput _b = b ? 1 : 0, ${name}`;
    const columns = runSystem(body, { u: [1, -1, 0.5, 0, 2, -2] }, 6, host);
    const values = Object.entries(columns)
      .filter(([column]) => column.startsWith(name))
      .flatMap(([, column]) => column);
    expect(values.length).toBeGreaterThanOrEqual(6);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
