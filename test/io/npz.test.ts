import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeNpy } from '../../src/io/npy.js';
import { readNpy, readNpz, writeNpz, type NpyArray } from '../../src/io/npz.js';
import { refusal } from './raised.js';

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** An NPY file by hand: header text and data as given. */
function npy(header: string, data: ArrayLike<number>, version = 1): Uint8Array {
  const size = version === 1 ? [header.length & 0xff, header.length >> 8] : [header.length & 0xff, header.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...strToU8('NUMPY'), version, 0, ...size, ...strToU8(header), ...Array.from(data)]);
}
const header = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
const bytesOf = (array: { buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(array.buffer);
const why = (bytes: Uint8Array): string => refusal(() => readNpy(bytes, 'x.npy'));

const arrays: fc.Arbitrary<NpyArray> = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    fc.constantFrom('float64' as const, 'int32' as const, 'uint8' as const),
    fc.infiniteStream(fc.tuple(fc.double(), fc.integer(), fc.nat(255))),
  )
  .map(([shape, kind, stream]) => {
    const items = [...stream.take(shape.reduce((total, size) => total * size, 1))];
    const values =
      kind === 'float64'
        ? Float64Array.from(items, ([value]) => value)
        : kind === 'int32'
          ? Int32Array.from(items, ([, value]) => value)
          : Uint8Array.from(items, ([, , value]) => value);
    return { values, shape };
  });

describe('NPY', () => {
  it('writes the header of version 1.0, aligned to 64 bytes', () => {
    const bytes = writeNpy({ values: Float64Array.of(1, 2, 3), shape: [3] });
    expect(bytes.length).toBe(128 + 24);
    expect([...bytes.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    expect(latin(bytes.subarray(10, 128))).toBe(`${"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`);
    expect([...bytes.subarray(128, 136)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });

  it.each<[NpyArray, string, number[]]>([
    [
      { values: Int32Array.of(-2, 1), shape: [1, 2] },
      "'<i4', 'fortran_order': False, 'shape': (1, 2), }",
      [254, 255, 255, 255, 1, 0, 0, 0],
    ],
    [{ values: Uint8Array.of(7), shape: [] }, "'|u1', 'fortran_order': False, 'shape': (), }", [7]],
  ])('writes %j', (array, text, data) => {
    const bytes = writeNpy(array);
    expect(latin(bytes.subarray(10, 128)).trimEnd()).toBe(`{'descr': ${text}`);
    expect([...bytes.subarray(128)]).toEqual(data);
  });

  it.each<[string, string, Uint8Array, NpyArray['values']]>([
    ['float64', '<f8', bytesOf(Float64Array.of(0.1, -2)), Float64Array.of(0.1, -2)],
    ['float32', '<f4', bytesOf(Float32Array.of(0.5, -2)), Float64Array.of(0.5, -2)],
    ['int32', '<i4', bytesOf(Int32Array.of(-5, 2 ** 30)), Int32Array.of(-5, 2 ** 30)],
    ['int16', '<i2', bytesOf(Int16Array.of(-5, 300)), Int32Array.of(-5, 300)],
    ['uint8', '|u1', Uint8Array.of(0, 255), Uint8Array.of(0, 255)],
    ['bool', '|b1', Uint8Array.of(0, 1), Uint8Array.of(0, 1)],
  ])('reads %s, in every version of the format', (_, descr, data, values) => {
    for (const version of [1, 2, 3]) {
      expect(readNpy(npy(header(descr, '(2,)'), data, version), 'x.npy')).toEqual({ values, shape: [2] });
    }
  });

  it('comes back exactly, NaN and scalars and empty arrays too', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        expect(readNpy(writeNpy(array), 'x.npy')).toEqual(array);
      }),
    );
  });

  it('refuses to write a shape that does not hold the values', () => {
    expect(() => writeNpy({ values: new Float64Array(3), shape: [2] })).toThrow('shape (2) does not hold 3 values');
    expect(() => writeNpy({ values: new Float64Array(3), shape: [-1, -3] })).toThrow(RangeError);
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'is empty (byte 0)'],
    ['another file', strToU8('1,2,3\n4,5,6'), "starts with '1,2,3\\x0a', not '\\x93NUMPY' (byte 0)"],
    ['an unknown version', npy(header('<f8', '(0,)'), [], 4), 'has NPY version 4 (byte 6)'],
    ['a header cut short', npy(header('<f8', '(0,)'), []).subarray(0, 9), 'ends inside its header (byte 9)'],
    [
      'a header longer than the file',
      npy(header('<f8', '(0,)'), []).subarray(0, 20),
      'says its header has 58 bytes but 10 are left (byte 8)',
    ],
    [
      'records',
      npy("{'descr': [('a', '<f8')], 'shape': (1,)}\n", []),
      "has no plain 'descr' in its header {'descr': [('a', '<f8')], 'shape': (1,)} (byte 10)",
    ],
    [
      'no order',
      npy("{'descr': '<f8', 'shape': (1,)}\n", []),
      "has no 'fortran_order' in its header {'descr': '<f8', 'shape': (1,)} (byte 10)",
    ],
    [
      'no shape',
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (x,)}\n", []),
      "has no 'shape' of whole numbers in its header {'descr': '<f8', 'fortran_order': False, 'shape': (x,)} (byte 10)",
    ],
    ['Fortran order', npy(header('<f8', '(1, 1)', 'True'), new Uint8Array(8)), 'is stored in Fortran order (byte 10)'],
    ['big-endian values', npy(header('>f8', '(1,)'), new Uint8Array(8)), "holds values of type '>f8' (byte 10)"],
    ['truncated values', npy(header('<f8', '(2,)'), new Uint8Array(15)), 'shape (2) needs 16 bytes but 15 are left (byte 68)'],
    ['appended bytes', npy(header('<f8', '(2,)'), new Uint8Array(17)), 'shape (2) needs 16 bytes but 17 are left (byte 68)'],
    [
      'a shape beyond memory',
      npy(header('<f8', '(99999999, 99999999)'), new Uint8Array(8)),
      'shape (99999999, 99999999) needs 79999998400000000 bytes but 8 are left (byte 84)',
    ],
  ])('refuses %s', (_, bytes, message) => expect(why(bytes)).toBe(`DL602: x.npy: ${message}`));
});

