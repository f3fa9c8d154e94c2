// Lanes that stay in the areas of an instance of their own, and in the machine of what they share.

import type { StateRef } from '../../../ir/types.js';
import type { Tile } from '../../batch.js';
import type { HeldLanes } from '../../held-lanes.js';
import { createMachine, type Machine } from '../../kernel.js';
import { layoutOf, type Layout } from '../../layout.js';
import { pageBytes } from '../memory-map.js';
import { LaneInstance, type Group, type LaneModules } from './lane-instance.js';
import { laneImage } from './lane-shape.js';

export class HeldAreas implements HeldLanes {
  readonly lanes: number;
  readonly position: Float64Array;
  readonly records: Tile['records'];
  private readonly modules: LaneModules;
  private readonly instance: LaneInstance;
  private readonly groups: readonly Group[];
  private readonly shared: Machine;
  private readonly sharedLayout: Layout;
  /** An area as it is at first, and all of them, in words of 64 bits. */
  private readonly initial: BigInt64Array;
  private readonly words: BigInt64Array;

  constructor(modules: LaneModules, lanes: number, records: Tile['records']) {
    const { program, code } = modules;
    const { shape, slotCount, common } = code.memory;
    const areaBytes = shape.slotBytes * slotCount;
    const firstArea = Math.ceil(common.size / shape.slotBytes) * shape.slotBytes;
    const count = Math.ceil(lanes / shape.lanes);
    const pages = Math.ceil((firstArea + count * areaBytes) / pageBytes);
    this.lanes = lanes;
    this.records = records;
    this.modules = modules;
    this.instance = new LaneInstance(modules, Math.max(0, pages - Math.max(1, Math.ceil(common.size / pageBytes))));
    this.groups = Array.from({ length: count }, (_, i): Group => ({ first: i * shape.lanes, area: firstArea + i * areaBytes }));
    this.shared = this.instance.sharedMachine(lanes === 0 ? records.map(() => [new Float64Array(0)]) : records, 0);
    this.sharedLayout = layoutOf(code.split.shared);
    this.position = createMachine(program, []).position;
    this.words = new BigInt64Array(this.instance.memory);
    this.initial = initialArea(modules);
    for (const { area } of this.groups) this.words.set(this.initial, area / 8);
    program.params.forEach(({ value }, param) => this.setParam(param, value));
  }

  setParam(param: number, values: number | Float64Array): void {
    const { instance, lanes } = this;
    const { name } = this.modules.program.params[param]!;
    if (this.modules.code.split.sharedParams.has(name)) {
      if (typeof values !== 'number') throw new Error(`internal: the lanes share parameter '${name}'`);
      instance.area.share(name, values);
      return;
    }
    const all = typeof values === 'number' ? new Float64Array(lanes).fill(values) : values;
    for (const { first, area } of this.groups) instance.area.takeParam(param, 0, { values: all, lanes, first, area });
  }

  read(state: StateRef, to: Float64Array): void {
    const at = this.sharedLayout.offsets.get(state);
    const { lanes, groups, instance } = this;
    if (at === undefined) {
      const run = instance.area.runOf(state, 0);
      for (const { first, area } of groups) instance.area.give(run, { values: to, lanes, first, area });
      return;
    }
    for (let i = 0; i < Math.max(1, state.length); i++) to.fill(this.shared.states[at + i]!, i * lanes, (i + 1) * lanes);
  }

  write(state: StateRef, values: Float64Array): void {
    const at = this.sharedLayout.offsets.get(state);
    const { lanes, groups, instance } = this;
    if (at === undefined) {
      const run = instance.area.runOf(state, 0);
      for (const { first, area } of groups) instance.area.take(run, { values, lanes, first, area });
      return;
    }
    for (let i = 0; i < Math.max(1, state.length); i++) {
      const value = values[i * lanes]!;
      for (let lane = 1; lane < lanes; lane++) {
        if (!Object.is(values[i * lanes + lane], value)) throw new Error(`internal: the lanes share state '${state.name}'`);
      }
      if (lanes > 0) this.shared.states[at + i] = value;
    }
  }

  sum(state: StateRef, lanesPerSum: number, to: Float64Array, at: number, stride: number): void {
    const { lanes, groups, instance, modules } = this;
    const perGroup = modules.code.memory.shape.lanes;
    const shared = this.sharedLayout.offsets.get(state);
    if (shared !== undefined || lanesPerSum % perGroup !== 0) {
      const values = new Float64Array(lanes);
      this.read(state, values);
      for (let lane = 0; lane < lanes; lane++) {
        const place = Math.floor(lane / lanesPerSum) * stride + at;
        to[place] = (lane % lanesPerSum === 0 ? 0 : to[place]!) + values[lane]!;
      }
      return;
    }
    let sum = 0;
    for (const { first, area } of groups) {
      sum = instance.area.addUp(state, area, Math.min(perGroup, lanes - first), sum);
      const end = first + perGroup;
      if (end % lanesPerSum !== 0 && end < lanes) continue;
      to[at] = sum;
      at += stride;
      sum = 0;
    }
  }

  reset(states: readonly StateRef[]): void {
    const { initial, words, groups, sharedLayout } = this;
    const { stateSlots, shape } = this.modules.code.memory;
    const perSlot = shape.slotBytes / 8;
    const runs: { start: number; end: number }[] = [];
    const own = states.filter((state) => !sharedLayout.offsets.has(state));
    for (const state of own.sort((a, b) => stateSlots.get(a)! - stateSlots.get(b)!)) {
      const start = perSlot * stateSlots.get(state)!;
      const end = start + perSlot * Math.max(1, state.length);
      const last = runs.at(-1);
      if (last?.end === start) last.end = end;
      else runs.push({ start, end });
    }
    for (const { start, end } of runs) {
      const image = initial.subarray(start, end);
      for (const { area } of groups) words.set(image, area / 8 + start);
    }
    for (const state of states) {
      const at = sharedLayout.offsets.get(state);
      if (at !== undefined) for (let i = 0; i < Math.max(1, state.length); i++) this.shared.states[at + i] = initOf(state, i);
    }
  }

  run(end: number): void {
    const start = this.position.slice();
    this.instance.run(this, this.shared, this.groups, end);
    if (this.lanes > 0) this.instance.spreadRows(this, start, 0, this.lanes);
  }
}

const initOf = ({ init }: StateRef, element: number): number => (typeof init === 'number' ? init : init[element]!);

/** The states of a group before the first event, where they stand in its area. */
function initialArea({ code }: LaneModules): BigInt64Array {
  const { shape, slotCount, stateSlots } = code.memory;
  const perSlot = shape.slotBytes / 8;
  const words = new BigInt64Array(perSlot * slotCount);
  for (const [state, slot] of stateSlots) {
    for (let i = 0; i < Math.max(1, state.length); i++) {
      const at = perSlot * (slot + i);
      words.fill(laneImage(shape.precision, state.type, initOf(state, i)), at, at + perSlot);
    }
  }
  return words;
}
