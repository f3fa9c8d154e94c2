// Digests of records, to compare runs bit by bit; browser-safe.

import type { BenchResult } from '../../src/index.js';

/** Lengths and digests of all records by name: FNV-1a over the bits of the samples, so that -0 and 0 differ, too. */
export const digestsOf = (result: Pick<BenchResult, 'waveforms'>): Record<string, string> =>
  Object.fromEntries(result.waveforms.map(({ name, values }) => [name, `${values.length}:${digest(values)}`]));

function digest(values: Float64Array): string {
  const words = new Uint32Array(values.slice().buffer);
  return words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5).toString(16);
}
