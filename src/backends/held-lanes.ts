// Lanes that stay where a kernel works on them from run to run, as gradients need them: a Tile's lanes may be copied to
// the kernel and back at every run, which costs more than the run where states are tapes.

import type { StateRef } from '../ir/types.js';
import { createTile, type BatchKernel } from './batch.js';
import { createMachine } from './kernel.js';

export interface HeldLanes {
  readonly lanes: number;
  /** Where in time all lanes stand, as in a Tile; what is written is where the next run begins. */
  readonly position: Float64Array;
  /** Gives a parameter (by its place in the Program) one value for all lanes, or one for each. */
  setParam(param: number, values: number | Float64Array): void;
  /** Values of a state: element i of lane l at `i * lanes + l`. */
  read(state: StateRef, to: Float64Array): void;
  write(state: StateRef, values: Float64Array): void;
  /** Adds up a real over so many lanes at a time, in their order: sum s, of which the last may be of fewer lanes, at `s * stride + at`. */
  sum(state: StateRef, lanesPerSum: number, to: Float64Array, at: number, stride: number): void;
  /** Puts states to their initial values in all lanes. */
  reset(states: readonly StateRef[]): void;
  /** As of a BatchKernel. */
  run(end: number): void | Promise<void>;
}

/** Lanes before the first event, with the Program's own parameters. `records[record][lane]` as in a Tile. */
export function holdLanes(kernel: BatchKernel, lanes: number, records: readonly (readonly Float64Array[])[]): HeldLanes {
  return kernel.hold?.(lanes, records) ?? holdTile(kernel, lanes, records);
}

/** Lanes of a kernel that copies, or works on a tile where it stands. */
export function holdTile(
  kernel: Pick<BatchKernel, 'program' | 'run'>,
  lanes: number,
  records: readonly (readonly Float64Array[])[],
): HeldLanes {
  const tile = createTile(kernel.program, lanes, records);
  const { params, states, position, layout } = tile;
  const first = createMachine(kernel.program, []).states;
  const placeOf = (state: StateRef): number => layout.offsets.get(state)!;
  const sizeOf = (state: StateRef): number => Math.max(1, state.length);
  return {
    lanes,
    position,
    setParam(param, values) {
      if (typeof values === 'number') params.fill(values, param * lanes, (param + 1) * lanes);
      else params.set(values, param * lanes);
    },
    read(state, to) {
      const at = placeOf(state) * lanes;
      to.set(states.subarray(at, at + sizeOf(state) * lanes));
    },
    write(state, values) {
      states.set(values, placeOf(state) * lanes);
    },
    sum(state, lanesPerSum, to, at, stride) {
      const from = placeOf(state) * lanes;
      for (let first = 0; first < lanes; first += lanesPerSum, at += stride) {
        let sum = 0;
        for (let lane = first; lane < Math.min(lanes, first + lanesPerSum); lane++) sum += states[from + lane]!;
        to[at] = sum;
      }
    },
    reset(some) {
      for (const state of some) {
        const at = placeOf(state);
        for (let i = at; i < at + sizeOf(state); i++) states.fill(first[i]!, i * lanes, (i + 1) * lanes);
      }
    },
    run: (end) => kernel.run(tile, end),
  };
}
