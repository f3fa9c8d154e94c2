import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata, parquetRead } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCsv } from '../../src/io/csv-stream.node.js';
import { readCsv } from '../../src/io/csv.js';
import { openParquet } from '../../src/io/parquet-write.node.js';
import type { TableColumn, TableWriter } from '../../src/io/table-writer.js';
import { refusal } from './raised.js';

const disk = vi.hoisted(() => ({ bytesLeft: Infinity }));
vi.mock('node:fs', async (original) => {
  const fs = await original<{ writeFileSync(file: number, piece: Uint8Array | string): void }>();
  return {
    ...fs,
    writeFileSync(file: number, piece: Uint8Array | string): void {
      disk.bytesLeft -= piece.length;
      if (disk.bytesLeft < 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      fs.writeFileSync(file, piece);
    },
  };
});

const columns: readonly TableColumn[] = [
  { name: 'point', unit: '', type: 'int64' },
  { name: 'x1.gain', unit: 'V/s', type: 'double' },
  { name: 'caps[3]', unit: 'F', type: 'double' },
  { name: 'sndr > 80dB', unit: '', type: 'boolean' },
];
const rowsOf = (from: number, to: number): Float64Array[] => {
  const rows = Float64Array.from({ length: to - from }, (_, i) => from + i);
  return [rows, rows.map(Math.sin), rows.map((i) => [1e-15, -0, NaN, Infinity, 0][i % 5]!), rows.map((i) => [1, 0, NaN][i % 3]!)];
};

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deltaloom-'));
  path = join(folder, 'points');
});
afterEach(() => {
  disk.bytesLeft = Infinity;
  rmSync(folder, { recursive: true });
});

const openers: readonly [string, () => TableWriter][] = [
  ['csv', () => openCsv(path, columns)],
  ['parquet', () => openParquet(path, columns, { title: 'a sweep' })],
];

const bytesOf = (): ArrayBuffer => Uint8Array.from(readFileSync(path)).buffer;
async function readBack(): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  await parquetRead({ file: bytesOf(), onComplete: (data) => (rows = data as unknown[][]) });
  return rows;
}

describe.each(openers)('a table written piece by piece: %s', (_, open) => {
  const written = (...ends: number[]): Buffer => {
    const table = open();
    ends.forEach((end, i) => table.append(rowsOf(ends[i - 1] ?? 0, end)));
    table.finish();
    return readFileSync(path);
  };

  it('has bytes that depend on the contents alone', () => {
    const whole = written(70_000);
    expect(written(1, 64, 64, 65_536, 65_537, 70_000).equals(whole)).toBe(true);
    expect(written(...Array.from({ length: 1094 }, (_, i) => Math.min(70_000, 64 * (i + 1)))).equals(whole)).toBe(true);
    expect(written(69_999).equals(whole)).toBe(false);
  });

  it('is there whole or not at all', () => {
    writeFileSync(path, 'old');
    const table = open();
    table.append(rowsOf(0, 10));
    expect(readFileSync(path, 'utf8')).toBe('old');
    table.discard();
    expect(readdirSync(folder)).toEqual(['points']);
    expect(readFileSync(path, 'utf8')).toBe('old');
    written(5);
    expect(readdirSync(folder)).toEqual(['points']);
    expect(readFileSync(path, 'utf8')).not.toBe('old');
  });

  it('leaves nothing when the disk is full', () => {
    const message = `DL604: cannot write '${path}': the disk is full`;
    const table = open();
    disk.bytesLeft = 1000;
    expect(refusal(() => Array.from({ length: 200 }, () => table.append(rowsOf(0, 1000))))).toBe(message);
    expect(readdirSync(folder)).toEqual([]);
    disk.bytesLeft = 0;
    expect(
      refusal(() => {
        const short = open();
        short.append(rowsOf(0, 2));
        short.finish();
      }),
    ).toBe(message);
    expect(readdirSync(folder)).toEqual([]);
    disk.bytesLeft = Infinity;
    path = join(folder, 'none', 'points');
    expect(refusal(open)).toBe(`DL604: cannot write '${path}': there is no folder '${join(folder, 'none')}'`);
    path = folder;
    expect(refusal(open)).toBe(`DL604: cannot write '${path}': it is a folder`);
  });

  it('writes where a symbolic link leads', () => {
    const target = join(folder, 'target');
    writeFileSync(target, 'old');
    symlinkSync(target, path);
    const bytes = written(3);
    expect(readFileSync(target)).toEqual(bytes);
  });

  it('takes as many columns of one length as it has', () => {
    const table = open();
    expect(() => table.append(rowsOf(0, 3).slice(1))).toThrow('internal: a table of 4 columns was given 3, 3, 3 values');
    expect(() => table.append([...rowsOf(0, 3).slice(1), new Float64Array(2)])).toThrow('internal');
    table.discard();
  });
});

