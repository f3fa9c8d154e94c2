// Moves between the states S and the staged changes in T of a large Program. Neighbours in memory move
// together: changes are staged in the order of the states, so most of an event's are one copy.

import type { Action, EventKind } from '../../ir/program.js';
import type { StateRef } from '../../ir/types.js';
import type { Layout } from '../layout.js';
import { clampText } from './body.js';
import { literal, type DataTable } from './memory.js';

/** Where an event's changes stand in T. */
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
export function placeChanges(event: EventKind, { offsets }: Layout, start: number): Places {
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

/** Statements by which the states take an event's changes. */
export function commitLines({ runs, puts }: Places): string[] {
  const copies = runs.map(({ offset, stage, length }) =>
    length === 1 ? `  S[${offset}] = T[${stage}];` : `  copy(S, ${offset}, T, ${stage}, ${length});`,
  );
  const stores = puts.map(
    ({ state, offset, stage }) => `  S[${offset} + ${clampText(`T[${stage + 1}]`, state.length - 1)}] = T[${stage}];`,
  );
  return [...copies, ...stores];
}

/** Statements that put an event's reset states back to their initial values. */
export function resetLines(event: EventKind, { offsets }: Layout, data: DataTable): string[] {
  const lines: string[] = [];
  let open: { from: number; to: number; init: number } | undefined;
  const close = (): void => {
    if (open !== undefined) lines.push(`  S.fill(${literal(open.init)}, ${open.from}, ${open.to});`);
    open = undefined;
  };
  const states = event.resets.map((state) => ({ state, from: offsets.get(state)! })).sort((a, b) => a.from - b.from);
  for (const { state, from } of states) {
    const { init } = state;
    if (typeof init !== 'number') lines.push(`  S.set(D[${data.indexOfInit(state, init)}], ${from});`);
    else if (open !== undefined && open.to === from && Object.is(open.init, init)) open.to += sizeOf(state);
    else {
      close();
      open = { from, to: from + sizeOf(state), init };
    }
  }
  close();
  return lines;
}
