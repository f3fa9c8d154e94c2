// A CSV file written piece by piece, with units in the header: `x1.gain (V)`. Memory does not grow with its rows.

import { openFileAtomic } from './atomic-write.node.js';
import { csvHeader, csvRows } from './csv-write.js';
import { rowsIn, type TableColumn, type TableWriter } from './table-writer.js';

const rowsAtOnce = 4096;

/** Booleans are 1 and 0, unknown values NaN. Throws NetlistError DL604 when the file cannot be written or a name cannot stand in a header. */
export function openCsv(path: string, columns: readonly TableColumn[]): TableWriter {
  const header = csvHeader(columns.map(({ name, unit }) => (unit === '' ? name : `${name} (${unit})`)));
  const words = columns.map((column) => column.words);
  const file = openFileAtomic(path);
  file.write(header);
  return {
    append(pieces) {
      const rows = rowsIn(pieces, columns);
      for (let from = 0; from < rows; from += rowsAtOnce) file.write(csvRows(pieces, from, Math.min(from + rowsAtOnce, rows), words));
    },
    finish: () => file.commit(),
    discard: () => file.discard(),
  };
}
