// Inputs of a bench that are driven from outside instead: by a value or a recording.

import { expect, test } from 'vitest';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { memoryHost } from '../../src/netlist/host.js';
import { loadText } from '../../src/index.js';
import { runCompiled } from '../properties/run-netlist.js';

const text = `system s {
  clock clk = 1MHz
  input u : V
  input w[2] : V
  y = register(u + sum(w))
  output y
}
bench s {
  base = sine(freq: 100kHz, amplitude: 1V)
  u = base + 1V
  for i in 0..2 { w[i] = base*i }
  run 5 ticks
  record u, y, twice = 2*u
  record w
}
`;
const host = memoryHost({ 'u.csv': 't,u\n0,1\n1e-6,2\n2e-6,3\n3e-6,4\n4e-6,5\n' });
const waves = (options: Parameters<typeof compileNetlist>[1]): Record<string, number[]> => {
  const compiled = compileNetlist(loadText(text, 'dut.loom', host), options);
  expect(compiled.warnings).toEqual([]);
  return Object.fromEntries(
    [...runCompiled(compiled)].map(([name, rows]) => [name, [...rows].map((volts) => Math.round(volts * 1e6) / 1e6)]),
  );
};

test('a record of the input is what the system reads, not what the bench would have driven', () => {
  const set = new Map([
    ['u', '0.25V'],
    ['w', '2V'],
  ]);
  expect(waves({ set })).toEqual({
    u: [0.25, 0.25, 0.25, 0.25, 0.25],
    twice: [0.5, 0.5, 0.5, 0.5, 0.5],
    'w[0]': [2, 2, 2, 2, 2],
    'w[1]': [2, 2, 2, 2, 2],
    y: [0, 4.25, 4.25, 4.25, 4.25],
  });
  const recorded = waves({ inputs: new Map([['u', { file: 'u.csv' }]]), set: new Map([['w', '0V']]) });
  expect(recorded['u']![4]).toBeCloseTo(5, 3);
  expect(recorded['y']!.slice(1)).toEqual(recorded['u']!.slice(0, -1));
});

test('tones fit the ticks that are run instead of those of the bench', () => {
  const tone = loadText(
    'system s {\n  clock clk = 1MHz\n  input u : V\n  output y = u\n}\nbench s {\n  u = sine(freq: 10kHz)\n  run 65536 ticks\n  record y\n}\n',
  );
  const hertz = (ticks: number | undefined) => compileNetlist(tone, { ticks }).program.params.find(({ name }) => name === 'u.freq')!.value;
  for (const ticks of [65536, 4096, 1000]) {
    const cycles = (hertz(ticks) * ticks) / 1e6;
    expect(cycles).toBeCloseTo(Math.round(cycles), 9);
  }
  expect(hertz(undefined)).toBe(hertz(65536));
  expect(hertz(4096)).not.toBe(hertz(65536));
});
