// The two streams of the command line: results go to stdout, everything else to stderr. Colours appear on
// terminals alone, unless NO_COLOR or FORCE_COLOR says otherwise.

import { styleText } from 'node:util';

type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim';

interface Stream {
  readonly isTTY?: boolean;
}

/** FORCE_COLOR beats NO_COLOR beats what the stream is, as in Node itself. */
function hasColor(stream: Stream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return stream.isTTY === true && TERM !== 'dumb';
}

/** `text` in a style where the stream shows colours. */
export function paintFor(stream: Stream, style: Style, text: string): string {
  return hasColor(stream) ? styleText(style, text, { validateStream: false }) : text;
}

/** Writes a result; a line end is added. */
export function printResult(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a line for people on stderr. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One JSON document on stdout. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Columns set to one width, two blanks between them; the last one is not padded. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}
