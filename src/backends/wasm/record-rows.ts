// How the rows of a record that a window writes move between its buffer in linear memory and its column. The first
// row of the buffer is of the tick that had begun before the window.

import type { Program } from '../../ir/program.js';

/** How the events of a Program write the rows of a record. */
export interface RowsWritten {
  /** Each tick of the record's clock writes its row where it begins: no row that begins in a window is left alone. */
  readonly isDense: boolean;
  /** A row can be written by an event after the one that begins its tick, and so in the next window. */
  readonly isLate: boolean;
}

export function rowsWritten({ records, events }: Program): readonly RowsWritten[] {
  return records.map(({ clock }, record) => {
    const writes = events.map(({ actions }) => actions.some((one) => one.do === 'record' && one.record === record));
    const begins = events.map((event) => event.begins.includes(clock));
    return {
      isDense: begins.every((isBegun, i) => !isBegun || writes[i]!),
      isLate: writes.some((isWritten, i) => isWritten && !begins[i]!),
    };
  });
}

/** Puts into the buffer what a window may leave alone. `at`: the column's row that is the buffer's first; -1 before the first tick. */
export function fillRows(rows: Float64Array, column: Float64Array, at: number, { isDense, isLate }: RowsWritten): void {
  if (isDense && !isLate) return;
  const length = isDense ? 1 : rows.length;
  if (at >= 0) rows.set(column.subarray(at, at + length));
  else rows.set(column.subarray(0, length - 1), 1);
}

/** Copies the rows of a window to the column. `end`: ticks that began before the window's end. */
export function takeRows(rows: Float64Array, column: Float64Array, at: number, end: number, { isLate }: RowsWritten): void {
  const count = Math.min(end, column.length) - at;
  const skipped = at < 0 || !isLate ? 1 : 0;
  if (count > skipped) column.set(rows.subarray(skipped, count), at + skipped);
}
