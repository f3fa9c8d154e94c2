// How lanes lie in vector registers. A group of lanes is run at once: each value that differs between them is eight
// vectors, so that the latencies of one hide behind the others. In memory such a value is a slot: its eight registers as
// they are. Reals are f64 or f32; ints are i32, those of a vector of two doubles in its low half; bits are all ones or
// all zeros as wide as a real.

import type { ScalarType } from '../../../ir/types.js';
import type { Precision } from '../../batch.js';

export const vectorsPerGroup = 8;
export const vectorBytes = 16;
export const slotBytes = vectorsPerGroup * vectorBytes;
/** An address is an index of slots shifted left by this. */
export const slotShift = 7;

export const lanesPerVector: { readonly [K in Precision]: 2 | 4 } = { f64: 2, f32: 4 };
export const lanesPerGroup = (precision: Precision): number => vectorsPerGroup * lanesPerVector[precision];

/** Bytes from one lane of a vector to the next. */
export const laneBytes = (precision: Precision, type: ScalarType): 4 | 8 => (precision === 'f64' && type !== 'int' ? 8 : 4);

/** Numbers of the vectors of a group. */
export const vectors: readonly number[] = Array.from({ length: vectorsPerGroup }, (_, k) => k);

const word = new DataView(new ArrayBuffer(8));

/** Eight bytes that, twice, are a vector with the value in every lane, as a signed integer. */
export function laneImage(precision: Precision, type: ScalarType, value: number): bigint {
  if (type === 'bit') return value === 0 ? 0n : -1n;
  if (type === 'real' && precision === 'f64') word.setFloat64(0, value);
  else {
    for (const at of [0, 4]) {
      if (type === 'int') word.setInt32(at, value);
      else word.setFloat32(at, value);
    }
  }
  return word.getBigInt64(0);
}
