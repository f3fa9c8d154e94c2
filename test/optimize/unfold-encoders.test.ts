// Encoders unfolded into cells: the same bits without noise, the same noise power with it, and what stays of the netlist.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Effect } from '../../src/blocks/effects.js';
import type { NetlistError } from '../../src/diagnostics/diagnostic.js';
import { checkNetlist, compileNetlist, convertNetlist, loadText, unfoldEncoders } from '../../src/index.js';
import { printLoom } from '../../src/netlist/loom/print-loom.js';
import { variance } from '../../src/numeric/statistics.js';
import { simulateNow } from '../../src/simulate/simulate.js';

const unfold = (text: string, instance?: string): string => printLoom(unfoldEncoders(loadText(text, 'in.loom'), { instance }));

/** Values of all records; the names are those of the encoder's. */
function run(text: string, { bench, ideal, ticks }: { bench?: string; ideal?: readonly Effect[]; ticks?: number } = {}): number[][] {
  const compiled = compileNetlist(loadText(text, 'run.loom'), { bench, ideal, ticks });
  const { clock, ticks: length } = compiled.bench!.run;
  return simulateNow(compiled.program, { clock, ticks: length }).waveforms.map(({ values }) => [...values]);
}

const quantity = fc.integer({ min: -40, max: 40 }).map((steps) => steps * 0.05);
const sparse = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(1, -1) },
  { weight: 2, arbitrary: quantity },
);
const network = fc.integer({ min: 1, max: 5 }).chain((cells) =>
  fc.record({
    weights: fc.array(fc.array(sparse, { minLength: 4 * cells + 1, maxLength: 4 * cells + 1 }), { minLength: cells, maxLength: cells }),
    levels: fc.integer({ min: 2, max: 5 }),
    reading: fc.constantFrom('in_place', 'strict'),
    edge: fc.constantFrom('clk.p1', 'clk.p2', 'late'),
    temperature: fc.constantFrom('', ', temperature: heat'),
  }),
);
type Network = typeof network extends fc.Arbitrary<infer T> ? T : never;

/** Read at a faster clock than the encoder's, and with a frame that ends between its edges. */
const textOf = ({ weights, levels, reading, edge, temperature }: Network): string => `system net(heat = 0) {
  clock clk = 1MHz phases [p1, p2 at 0.5]
  clock fast = 4MHz
  clock late = 0.5MHz offset 0.25us
  input u : V
  frame 7 ticks of clk
  enc = rcnet_encoder(u + 0V, weights: ${JSON.stringify(weights)}, levels: ${levels}, saturation: 0.7V, full_scale: 0.5V,
    unit_capacitors: [${weights.map(() => '1pF').join(', ')}], steps: [${weights.map(() => '0.05').join(', ')}],
    reading: "${reading}"${temperature}) @ ${edge}
  enc_other = heat*1V
  total = enc.capacitance
  output enc, total, counted = enc.paths + 100*enc.stages, enc_other
}
bench net {
  u = sine(freq: 71kHz, amplitude: 0.4V)
  run 200 ticks of fast
  record enc, first = enc.out, v = enc.v, q = enc.q, sum = enc.v[0] + enc, total, counted, enc_other
}
`;

