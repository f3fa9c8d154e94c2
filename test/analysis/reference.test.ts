import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignToReference } from '../../src/analysis/alignment.js';
import { referenceSndr } from '../../src/analysis/reference.js';
import { normalValues } from '../numeric/random-values.js';
import { record, sum } from './signals.js';

/** A band-limited signal known at every instant: many tones with no common period, up to 0.7 of Nyquist. */
const partials = Array.from({ length: 60 }, (_, k) => ({
  rate: 0.35 * ((k + 1) / 60) ** 1.3,
  amplitude: 1 / (1 + k / 8),
  phase: (k * k * 2.399963) % (2 * Math.PI),
}));
const signal = (t: number) =>
  partials.reduce((s, { rate, amplitude, phase }) => s + amplitude * Math.cos(2 * Math.PI * rate * t + phase), 0);
const rows = 2000;
const delayedBy = (delay: number, n = rows) => Float64Array.from({ length: n }, (_, t) => signal(t - delay));
const reference = record(delayedBy(0), { name: 'r' });
const noise = (sigma: number, n = rows) => normalValues(n, 8).map((value) => sigma * value);

describe('referenceSndr', () => {
  it('forgives gain, offset and a fractional delay', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -300, max: 300, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.boolean(),
        (delay, size, inverted) => {
          const gain = inverted ? -size : size;
          const values = delayedBy(delay).map((value) => gain * value + 0.7);
          const fit = referenceSndr(record(values), reference);
          expect(Math.abs(fit.delaySeconds * 1e6 - delay)).toBeLessThan(1e-5);
          expect(fit.gain / gain).toBeCloseTo(1, 6);
          expect(Math.abs(fit.offset - 0.7)).toBeLessThan(1e-4);
          expect(fit.sndrDb).toBeGreaterThan(110);
        },
      ),
      { numRuns: 12 },
    );
  });

  it.each([0, 12.345, -4.5])('finds noise of known power and a delay of %d rows to 1e-3', (delay) => {
    const n = 16384;
    const clean = delayedBy(delay, n);
    const fit = referenceSndr(record(sum(clean, noise(0.02, n))), record(delayedBy(0, n)));
    const power = partials.reduce((s, { amplitude }) => s + amplitude ** 2 / 2, 0);
    expect(Math.abs(fit.delaySeconds * 1e6 - delay)).toBeLessThan(1e-3);
    expect(Math.abs(fit.sndrDb - 10 * Math.log10(power / 0.02 ** 2))).toBeLessThan(0.2);
  });

  it('takes the nearest delay of a periodic reference', () => {
    const sine = (delay: number) => Float64Array.from({ length: rows }, (_, t) => Math.sin((2 * Math.PI * (t - delay)) / 50));
    const fit = alignToReference(record(sine(12.3)), record(sine(0)));
    expect(fit.delayRows).toBeCloseTo(12.3, 4);
    expect(fit.gain).toBeCloseTo(1, 6);
  });

  it('searches no further than it is told', () => {
    const far = record(delayedBy(200));
    expect(referenceSndr(far, reference).delaySeconds).toBeCloseTo(200e-6, 9);
    expect(referenceSndr(far, reference, 50e-6).sndrDb).toBeLessThan(10);
  });

  it('sees distortion as noise', () => {
    const values = delayedBy(3.5).map((value) => value + 0.01 * value ** 3);
    const { sndrDb, gain } = referenceSndr(record(values), reference);
    expect(sndrDb).toBeGreaterThan(10);
    expect(sndrDb).toBeLessThan(40);
    expect(gain).toBeGreaterThan(1);
  });

  it('refuses references it cannot follow', () => {
    const ramp = Float64Array.from({ length: rows }, (_, t) => t / 1000);
    expect(() => referenceSndr(reference, record(new Float64Array(rows).fill(1)))).toThrow("'v' is constant");
    expect(() => referenceSndr(record(new Float64Array(rows)), reference)).toThrow("'v' is constant");
    expect(() => referenceSndr(record(ramp), record(ramp))).toThrow("reference 'v' has no feature to align on");
    expect(() => referenceSndr(record(delayedBy(0, 100)), record(delayedBy(0, 100)))).toThrow("'v' has 100 rows, at least 192 are needed");
  });
});
