// The structure of a RIFF/WAVE file: its chunks, its sample format, and where the samples lie.
// It checks every size against the bytes there are; it does not convert samples.
// Source: Multimedia Programming Interface and Data Specifications 1.0 (IBM, Microsoft, 1991), chapter 3;
// WAVEFORMATEXTENSIBLE as in "Multiple Channel Audio Data and WAVE Files" (Microsoft, 2007).

import { failMalformed, quoteBytes } from './malformed.js';

export type WavEncoding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'float64';

/** Where and how the samples of a WAVE file are stored; `frames * channelCount * sampleBytes` bytes exist from `dataOffset` on. */
export interface WavLayout {
  readonly encoding: WavEncoding;
  readonly sampleBytes: number;
  readonly channelCount: number;
  readonly rateHz: number;
  readonly frames: number;
  readonly dataOffset: number;
}

type WavFormat = Omit<WavLayout, 'frames' | 'dataOffset'>;

const pcmTag = 1;
const floatTag = 3;
const extensibleTag = 0xfffe;

/** Bytes 2 to 15 of the sub-format of an extensible header; bytes 0 and 1 are the plain tag. */
const subFormatTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

const compressedTags: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  6: 'A-law',
  7: 'mu-law',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG',
  85: 'MP3',
};

const convertHelp = 'convert it to plain PCM, for example with: sox in.wav -b 16 -e signed-integer out.wav';

/**
 * Finds the samples of a WAVE file.
 * @throws NetlistError DL602 that names the file and the byte where it is malformed
 */
export function readWavLayout(bytes: Uint8Array, file: string): WavLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tagAt = (offset: number): string => quoteBytes(bytes.subarray(offset, offset + 4));
  if (bytes.length === 0) failMalformed(file, 0, 'is empty', { why: 'a WAVE file starts with a header of 12 bytes' });
  const form = tagAt(0);
  if (form === "'RF64'" || form === "'BW64'" || form === "'RIFX'") {
    failMalformed(file, 0, `is a ${form.slice(1, 5)} file`, {
      why: 'only little-endian RIFF files below 4 GiB are read',
      help: convertHelp,
    });
  }
  if (form !== "'RIFF'") {
    failMalformed(file, 0, `starts with ${form}, not 'RIFF'`, { why: 'this is no WAVE file', help: convertHelp });
  }
  if (bytes.length < 12)
    failMalformed(file, bytes.length, 'ends inside its header', { why: 'a WAVE file starts with a header of 12 bytes' });
  if (tagAt(8) !== "'WAVE'") failMalformed(file, 8, `holds ${tagAt(8)}, not 'WAVE'`, { why: 'this RIFF file holds no sound' });

  // A writer may leave out the padding byte behind an odd last chunk: one byte may be missing.
  const riffEnd = 8 + view.getUint32(4, true);
  if (riffEnd < 12 || riffEnd > bytes.length + 1) {
    failMalformed(file, 4, `says it has ${riffEnd} bytes but has ${bytes.length}`, {
      why: 'the file was cut short, or was written to a pipe and never got its true size',
    });
  }
  const end = Math.min(riffEnd, bytes.length);

  let format: WavFormat | undefined;
  for (let offset = 12; offset < end;) {
    if (end - offset < 8) failMalformed(file, offset, `has ${end - offset} bytes where a chunk header needs 8`);
    const tag = tagAt(offset);
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    if (size > end - body) {
      failMalformed(file, offset + 4, `chunk ${tag} says it has ${size} bytes but ${end - body} are left`, {
        why: 'the file was cut short, or was written to a pipe and never got its true size',
      });
    }
    if (tag === "'fmt '") {
      if (format !== undefined) failMalformed(file, offset, "has a second 'fmt ' chunk");
      format = readFormat(bytes.subarray(body, body + size), file, body);
    } else if (tag === "'data'") {
      if (format === undefined) failMalformed(file, offset, "chunk 'data' comes before chunk 'fmt '");
      return { ...format, frames: countFrames(size, format, file, offset + 4), dataOffset: body };
    }
    offset = body + size + (size & 1);
  }
  failMalformed(file, end, `has no ${format === undefined ? "'fmt '" : "'data'"} chunk`);
}

function countFrames(size: number, format: WavFormat, file: string, offset: number): number {
  const frameBytes = format.channelCount * format.sampleBytes;
  if (size === 0) failMalformed(file, offset, 'holds no samples');
  if (size % frameBytes !== 0) {
    failMalformed(file, offset, `has ${size} bytes of samples, which is not a multiple of ${frameBytes}`, {
      why: `one frame is ${format.channelCount} x ${format.sampleBytes} bytes`,
    });
  }
  return size / frameBytes;
}

/** Reads the body of a `fmt ` chunk; `offset` is where the body starts in the file. */
function readFormat(body: Uint8Array, file: string, offset: number): WavFormat {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length < 16) failMalformed(file, offset, `chunk 'fmt ' has ${body.length} bytes, needs 16`);
  let tag = view.getUint16(0, true);
  const channelCount = view.getUint16(2, true);
  const rateHz = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);

  if (tag === extensibleTag) {
    if (body.length < 40) failMalformed(file, offset, `extensible chunk 'fmt ' has ${body.length} bytes, needs 40`);
    // Fewer valid bits than the container has are left-justified, so the container alone sets the scale.
    const validBits = view.getUint16(18, true);
    if (validBits > bits) failMalformed(file, offset + 18, `says ${validBits} valid bits in a sample of ${bits}`);
    if (subFormatTail.some((byte, i) => body[26 + i] !== byte)) {
      failMalformed(file, offset + 24, 'has an unknown sub-format', { why: 'only PCM and IEEE float are read', help: convertHelp });
    }
    tag = view.getUint16(24, true);
  }
  const encoding = encodingOf(tag, bits, file, offset);
  if (channelCount === 0) failMalformed(file, offset + 2, 'has no channels');
  if (rateHz === 0) failMalformed(file, offset + 4, 'has a sample rate of 0 Hz');
  const sampleBytes = bits / 8;
  if (frameBytes !== channelCount * sampleBytes) {
    failMalformed(file, offset + 12, `says a frame has ${frameBytes} bytes, not ${channelCount} x ${sampleBytes}`, {
      why: 'a frame holds one sample of every channel',
    });
  }
  return { encoding, sampleBytes, channelCount, rateHz };
}

function encodingOf(tag: number, bits: number, file: string, offset: number): WavEncoding {
  if (tag === pcmTag) {
    if (bits === 8 || bits === 16 || bits === 24 || bits === 32) return `pcm${bits}`;
    failMalformed(file, offset + 14, `has PCM samples of ${bits} bits`, { why: 'PCM of 8, 16, 24 and 32 bits is read', help: convertHelp });
  }
  if (tag === floatTag) {
    if (bits === 32 || bits === 64) return `float${bits}`;
    failMalformed(file, offset + 14, `has float samples of ${bits} bits`, { why: 'floats of 32 and 64 bits are read', help: convertHelp });
  }
  const known = compressedTags[tag];
  failMalformed(file, offset, `has samples in format ${tag}${known === undefined ? '' : ` (${known})`}`, {
    why: 'only PCM and IEEE float are read',
    help: convertHelp,
  });
}
