import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample, upsample } from '../../src/io/resample.js';

const tone = (length: number, freqHz: number, rateHz: number, phase = 0.3): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * freqHz * i) / rateHz + phase));
const decibels = (ratio: number): number => 20 * Math.log10(ratio);
const peakOf = (values: Float64Array): number => values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
const rmsOf = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** The part that the mirrored ends do not reach: 64 periods of the lower rate, and some more. */
function interior(values: Float64Array, rateHz: number, lowerHz: number): { values: Float64Array; firstIndex: number } {
  const edge = Math.ceil((80 * rateHz) / lowerHz);
  return { values: values.subarray(edge, values.length - edge), firstIndex: edge };
}

/** Least-squares amplitude of a tone, and the rms of everything else relative to the tone's. */
function fitTone(values: Float64Array, firstIndex: number, freqHz: number, rateHz: number): { amplitude: number; residual: number } {
  let cc = 0;
  let ss = 0;
  let cs = 0;
  let yc = 0;
  let ys = 0;
  const angle = (i: number): number => (2 * Math.PI * freqHz * (i + firstIndex)) / rateHz;
  values.forEach((value, i) => {
    const c = Math.cos(angle(i));
    const s = Math.sin(angle(i));
    cc += c * c;
    ss += s * s;
    cs += c * s;
    yc += value * c;
    ys += value * s;
  });
  const determinant = cc * ss - cs * cs;
  const a = (yc * ss - ys * cs) / determinant;
  const b = (ys * cc - yc * cs) / determinant;
  const rest = values.map((value, i) => value - a * Math.cos(angle(i)) - b * Math.sin(angle(i)));
  const amplitude = Math.hypot(a, b);
  return { amplitude, residual: rmsOf(rest) / (amplitude / Math.SQRT2) };
}

/** Ratios with few filter phases, with many, and without a common measure. */
const rates: [number, number][] = [
  [16000, 48000],
  [48000, 16000],
  [44100, 48000],
  [16000, 167000],
  [167000, 16000],
  [16000, 1_000_003],
  [44100.5, 48000],
  [48000, 44100.25],
  [16000, 10000 * Math.PI],
];

