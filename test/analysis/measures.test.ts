import { describe, expect, it } from 'vitest';
import type { MeasureOptionValue } from '../../src/analysis/define-measure.js';
import { MeasureError } from '../../src/analysis/measure-error.js';
import { measures } from '../../src/analysis/measures.js';
import { takeMeasure } from '../../src/analysis/take-measure.js';
import type { Waveform } from '../../src/analysis/waveform.js';
import { parseUnit } from '../../src/units/unit.js';
import { normalValues } from '../numeric/random-values.js';
import { modulate, record, sum, tone } from './signals.js';

type Options = Readonly<Record<string, MeasureOptionValue>>;
const take = (name: string, waves: readonly Waveform[], options?: Options) => takeMeasure(measures.get(name)!, waves, options);
const list = (...values: number[]) => record(Float64Array.from(values));
const bits = (...values: number[]) => record(Float64Array.from(values), { type: 'bit', name: 'b', unit: '' });

function problemOf(name: string, waves: readonly Waveform[], options?: Options): string {
  try {
    return `value ${take(name, waves, options).value}`;
  } catch (error) {
    expect(error).toBeInstanceOf(MeasureError);
    const { message, help } = error as MeasureError;
    return help === undefined ? message : `${message}; ${help}`;
  }
}

describe('levels and bit-streams', () => {
  it.each<[string, Waveform, Options, number]>([
    ['rms', list(3, -4), {}, Math.sqrt(12.5)],
    ['rms_ac', list(1, 3), {}, 1],
    ['mean', list(1, 2, 6), {}, 3],
    ['min', list(1, -2, 6), {}, -2],
    ['max', list(1, -2, 6), {}, 6],
    ['peak', list(1, -7, 6), {}, 7],
    ['density', bits(1, 0, 1, 1), {}, 0.75],
    ['density', list(-1, 1, -1, -1), {}, 0.25],
    ['transition_rate', bits(1, 0, 1, 1, 1), {}, 5e5],
    ['bit_rate', bits(1, 0), {}, 1e6],
    ['value', list(1, 2, 3), {}, 3],
    ['value', list(1, 2, 3), { row: 0 }, 1],
    ['value', list(1, 2, 3), { row: -2 }, 2],
    ['mean', list(100, 1, 3, 100), { skip: 1, count: 2 }, 2],
    ['mean', list(100, 1, 3), { skip: 1 }, 2],
    ['mean', list(1, 3, 100), { count: 2 }, 2],
  ])('%s', (name, wave, options, expected) => {
    expect(take(name, [wave], options).value).toBeCloseTo(expected, 12);
  });

  it('compares row by row', () => {
    expect(take('rms_error', [list(1, 2, 3), list(1, 0, 3)]).value).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect(take('max_error', [list(1, 2, 3), list(1, 5, 3)]).value).toBe(3);
  });
});

describe('tones and references', () => {
  const rows = 16384;
  const noisy = sum(
    tone(rows, 331, 0.5),
    normalValues(rows, 3).map((value) => 1e-3 * value),
  );

  it('gives one set of figures under five names', () => {
    const wave = record(noisy);
    const [db, bit] = [take('sndr', [wave]), take('enob', [wave])];
    expect(db.value).toBeCloseTo(10 * Math.log10(0.125 / 1e-6), 0);
    expect(bit.value).toBe((db.value - 1.76) / 6.02);
    expect(db.warnings).toEqual([]);
    expect(db.spectrum!.window).toBe('hann');
    expect(db.details!.freq).toEqual({ value: (331 * 1e6) / rows, unit: 'Hz' });
    expect(take('snr', [wave]).value).toBeGreaterThan(db.value);
    expect(take('sfdr', [wave]).value).toBeGreaterThan(db.value);
    expect(take('thd', [wave]).value).toBeLessThan(-db.value);
    expect(take('sndr', [wave], { full_scale: 0.5 }).details!.signal_dbfs!.value).toBeCloseTo(0, 2);
    expect(take('sndr', [wave], { window: 'blackman_harris' }).spectrum!.window).toBe('blackman_harris');
    expect(take('sndr', [wave], { bandwidth: 50e3 }).value).toBeCloseTo(db.value + 10, 0);
  });

  it('says in its warnings that a tone is not coherent', () => {
    const wave = record(tone(rows, 331.25, 0.5));
    expect(take('sndr', [wave], { freq: (331.25 * 1e6) / rows }).warnings).toEqual([
      "tone of 'v' is not coherent with the record: 331.25 periods in 16384 rows; " +
        'make its frequency 331 periods in 16384 rows (20.202637 kHz), or fit it with tone_sndr',
    ]);
  });

  it('fits tones after settling', () => {
    const settling = sum(
      noisy,
      Float64Array.from({ length: rows }, (_, t) => Math.exp(-t / 100)),
    );
    const freqs = [(331 * 1e6) / rows];
    const whole = take('tone_sndr', [record(settling)], { freqs });
    const settled = take('tone_sndr', [record(settling)], { freqs, skip: 2000 });
    expect(whole.value).toBeLessThan(35);
    expect(settled.value).toBeCloseTo(51, 0);
    expect(settled.details!.amplitude_1!.value).toBeCloseTo(0.5, 3);
    expect(settled.details!.noise_rms!.value).toBeCloseTo(1e-3, 4);
    expect(take('tone_sndr', [record(settling)], { skip: 2000 }).details!.freq_1!.value).toBeCloseTo(freqs[0]!, 1);
  });

  it('measures a bit-stream in its band', () => {
    const stream = record(
      modulate(tone(rows, 37, 0.5)).map((v) => (v > 0 ? 1 : 0)),
      { type: 'bit' },
    );
    const plain = record(modulate(tone(rows, 37, 0.5)));
    const options = { bandwidth: 1e6 / 64 };
    expect(take('sndr', [stream], options).value).toBeCloseTo(take('sndr', [plain], options).value, 6);
    expect(take('sndr', [stream], options).details!.signal_dbfs!.value).toBeCloseTo(20 * Math.log10(0.5), 1);
  });

  it('follows a reference', () => {
    const reference = record(normalValues(4000, 6).map((_, t, all) => all.subarray(Math.max(0, t - 9), t + 1).reduce((a, b) => a + b, 0)));
    const late = record(reference.values.map((_, t) => 2 * (reference.values[t - 7] ?? 0)));
    const result = take('reference_sndr', [late, reference], { skip: 100 });
    expect(result.value).toBeGreaterThan(100);
    expect(result.details!.gain!.value).toBeCloseTo(2, 9);
    expect(result.details!.delay).toEqual({ value: expect.closeTo(7e-6, 12) as number, unit: 's' });
    expect(take('delay', [late, reference], { skip: 100, max_delay: 1e-5 }).value).toBeCloseTo(7e-6, 12);
  });
});

