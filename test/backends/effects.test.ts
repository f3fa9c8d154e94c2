// Every block with an effect, all effects on: the same bits on every backend, for any seed and lane.

import { describe, expect, it } from 'vitest';
import { provideBackend } from '../../src/backends/compile.js';
import { nativeKernel } from '../../src/backends/native/native.node.js';
import { families } from '../../src/blocks/registry.js';
import { expectSameBits, runText } from '../properties/run-netlist.js';
import { hasCompiler, useOwnCache } from './compiler.js';

useOwnCache();
provideBackend('native', nativeKernel);

const array = 'pelgrom: 3%*1um, density: 2fF/(1um*1um)';
const statements: readonly (readonly [name: string, text: string])[] = [
  ['late', 'jitter(rms: 20ns) @ clk.p1'],
  ['white', 'noise(rms: 20mV) @ clk.p2'],
  ['edge', 'step(before: -0.5V, after: 0.5V, at: 50us, shift: late)'],
  ['slope', 'ramp(slope: 2000, shift: late) * 1V'],
  ['tone', 'sine(freq: 11kHz, amplitude: 0.7V, shift: late, coherent: "no")'],
  ['tones', 'multitone(freqs: [7kHz, 23kHz], amplitudes: [0.4V, 0.3V], shift: late, coherent: "no")'],
  ['x', 'integrator(tone + white, gain: 0.3, leak: 0.98, limit: 1V, opamp_gain: 40, noise: 5mV) @ clk.p1'],
  ['a', 'accumulator(tones, gain: 0.2, leak: 0.9, opamp_gain: 1000, noise: 5mV) @ clk.p2'],
  ['q', 'quantizer(x + edge, levels: 6, full_scale: 1V, offset: 10mV, offset_sigma: 30mV)'],
  ['up', 'comparator(x, a, offset: 2mV, offset_sigma: 3mV, noise: 50mV) @ clk.p1'],
  ['hold', 'schmitt(tone, x, hysteresis: 50mV, offset_sigma: 10mV, noise: 20mV) @ clk.p2'],
  ['enc', 'rcnet_encoder(tone, weights: [[0.5, 0, 0, 1, -0.5]], unit_capacitors: [1fF], steps: [0.05], temperature: 300K) @ clk.p1'],
  ['count', 'temperature_counter(up, bits: 6) @ clk.p2'],
  ['c1', `capacitor_array(count, unit: 2fF, size: 6, ${array})`],
  ['c2', `weighted_array([up, hold, true], unit: 2fF, weights: [1, 2, 4], ${array})`],
  [
    'y',
    'sc_integrator(q - 0.5*y, c_in: c1 + c2, c_fb: 80fF, temperature: 300K, opamp_gain: 60, low: -1V, high: 1V, sample: clk.p1, transfer: clk.p2)',
  ],
];
const text = `system dut {
  clock clk = 1MHz phases [p1, p2]
${statements.map(([name, value]) => `  ${name} = ${value}`).join('\n')}
  output y
}
bench dut {
  run 500 ticks of clk
  record ${statements.map(([name]) => name).join(', ')}
  record slow = y @ clk.p1
}
`;

describe('all effects at once', () => {
  it('are in the netlist', () => {
    const affected = families
      .flatMap(({ blocks }) => blocks)
      .filter(({ params }) => Object.values(params).some((param) => param.kind === 'tunable' && param.effect !== undefined));
    expect(affected.length).toBeGreaterThan(8);
    for (const { type, params } of affected) {
      const call = statements.find(([, value]) => value.startsWith(`${type}(`))?.[1] ?? '';
      for (const [name, param] of Object.entries(params))
        if (
          param.kind === 'tunable' &&
          param.effect !== undefined &&
          !(type === 'schmitt' && name === 'offset') &&
          !(type === 'accumulator' && name === 'limit')
        )
          expect(call, `${type}.${name}`).toContain(`${name}:`);
    }
  });

  it.each([
    { seed: 0, lane: 0 },
    { seed: 2 ** 53 - 1, lane: 2 ** 31 - 1 },
    { seed: 2 ** 32 + 7, lane: 3 },
  ])('give the same bits on the interpreter, js and wasm with %j', (place) => {
    const expected = runText(text, { ...place, backend: 'interpret' });
    for (const backend of ['js', 'wasm'] as const) expectSameBits(runText(text, { ...place, backend }), expected, backend);
    // It is noise that is compared.
    expect(expected.get('y')).not.toEqual(runText(text, { ...place, lane: place.lane ^ 1, backend: 'js' }).get('y'));
  });

  it.skipIf(!hasCompiler)('give the same bits in compiled C', () => {
    const place = { seed: 2 ** 40 + 9, lane: 12 };
    expectSameBits(runText(text, { ...place, backend: 'native' }), runText(text, { ...place, backend: 'interpret' }));
  });
});
