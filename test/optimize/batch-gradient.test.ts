// Gradients of a batch against central differences of its own forward run, and against the same gradient taken otherwise.

import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../src/diagnostics/diagnostic.js';
import { elaborate } from '../../src/graph/elaborate.js';
import { loadText } from '../../src/index.js';
import { add, div, exp, mul, param, round, surrogate } from '../../src/ir/build.js';
import type { Program } from '../../src/ir/program.js';
import type { BatchGradient, BatchGradientOptions, LaneInputs } from '../../src/optimize/batch-gradient.js';
import { openBatchGradient } from '../../src/optimize/open-batch-gradient.js';
import { lowerDifferentiable } from '../../src/schedule/lower.js';

const text = `
  system pair(a = 0.9, b = 0.3) {
    clock clk = 1MHz phases [p1, p2]
    input u : V
    x1 = integrator(sin(x2/1V)*1V + b*u, gain: a, leak: 0.8) @ clk.p1
    x2 = integrator(exp(-x1*x1/1V^2)*1V - x2, gain: 0.5, leak: 0.9) @ clk.p2
    y = x2 + a*b*x1
    output y, x1
  }`;

function pair(): Program {
  const bag = new DiagnosticBag();
  return lowerDifferentiable(elaborate(loadText(text), { openInputs: true }, bag), bag);
}

const lanes = 5;
const ticks = 23;
const spread = (count: number, scale: number): Float64Array => Float64Array.from({ length: count }, (_, i) => scale * Math.sin(1 + 3 * i));

/** A smooth objective of everything that came out, and its derivatives. */
function judge({ finals, rows }: ReturnType<BatchGradient['forward']>) {
  const square = (values: Float64Array): number => values.reduce((sum, value, i) => sum + (1 + (i % 3)) * value * value, 0);
  const derivative = (values: Float64Array): Float64Array => values.map((value, i) => 2 * (1 + (i % 3)) * value);
  return {
    loss: [...finals, ...rows].reduce((sum, values) => sum + square(values), 0),
    cotangents: { finals: finals.map(derivative), rows: rows.map(derivative) },
  };
}

function difference(gradient: BatchGradient, values: Float64Array, inputs: LaneInputs, at: Float64Array, i: number): number {
  const before = at[i]!;
  const step = 1e-5;
  const lossAt = (value: number): number => {
    at[i] = value;
    return judge(gradient.forward(values, inputs)).loss;
  };
  const slope =
    (8 * (lossAt(before + step) - lossAt(before - step)) - (lossAt(before + 2 * step) - lossAt(before - 2 * step))) / (12 * step);
  at[i] = before;
  return slope;
}

const options = (extra: Partial<BatchGradientOptions>): BatchGradientOptions => ({
  learned: ['a', 'b', 'x1.leak'],
  finals: ['x1'],
  rows: ['y'],
  clock: 0,
  ticks,
  lanes,
  ...extra,
});

describe('the gradient of a batch', () => {
  for (const backend of ['interpret', 'js', 'wasm'] as const) {
    for (const hyperperiods of [undefined, 1, 4]) {
      for (const kind of ['perLane', 'sequences'] as const) {
        it(`agrees with differences on ${backend}, input ${kind}, ${hyperperiods ?? 'all'} periods a segment`, async () => {
          const gradient = await openBatchGradient(pair(), options({ [kind]: ['u'], backend, hyperperiods }));
          const values = Float64Array.of(0.9, 0.3, 0.8);
          const given = spread(kind === 'perLane' ? lanes : lanes * ticks, 0.4);
          const inputs: LaneInputs = { [kind]: [given] };
          const { cotangents } = judge(gradient.forward(values, inputs));
          const found = gradient.backward({ finals: cotangents.finals.map((x) => x.slice()), rows: cotangents.rows.map((x) => x.slice()) });
          const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(1e-3, Math.abs(b));
          values.forEach((_, i) => expect(relative(found.learned[i]!, difference(gradient, values, inputs, values, i))).toBeLessThan(1e-7));
          for (let i = 0; i < given.length; i += 7) {
            expect(relative(found[kind][0]![i]!, difference(gradient, values, inputs, given, i))).toBeLessThan(1e-7);
          }
        });
      }
    }
  }

  it('goes through formulas, with the derivatives that surrogates declare', async () => {
    const [w, s] = [param('w'), param('s')];
    const scaled = div(w, s);
    // b = s*round(w/s) with the slope of w/s, a = exp(s)
    const formulas = new Map([
      ['b', mul(s, surrogate(round(scaled), scaled))],
      ['a', exp(s)],
    ]);
    const smooth = new Map([
      ['b', mul(s, surrogate(add(scaled, 0.25), scaled))],
      ['a', exp(s)],
    ]);
    const inputs: LaneInputs = { perLane: [spread(lanes, 0.4)] };
    const gradient = await openBatchGradient(pair(), options({ learned: ['w', 's', 'x1.leak'], formulas, perLane: ['u'] }));
    const values = Float64Array.of(0.275, 0.1, 0.8);
    const plain = await openBatchGradient(pair(), options({ perLane: ['u'] }));
    const rounded = judge(gradient.forward(values, inputs)).loss;
    expect(rounded).toBe(judge(plain.forward([Math.exp(0.1), 0.1 * 3, 0.8], inputs)).loss);
    // w/s + 0.25 is what rounding gives here: same value, and so the same gradient.
    const found = gradient.backward(judge(gradient.forward(values, inputs)).cotangents);
    gradient.prepare(smooth);
    const other = gradient.backward(judge(gradient.forward(values, inputs)).cotangents);
    expect(found.learned[0]).toBeCloseTo(other.learned[0]!, 9);
    expect(found.learned[1]).toBeCloseTo(other.learned[1]!, 9);
    expect(Math.abs(found.learned[0]!)).toBeGreaterThan(1e-3);
  });

  it('draws other noise for other first lanes and seeds, the same for the same', async () => {
    const bag = new DiagnosticBag();
    const noisy = loadText('system s(g = 1) {\n clock clk = 1MHz\n n = noise(rms: 1V) @ clk\n y = g*n\n output y\n}');
    const program = lowerDifferentiable(elaborate(noisy, {}, bag), bag);
    const gradient = await openBatchGradient(program, { learned: ['g'], finals: ['y'], clock: 0, ticks: 4, lanes });
    const drawn = (inputs: LaneInputs): number[] => [...gradient.forward([1], inputs).finals[0]!];
    const first = drawn({ seed: 7 });
    expect(drawn({ seed: 7, firstLane: 2 }).slice(0, 3)).toEqual(first.slice(2));
    expect(drawn({ seed: 8 })).not.toEqual(first);
    expect(drawn({ seed: 7 })).toEqual(first);
  });
});