describe('resample', () => {
  it.each(rates)('%d Hz to %d Hz keeps tones within 0.01 dB, all else below -80 dB', (fromHz, toHz) => {
    const lowerHz = Math.min(fromHz, toHz);
    const length = Math.ceil((600 * fromHz) / lowerHz);
    for (const fraction of [0.01, 0.1, 0.3, 0.45, 0.47]) {
      const freqHz = fraction * lowerHz;
      const { values, firstIndex } = interior(resample(tone(length, freqHz, fromHz), fromHz, toHz), toHz, lowerHz);
      const { amplitude, residual } = fitTone(values, firstIndex, freqHz, toHz);
      expect(Math.abs(decibels(amplitude))).toBeLessThan(0.01);
      expect(decibels(residual)).toBeLessThan(-80);
    }
  });

  it.each(rates)('%d Hz to %d Hz keeps the phase: output m stands at time m/toHz', (fromHz, toHz) => {
    const lowerHz = Math.min(fromHz, toHz);
    const freqHz = 0.2 * lowerHz;
    const output = resample(tone(Math.ceil((400 * fromHz) / lowerHz), freqHz, fromHz), fromHz, toHz);
    const { values, firstIndex } = interior(output, toHz, lowerHz);
    const expected = tone(output.length, freqHz, toHz).subarray(firstIndex, firstIndex + values.length);
    expect(peakOf(values.map((value, i) => value - expected[i]!))).toBeLessThan(1e-4);
  });

  it.each([
    [48000, 16000],
    [167000, 16000],
    [1_000_003, 16000],
    [48000, 44100.25],
  ])('%d Hz to %d Hz stops tones above 0.525 of the lower rate below -80 dB', (fromHz, toHz) => {
    for (const fraction of [0.526, 0.7, 1, 1.3].filter((share) => share * toHz < fromHz / 2)) {
      const input = tone(Math.ceil((600 * fromHz) / toHz), fraction * toHz, fromHz);
      const { values } = interior(resample(input, fromHz, toHz), toHz, toHz);
      expect(decibels(rmsOf(values) * Math.SQRT2)).toBeLessThan(-80);
    }
  });

  it('has its cutoff, half of the amplitude, at half of the lower rate', () => {
    // 44100.25 Hz keeps the tone apart from its image; 8 Hz below the cutoff the filter is still within 0.01 of one half.
    const fromHz = 96000;
    const freqHz = 0.5 * 44100.25 - 8;
    const { values, firstIndex } = interior(resample(tone(40000, freqHz, fromHz), fromHz, 44100.25), 44100.25, 44100.25);
    expect(Math.abs(fitTone(values, firstIndex, freqHz, 44100.25).amplitude - 0.5)).toBeLessThan(0.01);
  });

  it.each(rates)('%d Hz to %d Hz keeps a constant to 1e-6, up to the ends', (fromHz, toHz) => {
    for (const length of [1, 2, 7, 300]) {
      for (const value of resample(new Float64Array(length).fill(0.7), fromHz, toHz)) expect(Math.abs(value - 0.7)).toBeLessThan(1e-6);
    }
  });

  it('follows a slow signal up to its ends', () => {
    // Zero slope at both ends, so that the mirror image continues it smoothly.
    const slow = (t: number): number => Math.cos(2 * Math.PI * t);
    const input = Float64Array.from({ length: 201 }, (_, i) => slow(i / 200));
    const output = resample(input, 1000, 3000);
    output.subarray(0, 601).forEach((value, m) => expect(Math.abs(value - slow(m / 600))).toBeLessThan(1e-4));
  });

  it('has ceil(n * to / from) values', () => {
    expect(resample(new Float64Array(10), 3, 1).length).toBe(4);
    expect(resample(new Float64Array(9), 3, 1).length).toBe(3);
    expect(resample(new Float64Array(16000), 16000, 44100).length).toBe(44100);
    expect(resample(new Float64Array(5), 1, 2.5).length).toBe(13);
    expect(resample(new Float64Array(0), 1, 2)).toEqual(new Float64Array(0));
    const whole = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(fc.nat(50), whole, whole, (n, fromHz, toHz) => {
        expect(resample(new Float64Array(n), fromHz, toHz).length).toBe(Math.floor((n * toHz + fromHz - 1) / fromHz));
      }),
    );
  });

  it('copies at equal rates', () => {
    const input = tone(50, 1, 10);
    const output = resample(input, 16000, 16000);
    expect(output).toEqual(input);
    expect(output.buffer).not.toBe(input.buffer);
  });

  it('agrees between exact filter phases and the interpolated prototype', () => {
    const input = tone(400, 1000, 16000);
    const exact = resample(input, 16000, 44100);
    const interpolated = resample(input, 16000 + 2 ** -20, 44100 * (1 + 2 ** -20 / 16000));
    expect(interpolated.length).toBe(exact.length);
    expect(peakOf(exact.map((value, i) => value - interpolated[i]!))).toBeLessThan(1e-6);
  });

  it.each([
    [0, 1],
    [1, 0],
    [-1, 1],
    [NaN, 1],
    [1, Infinity],
  ])('refuses the rates %d Hz and %d Hz', (fromHz, toHz) => {
    expect(() => resample(new Float64Array(4), fromHz, toHz)).toThrow(`rates must be positive and finite, not ${fromHz} Hz and ${toHz} Hz`);
  });

  it('refuses a result beyond memory before it is made', () => {
    expect(() => resample(new Float64Array(4), 1, 1e12)).toThrow('4000000000000 output samples are too many');
  });
});

describe('upsample', () => {
  it('keeps the input samples exactly and is resample by a whole ratio', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (values, factor) => {
          const input = Float64Array.from(values, (value) => value + 0);
          const output = upsample(input, factor);
          expect(output.length).toBe(input.length * factor);
          expect([...output].filter((_, i) => i % factor === 0)).toEqual([...input]);
          expect(output).toEqual(resample(input, 8000, 8000 * factor));
        },
      ),
    );
  });

  it.each([2, 64, 10000])('by %d has images below -80 dB', (factor) => {
    const { values, firstIndex } = interior(upsample(tone(200, 0.4, 1), factor), factor, 1);
    const { amplitude, residual } = fitTone(values, firstIndex, 0.4, factor);
    expect(Math.abs(decibels(amplitude))).toBeLessThan(0.01);
    expect(decibels(residual)).toBeLessThan(-80);
  });

  it.each([0, -1, 1.5, NaN])('refuses the factor %d', (factor) => {
    expect(() => upsample(new Float64Array(4), factor)).toThrow(`factor must be a whole number of at least 1, not ${factor}`);
  });
});