describe('csv piece by piece', () => {
  it('has units in its header and digits that read back', () => {
    const table = openCsv(path, columns);
    table.append(rowsOf(0, 5));
    table.append(rowsOf(5, 5));
    table.finish();
    expect(readFileSync(path, 'utf8')).toBe(
      [
        'point,x1.gain (V/s),caps[3] (F),sndr > 80dB',
        '0,0,1e-15,1',
        '1,0.8414709848078965,-0,0',
        '2,0.9092974268256817,NaN,NaN',
        '3,0.1411200080598672,Infinity,1',
        '4,-0.7568024953079282,0,0',
        '',
      ].join('\n'),
    );
    const plain = openCsv(path, columns.slice(0, 2));
    plain.append(rowsOf(0, 10_000).slice(0, 2));
    plain.finish();
    const { names, columns: read } = readCsv(readFileSync(path), 'points.csv');
    expect(names).toEqual(['point', 'x1.gain (V/s)']);
    expect(read).toEqual(rowsOf(0, 10_000).slice(0, 2));
  });

  it('refuses a name that cannot stand in a header', () => {
    expect(refusal(() => openCsv(path, [{ name: '12', unit: '', type: 'double' }]))).toBe(
      "DL604: table cannot be written: '12' cannot name a column",
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('parquet', () => {
  it('reads back: integers, doubles to the bit, truth values, unknown ones as null', async () => {
    const table = openParquet(path, columns, {});
    table.append(rowsOf(0, 70_000));
    table.finish();
    const rows = await readBack();
    expect(rows).toHaveLength(70_000);
    const [points, gains, caps, passed] = rowsOf(0, 70_000) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const same = rows.every(
      ([point, gain, cap, pass], i) =>
        point === BigInt(points[i]!) &&
        Object.is(gain, gains[i]) &&
        Object.is(cap, caps[i]) &&
        pass === (Number.isNaN(passed[i]!) ? null : passed[i] === 1),
    );
    expect(same).toBe(true);
  });

  it('keeps few values, as of a grid, in few bytes', async () => {
    const grid: TableColumn[] = [{ name: 'a', unit: 'V', type: 'double' }];
    const values = Float64Array.from({ length: 60_000 }, (_, i) => 0.1 * (i % 7));
    const table = openParquet(path, grid, {});
    table.append([values]);
    table.finish();
    expect(readFileSync(path).length).toBeLessThan(60_000);
    expect((await readBack()).every(([value], i) => value === values[i])).toBe(true);
  });

  it('has units and what else is told about it in its metadata', () => {
    const table = openParquet(path, columns, { title: 'a sweep', netlist: 'system a {\n}' });
    table.append(rowsOf(0, 3));
    table.finish();
    const { key_value_metadata: pairs, schema, num_rows: rows } = parquetMetadata(bytesOf());
    expect(pairs).toEqual([
      { key: 'title', value: 'a sweep' },
      { key: 'netlist', value: 'system a {\n}' },
      { key: 'units', value: '{"point":"","x1.gain":"V/s","caps[3]":"F","sndr > 80dB":""}' },
    ]);
    expect(schema.slice(1).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'point INT64',
      'x1.gain DOUBLE',
      'caps[3] DOUBLE',
      'sndr > 80dB BOOLEAN',
    ]);
    expect(rows).toBe(3n);
  });

  it('may have no rows', async () => {
    openParquet(path, columns, {}).finish();
    expect(await readBack()).toEqual([]);
  });

  it('refuses two columns of one name, and integers that are none', () => {
    expect(() => openParquet(path, [columns[0]!, columns[0]!], {})).toThrow('internal: two columns of one name');
    expect(() => openParquet(path, columns, { units: '' })).toThrow("internal: 'units' is the key of the units");
    const table = openParquet(path, columns.slice(0, 1), {});
    table.append([Float64Array.of(0.5)]);
    expect(() => table.finish()).toThrow(RangeError);
    table.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes a million rows in groups whose size follows from the columns, each written as it is full', () => {
    const wide: TableColumn[] = [0, 1].map((i) => ({ name: `c${i}`, unit: '', type: 'double' }));
    const table = openParquet(path, wide, {});
    const sizes: number[] = [];
    for (let i = 0; i < 1000; i++) {
      const piece = Float64Array.from({ length: 1000 }, (_, j) => Math.sqrt(1000 * i + j));
      table.append([piece, piece]);
      sizes.push(statSync(join(folder, readdirSync(folder)[0]!)).size);
    }
    table.finish();
    const { row_groups: groups } = parquetMetadata(bytesOf());
    expect(groups.map(({ num_rows: rows }) => Number(rows))).toEqual([
      ...Array.from({ length: 15 }, () => 65_536),
      1_000_000 - 15 * 65_536,
    ]);
    // No more than one group is ever held back.
    groups
      .slice(1)
      .forEach(({ columns: [chunk] }, i) => expect(sizes[Math.ceil((65_536 * (i + 1)) / 1000) - 1]).toBe(Number(chunk!.file_offset)));
  });
});

describe('a column of words', () => {
  const worded: readonly TableColumn[] = [
    { name: 'n', unit: '', type: 'double' },
    { name: 'status', unit: '', type: 'word', words: ['done', 'out of range'] },
  ];
  const fill = (table: TableWriter): void => {
    table.append([Float64Array.of(1, 2, 3), Float64Array.of(0, 1, NaN)]);
    table.finish();
  };

  it('has its words in csv and parquet', async () => {
    fill(openCsv(path, worded));
    expect(readFileSync(path, 'utf8')).toBe('n,status\n1,done\n2,out of range\n3,NaN\n');
    fill(openParquet(path, worded, {}));
    expect(await readBack()).toEqual([
      [1, 'done'],
      [2, 'out of range'],
      [3, null],
    ]);
  });
});