describe('the Jacobian of a batch', () => {
  it('has the gradient of each lane in its row', async () => {
    const gradient = await openBatchGradient(pair(), options({ perLane: ['u'] }));
    const values = Float64Array.of(0.9, 0.3, 0.8);
    const { finals, rows } = gradient.forward(values, { perLane: [spread(lanes, 0.4)] });
    const jacobian = gradient.jacobian(0);
    const none = rows.map(({ length }) => new Float64Array(length));
    for (let lane = 0; lane < lanes; lane++) {
      const only = finals.map(({ length }) => new Float64Array(length));
      only[0]![lane] = 1;
      const { learned } = gradient.backward({ finals: only, rows: none });
      expect([...jacobian.subarray(3 * lane, 3 * lane + 3)]).toEqual([...learned]);
    }
  });
});

describe('long runs', () => {
  it('keep few checkpoints, and have the bits of a run whose tape is whole', async () => {
    const [many, long] = [4096, 1200];
    const given = { ticks: long, lanes: many, perLane: ['u'], finals: ['x1'], rows: [], backend: 'wasm' } as const;
    const inputs = { perLane: [spread(many, 0.3)] };
    const gradients = [];
    for (const hyperperiods of [long, 1]) {
      const gradient = await openBatchGradient(pair(), options({ ...given, hyperperiods }));
      const { cotangents } = judge(gradient.forward([0.9, 0.3, 0.8], inputs));
      gradients.push(gradient.backward(cotangents), gradient.backward(cotangents));
    }
    for (const other of gradients.slice(1)) expect(other).toEqual(gradients[0]);
  });

  it('of a million ticks have gradients, in memory of a few megabytes', async () => {
    const bag = new DiagnosticBag();
    const filter = `system s(g = 0.5) {
      clock clk = 1MHz
      input u : V
      x = integrator(u, gain: g, leak: 0.999) @ clk
      y = x + 0V
      output y
    }`;
    const program = lowerDifferentiable(elaborate(loadText(filter), { openInputs: true }, bag), bag);
    const before = process.memoryUsage().rss;
    const gradient = await openBatchGradient(program, {
      learned: ['g', 'x.leak'],
      perLane: ['u'],
      finals: ['y'],
      clock: 0,
      ticks: 1_000_000,
      lanes: 1,
      backend: 'wasm',
    });
    const { finals } = gradient.forward([0.5, 0.999], { perLane: [Float64Array.of(0.2)] });
    expect(finals[0]![0]).toBeCloseTo((0.5 * 0.2) / 0.001, 6);
    const { learned, perLane } = gradient.backward({ finals: [Float64Array.of(1)], rows: [] });
    // Of the end of a geometric series: g*u/(1 - leak).
    expect(learned[0]! / (0.2 / 0.001)).toBeCloseTo(1, 9);
    expect(learned[1]! / ((0.5 * 0.2) / 0.001 ** 2)).toBeCloseTo(1, 9);
    expect(perLane[0]![0]! / (0.5 / 0.001)).toBeCloseTo(1, 9);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });
});
