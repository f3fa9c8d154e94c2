// The adaptive delta modulator against figures of an independent simulation of the chip's two-phase timing (Ajemian,
// Hamilton, Truelove and Poston, Adaptive Delta Modulator): tracking RMS within 2 %, SNDR after a 4 kHz RC within 0.5 dB.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertNetlist, fileHost, loadText, runBench } from '../../src/index.node.js';
import type { BenchResult } from '../../src/index.node.js';
import { loadNetlist, measureOf, netlistsFolder, runNetlist, runText, samplesOf } from './bench.js';
import { digestsOf } from './digest.js';

interface Figure {
  readonly file: string;
  readonly bench: string;
  readonly trackingVolts?: number;
  readonly sndrDb: number;
}

const figures: readonly Figure[] = [
  { file: 'adm.loom', bench: 'tone', trackingVolts: 0.075, sndrDb: 37.9 },
  { file: 'dm.loom', bench: 'one_unit', trackingVolts: 0.69, sndrDb: 21.2 },
  { file: 'dm.loom', bench: 'best', trackingVolts: 0.084, sndrDb: 36.5 },
  { file: 'adm-three-tones.loom', bench: 'three_tones', trackingVolts: 0.096, sndrDb: 40.2 },
  { file: 'dm.loom', bench: 'three_tones', trackingVolts: 0.139, sndrDb: 36.9 },
  { file: 'adm.loom', bench: 'quiet', sndrDb: 29.3 },
  { file: 'dm.loom', bench: 'quiet', sndrDb: 12.2 },
];

describe('figures', () => {
  it.each(figures)('$file $bench: $sndrDb dB', async ({ file, bench, trackingVolts, sndrDb }) => {
    const result = await runNetlist(file, bench);
    if (trackingVolts !== undefined) expect(Math.abs(measureOf(result, 'tracking') / trackingVolts - 1)).toBeLessThan(0.02);
    expect(Math.abs(measureOf(result, 'sndr') - sndrDb)).toBeLessThan(0.5);
  });

  /** Tone benches of adm.loom with the RC advanced eight times a cycle, as dm.loom has it. */
  const waveform = (unit: string, source: string, freqs: string) => `
    import "adm.loom"
    system adm_waveform(fclk = 167kHz, unit = ${unit}) {
      clock clk = fclk phases [p1, p2]
      clock rc = 8*fclk
      input vin : V
      held = sample_hold(vin) @ clk.p1
      up   = comparator(held, enc.vapp) @ clk.p2
      enc  = step_integrator(up: up, unit: unit)
      step = sample_hold(enc.vapp) @ clk.p2
      vout = low_pass(step, corner: 4kHz) @ rc
      output vout
    }
    bench adm_waveform {
      vin = ${source}
      run 20000 ticks of clk
      record vout @ rc
      measure sndr = tone_sndr(vout, freqs: ${freqs}, skip: 8000)
    }`;
  const tone = (amplitude: string) => `sine(freq: 2kHz, amplitude: ${amplitude}, offset: 1.5V, coherent: "no")`;
  const threeTones = 'multitone(freqs: [1kHz, 1.5kHz, 2kHz], amplitudes: [1V, 1V, 1V], offset: 1.5V, coherent: "no")';

  it.each([
    ['12.5mV', tone('1V'), '[2kHz]', 37.9],
    ['20mV', threeTones, '[1kHz, 1.5kHz, 2kHz]', 40.2],
    ['12.5mV', tone('100mV'), '[2kHz]', 29.3],
  ])('hold for the waveform in continuous time: unit %s, %s', async (unit, source, freqs, sndrDb) => {
    const result = await runText(waveform(unit, source, freqs));
    expect(Math.abs(measureOf(result, 'sndr') - sndrDb)).toBeLessThan(0.3);
  });

  it('are those of the best fixed step, to 10 mV', async () => {
    const sndrOf = async (unit: string) => measureOf(await runNetlist('dm.loom', 'best', { set: new Map([['unit', unit]]) }), 'sndr');
    const best = await sndrOf('110mV');
    for (const unit of ['80mV', '90mV', '100mV', '120mV', '130mV', '140mV']) expect(await sndrOf(unit)).toBeLessThan(best);
  });
});

