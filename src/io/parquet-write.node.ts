// A Parquet file written piece by piece. Rows are gathered into groups of a size that depends on the columns alone, so the
// bytes depend on the contents and not on how they came, and memory does not grow with the rows but for the footer.

import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from 'hyparquet-writer';
import { openFileAtomic } from './atomic-write.node.js';
import { rowsIn, type TableColumn, type TableWriter } from './table-writer.js';

/** Numbers in a row group, as far as its rows stay within bounds. */
const groupNumbers = 2 ** 20;
const [fewestRows, mostRows] = [2 ** 10, 2 ** 16];
/** Key of the units among the file's key-value metadata: a JSON object, by column. */
export const parquetUnitsKey = 'units';

/**
 * @param columns of different names
 * @param metadata goes into the file's key-value metadata beside the units
 * @throws NetlistError DL604 when the file cannot be written
 */
export function openParquet(path: string, columns: readonly TableColumn[], metadata: Readonly<Record<string, string>>): TableWriter {
  if (new Set(columns.map(({ name }) => name)).size < columns.length) throw new Error('internal: two columns of one name');
  if (Object.hasOwn(metadata, parquetUnitsKey)) throw new Error(`internal: '${parquetUnitsKey}' is the key of the units`);
  const units = Object.fromEntries(columns.map(({ name, unit }) => [name, unit]));
  const file = openFileAtomic(path);
  const bytes = new ByteWriter();
  const flush = (): void => {
    file.write(bytes.getBytes());
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    writer: Object.assign(bytes, { flush, finish: flush }),
    schema: [{ name: 'table', num_children: columns.length }, ...columns.map(schemaOf)],
    kvMetadata: Object.entries({ ...metadata, [parquetUnitsKey]: JSON.stringify(units) }).map(([key, value]) => ({ key, value })),
    createdBy: 'deltaloom',
  });

  const groupRows = Math.min(mostRows, Math.max(fewestRows, Math.floor(groupNumbers / columns.length)));
  const gathered = columns.map(() => new Float64Array(groupRows));
  let rowsGathered = 0;
  const writeGroup = (): void => {
    const columnData = columns.map((column, i) => sourceOf(column, gathered[i]!.subarray(0, rowsGathered)));
    // Its writer is synchronous, so no promise is returned.
    void writer.write({ columnData, rowGroupSize: groupRows });
    rowsGathered = 0;
  };
  return {
    append(pieces) {
      const rows = rowsIn(pieces, columns);
      for (let from = 0; from < rows;) {
        const count = Math.min(rows - from, groupRows - rowsGathered);
        pieces.forEach((values, i) => gathered[i]!.set(values.subarray(from, from + count), rowsGathered));
        from += count;
        rowsGathered += count;
        if (rowsGathered === groupRows) writeGroup();
      }
    },
    finish() {
      if (rowsGathered > 0) writeGroup();
      void writer.finish();
      file.commit();
    },
    discard: () => file.discard(),
  };
}

const physicalTypes = { double: 'DOUBLE', int64: 'INT64', boolean: 'BOOLEAN', word: 'BYTE_ARRAY' } as const;

const schemaOf = ({ name, type }: TableColumn): SchemaElement => ({
  name,
  type: physicalTypes[type],
  ...(type === 'word' ? { converted_type: 'UTF8' } : {}),
  repetition_type: type === 'double' ? 'REQUIRED' : 'OPTIONAL',
});

function sourceOf({ name, type, words }: TableColumn, values: Float64Array): ColumnSource {
  switch (type) {
    case 'double':
      // A dictionary would make -0 and 0 one value.
      return values.some((value) => Object.is(value, -0)) ? { name, data: values, encoding: 'PLAIN' } : { name, data: values };
    case 'int64':
      return { name, data: Array.from(values, (value) => (Number.isNaN(value) ? null : BigInt(value))) };
    case 'word':
      return { name, data: Array.from(values, (value) => (Number.isNaN(value) ? null : words![value]!)) };
    case 'boolean':
      return { name, data: Array.from(values, (value) => (Number.isNaN(value) ? null : value !== 0)) };
  }
}
