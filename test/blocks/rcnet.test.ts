// The recurrent encoder against a plain rendering of its equations, and as a classical third-order incremental converter.

import { describe, expect, it } from 'vitest';
import { compileBatch } from '../../src/backends/compile-batch.js';
import { createTile } from '../../src/backends/batch.js';
import { compileNetlist, loadText } from '../../src/index.js';
import { programNodes } from '../../src/ir/roots.js';
import { specialize } from '../../src/ir/specialize.js';
import { variance } from '../../src/numeric/statistics.js';
import { compileSystem } from '../../src/simulate/compile-netlist.js';
import { simulateNow } from '../../src/simulate/simulate.js';
import { correlation, distanceFromNormal } from '../random/judge-normal.js';

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

const boltzmann = 1.380649e-23;
const perCell = (value: string, cells: number): string => `[${Array.from({ length: cells }, () => value).join(', ')}]`;

describe('what an encoder counts', () => {
  const counted = (weights: readonly (readonly number[])[], options = '', set: ReadonlyMap<string, string> = new Map()) => {
    const cells = weights.length;
    const library = loadText(`
      system s {
        clock clk = 1MHz
        input u : V
        e = rcnet_encoder(u, weights: ${JSON.stringify(weights)}, unit_capacitors: ${perCell('1pF', cells)}, steps: ${perCell('0.5', cells)}${options}) @ clk
        paths = e.paths
        stages = e.stages
        total = e.capacitance
        output paths, stages, total
      }
      bench s {
        u = 0V
        run 1 ticks of clk
        record paths, stages, total
      }`);
    const { program } = compileNetlist(library, { set });
    return simulateNow(program, { clock: 0, ticks: 1 }).waveforms.map(({ values }) => values[0]!);
  };

  it('are weights that are not 0, cells that keep their value, and capacitors', () => {
    expect(counted(ciff3)).toEqual([11, 3, expect.closeTo((2 * ciff3.flat().reduce((sum, w) => sum + Math.abs(w), 0)) / 1e12, 20)]);
    // A weight that has become 0, as a mask makes it, is no path and no stage.
    expect(counted(ciff3, '', new Map([['e.weights[1][10]', '0']])).slice(0, 2)).toEqual([10, 2]);
  });

  it('leave out what holds a state, where it is no switched capacitor', () => {
    const held = ciff3.flat().reduce((sum, w) => sum + Math.abs(w), 0) - 3;
    expect(counted(ciff3, ', hold_capacitors: "no"')[2]).toBeCloseTo((2 * held) / 1e12, 20);
    expect(counted(ciff3, ', hold_capacitors: "no"').slice(0, 2)).toEqual([11, 3]);
  });

  it('leave out what the strict reading does not connect', () => {
    // Cell 1 reads v1, v2 and q2, cell 2 reads v1 and v2: of these only the last v1 is known in its cycle.
    const weights = [
      [1, 0.5, 0.5, 0, 0.5, 0, 0, 0, 0],
      [0, 0.5, 0.5, 0, 0, 0, 0, 0, 0],
    ];
    expect(counted(weights)).toEqual([6, 2, expect.closeTo(7e-12, 20)]);
    expect(counted(weights, ', reading: "strict"')).toEqual([2, 0, expect.closeTo(3e-12, 20)]);
  });
});

