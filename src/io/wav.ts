// Reads and writes WAVE files: samples <-> bytes. The file's structure is read in wav-header.ts.
// PCM of b bits maps full scale 2^(b-1) to 1.0; 8-bit PCM is unsigned around 128.

import { fail } from '../diagnostics/diagnostic.js';
import type { Samples } from './samples.js';
import { readWavLayout, type WavEncoding } from './wav-header.js';

export type WavWriteFormat = 'pcm16' | 'pcm24' | 'float32';

type SampleReader = (view: DataView, offset: number) => number;

const sampleReaders: { readonly [K in WavEncoding]: SampleReader } = {
  pcm8: (view, offset) => (view.getUint8(offset) - 128) / 2 ** 7,
  pcm16: (view, offset) => view.getInt16(offset, true) / 2 ** 15,
  pcm24: (view, offset) => (view.getUint16(offset, true) + view.getInt8(offset + 2) * 2 ** 16) / 2 ** 23,
  pcm32: (view, offset) => view.getInt32(offset, true) / 2 ** 31,
  float32: (view, offset) => view.getFloat32(offset, true),
  float64: (view, offset) => view.getFloat64(offset, true),
};

/**
 * Reads a WAVE file: PCM of 8, 16, 24, 32 bits or IEEE float of 32, 64 bits, plain or extensible, any channel count.
 * Channels are named `ch1`, `ch2`, ….
 * @param name the file's name for messages
 * @throws NetlistError DL602 when the file is malformed or of another kind, DL603 when a sample is not finite
 */
export function readWav(bytes: Uint8Array, name: string): Samples {
  const { encoding, sampleBytes, channelCount, rateHz, frames, dataOffset } = readWavLayout(bytes, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = sampleReaders[encoding];
  const frameBytes = channelCount * sampleBytes;
  const channels: Float64Array[] = [];
  for (let channel = 0; channel < channelCount; channel++) {
    const values = new Float64Array(frames);
    let offset = dataOffset + channel * sampleBytes;
    for (let frame = 0; frame < frames; frame++, offset += frameBytes) {
      const value = read(view, offset);
      if (!Number.isFinite(value)) {
        fail('DL603', undefined, `${name}: sample ${frame} of channel ${channel + 1} is ${value} (byte ${offset})`);
      }
      values[frame] = value;
    }
    channels.push(values);
  }
  return { rateHz, channels, names: channels.map((_, i) => `ch${i + 1}`) };
}

/** How a written sample is stored. `toCode` may leave the range of the type only for `float32`. */
interface SampleWriter {
  readonly tag: 1 | 3;
  readonly sampleBytes: number;
  readonly toCode: (value: number) => number;
  readonly write: (view: DataView, offset: number, code: number) => void;
}

/** Nearest code, halves upwards, clipped to two's complement of `bits` bits. */
const quantizer =
  (bits: number) =>
  (value: number): number =>
    Math.max(-(2 ** (bits - 1)), Math.min(2 ** (bits - 1) - 1, Math.round(value * 2 ** (bits - 1))));

const sampleWriters: { readonly [K in WavWriteFormat]: SampleWriter } = {
  pcm16: { tag: 1, sampleBytes: 2, toCode: quantizer(16), write: (view, offset, code) => view.setInt16(offset, code, true) },
  pcm24: {
    tag: 1,
    sampleBytes: 3,
    toCode: quantizer(24),
    write: (view, offset, code) => {
      view.setUint16(offset, code & 0xffff, true);
      view.setInt8(offset + 2, code >> 16);
    },
  },
  float32: { tag: 3, sampleBytes: 4, toCode: Math.fround, write: (view, offset, code) => view.setFloat32(offset, code, true) },
};

/**
 * Writes a WAVE file; the same input gives the same bytes. PCM is rounded to the nearest code and clipped:
 * 1.0 is full scale, so `pcm16` clips at 32767/32768.
 * @param channels at least one, all of one length of at least 1
 * @param rateHz a whole number from 1 to 2^32 - 1: the format states no other
 * @throws NetlistError DL603 when a value is not finite in the format, DL604 when the format cannot hold the request
 */
export function writeWav(channels: readonly Float64Array[], rateHz: number, format: WavWriteFormat): Uint8Array {
  const { tag, sampleBytes, toCode, write } = sampleWriters[format];
  const frames = channels[0]?.length ?? 0;
  const refuse = (what: string): never => fail('DL604', undefined, `WAVE file cannot be written: ${what}`);
  if (frames === 0) refuse('there are no samples');
  const odd = channels.findIndex((values) => values.length !== frames);
  if (odd > 0) refuse(`channel ${odd + 1} has ${channels[odd]!.length} samples, channel 1 has ${frames}`);
  if (!Number.isInteger(rateHz) || rateHz < 1 || rateHz > 0xffffffff) {
    refuse(`the rate must be a whole number of hertz from 1 to 4294967295, not ${rateHz}`);
  }
  const frameBytes = channels.length * sampleBytes;
  if (frameBytes > 0xffff) refuse(`${channels.length} channels are too many`);

  // PCM has the plain 16-byte format; everything else carries an empty extension and a fact chunk.
  const formatBytes = tag === 1 ? 16 : 18;
  const factBytes = tag === 1 ? 0 : 12;
  const dataBytes = frames * frameBytes;
  const dataOffset = 12 + 8 + formatBytes + factBytes + 8;
  const fileBytes = dataOffset + dataBytes + (dataBytes & 1);
  if (fileBytes - 8 > 0xffffffff) refuse(`${fileBytes} bytes are over the 4 GiB of the format`);

  const bytes = new Uint8Array(fileBytes);
  const view = new DataView(bytes.buffer);
  const setTag = (offset: number, text: string): void =>
    bytes.set(
      Array.from(text, (letter) => letter.charCodeAt(0)),
      offset,
    );
  setTag(0, 'RIFF');
  view.setUint32(4, fileBytes - 8, true);
  setTag(8, 'WAVEfmt ');
  view.setUint32(16, formatBytes, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, rateHz, true);
  view.setUint32(28, Math.min(rateHz * frameBytes, 0xffffffff), true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * sampleBytes, true);
  if (tag === 3) {
    setTag(38, 'fact');
    view.setUint32(42, 4, true);
    view.setUint32(46, frames, true);
  }
  setTag(dataOffset - 8, 'data');
  view.setUint32(dataOffset - 4, dataBytes, true);

  channels.forEach((values, channel) => {
    let offset = dataOffset + channel * sampleBytes;
    for (let frame = 0; frame < frames; frame++, offset += frameBytes) {
      const code = toCode(values[frame]!);
      if (!Number.isFinite(values[frame]) || !Number.isFinite(code)) {
        fail('DL603', undefined, `WAVE file cannot be written: sample ${frame} of channel ${channel + 1} is ${values[frame]}`);
      }
      write(view, offset, code);
    }
  });
  return bytes;
}
