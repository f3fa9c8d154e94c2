import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toneOffsetBins } from '../../src/analysis/coherence.js';
import { sndr } from '../../src/analysis/sndr.js';
import { spectrum } from '../../src/analysis/spectrum.js';
import { windowNames } from '../../src/numeric/windows.js';
import { normalValues } from '../numeric/random-values.js';
import { modulate, quantize, record, sum, tone } from './signals.js';

const noise = (rows: number, sigma: number, seed = 1) => normalValues(rows, seed).map((value) => sigma * value);

describe('sndr', () => {
  it.each(windowNames)('finds the resolution of ideal quantizers with a %s window', (window) => {
    for (const bits of [8, 10, 12, 14]) {
      // An odd prime of periods visits every phase; a hair below full scale does not clip.
      const { enobBits, sndrDb, warnings } = sndr(record(quantize(tone(16384, 1021, 0.9999), bits)), { window });
      expect(Math.abs(enobBits - bits)).toBeLessThan(0.05);
      expect(enobBits).toBe((sndrDb - 1.76) / 6.02);
      expect(warnings).toEqual([]);
    }
  });

  it.each([4096, 5000, 4999])('measures white noise of known power in %d rows', (rows) => {
    const sigma = 1e-3;
    const wave = record(sum(tone(rows, 301, 0.5), noise(rows, sigma)));
    const expected = 10 * Math.log10(0.125 / sigma ** 2);
    for (const window of windowNames) {
      const figures = sndr(wave, { window });
      expect(Math.abs(figures.sndrDb - expected)).toBeLessThan(0.3);
      expect(Math.abs(figures.snrDb - expected)).toBeLessThan(0.35);
      expect(figures.freqHz).toBeCloseTo((301 * 1e6) / rows, 6);
      expect(Math.abs(figures.signalDbfs - 20 * Math.log10(0.5))).toBeLessThan(0.02);
      expect(Math.abs(figures.signalDbfs - figures.noiseDbfs - figures.sndrDb)).toBeLessThan(1e-9);
    }
    // A quarter of the band holds a quarter of the noise.
    const quarter = sndr(wave, { bandwidthHz: 1e6 / 8 });
    expect(Math.abs(quarter.sndrDb - expected - 10 * Math.log10(4))).toBeLessThan(0.5);
  });

  it('tells harmonics from noise and finds the largest spur', () => {
    const rows = 8192;
    const values = sum(tone(rows, 91, 1), tone(rows, 182, 1e-3), tone(rows, 273, 1e-2), tone(rows, 1000, 2e-3), noise(rows, 1e-5));
    const figures = sndr(record(values));
    expect(figures.thdDb).toBeCloseTo(10 * Math.log10(1e-4 + 1e-6), 2);
    expect(figures.sfdrDb).toBeCloseTo(40, 2);
    expect(figures.snrDb).toBeCloseTo(20 * Math.log10(1 / 2e-3), 2);
    expect(figures.sndrDb).toBeCloseTo(-10 * Math.log10(1e-4 + 1e-6 + 4e-6), 2);
    // Beyond the second harmonic the band of 250 bins holds only that one.
    expect(sndr(record(values), { bandwidthHz: (250 * 1e6) / rows }).thdDb).toBeCloseTo(-60, 1);
    expect(sndr(record(values), { bandwidthHz: (150 * 1e6) / rows }).thdDb).toBeUndefined();
    expect(sndr(record(values), { harmonics: 1 }).thdDb).toBeCloseTo(-60, 1);
  });

  it('finds harmonics where they fold', () => {
    const rows = 1024;
    // 3 * 401 = 1203 periods fold to 179.
    const values = sum(tone(rows, 401, 1), tone(rows, 179, 0.01), noise(rows, 1e-6));
    expect(sndr(record(values), { harmonics: 2 }).thdDb).toBeCloseTo(-40, 2);
  });

  it('does not depend on DC, phase or amplitude', () => {
    const rows = 2048;
    const base = sndr(record(sum(tone(rows, 99, 0.7), noise(rows, 1e-3)))).sndrDb;
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: 0.01, max: 100, noNaN: true }), (dc, gain) => {
        const values = sum(tone(rows, 99, 0.7), noise(rows, 1e-3)).map((value) => gain * value + dc);
        expect(sndr(record(values)).sndrDb).toBeCloseTo(base, 5);
      }),
      { numRuns: 20 },
    );
    for (const phase of [0, 1, 2, 3]) {
      expect(sndr(record(sum(tone(rows, 99, 0.7, phase), noise(rows, 1e-3)))).sndrDb).toBeCloseTo(base, 0);
    }
  });

  it('sees the noise shaping of a second-order modulator: 15 dB an octave', () => {
    const rows = 1 << 16;
    const wave = record(modulate(tone(rows, 37, 0.5)));
    const at = (osr: number) => sndr(wave, { bandwidthHz: 1e6 / (2 * osr) });
    const [coarse, fine] = [at(32), at(128)];
    expect(coarse.warnings).toEqual([]);
    expect(Math.abs(fine.sndrDb - coarse.sndrDb - 30)).toBeLessThan(4);
    expect(fine.sndrDb).toBeGreaterThan(80);
    expect(fine.sndrDb).toBeLessThan(100);
    expect(fine.freqHz).toBeCloseTo((37 * 1e6) / rows, 6);
    expect(Math.abs(fine.signalDbfs - 20 * Math.log10(0.5))).toBeLessThan(0.05);
  });

  it('takes the tone it is told', () => {
    const rows = 4096;
    const values = sum(tone(rows, 100, 1), tone(rows, 333, 0.1), noise(rows, 1e-4));
    const told = sndr(record(values), { freqHz: (333 * 1e6) / rows });
    expect(told.sndrDb).toBeCloseTo(-20, 2);
    expect(told.warnings).toEqual([]);
  });

  it('gives infinity for a tone with nothing else only down to rounding', () => {
    expect(sndr(record(tone(4096, 100))).sndrDb).toBeGreaterThan(280);
  });

  it('refuses bands and tones it cannot measure', () => {
    const wave = record(tone(1024, 100));
    expect(() => sndr(wave, { bandwidthHz: 0 })).toThrow('bandwidth 0 Hz is not positive');
    expect(() => sndr(wave, { bandwidthHz: 600e3 })).toThrow('bandwidth 600 kHz is above half the sample rate');
    expect(() => sndr(wave, { bandwidthHz: 3e3 })).toThrow('band of 4 bins is too narrow for a tone and noise');
    expect(() => sndr(wave, { freqHz: 300e3, bandwidthHz: 100e3 })).toThrow('tone at 300 kHz lies outside 1.953 kHz to 99.61 kHz');
    expect(() => sndr(record(new Float64Array(64).fill(2)))).toThrow("'v' holds no tone: it is constant");
  });
});

