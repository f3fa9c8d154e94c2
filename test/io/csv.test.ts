import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../src/diagnostics/format.js';
import { csvChunks, readCsv, samplesFromCsv, writeCsv } from '../../src/io/csv.js';
import { describe as describeDiagnostic, diagnosticsOf, refusal } from './raised.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readCsv(encode(text), 'x.csv');
const columnsOf = (text: string): number[][] => read(text).columns.map((values) => [...values]);
const why = (text: string): string => refusal(() => read(text));

describe('readCsv', () => {
  it.each([
    ['comma', 't,v\n0,1.5\n1,-2\n'],
    ['semicolon', 't;v\n0;1.5\n1;-2\n'],
    ['tab', 't\tv\n0\t1.5\n1\t-2\n'],
    ['CRLF', 't,v\r\n0,1.5\r\n1,-2\r\n'],
    ['a byte-order mark', '\ufefft,v\n0,1.5\n1,-2\n'],
    ['no last line end', 't,v\n0,1.5\n1,-2'],
    ['blanks around cells', '  t , v \n 0 ,  1.5\n1,-2  \n'],
    ['blank lines', '\n\nt,v\n\n0,1.5\r\n\r\n  \n1,-2\n\n'],
    ['comments', '# made by hand\n#\nt,v # seconds, volts\n0,1.5\n  # between\n1,-2 # the end\n'],
    ['quotes', '"t","v"\n"0","1.5"\n 1 , "-2" \n'],
  ])('reads %s', (_, text) => {
    const table = read(text);
    expect(table).toEqual({
      file: 'x.csv',
      names: ['t', 'v'],
      hasHeader: true,
      columns: [Float64Array.of(0, 1), Float64Array.of(1.5, -2)],
    });
  });

  it('names columns by number without a header', () => {
    const table = read('1;2\n3;4\n');
    expect(table.hasHeader).toBe(false);
    expect(table.names).toEqual(['c1', 'c2']);
    expect(columnsOf('1;2\n3;4\n')).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it('reads numbers in every decimal spelling', () => {
    expect(columnsOf('1\n-1.\n+.5\n1e3\n-2.5E-3\n1e+2\n-0\n007\n')).toEqual([[1, -1, 0.5, 1000, -0.0025, 100, -0, 7]]);
  });

  it('keeps separators, quotes and number signs inside quoted names', () => {
    expect(read('"V(a,b)","say ""hi""","# 1",bit#2\n1,2,3,4\n').names).toEqual(['V(a,b)', 'say "hi"', '# 1', 'bit#2']);
    expect(read('"a,b;c"\td\n1\t2\n').names).toEqual(['a,b;c', 'd']);
  });

  it('lets signals be named like special numbers', () => {
    expect(read('t,inf\n0,1\n').names).toEqual(['t', 'inf']);
  });

  it('reads a line of more than a megabyte', () => {
    const width = 200_000;
    const row = Array.from({ length: width }, (_, i) => `${i}.25`).join(',');
    expect(row.length).toBeGreaterThan(2 ** 20);
    const { columns } = read(`${row}\n${row}\n`);
    expect(columns).toHaveLength(width);
    expect([...columns[width - 1]!]).toEqual([width - 0.75, width - 0.75]);
  });
});

describe('readCsv refuses', () => {
  it.each<[string, string, string]>([
    ['a word', 't,v\n0,1\n1,abc\n', "DL602: x.csv:3:3: cell 'abc' in column 'v' is not a number"],
    ['a hexadecimal number', '0x10\n1\n'.replace('0x10', 'v\n0x10'), "DL602: x.csv:2:1: cell '0x10' in column 'v' is not a number"],
    ['a number with a unit', '1,2\n3,4V\n', "DL602: x.csv:2:3: cell '4V' in column 'c2' is not a number"],
    ['a word in the first row beside a number', '1,b\n3,4\n', "DL602: x.csv:1:3: cell 'b' in column 'c2' is not a number"],
    ['an empty cell', 't,v\n0,\n', "DL603: x.csv:2:3: cell in column 'v' is empty"],
    ['an empty cell between tabs', 'a\tb\tc\n0\t\t2\n', "DL603: x.csv:2:3: cell in column 'b' is empty"],
    ['NaN', 't,v\n0,NaN\n', "DL603: x.csv:2:3: cell 'NaN' in column 'v' is not a finite number"],
    ['infinity', 't,v\n0, -inf\n', "DL603: x.csv:2:4: cell '-inf' in column 'v' is not a finite number"],
    ['a number beyond f64', 'v\n1e999\n', "DL603: x.csv:2:1: cell '1e999' in column 'v' is not a finite number"],
    ['a short row', 'a,b,c\n1,2\n', 'DL602: x.csv:2:1: row has 2 cells, the first row has 3'],
    ['a long row', '1,2\n1,2,3\n', 'DL602: x.csv:2:1: row has 3 cells, the first row has 2'],
    ['a column without a name', 'a,,c\n1,2,3\n', 'DL602: x.csv:1:3: column 2 has no name'],
    ['a name twice', 'a,b,a\n1,2,3\n', "DL602: x.csv:1:5: two columns are named 'a'"],
    ['an open quote in the header', 'a,"b\n1,2\n', 'DL602: x.csv:1:3: quote is not closed at the end of its cell'],
    ['letters behind a quote', 'a,b\n1,"2"x\n', "DL602: x.csv:2:3: quote is not closed at the end of its cell in column 'b'"],
    ['an empty file', '', 'DL602: x.csv: holds no row of numbers'],
    ['only comments', '# a\n# b\n', 'DL602: x.csv: holds no row of numbers'],
    ['only a header', 't,v\n', 'DL602: x.csv: holds no row of numbers'],
  ])('%s', (_, text, message) => expect(why(text)).toBe(message));

  it('UTF-16', () => {
    expect(refusal(() => readCsv(Uint8Array.of(0xff, 0xfe, 0x31, 0), 'x.csv'))).toBe('DL602: x.csv: is UTF-16 text (byte 0)');
  });

  it('bytes that are no text', () => {
    expect(refusal(() => readCsv(Uint8Array.of(0x31, 0x0a, 0xc3, 0x28), 'x.csv'))).toBe('DL602: x.csv: is not UTF-8 text');
  });

  it('or reads any text, and never fails otherwise', () => {
    const piece = fc.constantFrom('1', '2.5', '-3e2', 'v', 't', 'nan', '', ',', ';', '\t', '"', '#', ' ', '\n', '\r\n', '\r', 'µ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          const { names, columns } = read(pieces.join(''));
          expect(new Set(names).size).toBe(columns.length);
          for (const values of columns) expect(values.length > 0 && values.every(Number.isFinite)).toBe(true);
        } catch {
          for (const diagnostic of diagnosticsOf(() => read(pieces.join('')))) {
            expect(describeDiagnostic(diagnostic)).toMatch(/^DL60[23]: x\.csv:/);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('with a code frame and the likely fix', () => {
    const [decimalComma] = diagnosticsOf(() => read('t;v\n0;1,5\n'));
    expect(formatDiagnostic(decimalComma!)).toBe(
      [
        "x.csv:2:3 error[DL602] cell '1,5' in column 'v' is not a number",
        '  2 | 0;1,5',
        '    |   ^^^',
        '  why:  file has the wrong format',
        "  help: write the decimal point as '.': 1.5",
      ].join('\n'),
    );
    expect(diagnosticsOf(() => read('v\n0.5 1.5\n'))[0]!.help).toBe('separate cells by comma, semicolon or tab');
  });

  it('with every wrong cell at once, twenty at most', () => {
    expect(diagnosticsOf(() => read('a,b\nx,1\n2,y\nz\n')).map(describeDiagnostic)).toEqual([
      "DL602: x.csv:2:1: cell 'x' in column 'a' is not a number",
      "DL602: x.csv:3:3: cell 'y' in column 'b' is not a number",
      'DL602: x.csv:4:1: row has 1 cells, the first row has 2',
    ]);
    expect(diagnosticsOf(() => read(`a\n${'x\n'.repeat(1000)}`))).toHaveLength(20);
  });
});

describe('writeCsv', () => {
  const name = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_.[\]]{0,8}$/), fc.constantFrom('V(a,b)', 'a"b', '# x', 'a;b', 'a\tb', 'naïve µ'));
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const tables = fc
    .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 12 }))
    .chain(([names, rows]) =>
      fc.tuple(
        fc.constant(['t', ...names.filter((other) => other !== 't')]),
        fc.array(
          fc.array(finite, { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values)),
          {
            minLength: 6,
            maxLength: 6,
          },
        ),
      ),
    )
    .map(([names, columns]) => ({ names, columns: columns.slice(0, names.length) }));

  it('comes back bit by bit, negative zero too', () => {
    fc.assert(
      fc.property(tables, ({ names, columns }) => {
        const table = read(writeCsv(names, columns));
        expect(table.names).toEqual(names);
        expect(table.columns).toEqual(columns);
      }),
      { examples: [[{ names: ['t'], columns: [Float64Array.of(-0, 5e-324, 1.7976931348623157e308, 0.1)] }]] },
    );
  });

  it('writes the fewest digits, and NaN as NaN', () => {
    expect(writeCsv(['t', 'v(out)'], [Float64Array.of(0, 6.25e-5), Float64Array.of(0.1, NaN)])).toBe('t,v(out)\n0,0.1\n0.0000625,NaN\n');
    expect(writeCsv(['a,b'], [Float64Array.of(1e21)])).toBe('"a,b"\n1e+21\n');
  });

  it('gives the same text in chunks of any size, each of its number of rows', () => {
    const columns = [Float64Array.from({ length: 10 }, (_, i) => i), Float64Array.from({ length: 10 }, (_, i) => i / 3)];
    const whole = writeCsv(['a', 'b'], columns);
    for (const rows of [1, 3, 5, 10, 11]) {
      const chunks = [...csvChunks(['a', 'b'], columns, rows)];
      expect(chunks.join('')).toBe(whole);
      expect(chunks).toHaveLength(Math.ceil(10 / rows));
    }
    expect([...csvChunks(['a'], [new Float64Array(0)])]).toEqual(['a\n']);
  });

  it.each(['', ' a', 'a ', 'a\nb', '1.5', '-Infinity'])('refuses the name %j', (bad) => {
    expect(refusal(() => writeCsv([bad], [Float64Array.of(1)]))).toBe(`DL604: table cannot be written: '${bad}' cannot name a column`);
  });

  it('refuses shapes that disagree', () => {
    expect(() => writeCsv(['a', 'b'], [new Float64Array(1)])).toThrow(RangeError);
    expect(() => writeCsv(['a', 'b'], [new Float64Array(1), new Float64Array(2)])).toThrow(RangeError);
    expect(() => [...csvChunks(['a'], [new Float64Array(1)], 0)]).toThrow(RangeError);
  });
});

