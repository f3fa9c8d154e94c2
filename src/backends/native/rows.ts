// How far a run can write into the columns of records: compiled code does not look where they end.

import type { Program } from '../../ir/program.js';
import type { Machine } from '../kernel.js';

/** At most this many ticks of a clock begin until `end`. */
function mostTicks({ timeline, events }: Program, { position, layout: { nextEdge } }: Place, end: number, clock: number): number {
  if (timeline.kind === 'merged') {
    const times = timeline.edges.map(({ period }, i) => Math.max(0, Math.ceil((end - position[nextEdge + i]!) / period)));
    return times.reduce((sum, count) => sum + count, 0);
  }
  const perHyperperiod = timeline.entries.filter(({ event }) => events[event]!.begins.includes(clock)).length;
  return perHyperperiod * Math.max(0, Math.ceil((end - position[0]!) / timeline.length));
}

type Place = Pick<Machine, 'layout' | 'position'>;

/** Columns that take every row a run until `end` may write: those given, or longer ones with the same rows. `records[record]` are those of one record. */
export function takeColumns(program: Program, records: readonly (readonly Float64Array[])[], place: Place, end: number): Float64Array[] {
  return program.records.flatMap(({ clock }, i) => {
    const rows = place.position[place.layout.firstTicks + clock]! + mostTicks(program, place, end, clock);
    return records[i]!.map((column) => {
      if (column.length >= rows) return column;
      const longer = new Float64Array(rows);
      longer.set(column);
      return longer;
    });
  });
}

/** Moves rows from longer columns back to those given; what would stand behind a column's end is lost, as in every backend. */
export function giveRows(columns: readonly Float64Array[], given: readonly Float64Array[]): void {
  columns.forEach((column, i) => {
    if (column !== given[i]) given[i]!.set(column.subarray(0, given[i]!.length));
  });
}