describe('the readings of an encoder', () => {
  const text = (weights: readonly (readonly number[])[], reading: string): string => `
    system s {
      clock clk = 1MHz
      input u : V
      e = rcnet_encoder(u, weights: ${JSON.stringify(weights)}, saturation: 2V, reading: "${reading}") @ clk
      v1 = e.v[0]
      v2 = e.v[1]
      output v1, v2
    }
    bench s {
      u = 0.11V
      run 40 ticks of clk
      record v1, v2
    }`;
  const run = (weights: readonly (readonly number[])[], reading: string) =>
    simulateNow(compileNetlist(loadText(text(weights, reading))).program, { clock: 0, ticks: 40 }).waveforms.map(({ values }) => [
      ...values,
    ]);

  it('in place, weights of values that are not yet evaluated are those of the last cycle', () => {
    const [first, second] = [
      // u, v1 v2, q1 q2, vd1 vd2, qd1 qd2
      [0.6, 0.5, 0.25, 0, -0.5, 0.25, 0, 0, 0],
      [1, 0.75, 0.125, -0.25, 0.25, 0, 0.25, 0, 0],
    ] as const;
    const merged = [
      [0.6, 0, 0, 0, 0, 0.75, 0.25, 0, -0.5],
      [1, 0.75, 0, -0.25, 0, 0, 0.375, 0, 0.25],
    ];
    const cut = [
      [0.6, 0, 0, 0, 0, 0.25, 0, 0, 0],
      [1, 0.75, 0, -0.25, 0, 0, 0.25, 0, 0],
    ];
    const [inPlace, strict] = [run([first, second], 'in_place'), run([first, second], 'strict')];
    run(merged, 'strict').forEach((values, n) => values.forEach((value, i) => expect(inPlace[n]![i]).toBeCloseTo(value, 10)));
    expect(strict).toEqual(run(cut, 'in_place'));
    expect(strict).not.toEqual(inPlace);
  });
});

describe('the thermal noise of an encoder', () => {
  const ticks = 1 << 14;
  const text = (cells: number, options: string): string => {
    const weights = Array.from({ length: cells }, (_, n) => Array.from({ length: 4 * cells + 1 }, (_, j) => (j === 0 ? 0.5 + n : 0)));
    const names = Array.from({ length: cells }, (_, n) => `v${n + 1}`);
    return `
      system s {
        clock clk = 1MHz
        input u : V
        e = rcnet_encoder(u, weights: ${JSON.stringify(weights)}, unit_capacitors: ${perCell('1pF', cells)}, steps: ${perCell('0.25', cells)},
          temperature: 300${options}) @ clk
        ${names.map((name, n) => `${name} = e.v[${n}]`).join('\n        ')}
        output ${names.join(', ')}
      }
      bench s {
        u = 0V
        run ${ticks} ticks of clk
        record ${names.join(', ')}
      }`;
  };
  const run = (cells: number, options = '') => simulateNow(compileNetlist(loadText(text(cells, options))).program, { clock: 0, ticks });

  it.each([
    ['', 1],
    [', noise_phases: 2', 2],
  ])('has the variance of its capacitors (%s)', (options, phases) => {
    const { waveforms } = run(3, options);
    const units = waveforms.map(({ values }, n) =>
      values.map((value) => value / Math.sqrt((phases * boltzmann * 300 * 0.25 * (0.5 + n)) / 1e-12)),
    );
    for (const [n, values] of units.entries()) {
      expect(distanceFromNormal(values)).toBeGreaterThan(0.3);
      expect(distanceFromNormal(values)).toBeLessThan(2.3);
      expect(Math.abs(variance(values) - 1)).toBeLessThan(4.5 * Math.sqrt(2 / ticks));
      for (const other of units.slice(n + 1)) {
        expect(Math.abs(correlation(values, other))).toBeLessThan(4.5);
        // Cosine and sine share a radius: squares of pairs that depended on it would be correlated.
        const square = (column: Float64Array): Float64Array => column.map((value) => (value * value - 1) / Math.SQRT2);
        expect(Math.abs(correlation(square(values), square(other)))).toBeLessThan(6);
      }
    }
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
  ])('of %i cells takes %i blocks of the generator', (cells, blocks) => {
    const { program } = compileNetlist(loadText(text(cells, '')));
    const draws = [...programNodes(program)].filter(({ op }) => op === 'uniform');
    expect(new Set(draws.map(({ src }) => src.map(({ id }) => id).join())).size).toBe(blocks);
    expect(draws.length).toBe(2 * blocks);
  });
});
