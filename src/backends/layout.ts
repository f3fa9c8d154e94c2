// Where things stand in a machine's memory.

import type { Program } from '../ir/program.js';
import type { StateRef } from '../ir/types.js';

export interface Layout {
  /** Place of each state, or of its first element. */
  readonly offsets: ReadonlyMap<StateRef, number>;
  readonly size: number;
  /**
   * Length of the position: [0] grid tick at which the present hyperperiod began, [1] next entry of the
   * table, then for each clock the number of its ticks that began, then for merged timelines the next
   * grid tick of each edge.
   */
  readonly positionLength: number;
  readonly firstTicks: number;
  readonly nextEdge: number;
}

export function layoutOf(program: Program): Layout {
  const offsets = new Map<StateRef, number>();
  let size = 0;
  for (const state of program.states) {
    offsets.set(state, size);
    size += Math.max(1, state.length);
  }
  const firstTicks = 2;
  const nextEdge = firstTicks + program.clocks.length;
  const edges = program.timeline.kind === 'merged' ? program.timeline.edges.length : 0;
  return { offsets, size, positionLength: nextEdge + edges, firstTicks, nextEdge };
}

/** Place of each thing in its list, by name. */
export const indexByName = (things: readonly { readonly name: string }[]): ReadonlyMap<string, number> =>
  new Map(things.map(({ name }, index) => [name, index]));
