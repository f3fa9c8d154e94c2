// Noise belongs to the instance: what else there is in a system changes no draw. Grouping changes instance paths, and with
// them the noise.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnEffects, randomNetlists } from './arbitrary-netlist.js';
import { expectSameBits, runText, type Waves } from './run-netlist.js';

const noisy = `system noisy {
  clock clk = 1MHz phases [p1, p2]
  input u : V
  x = sc_integrator(u - v, c_in: c, c_fb: 40fF, temperature: 300K, opamp_gain: 200, sample: clk.p1, transfer: clk.p2)
  c = capacitor_array(3, unit: 4fF, size: 8, pelgrom: 1%*1um, density: 1fF/(1um*1um))
  up = comparator(x, noise: 1mV, offset_sigma: 5mV) @ clk.p1
  v = up ? 1V : -1V
  n = noise(rms: 1mV) @ clk.p2
  output x, n
}
`;
const bench = `bench noisy {
  u = sine(freq: 11kHz, amplitude: 0.5V, shift: late)
  late = jitter(rms: 1ns) @ clk.p1
  run 300 ticks of clk
  record x, v, n, c, u
}
`;

test('other blocks in the system change no draw', () => {
  const plain = runText(noisy + bench, { seed: 5 });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('noise(rms: 1V)', 'jitter(rms: 1ns)', 'comparator(u, noise: 1V)', 'integrator(u, noise: 1V)'), {
        minLength: 1,
      }),
      fc.nat(3),
      (calls, at) => {
        const lines = noisy.split('\n');
        lines.splice(4 + at, 0, ...calls.map((call, i) => `  _extra${i} = ${call} @ clk.p2`));
        const text = lines.join('\n') + bench;
        expectSameBits(runText(text, { seed: 5 }), plain, text);
      },
    ),
    { numRuns: 30 },
  );
});

test('every instance has noise of its own, also of the same line', () => {
  const text = `system s {
  clock clk = 1MHz
  for i in 0..8 {
    n[i] = noise(rms: 1) @ clk
  }
  a = part()
  b = part()
  output y = n[0]
}
system part {
  n = noise(rms: 1) @ clk
  output n
}
bench s {
  run 4 ticks of clk
  record n, a = a.n, b = b.n
}
`;
  const values = [...runText(text).values()].flatMap((column) => [...column]);
  expect(values.length).toBe(40);
  expect(new Set(values).size).toBe(40);
});

test('a block keeps its noise in a sub-system of another name only if its path stays', () => {
  const inside = (part: string): Waves =>
    runText(
      `system s {\n  clock clk = 1MHz\n  ${part} = part()\n  output y = ${part}.n\n}\nsystem part {\n  n = noise(rms: 1) @ clk\n  output n\n}\nbench s {\n  run 20 ticks of clk\n  record y\n}\n`,
    );
  expect(inside('p')).not.toEqual(inside('q'));
  expect(inside('p')).toEqual(inside('p'));
});

test('with the noise of random systems off, a seed changes nothing', () => {
  fc.assert(
    fc.property(randomNetlists, fc.nat(), ({ text }, seed) => {
      expectSameBits(runText(text, { ideal: drawnEffects, seed }), runText(text, { ideal: drawnEffects }), text);
    }),
    { numRuns: 20 },
  );
});
