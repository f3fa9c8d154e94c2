// The recurrent encoder against a plain rendering of its equations, and as a classical third-order incremental converter.

import { describe, expect, it } from 'vitest';
import { compileBatch } from '../../src/backends/compile-batch.js';
import { createTile } from '../../src/backends/batch.js';
import { loadText } from '../../src/index.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileSystem } from '../../src/simulate/compile-netlist.js';

/** CIFF of order 3 (Markus 2004): integrators in cells 1 to 3, adder and quantizer in cell 4. */
const [a, b, c] = [[1.4, 0.99, 0.47], 0.5674, [0.5126, 0.3171]] as const;
const row = (entries: Readonly<Record<string, number>>): number[] =>
  ['u', ...['v', 'q', 'vd', 'qd'].flatMap((kind) => [1, 2, 3, 4].map((n) => `${kind}${n}`))].map((name) => entries[name] ?? 0);
const ciff3 = [
  row({ u: b, qd4: -b, vd1: 1 }),
  row({ vd1: c[0], vd2: 1 }),
  row({ vd2: c[1], vd3: 1 }),
  row({ u: 1, v1: a[0], v2: a[1], v3: a[2] }),
];
const netlist = (temperature: number): string => `
system ciff3 {
  clock clk = 1MHz
  input u : V
  enc = rcnet_encoder(u, weights: ${JSON.stringify(ciff3)}, saturation: 2V, full_scale: 0.4V, gradient_width: 0.4V,
    unit_capacitors: [0.1pF, 0.1pF, 0.1pF, 0.1pF], steps: [0.05, 0.05, 0.05, 0.05], temperature: ${temperature}) @ clk
  dec = srnn_decoder(enc.out, a: [1, 1, 1], b: [1, 1, 1]) @ clk
  uh = dec.out
  q = enc.out
  ctot = enc.capacitance
  output uh, q, ctot
}`;

const cycles = 80;
async function convert(text: string, inputs: readonly number[]): Promise<{ uh: Float64Array[]; q: Float64Array[]; ctot: number }> {
  const { program } = compileSystem(loadText(text));
  const fixed = specialize(program, new Map(), new Set(['u', 'noise lane']));
  const kernel = await compileBatch(fixed, {});
  const columns = fixed.records.map(() => inputs.map(() => new Float64Array(cycles)));
  const params = fixed.params.flatMap(({ name }) => (name === 'u' ? inputs : inputs.map((_, lane) => lane)));
  await kernel.run(createTile(fixed, inputs.length, columns, Float64Array.from(params)), cycles);
  return { uh: columns[0]!, q: columns[1]!, ctot: columns[2]![0]![0]! };
}

/** The equations written out. */
function plain(u: number): number[] {
  let [v, q] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  return Array.from({ length: cycles }, () => {
    const [vd, qd] = [[...v], [...q]];
    v = [...v];
    q = [...q];
    for (let n = 0; n < 4; n++) {
      const x = [u, ...v, ...q, ...vd, ...qd];
      v[n] = Math.max(
        -2,
        Math.min(
          2,
          ciff3[n]!.reduce((sum, weight, j) => sum + weight * x[j]!, 0),
        ),
      );
      q[n] = v[n]! >= 0 ? 0.4 : -0.4;
    }
    return q[3]!;
  });
}

const reach = 0.6 * 0.4;
const inputs = Array.from({ length: 1001 }, (_, i) => reach * (-1 + (2 * (i + 0.5)) / 1001));
const enobOf = (uh: readonly Float64Array[]): number => {
  const values = uh.map((column) => column[cycles - 1]!);
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [mu, mv] = [mean(inputs), mean(values)];
  const gain = mean(values.map((value, i) => (value - mv) * (inputs[i]! - mu))) / mean(inputs.map((u) => (u - mu) ** 2));
  const error = values.map((value, i) => (value - mv) / gain - (inputs[i]! - mu));
  return Math.log2((2 * reach) / (Math.sqrt(12) * Math.sqrt(mean(error.map((e) => e * e)))));
};

describe('rcnet_encoder', () => {
  it('follows its equations', async () => {
    const some = [-0.2, -0.0123, 0, 0.1, 0.23];
    const { q, ctot } = await convert(netlist(0), some);
    some.forEach((u, i) => expect([...q[i]!]).toEqual(plain(u)));
    const weights = ciff3.flat().reduce((sum, weight) => sum + Math.abs(weight), 0);
    expect(ctot).toBeCloseTo((0.1e-12 * weights) / 0.05, 18);
  });

  it('as a third-order incremental converter reaches 13.84 bit', async () => {
    const { uh } = await convert(netlist(0), inputs);
    expect(enobOf(uh)).toBeCloseTo(13.84, 0);
  });

  it('has a bit less with the thermal noise of equal capacitors, 17.6 pF in all', async () => {
    const { uh, ctot } = await convert(netlist(300), inputs);
    expect(ctot).toBeCloseTo(17.65e-12, 14);
    expect(enobOf(uh)).toBeGreaterThan(12.6);
    expect(enobOf(uh)).toBeLessThan(13.1);
  });
});
