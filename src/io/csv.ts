// CSV bytes -> columns of numbers. Every wrong cell is reported with its place, the first twenty at once.
// Writing is in csv-write.ts, the step from a table to a recording in csv-samples.ts; both are exported here.

import { DiagnosticBag, fail } from '../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../diagnostics/span.js';
import { detectSeparator, lengthWithoutComment, splitCells, type CsvCell, type CsvSeparator } from './csv-cells.js';
import type { CsvTable } from './csv-table.js';

export { samplesFromCsv } from './csv-samples.js';
export { csvChunks, writeCsv } from './csv-write.js';
export type { CsvTable } from './csv-table.js';

const decimalNumber = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const notFinite = /^[-+]?(nan|inf|infinity)$/i;
const mostErrors = 20;
/** A string of an engine holds no more letters than this. */
const mostBytes = 2 ** 29 - 25;

/**
 * Reads a table of numbers. Cells are separated by comma, semicolon or tab (found from the first line); numbers have a
 * decimal point; `#` starts a comment at the start of a line or behind a blank; blank lines are skipped. The first row is
 * a header when it holds a word and no number.
 * @param bytes UTF-8, with or without byte-order mark, lines ended by LF or CRLF
 * @throws NetlistError DL602 for a cell that is no number, a row of the wrong length, bad names, no rows, bytes that are not
 *   UTF-8; DL603 for an empty cell, NaN or infinity
 */
export function readCsv(bytes: Uint8Array, name: string): CsvTable {
  const source: SourceText = { name, text: decode(bytes, name) };
  const bag = new DiagnosticBag();
  const table = new RowCollector(source, bag);
  const { text } = source;
  for (let start = 0; start < text.length && bag.list.length < mostErrors;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    table.addLine(text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end), start);
    start = end + 1;
  }
  bag.throwIfErrors();
  return table.finish();
}

function decode(bytes: Uint8Array, name: string): string {
  const saveHelp = 'save the file as UTF-8 text';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    fail('DL602', undefined, `${name}: is UTF-16 text (byte 0)`, { why: 'tables are read as UTF-8', help: saveHelp });
  }
  if (bytes.length > mostBytes) {
    fail('DL602', undefined, `${name}: has ${bytes.length} bytes, more than the ${mostBytes} a table may have`, {
      help: 'store long recordings as .wav or .npz',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    fail('DL602', undefined, `${name}: is not UTF-8 text`, { why: 'a byte sequence stands for no letter', help: saveHelp });
  }
}

/** Rows arrive line by line and are kept in one growing array, row after row, until the columns are cut from it. */
class RowCollector {
  readonly #source: SourceText;
  readonly #bag: DiagnosticBag;
  #separator: CsvSeparator | undefined;
  #names: string[] = [];
  #hasHeader = false;
  #values = new Float64Array(1024);
  #used = 0;

  constructor(source: SourceText, bag: DiagnosticBag) {
    this.#source = source;
    this.#bag = bag;
  }

  addLine(line: string, lineStart: number): void {
    const content = line.includes('#') ? line.slice(0, lengthWithoutComment(line)) : line;
    if (/^ *$/.test(content)) return;
    const isFirst = this.#separator === undefined;
    this.#separator ??= detectSeparator(content);
    const cells = splitCells(content, this.#separator, lineStart);
    if (isFirst) {
      this.#hasHeader = looksLikeHeader(cells);
      this.#names = cells.map((cell, i) => (this.#hasHeader ? cell.text : `c${i + 1}`));
      if (this.#hasHeader) {
        this.#checkNames(cells);
        return;
      }
    }
    if (cells.length !== this.#names.length) {
      const span = { source: this.#source, start: lineStart, end: lineStart + content.length };
      this.#refuse('DL602', span, `row has ${cells.length} cells, the first row has ${this.#names.length}`);
      return;
    }
    this.#addRow(cells);
  }

  finish(): CsvTable {
    const width = this.#names.length;
    if (this.#used === 0) {
      fail('DL602', undefined, `${this.#source.name}: holds no row of numbers`, { why: 'a table needs at least one row of numbers' });
    }
    const rows = this.#used / width;
    const columns = this.#names.map((_, column) => {
      const values = new Float64Array(rows);
      for (let row = 0, i = column; row < rows; row++, i += width) values[row] = this.#values[i]!;
      return values;
    });
    return { file: this.#source.name, names: this.#names, columns, hasHeader: this.#hasHeader };
  }

  #checkNames(cells: readonly CsvCell[]): void {
    const seen = new Set<string>();
    cells.forEach((cell, i) => {
      if (cell.brokenQuote) this.#refuse('DL602', this.#span(cell), 'quote is not closed at the end of its cell');
      else if (cell.text === '') this.#refuse('DL602', this.#span(cell), `column ${i + 1} has no name`);
      else if (seen.has(cell.text)) this.#refuse('DL602', this.#span(cell), `two columns are named '${cell.text}'`);
      seen.add(cell.text);
    });
  }

  #addRow(cells: readonly CsvCell[]): void {
    if (this.#used + cells.length > this.#values.length) {
      const grown = new Float64Array(2 * this.#values.length + cells.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    for (const [i, cell] of cells.entries()) {
      const value = decimalNumber.test(cell.text) ? Number(cell.text) : NaN;
      if (!Number.isFinite(value) || cell.brokenQuote) this.#refuseCell(cell, this.#names[i]!);
      this.#values[this.#used++] = value;
    }
  }

  #refuseCell(cell: CsvCell, column: string): void {
    const shown = cell.text.length > 40 ? `${cell.text.slice(0, 40)}…` : cell.text;
    const place = `in column '${column}'`;
    if (cell.brokenQuote) {
      this.#refuse('DL602', this.#span(cell), `quote is not closed at the end of its cell ${place}`);
    } else if (cell.text === '') {
      this.#refuse('DL603', this.#span(cell), `cell ${place} is empty`, 'every row needs a number in every column');
    } else if (notFinite.test(cell.text) || decimalNumber.test(cell.text)) {
      this.#refuse('DL603', this.#span(cell), `cell '${shown}' ${place} is not a finite number`);
    } else {
      const help = /^[-+]?\d*,\d+$/.test(cell.text)
        ? `write the decimal point as '.': ${cell.text.replace(',', '.')}`
        : /\d\s+[-+.\d]/.test(cell.text)
          ? 'separate cells by comma, semicolon or tab'
          : undefined;
      this.#refuse('DL602', this.#span(cell), `cell '${shown}' ${place} is not a number`, undefined, help);
    }
  }

  #span(cell: CsvCell): Span {
    return { source: this.#source, start: cell.start, end: cell.end };
  }

  #refuse(code: 'DL602' | 'DL603', span: Span, what: string, why?: string, help?: string): void {
    if (this.#bag.list.length < mostErrors) this.#bag.error(code, span, what, { why, help });
  }
}

/** A word and no number. `nan` and `inf` are neither: a signal may be named so. */
function looksLikeHeader(cells: readonly CsvCell[]): boolean {
  const isWord = ({ text }: CsvCell): boolean => text !== '' && !notFinite.test(text);
  return cells.some(isWord) && !cells.some(({ text }) => decimalNumber.test(text));
}
