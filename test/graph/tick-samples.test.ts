// Samples that carry a clock are taken one at each of its ticks, whatever its rate and offset.

import { expect, it } from 'vitest';
import { NetlistError } from '../../src/diagnostics/diagnostic.js';
import { compileNetlist, loadText } from '../../src/index.js';
import { simulateNow } from '../../src/simulate/simulate.js';

const held = 'system s() { clock clk = 167kHz\n clock half = clk / 2 offset 1us\n input u : V\n y = sample_hold(u) @ clk\n output y }';

function run(text: string, clock: string | undefined, rateHz: number, ticks: number, length = ticks): { given: number[]; got: number[] } {
  const given = Array.from({ length }, (_, i) => i + 1);
  const samples = { rateHz, channels: [Float64Array.from(given)], names: ['u'], clock };
  const { program } = compileNetlist(loadText(text), { inputs: new Map([['u', { samples }]]) });
  const results = (['js', 'interpret'] as const).map((backend) => simulateNow(program, { clock: 0, ticks, backend }).waveforms[0]!.values);
  expect(results[0]).toEqual(results[1]);
  return { given, got: [...results[0]!] };
}

it('takes one sample at each tick, by its number and by its time', () => {
  const byTick = run(held, 'clk', 167e3, 2000);
  expect(byTick.got).toEqual(byTick.given);
  const byTime = run(held, undefined, 167e3, 2000);
  expect(byTime.got).toEqual(byTime.given);
});

it('holds the last sample', () => {
  expect(run(held, 'clk', 1, 5, 3).got).toEqual([1, 2, 3, 3, 3]);
});

it('counts a clock that nothing else uses, and shows the first sample before its first tick', () => {
  expect(run(held, 'half', 1, 6).got).toEqual([1, 1, 1, 2, 2, 3]);
});

it('refuses the name of no clock', () => {
  expect(() => run(held, 'clck', 1, 5)).toThrow(NetlistError);
  expect(() => run(held, 'clck', 1, 5)).toThrow("DL403: unknown clock 'clck' of the samples for input 'u'");
});
