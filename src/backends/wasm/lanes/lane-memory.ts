// Where things stand in the linear memory of a module that runs lanes: constants, the trace, rows of records and stages
// once, and an area for each group of lanes with its parameters and states. Functions get the address of their area.

import { argOf, type Expr } from '../../../ir/expr.js';
import type { Program } from '../../../ir/program.js';
import type { StateRef } from '../../../ir/types.js';
import { indexByName } from '../../layout.js';
import { doubleAt, MemoryMap } from '../memory-map.js';
import { laneImage, vectorBytes, type LaneShape } from './lane-shape.js';
import type { LaneWindows } from './lane-windows.js';
import type { SplitProgram } from './split-program.js';

/** Columns whose distance is an odd multiple of this do not meet in the sets of a cache. */
const lineDoubles = 8;

/** Words of 64 bits that stand in memory as they are. */
export interface Image {
  readonly at: number;
  readonly words: BigInt64Array;
}

export class LaneMemory {
  /** The part that is not the lanes': position, constant arrays and whatever is reserved. */
  readonly common: MemoryMap;
  readonly shape: LaneShape;
  readonly lanes: Program;
  /** Slot of each parameter that every lane has its own value of; they stand in front. */
  readonly paramSlots: ReadonlyMap<string, number>;
  /** Slot of each state of the lanes, or of its first element. */
  readonly stateSlots: ReadonlyMap<StateRef, number>;
  /** Slots of the ints that parameters are truncated to, by name: floats would not hold those of a generator's key. */
  readonly intSlots: ReadonlyMap<string, number>;
  /** Byte addresses of the vectors that hold the parameters with one value for all lanes, and the ints they are truncated to. */
  readonly sharedParams: ReadonlyMap<string, number>;
  readonly sharedInts: ReadonlyMap<string, number>;
  /** Slots of a group's area. */
  readonly slotCount: number;
  /** Columns of the trace; the first row of each is not used. */
  readonly trace: readonly number[];
  /** Byte address of the bytes from the first row of the trace to the row of the last event, as a double. */
  readonly traceRow: number;
  /** For each record, the column of a group's first lane; undefined for one that is not the lanes'. */
  readonly rows: readonly (number | undefined)[];
  /** Bytes from the column of a lane to that of the next. */
  readonly laneStride: number;
  readonly images: Image[] = [];
  private readonly constants = new Map<bigint, number>();
  private readonly stages = new Map<StateRef, number>();
  private readonly inits = new Map<StateRef, number>();

  constructor({ lanes, nodes, sharedParams, sharedRecords, traceCount }: SplitProgram, shape: LaneShape, { span, window }: LaneWindows) {
    const { params, states, records } = lanes;
    this.lanes = lanes;
    this.shape = shape;
    this.common = new MemoryMap({ ...lanes, params: [], states: [], records: [] }, 0);
    const isShared = (name: string): boolean => sharedParams.has(name);
    this.paramSlots = indexByName(params.filter(({ name }) => !isShared(name)));
    const slots = new Map<StateRef, number>();
    let slot = this.paramSlots.size;
    for (const state of states) {
      slots.set(state, slot);
      slot += Math.max(1, state.length);
    }
    this.stateSlots = slots;
    const truncated = [...new Set([...nodes].flatMap((node) => truncatedParam(node) ?? []))];
    this.intSlots = new Map(truncated.filter((name) => !isShared(name)).map((name) => [name, slot++]));
    this.slotCount = slot;
    const places = (names: readonly string[]): Map<string, number> => new Map(names.map((name) => [name, this.reserveVectors(1)]));
    this.sharedParams = places(params.flatMap(({ name }) => (isShared(name) ? [name] : [])));
    this.sharedInts = places(truncated.filter(isShared));
    this.trace = Array.from({ length: traceCount }, () => this.common.reserve(span.rows));
    this.traceRow = this.common.reserve(1);
    const lines = Math.ceil(window.rows / lineDoubles);
    const columnDoubles = lineDoubles * (lines + 1 - (lines % 2));
    this.laneStride = doubleAt(0, columnDoubles);
    const shared = new Set(sharedRecords);
    this.rows = records.map((_, i) => (shared.has(i) ? undefined : this.common.reserve(columnDoubles * shape.lanes)));
  }

  /** Byte offset in a group's area. */
  stateAt(state: StateRef): number {
    return this.shape.slotBytes * this.stateSlots.get(state)!;
  }

  /** Byte address of as many new slots, which do not straddle lines of a cache. */
  reserveSlots(count: number): number {
    const { slotBytes } = this.shape;
    return this.reserveAligned(count * slotBytes, slotBytes);
  }

  /** Byte address of as many new vectors. */
  reserveVectors(count: number): number {
    return this.reserveAligned(count * vectorBytes, vectorBytes);
  }

  /** Byte address of a vector that has the eight bytes twice; each is kept once. */
  constantAt(image: bigint): number {
    let at = this.constants.get(image);
    if (at === undefined) {
      this.constants.set(image, (at = this.reserveAligned(vectorBytes, vectorBytes)));
      this.images.push({ at, words: BigInt64Array.of(image, image) });
    }
    return at;
  }

  /** Byte address of a state's initial values, a slot for each element. */
  initAt(state: StateRef): number {
    let at = this.inits.get(state);
    if (at === undefined) {
      const { type, length, init } = state;
      const { wordsPerSlot } = this;
      const words = new BigInt64Array(wordsPerSlot * Math.max(1, length));
      for (let i = 0; i < Math.max(1, length); i++) {
        const value = typeof init === 'number' ? init : init[i]!;
        words.fill(laneImage(this.shape.precision, type, value), wordsPerSlot * i, wordsPerSlot * (i + 1));
      }
      this.inits.set(state, (at = this.reserveSlots(Math.max(1, length))));
      this.images.push({ at, words });
    }
    return at;
  }

  /** Byte address where the next elements of an array are staged. */
  stageAt(state: StateRef): number {
    let at = this.stages.get(state);
    if (at === undefined) this.stages.set(state, (at = this.reserveSlots(state.length)));
    return at;
  }

  private get wordsPerSlot(): number {
    return this.shape.slotBytes / 8;
  }

  private reserveAligned(bytes: number, alignment: number): number {
    const { common } = this;
    common.reserve(((alignment - (common.size % alignment)) % alignment) / 8);
    return common.reserve(bytes / 8);
  }
}

/** The parameter that the node truncates to an int. */
export function truncatedParam({ op, src }: Expr): string | undefined {
  const [operand] = src;
  return op === 'toInt' && operand?.op === 'param' ? argOf(operand, 'param') : undefined;
}