describe('start-up', () => {
  const staircase = [0, 1, 3, 6, 10, 15, 21, 28, 36, 44, 52, 60, 68];
  const firstCrossing = (vapp: Float64Array, held: Float64Array): number => vapp.findIndex((volts, cycle) => volts >= held[cycle]!);

  it('climbs 0, 1, 3, 6, 10, 15, 21, 28, 36 units, then 8 a cycle', async () => {
    const vapp = samplesOf(await runNetlist('adm.loom', 'tone'), 'vapp');
    const units = Array.from(vapp.subarray(0, staircase.length), (volts) => volts / 0.0125);
    units.forEach((value, cycle) => expect(value).toBeCloseTo(staircase[cycle]!, 9));
    expect(units).toHaveLength(staircase.length);
  });

  it('crosses the input after 28 cycles, the fixed step of one unit after 55', async () => {
    const adaptive = await runNetlist('adm.loom', 'tone');
    expect(firstCrossing(samplesOf(adaptive, 'vapp'), samplesOf(adaptive, 'held'))).toBe(28);
    const fixed = await runNetlist('dm.loom', 'one_unit');
    expect(firstCrossing(samplesOf(fixed, 'vapp'), samplesOf(fixed, 'held'))).toBe(55);
  });

  it('then tracks 1.08 cycles late', async () => {
    const lagCycles = measureOf(await runNetlist('adm.loom', 'tone'), 'lag') * 167e3;
    expect(Math.abs(lagCycles - 1.08)).toBeLessThan(0.01);
  });
});

let speechRun: Promise<BenchResult> | undefined;
/** Bench `speech` of adm.loom, run once for all tests. */
const speech = (): Promise<BenchResult> => (speechRun ??= runNetlist('adm.loom', 'speech'));

/** The modulator as a plain loop: the timing written out once more, independent of the engine. */
function simulateReference(held: Float64Array, unitVolts: number): { vapp: number[]; up: number[] } {
  const vapp: number[] = [];
  const up: number[] = [];
  let volts = 0;
  let last = 0;
  let count = 1;
  held.forEach((input, cycle) => {
    if (cycle > 0) volts += (2 * last - 1) * count * unitVolts;
    const decision = input > volts ? 1 : 0;
    vapp.push(volts);
    up.push(decision);
    count = decision === last ? Math.min(count + 1, 8) : Math.max(count - 1, 1);
    last = decision;
  });
  return { vapp, up };
}

it('gives the bits of the two-phase timing written as a plain loop, on speech', async () => {
  const result = await speech();
  const reference = simulateReference(samplesOf(result, 'held'), 0.0125);
  const up = samplesOf(result, 'up');
  expect(up.length).toBe(reference.up.length);
  expect(reference.up.findIndex((bit, cycle) => bit !== up[cycle])).toBe(-1);
  const vapp = samplesOf(result, 'vapp');
  expect(reference.vapp.reduce((worst, volts, cycle) => Math.max(worst, Math.abs(volts - vapp[cycle]!)), 0)).toBeLessThan(1e-9);
});

describe('adm.yaml', () => {
  const yaml = readFileSync(join(netlistsFolder, 'adm.yaml'), 'utf8');

  it('is what convert makes of adm.loom', () => {
    expect(convertNetlist(loadNetlist('adm.loom').file, 'yaml')).toBe(yaml);
  });

  it.each(['speech', 'tone', 'quiet'])('gives the same records as adm.loom: %s', async (bench) => {
    const fromYaml = await runBench(loadText(yaml, join(netlistsFolder, 'adm.yaml'), fileHost), { bench });
    const fromLoom = await (bench === 'speech' ? speech() : runNetlist('adm.loom', bench));
    expect(digestsOf(fromYaml)).toEqual(digestsOf(fromLoom));
    expect(fromYaml.checks.map(({ pass }) => pass)).toEqual(fromLoom.checks.map(({ pass }) => pass));
  });
});
