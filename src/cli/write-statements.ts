// The `write` statements of a bench: checked before the run, turned into files after it. A wav file holds
// (value - offset) / full_scale, resampled to its rate; csv and npz files hold the values.

import { DiagnosticBag, NetlistError, fail, type Diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { BenchWrite } from '../graph/bench.js';
import { expectQuantity } from '../graph/constants.js';
import { checkUnit } from '../graph/params.js';
import { describeValue, type Value } from '../graph/value.js';
import type { FileContent } from '../io/atomic-write.node.js';
import { resample } from '../io/resample.js';
import { writeWav, type WavWriteFormat } from '../io/wav.js';
import type { Compiled } from '../simulate/compile-netlist.js';
import type { RecordedWaveform } from '../simulate/recording.js';
import { encodeWaves, waveFormatOf, type WaveFormat } from './wave-file.js';

export interface PlannedFile {
  readonly source: BenchWrite;
  /** A plain file name. */
  readonly file: string;
  readonly format: WaveFormat;
  /** Absent: the rate of the record. */
  readonly rateHz: number | undefined;
  readonly offset: number;
  readonly fullScale: number;
  readonly sampleFormat: WavWriteFormat;
}

/** Files of a run directory that are not a bench's to name. */
export const ownFiles = {
  report: 'report.html',
  manifest: 'manifest.json',
  result: 'result.json',
  npz: 'waves.npz',
  csv: 'waves.csv',
} as const;

const optionNames = ['rate', 'offset', 'full_scale', 'format'];
const sampleFormats: readonly WavWriteFormat[] = ['pcm16', 'pcm24', 'float32'];

/** Throws NetlistError with everything that is wrong with the bench's `write` statements. */
export function planFiles({ bench, unitOf }: Compiled): PlannedFile[] {
  const bag = new DiagnosticBag();
  const seen = new Map<string, BenchWrite>();
  const planned = (bench?.writes ?? []).flatMap((write) => {
    try {
      const before = seen.get(write.file.toLowerCase());
      if (before !== undefined)
        fail('DL202', write.span, `'${write.file}' is written twice`, { related: [{ message: 'written here first', span: before.span }] });
      seen.set(write.file.toLowerCase(), write);
      const record = bench!.records.find(({ name }) => name === write.record)!;
      return [planFile(write, unitOf(record.signal))];
    } catch (error) {
      bag.absorb(error);
      return [];
    }
  });
  bag.throwIfErrors();
  return planned;
}

function planFile(write: BenchWrite, unit: string): PlannedFile {
  const { file, span, options } = write;
  requirePlainName(write);
  const format =
    waveFormatOf(file) ??
    fail('DL604', span, `cannot write '${file}': its format is unknown`, {
      why: 'the ending of the name says the format',
      help: 'end it in .wav, .csv or .npz',
    });
  const own: readonly string[] = Object.values(ownFiles);
  if (own.includes(file.toLowerCase()))
    fail('DL604', span, `cannot write '${file}': the run writes a file of that name itself`, { help: 'choose another name' });
  const quantity = (name: string, ofUnit: string): number | undefined => {
    const value = options.get(name);
    if (value === undefined) return undefined;
    const given = expectQuantity(value);
    checkUnit(given, ofUnit, name);
    if (!Number.isFinite(given.value)) fail('DL303', value.span, `'${name}' is not finite`);
    return given.value;
  };
  const positive = (name: string, ofUnit: string): number | undefined => {
    const value = quantity(name, ofUnit);
    if (value !== undefined && !(value > 0)) fail('DL303', options.get(name)!.span, `'${name}' has to be positive`);
    return value;
  };
  for (const [name, value] of options) requireOption(name, value, format);
  const rateHz = positive('rate', 'Hz');
  if (format === 'wav' && rateHz !== undefined && !(Number.isInteger(rateHz) && rateHz < 2 ** 32)) {
    fail('DL303', options.get('rate')!.span, `a WAVE file cannot have a rate of ${rateHz} Hz`, {
      why: 'its header holds a whole number of hertz below 2^32',
    });
  }
  return {
    source: write,
    file,
    format,
    rateHz,
    offset: quantity('offset', unit) ?? 0,
    fullScale: positive('full_scale', unit) ?? 1,
    sampleFormat: sampleFormatOf(options.get('format')),
  };
}

/** A bench may be written by anyone: its files stay in the run directory. */
function requirePlainName({ file, span }: BenchWrite): void {
  const problem = /[/\\:]/.test(file)
    ? 'it is a path'
    : file.startsWith('.')
      ? 'it is hidden'
      : file === '' || file.length > 200 || /[\u0000-\u001f\u007f]/.test(file)
        ? 'it is no file name'
        : undefined;
  if (problem !== undefined) {
    fail('DL604', span, `cannot write '${file}': ${problem}`, {
      why: 'a bench writes into the folder given with --out',
      help: 'give a plain name, such as "out.wav"',
    });
  }
}

function requireOption(name: string, value: Value, format: WaveFormat): void {
  if (!optionNames.includes(name)) {
    const message = name === '' ? 'options of a write have names' : `a write has no option '${name}'`;
    fail('DL204', value.span, message, { help: didYouMean(name, optionNames) });
  }
  if (format !== 'wav' && name !== 'rate')
    fail('DL204', value.span, `a ${format} file has no option '${name}'`, { why: 'it holds the values themselves' });
}

function sampleFormatOf(value: Value | undefined): WavWriteFormat {
  if (value === undefined) return 'pcm16';
  const found = value.kind === 'text' ? sampleFormats.find((format) => format === value.value) : undefined;
  return (
    found ??
    fail('DL305', value.span, `${describeValue(value)} is no sample format`, {
      why: `formats: ${sampleFormats.map((format) => `"${format}"`).join(', ')}`,
    })
  );
}

export interface EncodedFile {
  readonly file: string;
  readonly content: FileContent;
}

/** The files, and warnings: samples that were clipped, records without a row. */
export function encodeFiles(
  planned: readonly PlannedFile[],
  waveforms: readonly RecordedWaveform[],
): { files: EncodedFile[]; warnings: Diagnostic[] } {
  const bag = new DiagnosticBag();
  const files = planned.flatMap((plan) => {
    const { file, source } = plan;
    const waveform = waveforms.find(({ name }) => name === source.record)!;
    if (waveform.values.length === 0) {
      bag.warn('DL604', source.span, `'${file}' is not written: '${source.record}' has no row`);
      return [];
    }
    try {
      return [{ file, content: encodeFile(plan, waveform, bag) }];
    } catch (error) {
      if (!(error instanceof NetlistError)) throw error;
      bag.list.push(...error.diagnostics.map((diagnostic) => ({ ...diagnostic, span: diagnostic.span ?? source.span })));
      return [];
    }
  });
  return { files, warnings: bag.list };
}

function encodeFile(
  { source, file, format, rateHz, offset, fullScale, sampleFormat }: PlannedFile,
  waveform: RecordedWaveform,
  bag: DiagnosticBag,
): FileContent {
  const toHz = rateHz ?? waveform.sampleRateHz;
  const values = toHz === waveform.sampleRateHz ? waveform.values : resample(waveform.values, waveform.sampleRateHz, toHz);
  if (format !== 'wav') return encodeWaves([{ ...waveform, values, sampleRateHz: toHz }], format, file);
  const scaled = values.map((value) => (value - offset) / fullScale);
  const clipped = sampleFormat === 'float32' ? 0 : scaled.reduce((count, value) => count + (Math.abs(value) > 1 ? 1 : 0), 0);
  if (clipped > 0) {
    bag.warn('DL303', source.span, `'${file}': ${clipped} of ${scaled.length} samples are clipped`, {
      why: `${sampleFormat} holds values from -1 to 1`,
      help: 'raise full_scale, or write format: "float32"',
    });
  }
  return writeWav([scaled], toHz, sampleFormat);
}
