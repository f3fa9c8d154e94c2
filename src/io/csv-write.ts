// Columns of numbers -> CSV text with a header, comma-separated, lines ended by LF. Every number is
// written with the fewest digits that read back to the same f64.

import { fail } from '../diagnostics/diagnostic.js';

/** The whole table as one string. For long tables take `csvChunks`. */
export function writeCsv(names: readonly string[], columns: readonly Float64Array[]): string {
  return [...csvChunks(names, columns)].join('');
}

/**
 * The table as consecutive pieces of text, so that memory stays bounded; the first begins with the header.
 * @param columns one per name, all of one length
 * @param rowsPerChunk rows in each piece, at least 1
 * @throws RangeError when the shapes disagree; NetlistError DL604 when a name cannot stand in a header
 */
export function* csvChunks(names: readonly string[], columns: readonly Float64Array[], rowsPerChunk = 4096): Generator<string, void> {
  const rows = columns[0]?.length ?? 0;
  if (names.length !== columns.length || columns.some((values) => values.length !== rows)) {
    throw new RangeError('a table needs one name per column and columns of one length');
  }
  if (!Number.isInteger(rowsPerChunk) || rowsPerChunk < 1) throw new RangeError(`rows per chunk must be at least 1, not ${rowsPerChunk}`);
  const header = csvHeader(names);
  for (let row = 0; row < rows || row === 0; row += rowsPerChunk) {
    yield (row === 0 ? header : '') + csvRows(columns, row, Math.min(row + rowsPerChunk, rows));
  }
}

/**
 * The first line.
 * @throws NetlistError DL604 when a name cannot stand in a header
 */
export const csvHeader = (names: readonly string[]): string => `${names.map(quoteName).join(',')}\n`;

/** The lines of rows `from` to before `to`. `words`: for the columns that have some, what their numbers stand for. */
export function csvRows(
  columns: readonly Float64Array[],
  from: number,
  to: number,
  words: readonly (readonly string[] | undefined)[] = [],
): string {
  let text = '';
  for (let i = from; i < to; i++) {
    for (let column = 0; column < columns.length; column++) {
      if (column > 0) text += ',';
      const value = columns[column]![i]!;
      text += words[column]?.[value] ?? numberText(value);
    }
    text += '\n';
  }
  return text;
}

/** String() gives the shortest round-trip digits but drops the sign of -0. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function quoteName(name: string): string {
  if (name.trim() !== name || name === '' || /[\r\n]/.test(name) || !Number.isNaN(Number(name))) {
    fail('DL604', undefined, `table cannot be written: '${name}' cannot name a column`, {
      why: 'a column name is one line of text, not empty, without blanks around it, and not a number',
    });
  }
  return /[",;\t#]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
