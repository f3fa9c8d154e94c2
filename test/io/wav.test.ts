import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWav, writeWav } from '../../src/io/wav.js';
import { refusal } from './raised.js';

/** A chunk with its padding byte. */
function chunk(tag: string, body: readonly number[], size = body.length): number[] {
  const padding = body.length % 2 === 1 ? [0] : [];
  return [...ascii(tag), ...u32(size), ...body, ...padding];
}
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const u16 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
const u32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
function riff(...chunks: number[][]): Uint8Array {
  const body = [...ascii('WAVE'), ...chunks.flat()];
  return Uint8Array.from([...ascii('RIFF'), ...u32(body.length), ...body]);
}
interface FormatFields {
  tag?: number;
  channels?: number;
  rateHz?: number;
  bits?: number;
  frameBytes?: number;
}
function format({ tag = 1, channels = 1, rateHz = 8000, bits = 16, frameBytes = (channels * bits) / 8 }: FormatFields = {}): number[] {
  return [...u16(tag), ...u16(channels), ...u32(rateHz), ...u32(rateHz * frameBytes), ...u16(frameBytes), ...u16(bits)];
}
function extensible(tag: number, bits: number, validBits: number, tail = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]): number[] {
  return [...format({ tag: 0xfffe, bits }), ...u16(22), ...u16(validBits), ...u32(0), ...u16(tag), ...tail];
}
function floatBytes(value: number, bytes: 4 | 8): number[] {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return [...new Uint8Array(view.buffer)];
}
const read = (bytes: Uint8Array) => readWav(bytes, 'x.wav');
const why = (bytes: Uint8Array): string => refusal(() => read(bytes));

describe('readWav', () => {
  it.each<[string, FormatFields, number[], number[]]>([
    ['8-bit PCM, unsigned', { bits: 8 }, [0, 128, 255, 64], [-1, 0, 127 / 128, -0.5]],
    ['16-bit PCM', { bits: 16 }, [...u16(-32768), ...u16(32767), ...u16(-1)], [-1, 32767 / 32768, -1 / 32768]],
    ['24-bit PCM', { bits: 24 }, [0, 0, 0x80, 0xff, 0xff, 0x7f, 0xfe, 0xff, 0xff], [-1, 1 - 2 ** -23, -(2 ** -22)]],
    ['32-bit PCM', { bits: 32 }, [...u32(0x80000000), ...u32(0x40000000)], [-1, 0.5]],
    ['32-bit float', { tag: 3, bits: 32 }, [...floatBytes(0.1, 4), ...floatBytes(-2.5, 4)], [Math.fround(0.1), -2.5]],
    ['64-bit float', { tag: 3, bits: 64 }, [...floatBytes(0.1, 8), ...floatBytes(1e-300, 8)], [0.1, 1e-300]],
  ])('reads %s', (_, fields, data, expected) => {
    const samples = read(riff(chunk('fmt ', format(fields)), chunk('data', data)));
    expect(samples.rateHz).toBe(8000);
    expect(samples.names).toEqual(['ch1']);
    expect([...samples.channels[0]!]).toEqual(expected);
  });

  it('separates interleaved channels', () => {
    const samples = read(riff(chunk('fmt ', format({ channels: 3, bits: 8 })), chunk('data', [128, 192, 64, 0, 160, 96])));
    expect(samples.names).toEqual(['ch1', 'ch2', 'ch3']);
    expect(samples.channels.map((values) => [...values])).toEqual([
      [0, -1],
      [0.5, 0.25],
      [-0.5, -0.25],
    ]);
  });

  it('reads extensible headers, PCM and float, with fewer valid bits than the container', () => {
    const pcm = read(riff(chunk('fmt ', extensible(1, 24, 20)), chunk('data', [0, 0, 0x40])));
    expect([...pcm.channels[0]!]).toEqual([0.5]);
    const float = read(riff(chunk('fmt ', extensible(3, 32, 32)), chunk('data', floatBytes(0.75, 4))));
    expect([...float.channels[0]!]).toEqual([0.75]);
  });

  it('skips unknown chunks, odd ones with their padding', () => {
    const bytes = riff(
      chunk('LIST', [1, 2, 3]),
      chunk('fmt ', format()),
      chunk('junk', [9]),
      chunk('data', u16(16384)),
      chunk('id3 ', [7]),
    );
    expect([...read(bytes).channels[0]!]).toEqual([0.5]);
  });

  it('reads an odd last chunk with and without its padding byte', () => {
    const padded = riff(chunk('fmt ', format({ bits: 8 })), chunk('data', [0, 128, 192]));
    expect([...read(padded).channels[0]!]).toEqual([-1, 0, 0.5]);
    expect([...read(padded.subarray(0, -1)).channels[0]!]).toEqual([-1, 0, 0.5]);
  });

  it('reads from a view inside a larger buffer', () => {
    const bytes = riff(chunk('fmt ', format()), chunk('data', u16(16384)));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect([...read(larger.subarray(3)).channels[0]!]).toEqual([0.5]);
  });
});