describe('coherence', () => {
  it('estimates how far a tone is off its bin', () => {
    for (const offset of [-0.49, -0.2, -1e-3, 0, 1e-6, 0.1, 0.4]) {
      const measured = toneOffsetBins(spectrum(record(tone(4096, 500 + offset))), 500);
      expect(Math.abs(measured! - offset)).toBeLessThan(1e-5);
    }
    expect(toneOffsetBins(spectrum(record(tone(64, 2))), 2)).toBeUndefined();
  });

  it.each(windowNames)('warns of a tone between bins with a %s window', (window) => {
    const rows = 4096;
    const wave = record(sum(tone(rows, 66.5, 0.5), noise(rows, 1e-5)), { sampleRateHz: 4.096e6 });
    const { warnings } = sndr(wave, { window });
    expect(warnings.length).toBe(1);
    expect(warnings[0]!.code).toBe('DL504');
    expect(warnings[0]!.message).toMatch(/^tone of 'v' is not coherent with the record: 66\.(5|49999\d*|500000\d*) periods in 4096 rows$/);
    expect(warnings[0]!.help).toMatch(/^make its frequency 6[67] periods in 4096 rows \(6[67] kHz\), or fit it with tone_sndr$/);
  });

  it('warns by the frequency it is told, even where noise hides the leak', () => {
    const rows = 4096;
    const wave = record(sum(tone(rows, 66.05, 0.5), noise(rows, 0.5)));
    expect(sndr(wave).warnings).toEqual([]);
    expect(sndr(wave, { freqHz: (66.05 * 1e6) / rows }).warnings[0]!.message).toBe(
      "tone of 'v' is not coherent with the record: 66.05 periods in 4096 rows",
    );
  });

  it('keeps quiet about coherent tones in any amount of noise', () => {
    for (let seed = 1; seed <= 20; seed++) {
      for (const sigma of [1e-9, 1e-5, 1e-2, 0.3]) {
        const wave = record(sum(tone(2048, 77, 0.5), noise(2048, sigma, seed)));
        for (const window of windowNames) expect(sndr(wave, { window }).warnings).toEqual([]);
      }
    }
  });
});
