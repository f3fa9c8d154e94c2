// The areas of groups of lanes as numbers: moves parameters and states between them and arrays in which value i of lane l
// stands at `i * lanes + l`. The lanes of a group beyond the last repeat the last and are not read back.

import { meanings } from '../../../ir/evaluate.js';
import type { ScalarType, StateRef } from '../../../ir/types.js';
import type { Tile } from '../../batch.js';
import type { LaneMemory } from './lane-memory.js';
import { laneBytes, laneImage, vectorBytes, type LaneShape } from './lane-shape.js';

/** Values that are neighbours in an array and in an area. */
export interface Run {
  readonly type: ScalarType;
  /** Place of the first in the array, and its slot. */
  readonly from: number;
  readonly slot: number;
  readonly length: number;
}

/** An array of lanes, of which those from `first` on are moved to or from the area at a byte address. */
export interface LaneValues {
  readonly values: Float64Array;
  readonly lanes: number;
  readonly first: number;
  readonly area: number;
}

export class AreaView {
  private readonly memory: LaneMemory;
  private readonly shape: LaneShape;
  private readonly states: readonly Run[];
  private readonly reals: Float64Array | Float32Array;
  private readonly ints: Int32Array;
  private readonly words: BigInt64Array;

  constructor(memory: LaneMemory, buffer: ArrayBuffer, offsets: Tile['layout']['offsets']) {
    this.memory = memory;
    this.shape = memory.shape;
    this.reals = memory.shape.precision === 'f64' ? new Float64Array(buffer) : new Float32Array(buffer);
    this.ints = new Int32Array(buffer);
    this.words = new BigInt64Array(buffer);
    this.states = memory.lanes.states.map((state) => this.runOf(state, offsets.get(state)!));
  }

  runOf(state: StateRef, from: number): Run {
    return { type: state.type, from, slot: this.memory.stateSlots.get(state)!, length: Math.max(1, state.length) };
  }

  /** Takes in the lanes from `first` on; parameters that all lanes share are those of the first. */
  read({ lanes, params, states }: Tile, first: number, area: number): void {
    this.memory.lanes.params.forEach((_, i) => this.takeParam(i, i, { values: params, lanes, first, area }));
    for (const run of this.states) this.take(run, { values: states, lanes, first, area });
  }

  /** Writes the states of the lanes from `first` on back. */
  write({ lanes, states }: Tile, first: number, area: number): void {
    for (const run of this.states) this.give(run, { values: states, lanes, first, area });
  }

  /** Takes in parameter `param`, value `from` of the array. */
  takeParam(param: number, from: number, lanes: LaneValues): void {
    const { lanes: program, paramSlots, intSlots } = this.memory;
    const { name } = program.params[param]!;
    const [slot, int] = [paramSlots.get(name), intSlots.get(name)];
    if (slot === undefined) this.share(name, lanes.values[from * lanes.lanes + lanes.first]!);
    else this.take({ type: 'real', from, slot, length: 1 }, lanes);
    if (int !== undefined) this.take({ type: 'int', from, slot: int, length: 1 }, lanes);
  }

  /** Gives a parameter that all lanes share its value. */
  share(name: string, value: number): void {
    const { sharedParams, sharedInts, shape } = this.memory;
    const at = sharedParams.get(name)!;
    const int = sharedInts.get(name);
    this.words.fill(laneImage(shape.precision, 'real', value), at / 8, (at + vectorBytes) / 8);
    if (int !== undefined) this.ints.fill(meanings.toInt('real', value, 0, 0), int / 4, (int + vectorBytes) / 4);
  }

  take({ type, from, slot, length }: Run, { values, lanes, first, area }: LaneValues): void {
    const { lanes: count } = this.shape;
    const { reals } = this;
    const present = Math.min(count, lanes - first);
    for (let i = 0; i < length; i++) {
      const at = (from + i) * lanes + first;
      const place = this.realPlace(area, slot + i);
      if (type !== 'real') this.takeWords(type, slot + i, at, { values, lanes, first, area });
      else {
        for (let lane = 0; lane < present; lane++) reals[place + lane] = values[at + lane]!;
        for (let lane = present; lane < count; lane++) reals[place + lane] = values[at + present - 1]!;
      }
    }
  }

  give({ type, from, slot, length }: Run, { values, lanes, first, area }: LaneValues): void {
    const { reals } = this;
    const count = Math.min(this.shape.lanes, lanes - first);
    for (let i = 0; i < length; i++) {
      const at = (from + i) * lanes + first;
      const place = this.realPlace(area, slot + i);
      if (type === 'real') for (let lane = 0; lane < count; lane++) values[at + lane] = reals[place + lane]!;
      else for (let lane = 0; lane < count; lane++) values[at + lane] = this.value(type, area, slot + i, lane);
    }
  }

  /** `sum` and the first lanes of a real in the area at a byte address, in their order. */
  addUp(state: StateRef, area: number, count: number, sum: number): number {
    const { reals } = this;
    const place = this.realPlace(area, this.memory.stateSlots.get(state)!);
    for (let at = place; at < place + count; at++) sum += reals[at]!;
    return sum;
  }

  private takeWords(type: 'int' | 'bit', slot: number, at: number, { values, lanes, first, area }: LaneValues): void {
    for (let lane = 0; lane < this.shape.lanes; lane++) {
      const value = values[at + Math.min(lane, lanes - 1 - first)]!;
      const byte = area + this.byteOf(type, slot, lane);
      if (type === 'int') this.ints[byte / 4] = meanings.toInt('real', value, 0, 0);
      else this.ints.fill(value === 0 ? 0 : -1, byte / 4, (byte + laneBytes(this.shape.precision, type)) / 4);
    }
  }

  private value(type: 'int' | 'bit', area: number, slot: number, lane: number): number {
    const word = this.ints[(area + this.byteOf(type, slot, lane)) / 4]!;
    return type === 'int' ? word : word === 0 ? 0 : 1;
  }

  /** Place in `reals` of the first lane of a real, which the others follow. */
  private realPlace(area: number, slot: number): number {
    return (area + this.shape.slotBytes * slot) / this.reals.BYTES_PER_ELEMENT;
  }

  private byteOf(type: ScalarType, slot: number, lane: number): number {
    const { precision, lanesPerVector, slotBytes } = this.shape;
    const inVector = lane % lanesPerVector;
    return slotBytes * slot + (vectorBytes * (lane - inVector)) / lanesPerVector + laneBytes(precision, type) * inVector;
  }
}