describe('an unfolded encoder', () => {
  it('has the bits of the block at every event', () => {
    fc.assert(
      fc.property(network, (given) => {
        const text = textOf(given);
        const cells = unfold(text);
        expect(cells).not.toContain('rcnet_encoder');
        expect(checkNetlist(cells, 'cells.loom')).toEqual([]);
        expect(run(cells)).toEqual(run(text));
      }),
      { numRuns: 60 },
    );
  });

  it('is each one of a file, or those of a name; the benches find the same', () => {
    const text = readFileSync(new URL('../../netlists/ciff.loom', import.meta.url), 'utf8');
    const cells = unfold(text);
    expect(unfold(text, 'enc')).toBe(cells);
    expect(cells).not.toContain('rcnet_encoder');
    expect(checkNetlist(cells)).toEqual([]);
    for (const bench of ['order1', 'order2', 'order3'])
      expect(run(cells, { bench, ticks: 4000 })).toEqual(run(text, { bench, ticks: 4000 }));
    const still = text.replace('ciff3(temperature: 300)', 'ciff3(temperature: 0)');
    expect(run(cells, { bench: 'order3_noise', ticks: 4000, ideal: ['noise'] })).toEqual(
      run(still, { bench: 'order3_noise', ticks: 4000 }),
    );
  });

  it('has the noise power of the block in every cell', () => {
    const text = `system hot(c = 10fF) {
      clock clk = 1MHz
      input u : V
      enc = rcnet_encoder(u, weights: [[0.5, 0, 0, 0, 0, 0, -0.2, 0, 0], [0.25, 0, 0, 0, 0, 0, 0, 0, 0]], saturation: 9V,
        unit_capacitors: [c, 0.02p], steps: [0.05 for i in 0..2], temperature: 300, noise_phases: 2) @ clk
      output v = enc.v
    }
    bench hot {
      u = 0V
      run 20000 ticks of clk
      record v
    }`.replace('0.02p]', '2e-14]');
    const cells = unfold(text);
    expect(checkNetlist(cells)).toEqual([]);
    // 2*k*T/C of all unit capacitors: |w|/step of them, each with the weight `step`.
    const variances = [(0.7 * 0.05) / 10e-15, (0.25 * 0.05) / 20e-15].map((perFarad) => 2 * 1.380649e-23 * 300 * perFarad);
    const found = run(cells).map((values) => variance(Float64Array.from(values)));
    expect(found[1]! / variances[1]!).toBeCloseTo(1, 1);
    // v2 delayed comes back with weight -0.2.
    expect(found[0]! / (variances[0]! + 0.04 * variances[1]!)).toBeCloseTo(1, 1);
  });

  it('keeps comments, matrices by comprehension and quantities, and converts to YAML and back', () => {
    const text = `// A network.
system net(cells = 2, gain = 0.3) {
  clock clk = 1MHz
  input u : V
  // What it does.
  enc = rcnet_encoder(u, weights: [[i == j ? gain : (j == 0 ? 1/3 : 0) for j in 0..4*cells + 1] for i in 0..cells]) // so
  output enc
}
bench net {
  u = sine(freq: 10kHz, amplitude: 0.2V)
  run 100 ticks of clk
  record enc
}
optimize fit of net {
  u = uniform(low: -1V, high: 1V) @ clk
  run 100 ticks of clk
  learn enc.weights
  objective error = rms(enc - u)
  minimize error/1V
}
`;
    const cells = unfold(text);
    expect(cells).toContain("left out: it learns parameters of 'enc'.\n\n// A network.\n");
    expect(cells).toContain('// What it does.\n  // so\n  // Cell 1 of enc.\n');
    expect(run(cells)).toEqual(run(text));
    const yaml = convertNetlist(unfoldEncoders(loadText(text)), 'yaml');
    expect(checkNetlist(yaml, 'cells.yaml')).toEqual([]);
    const back = convertNetlist(loadText(yaml, 'cells.yaml').file, 'loom');
    expect(run(back)).toEqual(run(text));
  });

  it.each([
    ['y = u', undefined, "DL908 'in.loom' has no encoder to unfold"],
    ['enc = rcnet_encoder(u, weights: [[1, 0, 0, 0, 0]])\ny = enc.out', 'dec', "DL908 'in.loom' has no encoder 'dec' to unfold"],
    ['y = 2*rcnet_encoder(u, weights: [[1, 0, 0, 0, 0]])', undefined, 'DL908 this encoder has no line of its own'],
    ['y = rcnet_encoder(u, weights: "none")', undefined, 'DL305 the text "none" where a list is needed'],
    ['y = rcnet_encoder(u, weights: [["a", 0, 0, 0, 0]])', undefined, 'DL305'],
  ])('needs an encoder with numbers: %s', (line, instance, message) => {
    try {
      unfold(`system s {\nclock clk = 1MHz\ninput u : V\n${line}\noutput y\n}`, instance);
    } catch (error) {
      const [first] = (error as NetlistError).diagnostics;
      expect(`${first!.code} ${first!.message}`).toContain(message);
      return;
    }
    expect.unreachable();
  });
});
