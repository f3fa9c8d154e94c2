// How lanes lie in vector registers. A group of lanes is run at once: each value that differs between them is some
// vectors. In memory such a value is a slot: its registers as they are. Reals are f64 or f32; ints are i32, those of a
// vector of two doubles in its low half; bits are all ones or all zeros as wide as a real.

import type { ScalarType } from '../../../ir/types.js';
import type { Precision } from '../../batch.js';

export const vectorBytes = 16;

export interface LaneShape {
  readonly precision: Precision;
  /** Numbers of the vectors of a value, a power of two of them. */
  readonly vectors: readonly number[];
  readonly lanesPerVector: 2 | 4;
  /** Lanes of a group. */
  readonly lanes: number;
  readonly slotBytes: number;
  /** An address is an index of slots shifted left by this. */
  readonly slotShift: number;
}

/** Groups have two vectors at least, as random words are drawn for four lanes; an elementary function takes one. */
export function laneShape(precision: Precision, vectorCount: 1 | 2 | 4 | 8): LaneShape {
  const lanesPerVector = precision === 'f64' ? 2 : 4;
  const slotBytes = vectorBytes * vectorCount;
  return {
    precision,
    vectors: Array.from({ length: vectorCount }, (_, k) => k),
    lanesPerVector,
    lanes: vectorCount * lanesPerVector,
    slotBytes,
    slotShift: Math.log2(slotBytes),
  };
}

/** Bytes from one lane of a vector to the next. */
export const laneBytes = (precision: Precision, type: ScalarType): 4 | 8 => (precision === 'f64' && type !== 'int' ? 8 : 4);

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
