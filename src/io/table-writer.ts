// What writes a table row by row, whatever the format: its columns, and pieces of them as they come.

export interface TableColumn {
  readonly name: string;
  /** '' for plain numbers. */
  readonly unit: string;
  /** Integers are exact up to 2^53; booleans are 1 and 0; words are numbers in `words`. Of all three, NaN stands for a value that is not known. */
  readonly type: 'double' | 'int64' | 'boolean' | 'word';
  readonly words?: readonly string[];
}

/** A file that is being written beside its place; until `finish` there is none. */
export interface TableWriter {
  /**
   * Adds rows: an array per column, all of one length.
   * @throws NetlistError DL604 when the file takes no more; nothing is left of it then
   */
  append(columns: readonly Float64Array[]): void;
  /** Puts the whole file in its place. @throws NetlistError DL604 when that fails */
  finish(): void;
  /** Removes what was written; does nothing after `finish` or an error. */
  discard(): void;
}

/** Rows in the arrays. */
export function rowsIn(columns: readonly Float64Array[], declared: readonly TableColumn[]): number {
  const rows = columns[0]?.length ?? 0;
  if (columns.length !== declared.length || columns.some((values) => values.length !== rows)) {
    throw new Error(
      `internal: a table of ${declared.length} columns was given ${columns.map((values) => values.length).join(', ')} values`,
    );
  }
  return rows;
}
