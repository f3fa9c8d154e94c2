import { describe, expect, it } from 'vitest';
import { decibels } from '../../src/analysis/decibels.js';
import { spectrum } from '../../src/analysis/spectrum.js';
import { variance } from '../../src/numeric/statistics.js';
import { windowNames } from '../../src/numeric/windows.js';
import { normalValues, randomValues } from '../numeric/random-values.js';
import { record, sum, tone } from './signals.js';

describe('spectrum', () => {
  it.each(windowNames)('reads 0 dBFS at the bin of a full-scale sine, at any length, with a %s window', (window) => {
    for (const rows of [1024, 1000, 1001, 997]) {
      for (const fullScale of [1, 0.35]) {
        const { powers, freqStepHz } = spectrum(record(tone(rows, 101, fullScale)), { window, fullScale });
        expect(powers.length).toBe(Math.floor(rows / 2) + 1);
        expect(freqStepHz).toBe(1e6 / rows);
        expect(decibels(powers[101]!)).toBeCloseTo(0, 9);
        expect(powers.indexOf(Math.max(...powers))).toBe(101);
      }
    }
  });

  it('states its scale', () => {
    const wave = record(tone(65536, 7), { sampleRateHz: 1e6 });
    expect(spectrum(wave).reference).toBe('0 dBFS = sine of amplitude 1 V; hann window, 65536 points, NBW 1.5 bins = 22.89 Hz');
    expect(spectrum(wave, { nfft: 4096, window: 'blackman_harris', fullScale: 0.5 }).reference).toBe(
      '0 dBFS = sine of amplitude 500 mV; blackman-harris window, 4096 points, 31 segments averaged, NBW 2.004 bins = 489.3 Hz',
    );
  });

  it.each([1000, 1001])('keeps the power of %d rows (Parseval)', (rows) => {
    const values = randomValues(rows, 4);
    const { powers } = spectrum(record(values), { window: 'rectangular' });
    // Relative to a full-scale sine, whose power is 1/2.
    expect(powers.reduce((a, b) => a + b, 0) / 2 / variance(values)).toBeCloseTo(1, 12);
  });

  it('gives white noise the level its noise bandwidth says', () => {
    const rows = 1 << 16;
    const sigma = 1e-3;
    const values = normalValues(rows, 9).map((value) => sigma * value);
    for (const window of windowNames) {
      const { powers, nbwBins } = spectrum(record(values), { window, nfft: 1024 });
      const average = powers.subarray(8, 505).reduce((a, b) => a + b, 0) / 497;
      // Power sigma^2 spread over 512 bins, relative to 1/2, times the noise bandwidth.
      const expected = (2 * sigma ** 2 * nbwBins) / 512;
      expect(Math.abs(decibels(average / expected))).toBeLessThan(0.15);
    }
  });

  it('reads a full-scale bit tone near 0 dBFS and ignores DC', () => {
    const bits = tone(4096, 64).map((value) => (value > 0 ? 1 : 0));
    // The fundamental of a square wave is 4/pi of its amplitude.
    expect(decibels(spectrum(record(bits, { type: 'bit' })).powers[64]!)).toBeCloseTo(20 * Math.log10(4 / Math.PI), 2);
    const plain = spectrum(record(tone(1024, 5)));
    const lifted = spectrum(record(tone(1024, 5).map((value) => value + 3)));
    lifted.powers.forEach((power, k) => expect(Math.abs(power - plain.powers[k]!)).toBeLessThan(1e-15));
  });

  it('averages segments', () => {
    const values = sum(
      tone(4096, 256, 0.5),
      normalValues(4096, 2).map((value) => 0.01 * value),
    );
    const averaged = spectrum(record(values), { nfft: 512 });
    expect(averaged.segments).toBe(15);
    expect(decibels(averaged.powers[32]!)).toBeCloseTo(decibels(0.25), 1);
  });

  it('refuses what it cannot analyse', () => {
    expect(() => spectrum(record(tone(15, 2)))).toThrow("'v' has 15 rows, at least 16 are needed");
    expect(() => spectrum(record(Float64Array.from({ length: 20 }, (_, t) => (t === 7 ? NaN : t))))).toThrow("'v' is NaN at row 7");
    expect(() => spectrum(record(tone(64, 2)), { fullScale: 0 })).toThrow('full scale 0 is not positive');
    expect(() => spectrum(record(tone(64, 2)), { nfft: 65 })).toThrow('segments of 65 rows do not fit: 16 to 64 rows are possible');
  });
});
