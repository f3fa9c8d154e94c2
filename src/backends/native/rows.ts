// How far a run can write into the columns of records: compiled code does not look where they end.

import type { Program } from '../../ir/program.js';
import type { Layout } from '../layout.js';

/** Rows of a clock's records that a run until `end` may write, those before it counted. */
export function rowsUntil(program: Program, position: Float64Array, layout: Layout, end: number, clock: number): number {
  return position[layout.firstTicks + clock]! + mostTicks(program, position, layout, end, clock);
}

/** At most this many ticks of a clock begin until `end`. */
function mostTicks({ timeline, events }: Program, position: Float64Array, { nextEdge }: Layout, end: number, clock: number): number {
  if (timeline.kind === 'merged') {
    const times = timeline.edges.map(({ period }, i) => Math.max(0, Math.ceil((end - position[nextEdge + i]!) / period)));
    return times.reduce((sum, count) => sum + count, 0);
  }
  const perHyperperiod = timeline.entries.filter(({ event }) => events[event]!.begins.includes(clock)).length;
  return perHyperperiod * Math.max(0, Math.ceil((end - position[0]!) / timeline.length));
}

/** The column, or a longer one with the same rows; what stands behind the column's end is lost, as in every backend. */
export function columnOf(column: Float64Array, rows: number): Float64Array {
  if (column.length >= rows) return column;
  const longer = new Float64Array(rows);
  longer.set(column);
  return longer;
}
