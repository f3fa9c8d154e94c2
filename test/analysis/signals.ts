// Records with known figures: tones, noise, an ideal quantizer and a second-order delta-sigma modulator.

import type { Waveform } from '../../src/analysis/waveform.js';

export function record(values: Float64Array, more: Partial<Waveform> = {}): Waveform {
  return { name: 'v', values, sampleRateHz: 1e6, unit: 'V', type: 'real', ...more };
}

/** amplitude * cos(2 pi periods t / rows + phase); `periods` in the record need not be whole. */
export function tone(rows: number, periods: number, amplitude = 1, phase = 0.3): Float64Array {
  return Float64Array.from({ length: rows }, (_, t) => {
    const turns = (periods * t) / rows;
    return amplitude * Math.cos(2 * Math.PI * (turns - Math.floor(turns)) + phase);
  });
}

export function sum(...terms: readonly Float64Array[]): Float64Array {
  return terms[0]!.map((_, t) => terms.reduce((total, term) => total + term[t]!, 0));
}

/** Rounds to 2^bits levels over -1 .. 1 (mid-rise). */
export function quantize(values: Float64Array, bits: number): Float64Array {
  const step = 2 / 2 ** bits;
  return values.map((value) => (Math.min(2 ** bits / 2 - 1, Math.max(-(2 ** bits) / 2, Math.floor(value / step))) + 0.5) * step);
}

/** Second-order one-bit modulator with delaying integrators, x1' = x1 + u - v, x2' = x2 + x1 - 2 v. */
export function modulate(input: Float64Array): Float64Array {
  let [x1, x2] = [0, 0];
  return input.map((u) => {
    const v = x2 >= 0 ? 1 : -1;
    [x1, x2] = [x1 + u - v, x2 + x1 - 2 * v];
    return v;
  });
}
