// Where the changes of an event are staged until all are known, in the order of the states: neighbours in
// memory then move together, and most of an event's changes are one copy.

import type { Action, EventKind } from '../ir/program.js';
import type { StateRef } from '../ir/types.js';
import type { Layout } from './layout.js';

/** Where an event's changes stand in the stage. */
export interface Places {
  /** Place of the first value of each `set` and `fill`; of the value of each `put`, which its index follows. */
  readonly stageOf: ReadonlyMap<Action, number>;
  /** Values `stage` .. `stage + length - 1` become the states from `offset` on. */
  readonly runs: readonly { readonly offset: number; readonly stage: number; readonly length: number }[];
  readonly puts: readonly { readonly state: StateRef; readonly offset: number; readonly stage: number }[];
  /** First place after them. */
  readonly end: number;
}

const sizeOf = (state: StateRef): number => Math.max(1, state.length);

/** Gives places from `start` on to all changes of an event. */
export function placeChanges(event: EventKind, { offsets }: Pick<Layout, 'offsets'>, start: number): Places {
  const stageOf = new Map<Action, number>();
  const runs: { offset: number; stage: number; length: number }[] = [];
  const puts: { state: StateRef; offset: number; stage: number }[] = [];
  let end = start;
  const changes = event.actions.flatMap((action) => (action.do === 'record' ? [] : [{ action, offset: offsets.get(action.state)! }]));
  for (const { action, offset } of changes.sort((a, b) => a.offset - b.offset)) {
    stageOf.set(action, end);
    if (action.do === 'put') {
      puts.push({ state: action.state, offset, stage: end });
      end += 2;
      continue;
    }
    const length = sizeOf(action.state);
    const last = runs.at(-1);
    if (last !== undefined && last.offset + last.length === offset && last.stage + last.length === end) last.length += length;
    else runs.push({ offset, stage: end, length });
    end += length;
  }
  return { stageOf, runs, puts, end };
}
