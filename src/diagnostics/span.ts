// Where something stands in a text. A span keeps its source, so a diagnostic can be printed
// without any registry of files.

/** A text that was read: a netlist file, or a string given by the caller. */
export interface SourceText {
  /** Path as the user gave it, or a name such as `<string>`. */
  readonly name: string;
  readonly text: string;
}

/** Half-open range of UTF-16 offsets, `start` to `end`, in one source. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** A line and column counted from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceText, number[]>();

function startsOf(source: SourceText): number[] {
  let starts = lineStarts.get(source);
  if (starts === undefined) {
    starts = [0];
    for (let i = source.text.indexOf('\n'); i >= 0; i = source.text.indexOf('\n', i + 1)) starts.push(i + 1);
    lineStarts.set(source, starts);
  }
  return starts;
}

/** Line and column of an offset, by bisection over the line starts. */
export function positionOf(source: SourceText, offset: number): Position {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** Text of a line counted from 1, without its line end. */
export function lineText(source: SourceText, line: number): string {
  const starts = startsOf(source);
  const start = starts[line - 1] ?? source.text.length;
  const end = line < starts.length ? starts[line]! - 1 : source.text.length;
  return source.text.slice(start, end).replace(/\r$/, '');
}

/** `file:line:column` of the span's start. */
export function locate(span: Span): string {
  const { line, column } = positionOf(span.source, span.start);
  return `${span.source.name}:${line}:${column}`;
}

/** The smallest span that holds both; they must be of one source. */
export function joinSpans(a: Span, b: Span): Span {
  return { source: a.source, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