describe('samplesFromCsv', () => {
  const samples = (text: string, rateHz?: number) => samplesFromCsv(read(text), rateHz);

  it.each([1000, 16000, 44100, 167000, 1e6])('takes %d Hz from the time column', (rateHz) => {
    const t = Float64Array.from({ length: 500 }, (_, i) => i / rateHz);
    expect(samples(writeCsv(['t', 'v'], [t, t])).rateHz).toBe(rateHz);
  });

  it('takes a rate that is no whole number, and any place and case of the time column', () => {
    const { rateHz, names, channels } = samples('v,Time,w\n1,5,4\n2,7.5,5\n3,10,6\n');
    expect(rateHz).toBe(0.4);
    expect(names).toEqual(['v', 'w']);
    expect(channels).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
  });

  it('takes the given rate when there is no time column or one row', () => {
    expect(samples('v\n1\n2\n', 8000)).toEqual({ rateHz: 8000, names: ['v'], channels: [Float64Array.of(1, 2)] });
    expect(samples('1\n2\n', 8000).names).toEqual(['c1']);
    expect(samples('t,v\n0,1\n', 8000).rateHz).toBe(8000);
    expect(samples('t,v\n0,1\n1,2\n', 1).rateHz).toBe(1);
  });

  it('accepts steps that agree to 1e-6, refuses others', () => {
    expect(samples('t,v\n0,1\n1.0000004,1\n2,1\n').rateHz).toBe(0.5 * 2);
    expect(refusal(() => samples('t,v\n0,1\n1.000002,1\n2,1\n'))).toBe(
      'DL602: x.csv: time is not uniformly spaced: from row 1 to row 2 it moves by 1.000002 s, by 1 s on average',
    );
  });

  it.each<[string, string, number | undefined, string]>([
    ['no time column and no rate', 'v\n1\n2\n', undefined, 'has no time column and no sample rate was given'],
    ['one row and no rate', 't,v\n0,1\n', undefined, 'has one row, which tells no sample rate'],
    ['time alone', 't\n0\n1\n', undefined, 'has no column beside time'],
    ['two time columns', 't,time,v\n0,0,1\n', undefined, "has two time columns, 't' and 'time'"],
    ['time that stands still', 't,v\n1,1\n1,2\n', undefined, 'time does not increase'],
    ['time that runs backwards', 't,v\n1,1\n0,2\n', undefined, 'time does not increase'],
    ['a contradicting rate', 't,v\n0,1\n1,2\n', 2, 'its time column says 1 Hz, but 2 Hz was given'],
    ['a rate of zero', 'v\n1\n', 0, 'sample rate must be positive, not 0 Hz'],
  ])('refuses %s', (_, text, rateHz, message) => expect(refusal(() => samples(text, rateHz))).toBe(`DL602: x.csv: ${message}`));
});
