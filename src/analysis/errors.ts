// Row-by-row difference of two records of equal length; no gain, offset or delay is taken out.

import { sumOf } from '../numeric/statistics.js';
import type { Waveform } from './waveform.js';

/** Root mean square of a - b. */
export function rmsError({ values: a }: Waveform, { values: b }: Waveform): number {
  return Math.sqrt(sumOf(a.length, (i) => (a[i]! - b[i]!) ** 2) / a.length);
}

/** Largest |a - b|. */
export function maxError({ values: a }: Waveform, { values: b }: Waveform): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
