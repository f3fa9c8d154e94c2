import { describe, expect, it } from 'vitest';
import { fitSine, fitTones, toneSndr } from '../../src/analysis/fitted.js';
import { sndr } from '../../src/analysis/sndr.js';
import { normalValues } from '../numeric/random-values.js';
import { modulate, quantize, record, sum, tone } from './signals.js';

const rows = 5003;
const hz = (periods: number, n = rows) => (periods * 1e6) / n;
const noise = (sigma: number, n = rows) => normalValues(n, 5).map((value) => sigma * value);

describe('fitTones', () => {
  it('recovers offset, amplitudes and phases of tones that are not coherent', () => {
    const values = sum(tone(rows, 40.3, 0.7, 0.4), tone(rows, 97.77, 0.02, -2), new Float64Array(rows).fill(1.5));
    const { offset, tones, residual } = fitTones(record(values), [hz(40.3), hz(97.77)]);
    expect(offset).toBeCloseTo(1.5, 12);
    expect(tones.map(({ amplitude }) => amplitude)).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.02, 12)]);
    expect(tones.map(({ phaseRad }) => phaseRad)).toEqual([expect.closeTo(0.4, 10), expect.closeTo(-2, 9)]);
    expect(Math.max(...residual.map(Math.abs))).toBeLessThan(1e-11);
  });

  it('refuses tones that cannot be told apart', () => {
    const wave = record(tone(rows, 40));
    expect(() => fitTones(wave, [hz(40), hz(40)])).toThrow("the tones cannot be told apart in the record of 'v'");
    expect(() => fitTones(wave, [600e3])).toThrow('tone at 600 kHz is not between 0 and half the sample rate (500 kHz)');
    expect(() => fitTones(record(tone(5, 1)), [1e5, 2e5])).toThrow("'v' has 5 rows, at least 6 are needed");
  });
});

describe('fitSine', () => {
  it.each([3.7, 40.3, 40.5, 2100.49])('finds a frequency of %d periods in the record', (periods) => {
    const { tones, offset } = fitSine(record(sum(tone(rows, periods, 0.3), new Float64Array(rows).fill(-2))));
    expect(Math.abs(tones[0]!.freqHz / hz(periods) - 1)).toBeLessThan(1e-11);
    expect(tones[0]!.amplitude).toBeCloseTo(0.3, 10);
    expect(offset).toBeCloseTo(-2, 10);
  });

  it('stays near the bound of Cramer and Rao in noise', () => {
    const sigma = 0.05;
    const { tones } = fitSine(record(sum(tone(rows, 123.4, 0.5), noise(sigma))));
    const bound = Math.sqrt((6 * 2 * sigma ** 2) / (0.5 ** 2 * Math.PI ** 2 * 4 * rows)) * 2;
    expect(Math.abs(tones[0]!.freqHz - hz(123.4)) / hz(1)).toBeLessThan(4 * bound);
  });

  it('refuses a constant', () => {
    expect(() => fitSine(record(new Float64Array(100).fill(1)))).toThrow("'v' holds no tone that stands out");
  });
});

describe('toneSndr', () => {
  it('measures white noise of known power beside several tones', () => {
    const sigma = 2e-3;
    const values = sum(tone(rows, 40.3, 0.5), tone(rows, 66.6, 0.25), tone(rows, 91.9, 0.1), noise(sigma));
    const expected = 10 * Math.log10((0.25 + 0.0625 + 0.01) / 2 / sigma ** 2);
    const freqsHz = [hz(40.3), hz(66.6), hz(91.9)];
    expect(Math.abs(toneSndr(record(values), freqsHz).sndrDb - expected)).toBeLessThan(0.2);
    const tenth = toneSndr(record(values), freqsHz, 50e3);
    expect(Math.abs(tenth.sndrDb - expected - 10)).toBeLessThan(0.6);
  });

  it('finds the resolution of a quantizer without coherence', () => {
    const { sndrDb } = toneSndr(record(quantize(tone(16384, 1021.37, 0.9999), 12)));
    expect(Math.abs((sndrDb - 1.76) / 6.02 - 12)).toBeLessThan(0.05);
  });

  it('agrees with the bin method on a coherent tone through a modulator', () => {
    const n = 1 << 15;
    const wave = record(modulate(tone(n, 37, 0.5)));
    const bandwidthHz = 1e6 / 128;
    const fitted = toneSndr(wave, [hz(37, n)], bandwidthHz);
    expect(Math.abs(fitted.sndrDb - sndr(wave, { bandwidthHz }).sndrDb)).toBeLessThan(0.6);
    const between = toneSndr(record(modulate(tone(n, 37.4, 0.5))), [hz(37.4, n)], bandwidthHz);
    expect(Math.abs(between.sndrDb - fitted.sndrDb)).toBeLessThan(3);
  });

  it('refuses a constant', () => {
    expect(() => toneSndr(record(new Float64Array(rows)), [hz(100)])).toThrow("'v' is constant");
  });

  it('refuses a tone outside its band', () => {
    expect(() => toneSndr(record(tone(rows, 100)), [hz(100)], hz(50))).toThrow('tone at 19.99 kHz lies outside the bandwidth 9.994 kHz');
  });
});
