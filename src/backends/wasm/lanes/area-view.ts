// The area of a group of lanes as numbers: moves parameters and states between it and a tile, whose lanes beyond the
// last repeat the last and are not written.

import { meanings } from '../../../ir/evaluate.js';
import type { ScalarType } from '../../../ir/types.js';
import type { Tile } from '../../batch.js';
import type { LaneMemory } from './lane-memory.js';
import { laneBytes, vectorBytes, type LaneShape } from './lane-shape.js';

/** Values that are neighbours in a tile and in an area. */
interface Run {
  readonly type: ScalarType;
  /** Place of the first in the tile's states, and its slot. */
  readonly from: number;
  readonly slot: number;
  readonly length: number;
}

export class AreaView {
  private readonly shape: LaneShape;
  /** Parameters that are ints here: their places, and slots. */
  private readonly intParams: readonly { readonly i: number; readonly slot: number }[];
  private readonly runs: readonly Run[];
  private readonly reals: Float64Array | Float32Array;
  private readonly ints: Int32Array;

  constructor(memory: LaneMemory, buffer: ArrayBuffer, at: number, offsets: Tile['layout']['offsets']) {
    this.shape = memory.shape;
    const bytes = memory.shape.slotBytes * memory.slotCount;
    this.reals = memory.shape.precision === 'f64' ? new Float64Array(buffer, at, bytes / 8) : new Float32Array(buffer, at, bytes / 4);
    this.ints = new Int32Array(buffer, at, bytes / 4);
    this.intParams = memory.lanes.params.flatMap(({ name }, i) => {
      const slot = memory.intSlots.get(name);
      return slot === undefined ? [] : [{ i, slot }];
    });
    this.runs = memory.lanes.states.map((state) => ({
      type: state.type,
      from: offsets.get(state)!,
      slot: memory.stateSlots.get(state)!,
      length: Math.max(1, state.length),
    }));
  }

  /** Takes in the lanes from `first` on. */
  read({ lanes, params, states }: Tile, first: number): void {
    for (let i = 0; i < params.length / lanes; i++) this.readValue(params, i, 'real', i, first, lanes);
    for (const { i, slot } of this.intParams) this.readValue(params, i, 'int', slot, first, lanes);
    for (const { type, from, slot, length } of this.runs) {
      for (let i = 0; i < length; i++) this.readValue(states, from + i, type, slot + i, first, lanes);
    }
  }

  /** Writes the states of the lanes from `first` on back. */
  write({ lanes, states }: Tile, first: number): void {
    const count = Math.min(this.shape.lanes, lanes - first);
    for (const { type, from, slot, length } of this.runs) {
      const { reals } = this;
      for (let i = 0; i < length; i++) {
        const at = (from + i) * lanes + first;
        const place = this.realPlace(slot + i);
        if (type === 'real') for (let lane = 0; lane < count; lane++) states[at + lane] = reals[place + lane]!;
        else for (let lane = 0; lane < count; lane++) states[at + lane] = this.value(type, slot + i, lane);
      }
    }
  }

  private readValue(values: Float64Array, i: number, type: ScalarType, slot: number, first: number, lanes: number): void {
    const count = this.shape.lanes;
    if (type === 'real') {
      const { reals } = this;
      const [place, from] = [this.realPlace(slot), i * lanes];
      for (let lane = 0; lane < count; lane++) reals[place + lane] = values[from + Math.min(first + lane, lanes - 1)]!;
      return;
    }
    for (let lane = 0; lane < count; lane++) {
      const value = values[i * lanes + Math.min(first + lane, lanes - 1)]!;
      const byte = this.byteOf(type, slot, lane);
      if (type === 'int') this.ints[byte / 4] = meanings.toInt('real', value, 0, 0);
      else this.ints.fill(value === 0 ? 0 : -1, byte / 4, (byte + laneBytes(this.shape.precision, type)) / 4);
    }
  }

  private value(type: 'int' | 'bit', slot: number, lane: number): number {
    const byte = this.byteOf(type, slot, lane);
    if (type === 'int') return this.ints[byte / 4]!;
    return this.ints[byte / 4]! === 0 ? 0 : 1;
  }

  /** Place in `reals` of the first lane of a real, which the others follow. */
  private realPlace(slot: number): number {
    return (this.shape.slotBytes * slot) / this.reals.BYTES_PER_ELEMENT;
  }

  private byteOf(type: ScalarType, slot: number, lane: number): number {
    const { precision, lanesPerVector, slotBytes } = this.shape;
    const inVector = lane % lanesPerVector;
    return slotBytes * slot + (vectorBytes * (lane - inVector)) / lanesPerVector + laneBytes(precision, type) * inVector;
  }
}