describe('takeMeasure', () => {
  const wave = record(tone(1024, 100));

  it.each<[string, readonly Waveform[], Options, string]>([
    ['sndr', [], {}, "'sndr' takes 1 signal (signal), not 0"],
    ['delay', [wave], {}, "'delay' takes 2 signals (signal, reference), not 1"],
    ['sndr', [wave], { bandwith: 1 }, "'sndr' has no option 'bandwith'; did you mean 'bandwidth'?"],
    ['mean', [wave], { window: 'hann' }, "'mean' has no option 'window'; known: skip, count"],
    [
      'sndr',
      [wave],
      { toString: 1 },
      "'sndr' has no option 'toString'; known: bandwidth, freq, window, full_scale, harmonics, skip, count",
    ],
    ['sndr', [wave], { window: 'haann' }, "option 'window' is not one of rectangular, hann, blackman_harris, flat_top"],
    ['sndr', [wave], { bandwidth: [1, 2] }, "option 'bandwidth' is not a number"],
    ['sndr', [wave], { bandwidth: NaN }, "option 'bandwidth' is not finite"],
    ['tone_sndr', [wave], { freqs: 'x' }, "option 'freqs' is not a list of numbers"],
    ['sndr', [wave], { harmonics: 1.5 }, "option 'harmonics' is 1.5, not a whole number from 1 to 1000"],
    ['thd', [wave], { bandwidth: 150e3 }, 'no harmonic of the tone falls in the band'],
    ['mean', [wave], { skip: 1024 }, "'v' has 1024 rows, too few for skip: 1024"],
    ['mean', [wave], { skip: 1000, count: 25 }, "'v' has 1024 rows, too few for skip: 1000, count: 25"],
    ['mean', [wave], { skip: -1 }, "option 'skip' is -1, not a number of rows"],
    ['mean', [wave], { count: 0 }, "option 'count' is 0, not a number of rows"],
    ['mean', [list()], {}, "'v' has 0 rows, too few for skip: 0"],
    ['mean', [list(1, 2, Infinity)], {}, "'v' is Infinity at row 2"],
    ['mean', [list(1, 2, NaN)], { count: 2 }, 'value 1.5'],
    ['max_error', [list(1, 2), list(1)], {}, "'v' has 2 rows, 'v' has 1"],
    ['max_error', [list(1), { ...list(1), sampleRateHz: 44.1e3 }], {}, "'v' is recorded at 1 MHz, 'v' at 44.1 kHz"],
    ['bit_rate', [list(1)], {}, "'v' is not a bit"],
    ['value', [list(1)], { row: 1 }, "'v' has no row 1: it has 1 rows"],
    ['value', [list(1)], { row: 0.5 }, "'v' has no row 0.5: it has 1 rows"],
    ['transition_rate', [bits(1)], {}, "'b' has 1 rows, at least 2 are needed"],
    ['delay', [wave, wave], { max_delay: -1 }, "option 'max_delay' is negative"],
  ])('%s: %#', (name, waves, options, problem) => {
    expect(problemOf(name, waves, options)).toBe(problem);
  });

  it('takes one number for a list of numbers', () => {
    const rows = 1024;
    const one = take('tone_sndr', [record(sum(tone(rows, 100), normalValues(rows, 1)))], { freqs: 1e6 * (100 / rows) });
    expect(Number.isFinite(one.value)).toBe(true);
  });
});

describe('definitions', () => {
  it('are complete and keep their units readable', () => {
    for (const [name, definition] of measures) {
      expect(definition.name).toBe(name);
      expect(definition.doc).toMatch(/\.$/);
      for (const unit of [definition.unit, ...Object.values(definition.options).map((option) => option.unit)]) {
        expect(unit === 'same' || parseUnit(unit) !== undefined).toBe(true);
      }
      for (const [key, option] of Object.entries(definition.options)) {
        expect(key).not.toMatch(/^(skip|count)$/);
        expect(option.doc).toMatch(/\.$/);
        expect(option.kind === 'choice').toBe(option.choices !== undefined);
      }
    }
    expect(measures.size).toBe(22);
  });
});
