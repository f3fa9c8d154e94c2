// Incremental converters against figures of a simulation in another language (20,000 inputs, gain fitted): effective bits
// with the cascade of integrators and with the least-squares decoder of 80 taps, and the same loop in two forms.

import { describe, expect, it } from 'vitest';
import { solveLeastSquares } from '../../src/numeric/least-squares.js';
import { measureOf, runText, samplesOf } from './bench.js';

const cycles = 80;
const conversions = 4000;
const reference = 0.4;

/** Order and reach of the inputs in references. */
const loops = [
  [1, 0.67],
  [2, 0.67],
  [3, 0.6],
  [3, 0.67],
] as const;

const measures = (range: number): string => `
  measure enob = conversion_enob(y, u, range: ${range}, frame: ${cycles}, fit: "offset_gain")
  measure worst = conversion_enob(y, u, range: ${range}, frame: ${cycles}, fit: "offset_gain", error: "max")
  measure plain = conversion_enob(y, u, range: ${range}, frame: ${cycles})`;

const source = (reach: number): string => `u = uniform(low: ${-reach * reference}, high: ${reach * reference}) @ conversions`;

const run = (of: string, reach: number, more = '', count = conversions) =>
  runText(
    `import "ciff.loom"
bench test of ${of} {
  ${source(reach)}
  run ${count * cycles} ticks of clk
  record u, y, q
  ${measures(2 * reach * reference)}
  ${more}
}`,
    { seed: 1 },
  );

describe('the cascade of integrators', () => {
  it.each([
    [1, 0.67, 5.77, 5.73],
    [2, 0.67, 10.93, 10.31],
    [3, 0.6, 13.84, 12.9],
    [3, 0.67, 13.94, 12.37],
  ])('order %i, inputs to %f: %f bit, %f at worst', async (order, reach, rms, worst) => {
    const result = await run(`ciff${order}`, reach, '', 20_000);
    expect(Math.abs(measureOf(result, 'enob') - rms)).toBeLessThan(0.03);
    // An extreme hangs on which inputs were drawn.
    expect(Math.abs(measureOf(result, 'worst') - worst)).toBeLessThan(0.25);
  });

  it('with the thermal noise of 14 pF keeps 13.4 to 13.8 bit', async () => {
    const result = await run('ciff3(temperature: 300)', 0.6);
    expect(measureOf(result, 'enob')).toBeGreaterThan(13.4);
    expect(measureOf(result, 'enob')).toBeLessThan(13.8);
  });
});

describe('two forms of a loop', () => {
  it.each(loops)('order %i, inputs to %f: weights and integrators decide alike in every cycle', async (order, reach) => {
    const [weights, blocks] = [await run(`ciff${order}`, reach, '', 500), await run(`ciff${order}_loop`, reach, '', 500)];
    expect(samplesOf(weights, 'q')).toEqual(samplesOf(blocks, 'q'));
    expect(samplesOf(weights, 'y')).toEqual(samplesOf(blocks, 'y'));
    expect(new Set(samplesOf(weights, 'q'))).toEqual(new Set([-reference, reference]));
  });
});

/** Taps and offset of the least error over the conversions of two records. */
function leastSquaresTaps(u: Float64Array, q: Float64Array): { taps: number[]; offset: number } {
  const count = u.length / cycles;
  const rows = (values: Float64Array, cycle: number): Float64Array =>
    Float64Array.from({ length: count }, (_, k) => values[k * cycles + cycle]!);
  const columns = [new Float64Array(count).fill(1), ...Array.from({ length: cycles }, (_, cycle) => rows(q, cycle))];
  const [offset, ...taps] = solveLeastSquares(columns, rows(u, 0)).solution;
  return { taps, offset: offset! };
}

/** A converter of ciff.loom with a decoder of its own beside it. */
const decoded = (of: string, { taps, offset }: { taps: readonly number[]; offset: number }, reach: number) =>
  runText(
    `import "ciff.loom"
system decoded {
  clock clk = 1MHz
  clock conversions = clk/${cycles}
  input u : V
  frame ${cycles} ticks of clk
  converter = ${of}
  decoder = fir_decoder(converter.q, taps: [${taps.join(', ')}], offset: ${offset}) @ clk
  y = decoder.out
  output y
}
bench decoded {
  ${source(reach)}
  run ${conversions * cycles} ticks of clk
  record u, y
  ${measures(2 * reach * reference)}
}`,
    { seed: 2 },
  );

describe('the least-squares decoder', () => {
  it.each([
    ['ciff1', '', 0.67, 8.71, 6.65],
    ['ciff2', '', 0.67, 12.13, 10.69],
    ['ciff3', '', 0.6, 14.33, 13.18],
    ['ciff3', 'temperature: 300', 0.6, 13.62, 12.4],
    ['ciff3', 'temperature: 300', 0.67, 13.77, 12.58],
  ])('of %s(%s), inputs to %f: %f bit, %f at worst', async (name, params, reach, rms, worst) => {
    const training = await run(`${name}${params === '' ? '' : `(${params})`}`, reach, '', 2 * conversions);
    const fitted = leastSquaresTaps(samplesOf(training, 'u'), samplesOf(training, 'q'));
    const result = await decoded(`${name}(u${params === '' ? '' : `, ${params}`})`, fitted, reach);
    // How the capacitance of those figures was split is not known: the noise of ours is a bit less.
    const better = params === '' ? 0.1 : 0.35;
    expect(measureOf(result, 'enob')).toBeGreaterThan(rms - 0.1);
    expect(measureOf(result, 'enob')).toBeLessThan(rms + better);
    // A fit has neither offset nor gain to forgive.
    expect(Math.abs(measureOf(result, 'plain') - measureOf(result, 'enob'))).toBeLessThan(0.01);
    expect(measureOf(result, 'worst')).toBeGreaterThan(worst - 0.25);
    expect(measureOf(training, 'enob')).toBeLessThan(measureOf(result, 'enob'));
  });
});
