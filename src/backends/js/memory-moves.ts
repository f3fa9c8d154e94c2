// Moves between the states S and the staged changes in T of a large Program. Neighbours in memory move
// together.

import type { EventKind } from '../../ir/program.js';
import type { StateRef } from '../../ir/types.js';
import type { Places } from '../changes.js';
import type { Layout } from '../layout.js';
import { clampText } from '../body.js';
import type { DataTable } from '../data-table.js';
import { literal } from './memory.js';

const sizeOf = (state: StateRef): number => Math.max(1, state.length);

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