describe('NPZ', () => {
  const example: Record<string, NpyArray> = {
    u: { values: Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i)), shape: [1000] },
    'x1.out': { values: Int32Array.of(1, 2, 3, 4), shape: [2, 2] },
    bits: { values: new Uint8Array(5000), shape: [5000] },
  };

  it('comes back exactly', () => {
    expect(readNpz(writeNpz(example), 'x.npz')).toEqual(example);
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), arrays, { maxKeys: 4, noNullPrototype: true }), (record) => {
        expect(readNpz(writeNpz(record), 'x.npz')).toEqual(record);
      }),
    );
  });

  it('is a ZIP archive of NPY files that another reader unpacks', () => {
    const files = unzipSync(writeNpz(example));
    expect(Object.keys(files)).toEqual(['u.npy', 'x1.out.npy', 'bits.npy']);
    expect(files['bits.npy']).toEqual(writeNpy(example.bits!));
    expect(writeNpz(example).length).toBeLessThan(9000);
  });

  it('states the fixed time 1980-01-01 00:00, so that its bytes never change', () => {
    const bytes = writeNpz(example);
    expect([...bytes.subarray(10, 14)]).toEqual([0, 0, 0x21, 0]);
    expect(writeNpz(example)).toEqual(bytes);
  });

  it('reads stored entries and archives with a comment', () => {
    const array = { values: Float64Array.of(1, 2), shape: [2] };
    const stored = zipSync({ 'a.npy': [writeNpy(array), { level: 0 }] });
    const commented = new Uint8Array(stored.length + 5);
    commented.set(stored);
    commented.set(strToU8('hello'), stored.length);
    commented[stored.length - 2] = 5;
    expect(readNpz(stored, 'x.npz')).toEqual({ a: array });
    expect(readNpz(commented, 'x.npz')).toEqual({ a: array });
  });

  const good = zipSync({ 'a.npy': [writeNpy({ values: Float64Array.of(1, 2), shape: [2] }), { level: 0 }] });
  const whyNot = (bytes: Uint8Array): string => refusal(() => readNpz(bytes, 'x.npz'));
  const directory = good.length - 22 - 46 - 5;
  const patched = (offset: number, values: number[]): Uint8Array => {
    const bytes = good.slice();
    bytes.set(values, offset);
    return bytes;
  };

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'is empty (byte 0)'],
    ['another file', strToU8('not an archive, but long enough for one'), 'has no ZIP end record (byte 39)'],
    ['an archive cut short', good.subarray(0, -1), `has no ZIP end record (byte ${good.length - 1})`],
    ['a false directory', patched(directory, [0]), `has no directory entry 1 of 1 (byte ${directory})`],
    ['a missing entry', patched(good.length - 12, [2]), `has no directory entry 2 of 2 (byte ${good.length - 22})`],
    ['a name past the directory', patched(directory + 28, [255]), `directory entry 1 runs past the directory (byte ${directory + 28})`],
    ['an encrypted entry', patched(directory + 8, [1]), `'a.npy' is encrypted (byte ${directory + 8})`],
    ['another method', patched(directory + 10, [12]), `'a.npy' is packed by method 12 (byte ${directory + 10})`],
    ['a false start', patched(directory + 42, [9]), `'a.npy' is said to start at byte 9, where no file starts (byte ${directory + 42})`],
    [
      'a false packed size',
      patched(directory + 20, [0, 0, 1]),
      `'a.npy' is said to have 65536 packed bytes but ${good.length - 22 - 35} are left (byte ${directory + 20})`,
    ],
    ['a false size', patched(directory + 24, [1]), `'a.npy' is said to unpack from 144 to 1 bytes (byte ${directory + 24})`],
    ['a changed value', patched(35 + 130, [99]), "'a.npy' does not match its checksum (byte 35)"],
  ])('refuses %s', (_, bytes, message) => expect(whyNot(bytes)).toBe(`DL602: x.npz: ${message}`));

  it('refuses an entry that claims to unpack to gigabytes', () => {
    const deflated = zipSync({ 'a.npy': [new Uint8Array(1000), { level: 9 }] });
    const at = deflated.length - 22 - 46 - 5;
    deflated.set([0xff, 0xff, 0xff, 0xff], at + 24);
    expect(whyNot(deflated)).toMatch(/^DL602: x\.npz: 'a\.npy' is said to unpack from \d+ to 4294967295 bytes \(byte \d+\)$/);
  });

  it('refuses broken deflate data', () => {
    const deflated = zipSync({ 'a.npy': [strToU8('abcabcabc'.repeat(50)), { level: 9 }] });
    deflated.fill(0xff, 35, 38);
    expect(whyNot(deflated)).toMatch(/^DL602: x\.npz: 'a\.npy' cannot be unpacked: .* \(byte 35\)$/);
  });

  it('names the array that is malformed, and what is no array', () => {
    expect(whyNot(zipSync({ 'a.npy': strToU8('hello, world') }))).toBe(
      "DL602: x.npz/a.npy: starts with 'hello,', not '\\x93NUMPY' (byte 0)",
    );
    expect(whyNot(zipSync({ 'a.txt': strToU8('hello') }))).toBe("DL602: x.npz: holds 'a.txt', which is no .npy file (byte 0)");
  });

  it('reads or refuses any damaged archive, and never fails otherwise', () => {
    const whole = writeNpz({ a: { values: Float64Array.of(1, 2, 3), shape: [3] }, b: { values: Uint8Array.of(1), shape: [1] } });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = whole.slice();
        for (const [offset, value] of changes) bytes[offset] = value;
        try {
          readNpz(bytes, 'x.npz');
        } catch {
          expect(whyNot(bytes)).toMatch(/^DL602: x\.npz.* \(byte \d+\)$/s);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
