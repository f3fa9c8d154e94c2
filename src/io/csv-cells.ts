// One line of a CSV file -> its cells, with their places. Knows separators, quotes and comments;
// knows nothing of headers or columns. Quoted cells follow RFC 4180 but stay on one line.

export type CsvSeparator = ',' | ';' | '\t';

/** `text` is the cell trimmed and unquoted; `start` and `end` are its offsets in the file's text, quotes included. */
export interface CsvCell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The cell opens a quote that it does not close at its end. */
  readonly brokenQuote: boolean;
}

/** The separator of a file, from its first line with cells: tab before semicolon before comma, quoted parts aside. */
export function detectSeparator(line: string): CsvSeparator {
  const plain = line.replace(/"[^"]*"/g, '');
  return plain.includes('\t') ? '\t' : plain.includes(';') ? ';' : ',';
}

/** Length of the line without its comment: `#` at the start or behind a blank, outside quotes. */
export function lengthWithoutComment(line: string): number {
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i];
    if (letter === '"') quoted = !quoted;
    else if (letter === '#' && !quoted && (i === 0 || /\s/.test(line[i - 1]!))) return line.slice(0, i).trimEnd().length;
  }
  return line.length;
}

/** Splits a line without comment; `lineStart` is its offset in the file's text. */
export function splitCells(line: string, separator: CsvSeparator, lineStart: number): CsvCell[] {
  const cells: CsvCell[] = [];
  const hasQuotes = line.includes('"');
  for (let from = 0; from <= line.length;) {
    let to = line.indexOf(separator, from);
    if (to < 0) to = line.length;
    if (hasQuotes && line.slice(from, to).trimStart().startsWith('"')) to = endOfQuotedCell(line, separator, from);
    const raw = line.slice(from, to);
    const text = raw.trim();
    const start = lineStart + from + (raw.length - raw.trimStart().length);
    const place = { start, end: start + text.length };
    if (text.startsWith('"')) {
      const brokenQuote = !/^"([^"]|"")*"$/.test(text);
      cells.push({ text: text.slice(1, -1).replaceAll('""', '"'), brokenQuote, ...place });
    } else {
      cells.push({ text, brokenQuote: false, ...place });
    }
    from = to + 1;
  }
  return cells;
}

/** Where the cell that opens a quote at or behind `from` ends: the next separator outside the quotes. */
function endOfQuotedCell(line: string, separator: CsvSeparator, from: number): number {
  let quoted = false;
  for (let i = from; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === separator && !quoted) return i;
  }
  return line.length;
}
