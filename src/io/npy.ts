// One array in NumPy's NPY format <-> bytes: little-endian, C order, plain numbers. Written as version 1.0.
// Values are kept as they are: NaN and infinity are legal in an array of results.
// Source: numpy.lib.format, "A simple file format for NumPy arrays" (NEP 1).

import { failMalformed, quoteBytes } from './malformed.js';

/** An array in C order: the last index runs fastest. */
export interface NpyArray {
  /** `Float64Array` is stored as float64, `Int32Array` as int32, `Uint8Array` as uint8. */
  readonly values: Float64Array | Int32Array | Uint8Array;
  /** Whole numbers whose product is the length of `values`; `[]` is a scalar. */
  readonly shape: readonly number[];
}

interface NpyType {
  readonly itemBytes: number;
  readonly read: (view: DataView, offset: number, length: number) => NpyArray['values'];
}

const types: ReadonlyMap<string, NpyType> = new Map([
  ['<f8', reader(8, Float64Array, (view, at) => view.getFloat64(at, true))],
  ['<f4', reader(4, Float64Array, (view, at) => view.getFloat32(at, true))],
  ['<i4', reader(4, Int32Array, (view, at) => view.getInt32(at, true))],
  ['<i2', reader(2, Int32Array, (view, at) => view.getInt16(at, true))],
  ['|u1', reader(1, Uint8Array, (view, at) => view.getUint8(at))],
  ['|b1', reader(1, Uint8Array, (view, at) => view.getUint8(at))],
]);

function reader(
  itemBytes: number,
  Values: new (length: number) => NpyArray['values'],
  readItem: (view: DataView, offset: number) => number,
): NpyType {
  return {
    itemBytes,
    read: (view, offset, length) => {
      const values = new Values(length);
      for (let i = 0; i < length; i++) values[i] = readItem(view, offset + i * itemBytes);
      return values;
    },
  };
}

/** Header and data start at multiples of this, so that the data can be mapped into memory. */
const alignment = 64;
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Writes an array as NPY 1.0.
 * @throws RangeError when the shape does not give the number of values
 */
export function writeNpy({ values, shape }: NpyArray): Uint8Array {
  if (shape.some((size) => !Number.isInteger(size) || size < 0) || product(shape) !== values.length) {
    throw new RangeError(`shape (${shape.join(', ')}) does not hold ${values.length} values`);
  }
  const descr = values instanceof Float64Array ? '<f8' : values instanceof Int32Array ? '<i4' : '|u1';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const dataOffset = Math.ceil((10 + dictionary.length + 1) / alignment) * alignment;
  const bytes = new Uint8Array(dataOffset + values.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, 1, 0]);
  view.setUint16(8, dataOffset - 10, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(dataOffset - 11)}\n`), 10);
  if (values instanceof Float64Array) values.forEach((value, i) => view.setFloat64(dataOffset + 8 * i, value, true));
  else if (values instanceof Int32Array) values.forEach((value, i) => view.setInt32(dataOffset + 4 * i, value, true));
  else bytes.set(values, dataOffset);
  return bytes;
}

/**
 * Reads an NPY array, versions 1 to 3, of float64, float32 (both to `Float64Array`), int32, int16 (both to `Int32Array`),
 * uint8 or bool (both to `Uint8Array`).
 * @param name the file's name for messages
 * @throws NetlistError DL602 when the file is malformed or holds another type or order
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 0) failMalformed(name, 0, 'is empty', { why: 'an NPY file starts with a header' });
  if (magic.some((byte, i) => bytes[i] !== byte)) {
    failMalformed(name, 0, `starts with ${quoteBytes(bytes.subarray(0, 6))}, not '\\x93NUMPY'`, { why: 'this is no NPY file' });
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) failMalformed(name, 6, `has NPY version ${version}`, { why: 'versions 1, 2 and 3 are read' });
  const headerOffset = version === 1 ? 10 : 12;
  if (bytes.length < headerOffset) failMalformed(name, bytes.length, 'ends inside its header');
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataOffset = headerOffset + headerBytes;
  if (dataOffset > bytes.length) {
    failMalformed(name, 8, `says its header has ${headerBytes} bytes but ${bytes.length - headerOffset} are left`);
  }
  const { descr, shape } = parseHeader(new TextDecoder().decode(bytes.subarray(headerOffset, dataOffset)), name, headerOffset);

  const type = types.get(descr);
  if (type === undefined) {
    failMalformed(name, headerOffset, `holds values of type '${descr}'`, {
      why: `the types ${[...types.keys()].join(', ')} are read`,
      help: "in NumPy, store array.astype('<f8')",
    });
  }
  const expectedBytes = product(shape) * type.itemBytes;
  if (expectedBytes !== bytes.length - dataOffset) {
    failMalformed(name, dataOffset, `shape (${shape.join(', ')}) needs ${expectedBytes} bytes but ${bytes.length - dataOffset} are left`, {
      why: 'the file was cut short, or something was appended to it',
    });
  }
  return { values: type.read(view, dataOffset, product(shape)), shape };
}

function parseHeader(text: string, file: string, offset: number): { descr: string; shape: number[] } {
  const shown = text.trim().slice(0, 80);
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  if (descr === undefined) {
    failMalformed(file, offset, `has no plain 'descr' in its header ${shown}`, { why: 'arrays of records are not read' });
  }
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  if (order === undefined) failMalformed(file, offset, `has no 'fortran_order' in its header ${shown}`);
  if (order === 'True') {
    failMalformed(file, offset, 'is stored in Fortran order', {
      why: 'arrays in C order are read',
      help: 'in NumPy, store numpy.ascontiguousarray(array)',
    });
  }
  const tuple = /'shape'\s*:\s*\(\s*((?:\d+\s*,\s*)*(?:\d+\s*)?)\)/.exec(text)?.[1];
  if (tuple === undefined) failMalformed(file, offset, `has no 'shape' of whole numbers in its header ${shown}`);
  return { descr, shape: (tuple.match(/\d+/g) ?? []).map(Number) };
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}
