// ENOB of conversions: ideal quantizers of known bits, errors written out, and options that do not fit.

import { describe, expect, it } from 'vitest';
import { measures } from '../../src/analysis/measures.js';
import { takeMeasure } from '../../src/analysis/take-measure.js';
import type { MeasureOptionValue } from '../../src/analysis/define-measure.js';
import { record } from './signals.js';

const take = (
  name: 'conversion_enob' | 'mean_conversion_enob',
  output: Float64Array,
  input: Float64Array,
  options: Record<string, MeasureOptionValue>,
) => takeMeasure(measures.get(name)!, [record(output, { name: 'y' }), record(input, { name: 'u' })], options).value;

const count = 20_000;
const range = 0.5;
/** Even inputs over -0.25 .. 0.25, one a conversion. */
const inputs = Float64Array.from({ length: count }, (_, k) => range * ((k + 0.5) / count - 0.5));
const rounded = (u: number, bits: number): number => {
  const step = range / 2 ** bits;
  return step * (Math.floor(u / step) + 0.5);
};

/** Conversions of four rows, whose row c is as good as a quantizer of 3 + c bits; the third is off by a gain and an offset. */
const frame = 4;
const held = Float64Array.from({ length: frame * count }, (_, i) => inputs[Math.floor(i / frame)]!);
const converging = held.map((u, i) => rounded(u, 3 + (i % frame)));
const skewed = converging.map((value) => 0.9 * value + 0.01);

describe('conversion_enob', () => {
  it.each(['rms', 'max'])('of an ideal quantizer is its bits (%s)', (error) => {
    for (const bits of [3, 8]) {
      const output = inputs.map((u) => rounded(u, bits));
      expect(take('conversion_enob', output, inputs, { range, error })).toBeCloseTo(bits, 2);
    }
  });

  it('is of one cycle of each conversion, by default the last', () => {
    const at = (options: Record<string, number>): number => take('conversion_enob', converging, held, { range, frame, ...options });
    expect(at({})).toBeCloseTo(6, 2);
    for (const cycle of [0, 1, 2, 3]) expect(at({ cycle })).toBeCloseTo(3 + cycle, 2);
    expect(at({ cycle: -4 })).toBeCloseTo(3, 2);
    expect(at({ cycle: 3, skip: 4 * 1000, count: 4 * 18_000 })).toBeCloseTo(6, 2);
  });

  it('takes offset and gain out where asked', () => {
    const at = (fit: string, error: string): number => take('conversion_enob', skewed, held, { range, frame, fit, error });
    // The errors 0.9*(u + e) + 0.01 - u: an offset of 10 mV, and -0.1 u besides where the gain is left.
    const [square, noise] = [(0.1 * range) ** 2 / 12, (range / 2 ** 6) ** 2 / 12];
    const cross = 2 * 0.09 * noise; // of u and its rounding error: mean(u e) = -step^2/12
    expect(at('none', 'rms')).toBeCloseTo(Math.log2(range / Math.sqrt(12 * (1e-4 + square + 0.81 * noise + cross))), 2);
    expect(at('offset', 'rms')).toBeCloseTo(Math.log2(range / Math.sqrt(12 * (square + 0.81 * noise + cross))), 2);
    // Rounding takes a part 2^-2B of the fitted gain away, too little to see.
    expect(at('offset_gain', 'rms')).toBeCloseTo(6, 2);
    expect(at('offset_gain', 'max')).toBeCloseTo(6, 1);
  });

  it('leaves the rows of an unfinished conversion out', () => {
    const [output, input] = [converging, held].map((values) => values.subarray(0, frame * 1000 + 3));
    expect(take('conversion_enob', output!, input!, { range, frame })).toBe(
      take('conversion_enob', converging, held, { range, frame, count: frame * 1000 }),
    );
  });

  it.each<[Record<string, MeasureOptionValue>, string]>([
    [{}, "option 'range' is missing"],
    [{ range: 0 }, "option 'range' is not positive"],
    [{ range, frame: 1.5 }, "option 'frame' is 1.5, not a number of rows"],
    [{ range, frame: 4, cycle: 4 }, "option 'cycle' is 4, no row of a conversion of 4"],
    [{ range, frame: 4, cycle: -5 }, "option 'cycle' is -5, no row of a conversion of 4"],
    [{ range, frame: 60_000 }, "'y' has 80000 rows, at least 120000 are needed"],
    [{ range, error: 'mean' }, "option 'error' is not one of rms, max"],
  ])('refuses %o', (options, message) => {
    expect(() => take('conversion_enob', converging, held, options)).toThrow(message);
  });

  it('refuses an output that does not follow its input', () => {
    const options = { range, fit: 'offset_gain' };
    expect(() =>
      take(
        'conversion_enob',
        inputs.map(() => 1),
        inputs,
        options,
      ),
    ).toThrow("'y' does not follow 'u': its fitted gain is 0");
  });
});

describe('mean_conversion_enob', () => {
  it('is the mean over the cycles', () => {
    expect(take('mean_conversion_enob', converging, held, { range, frame })).toBeCloseTo((3 + 4 + 5 + 6) / 4, 2);
    expect(take('mean_conversion_enob', skewed, held, { range, frame, fit: 'offset_gain' })).toBeCloseTo(4.5, 1);
  });
});
