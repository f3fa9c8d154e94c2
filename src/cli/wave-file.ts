// Records as a file of waveforms, by the extension of its name. Records of one clock share a time column;
// in a CSV table slower ones hold their value, in an NPZ archive they keep their own times.

import { fail } from '../diagnostics/diagnostic.js';
import type { FileContent } from '../io/atomic-write.node.js';
import { csvChunks } from '../io/csv.js';
import type { NpyArray } from '../io/npy.js';
import { writeNpz } from '../io/npz.js';
import { writeWav } from '../io/wav.js';
import type { RecordedWaveform } from '../simulate/recording.js';

export type WaveFormat = 'csv' | 'npz' | 'wav';

/** The format that a file name asks for; undefined for any other ending. */
export function waveFormatOf(path: string): WaveFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === 'csv' || extension === 'npz' || extension === 'wav' ? extension : undefined;
}

/**
 * csv: `t` in seconds and a column a record, one row per tick of the fastest recorded clock. npz: `t` and an array a record;
 * a record with other times than the first has them as `NAME.t`. wav: float32 channels, 1 V is 1.0.
 * @throws NetlistError DL505 without records, DL604 when the format cannot hold them
 */
export function encodeWaves(waveforms: readonly RecordedWaveform[], format: WaveFormat, path: string): FileContent {
  if (waveforms.length === 0)
    fail('DL505', undefined, `cannot write '${path}': nothing is recorded`, {
      help: 'give the system an output, or a bench with: record v',
    });
  switch (format) {
    case 'csv':
      return csvTable(waveforms);
    case 'npz':
      return writeNpz(npzArrays(waveforms));
    case 'wav':
      return wavFile(waveforms, path);
  }
}

/** Cells of the CSV table, its header aside. */
export function countCells(waveforms: readonly RecordedWaveform[]): number {
  return fastestOf(waveforms).values.length * (waveforms.length + 1);
}

const hasSameTimes = (a: RecordedWaveform, b: RecordedWaveform): boolean =>
  a.sampleRateHz === b.sampleRateHz && a.startSeconds === b.startSeconds;

const timesOf = ({ values, startSeconds, sampleRateHz }: RecordedWaveform): Float64Array =>
  values.map((_, row) => startSeconds + row / sampleRateHz);

/** `t`, or another name where a record has that one. */
function timeName(waveforms: readonly RecordedWaveform[]): string {
  const taken = new Set(waveforms.map(({ name }) => name));
  return ['t', 'time', 't_s'].find((name) => !taken.has(name)) ?? 't (s)';
}

function fastestOf(waveforms: readonly RecordedWaveform[]): RecordedWaveform {
  return waveforms.reduce((fastest, waveform) => (waveform.sampleRateHz > fastest.sampleRateHz ? waveform : fastest));
}

function csvTable(waveforms: readonly RecordedWaveform[]): Iterable<string> {
  const base = fastestOf(waveforms);
  const times = timesOf(base);
  const columns = waveforms.map((waveform) =>
    hasSameTimes(waveform, base) && waveform.values.length === times.length ? waveform.values : holdAt(waveform, times),
  );
  return csvChunks([timeName(waveforms), ...waveforms.map(({ name }) => name)], [times, ...columns]);
}

/** The value last recorded at each time; NaN before the first. */
function holdAt({ values, startSeconds, sampleRateHz }: RecordedWaveform, times: Float64Array): Float64Array {
  // Instants of two clocks that coincide differ by rounding: a row counts from a millionth of its period early.
  return times.map((time) => {
    const row = Math.floor((time - startSeconds) * sampleRateHz + 1e-6);
    return row < 0 ? NaN : (values[Math.min(row, values.length - 1)] ?? NaN);
  });
}

function npzArrays(waveforms: readonly RecordedWaveform[]): Record<string, NpyArray> {
  const [first] = waveforms;
  const arrayOf = (values: Float64Array): NpyArray => ({ values, shape: [values.length] });
  const time = timeName(waveforms);
  const entries = waveforms.flatMap((waveform): [string, NpyArray][] => {
    const own: [string, NpyArray][] = hasSameTimes(waveform, first!) ? [] : [[`${waveform.name}.${time}`, arrayOf(timesOf(waveform))]];
    return [[waveform.name, arrayOf(waveform.values)], ...own];
  });
  return Object.fromEntries([[time, arrayOf(timesOf(first!))], ...entries]);
}

function wavFile(waveforms: readonly RecordedWaveform[], path: string): Uint8Array {
  const [first] = waveforms;
  const other = waveforms.find((waveform) => !hasSameTimes(waveform, first!));
  if (other !== undefined) {
    fail('DL604', undefined, `cannot write '${path}': '${first!.name}' and '${other.name}' are recorded by different clocks`, {
      why: 'the channels of a WAVE file have one rate',
      help: 'write a .npz file',
    });
  }
  return writeWav(
    waveforms.map(({ values }) => values),
    first!.sampleRateHz,
    'float32',
  );
}