describe('readWav refuses', () => {
  const good = riff(chunk('fmt ', format()), chunk('data', [1, 2, 3, 4]));
  const patched = (offset: number, values: number[]): Uint8Array => {
    const bytes = good.slice();
    bytes.set(values, offset);
    return bytes;
  };

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'DL602: x.wav: is empty (byte 0)'],
    ['another file', Uint8Array.from(ascii('fLaC and more')), "DL602: x.wav: starts with 'fLaC', not 'RIFF' (byte 0)"],
    ['control bytes', Uint8Array.of(0, 1, 255), "DL602: x.wav: starts with '\\x00\\x01\\xff', not 'RIFF' (byte 0)"],
    ['RF64', patched(0, ascii('RF64')), 'DL602: x.wav: is a RF64 file (byte 0)'],
    ['big-endian RIFX', patched(0, ascii('RIFX')), 'DL602: x.wav: is a RIFX file (byte 0)'],
    ['a header cut short', good.subarray(0, 9), 'DL602: x.wav: ends inside its header (byte 9)'],
    ['another RIFF form', patched(8, ascii('AVI ')), "DL602: x.wav: holds 'AVI ', not 'WAVE' (byte 8)"],
    ['truncated data', good.subarray(0, -2), 'DL602: x.wav: says it has 48 bytes but has 46 (byte 4)'],
    ['a size of zero', patched(4, u32(0)), 'DL602: x.wav: says it has 8 bytes but has 48 (byte 4)'],
    [
      'a chunk larger than the file',
      patched(40, u32(0x7fffffff)),
      "DL602: x.wav: chunk 'data' says it has 2147483647 bytes but 4 are left (byte 40)",
    ],
    ['a chunk one byte too large', patched(40, u32(5)), "DL602: x.wav: chunk 'data' says it has 5 bytes but 4 are left (byte 40)"],
    ['half a chunk header', riff([1, 2, 3]), 'DL602: x.wav: has 3 bytes where a chunk header needs 8 (byte 12)'],
    ['no chunks', riff(), "DL602: x.wav: has no 'fmt ' chunk (byte 12)"],
    ['no samples chunk', riff(chunk('fmt ', format())), "DL602: x.wav: has no 'data' chunk (byte 36)"],
    [
      'samples before the format',
      riff(chunk('data', [0, 0]), chunk('fmt ', format())),
      "DL602: x.wav: chunk 'data' comes before chunk 'fmt ' (byte 12)",
    ],
    ['two formats', riff(chunk('fmt ', format()), chunk('fmt ', format())), "DL602: x.wav: has a second 'fmt ' chunk (byte 36)"],
    ['a short format', riff(chunk('fmt ', format().slice(0, 14))), "DL602: x.wav: chunk 'fmt ' has 14 bytes, needs 16 (byte 20)"],
    [
      'a short extensible format',
      riff(chunk('fmt ', extensible(1, 16, 16).slice(0, 38))),
      "DL602: x.wav: extensible chunk 'fmt ' has 38 bytes, needs 40 (byte 20)",
    ],
    ['too many valid bits', riff(chunk('fmt ', extensible(1, 16, 20))), 'DL602: x.wav: says 20 valid bits in a sample of 16 (byte 38)'],
    [
      'an unknown sub-format',
      riff(chunk('fmt ', extensible(1, 16, 16, Array<number>(14).fill(1)))),
      'DL602: x.wav: has an unknown sub-format (byte 44)',
    ],
    ['zero channels', riff(chunk('fmt ', format({ channels: 0 }))), 'DL602: x.wav: has no channels (byte 22)'],
    ['a rate of zero', riff(chunk('fmt ', format({ rateHz: 0 }))), 'DL602: x.wav: has a sample rate of 0 Hz (byte 24)'],
    ['a false frame size', riff(chunk('fmt ', format({ frameBytes: 4 }))), 'DL602: x.wav: says a frame has 4 bytes, not 1 x 2 (byte 32)'],
    ['PCM of 12 bits', riff(chunk('fmt ', format({ bits: 12, frameBytes: 2 }))), 'DL602: x.wav: has PCM samples of 12 bits (byte 34)'],
    ['float of 16 bits', riff(chunk('fmt ', format({ tag: 3 }))), 'DL602: x.wav: has float samples of 16 bits (byte 34)'],
    ['mu-law', riff(chunk('fmt ', format({ tag: 7, bits: 8 }))), 'DL602: x.wav: has samples in format 7 (mu-law) (byte 20)'],
    ['an unknown format', riff(chunk('fmt ', format({ tag: 1234 }))), 'DL602: x.wav: has samples in format 1234 (byte 20)'],
    ['no samples', riff(chunk('fmt ', format()), chunk('data', [])), 'DL602: x.wav: holds no samples (byte 40)'],
    [
      'half a frame',
      riff(chunk('fmt ', format({ channels: 2 })), chunk('data', [1, 2, 3, 4, 5, 6])),
      'DL602: x.wav: has 6 bytes of samples, which is not a multiple of 4 (byte 40)',
    ],
  ])('%s', (_, bytes, message) => expect(why(bytes)).toBe(message));

  it.each([NaN, Infinity, -Infinity])('%s among floats', (value) => {
    const data = [...floatBytes(0, 4), ...floatBytes(0, 4), ...floatBytes(0, 4), ...floatBytes(value, 4)];
    const bytes = riff(chunk('fmt ', format({ tag: 3, bits: 32, channels: 2 })), chunk('data', data));
    expect(why(bytes)).toBe(`DL603: x.wav: sample 1 of channel 2 is ${value} (byte 56)`);
  });

  it('or reads any damaged file, and never fails otherwise', () => {
    const whole = writeWav([Float64Array.of(0.1, -0.2, 0.3), Float64Array.of(0, 0.5, -1)], 16000, 'float32');
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [offset, value] of changes) if (offset < length) bytes[offset] = value;
        let samples;
        try {
          samples = read(bytes);
        } catch {
          expect(why(bytes)).toMatch(/^DL60[23]: x\.wav: .* \(byte \d+\)$/s);
          return;
        }
        expect(samples.rateHz).toBeGreaterThan(0);
        for (const values of samples.channels) expect(values.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writeWav', () => {
  const codes = (bits: number) =>
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 })).chain(([channels, frames]) => {
      const channel = fc
        .array(fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }), { minLength: frames, maxLength: frames })
        .map((values) => Float64Array.from(values, (code) => code / 2 ** (bits - 1)));
      return fc.array(channel, { minLength: channels, maxLength: channels });
    });

  it.each([
    ['pcm16', 16],
    ['pcm24', 24],
  ] as const)('%s codes come back exactly', (name, bits) => {
    fc.assert(
      fc.property(codes(bits), fc.integer({ min: 1, max: 0xffffffff }), (channels, rateHz) => {
        const samples = read(writeWav(channels, rateHz, name));
        expect(samples.rateHz).toBe(rateHz);
        expect(samples.channels).toEqual(channels);
      }),
    );
  });

  it('float32 values come back exactly', () => {
    const values = fc.float32Array({ minLength: 1, noNaN: true, noDefaultInfinity: true }).map((array) => Float64Array.from(array));
    fc.assert(
      fc.property(values, (channel) => {
        expect(read(writeWav([channel], 48000, 'float32')).channels).toEqual([channel]);
      }),
    );
  });

  it('rounds to the nearest code and clips at full scale', () => {
    const lsb = 1 / 32768;
    const channel = Float64Array.of(0.49 * lsb, 0.51 * lsb, -0.51 * lsb, 1, -1, 7, -7, 32766.6 * lsb);
    const { channels } = read(writeWav([channel], 8000, 'pcm16'));
    expect([...channels[0]!].map((value) => value * 32768)).toEqual([0, 1, -1, 32767, -32768, 32767, -32768, 32767]);
  });

  it('writes the canonical 44-byte header', () => {
    const bytes = writeWav([Float64Array.of(0.5, -0.5), Float64Array.of(0.25, 0)], 16000, 'pcm16');
    const header = [
      ...ascii('RIFF'),
      ...u32(44),
      ...ascii('WAVE'),
      ...ascii('fmt '),
      ...u32(16),
      ...format({ channels: 2, rateHz: 16000 }),
    ];
    expect([...bytes]).toEqual([...header, ...ascii('data'), ...u32(8), 0, 64, 0, 32, 0, 192, 0, 0]);
  });

  it('pads odd data and gives floats a fact chunk', () => {
    expect(writeWav([Float64Array.of(0.5)], 8000, 'pcm24').length).toBe(44 + 4);
    const bytes = writeWav([Float64Array.of(0.5, 1)], 8000, 'float32');
    expect([...bytes.subarray(38, 50)]).toEqual([...ascii('fact'), ...u32(4), ...u32(2)]);
  });

  it.each<[string, Float64Array[], number, string]>([
    ['no channels', [], 8000, 'DL604: WAVE file cannot be written: there are no samples'],
    ['no samples', [new Float64Array(0)], 8000, 'DL604: WAVE file cannot be written: there are no samples'],
    [
      'unequal channels',
      [new Float64Array(3), new Float64Array(2)],
      8000,
      'DL604: WAVE file cannot be written: channel 2 has 2 samples, channel 1 has 3',
    ],
    [
      'a broken rate',
      [new Float64Array(1)],
      167.5,
      'DL604: WAVE file cannot be written: the rate must be a whole number of hertz from 1 to 4294967295, not 167.5',
    ],
    [
      'a rate of zero',
      [new Float64Array(1)],
      0,
      'DL604: WAVE file cannot be written: the rate must be a whole number of hertz from 1 to 4294967295, not 0',
    ],
    [
      'too many channels',
      Array.from({ length: 40000 }, () => new Float64Array(1)),
      8000,
      'DL604: WAVE file cannot be written: 40000 channels are too many',
    ],
    ['NaN', [Float64Array.of(0, NaN)], 8000, 'DL603: WAVE file cannot be written: sample 1 of channel 1 is NaN'],
    ['infinity', [Float64Array.of(Infinity)], 8000, 'DL603: WAVE file cannot be written: sample 0 of channel 1 is Infinity'],
  ])('refuses %s', (_, channels, rateHz, message) => expect(refusal(() => writeWav(channels, rateHz, 'pcm16'))).toBe(message));

  it('refuses a value beyond float32', () => {
    expect(refusal(() => writeWav([Float64Array.of(1e39)], 8000, 'float32'))).toBe(
      'DL603: WAVE file cannot be written: sample 0 of channel 1 is 1e+39',
    );
  });
});
