// Statements that put states of emitted C back to their initial values.

import type { StateRef } from '../../ir/types.js';
import { realLiteral } from './ops.js';
import type { Unit } from './unit.js';

/** Runs of equal values shorter than this are written out. */
const shortestLoop = 4;

/** Statements that write the initial values of the states into the array `S`. */
export function initialLines(states: readonly StateRef[], { layout: { offsets }, data, dataName }: Unit): string[] {
  const lines: string[] = [];
  let open: { from: number; to: number; init: number } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    const { from, to, init } = open;
    if (to - from >= shortestLoop) lines.push(`for (int32_t i = ${from}; i < ${to}; i++) S[i] = ${realLiteral(init)};`);
    else for (let i = from; i < to; i++) lines.push(`S[${i}] = ${realLiteral(init)};`);
    open = undefined;
  };
  const placed = states.map((state) => ({ state, from: offsets.get(state)! })).sort((a, b) => a.from - b.from);
  for (const { state, from } of placed) {
    const { init } = state;
    const size = Math.max(1, state.length);
    if (typeof init !== 'number') lines.push(`memcpy(S + ${from}, ${dataName(data.indexOfInit(state, init))}, ${size} * sizeof(double));`);
    else if (open !== undefined && open.to === from && Object.is(open.init, init)) open.to += size;
    else {
      close();
      open = { from, to: from + size, init };
    }
  }
  close();
  return lines;
}
