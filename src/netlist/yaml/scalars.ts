// Reads YAML scalars and lists as expressions and as the parts of statements that the grammar of .loom knows.
// Spans point into the YAML text; in a scalar with escapes they are the whole scalar.

import { isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../../diagnostics/span.js';
import type { Expression, Identifier, StringLiteral } from '../ast.js';
import { parseFragment, type Fragments } from '../loom/fragment.js';
import type { CommentCursor } from './comments.js';
import { isNull, scalarText, spanOf } from './nodes.js';

/** What reading a YAML netlist works on. */
export interface YamlReading {
  readonly source: SourceText;
  readonly bag: DiagnosticBag;
  readonly comments: CommentCursor;
}

/** A scalar as one fragment, its first `skip` characters left out; undefined when it does not parse, which is reported. */
export function readFragment<K extends keyof Fragments>(
  reading: YamlReading,
  kind: K,
  scalar: Scalar.Parsed,
  skip = 0,
): Fragments[K] | undefined {
  const { source, bag, comments } = reading;
  const keepComment = (lines: readonly string[], span: Span): void => comments.embed(lines, span);
  const [from, to] = scalar.range;
  const [start, end] = contentRange(source, scalar);
  const content = source.text.slice(start, end);
  const hasEscapes =
    (scalar.type === 'QUOTE_SINGLE' && content.includes("''")) || (scalar.type === 'QUOTE_DOUBLE' && content.includes('\\'));
  // Folded lines are blanks to the grammar as well, and a `//` comment ends with its line.
  if (!hasEscapes) return parseFragment(kind, { source, start: start + skip, end }, bag, undefined, keepComment);
  return parseFragment(kind, { source, start: from, end: to }, bag, scalarText(source, scalar).slice(skip), keepComment);
}

/** Where the text of a scalar stands, without its quotes or the `|` or `>` above it. */
function contentRange({ text }: SourceText, { type, range }: Scalar.Parsed): [number, number] {
  const [start, end] = range;
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') return [start + 1, end - 1];
  if (type !== 'BLOCK_FOLDED' && type !== 'BLOCK_LITERAL') return [start, end];
  const lineEnd = text.indexOf('\n', start);
  return [lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1, end];
}

/** A scalar or list as an expression; undefined when it is neither, has no text, or does not parse. */
export function readExpression(reading: YamlReading, node: ParsedNode | null): Expression | undefined {
  if (isNull(node)) return undefined;
  if (isScalar(node)) return readFragment(reading, 'expression', node as Scalar.Parsed);
  if (!isSeq(node)) return undefined;
  const items = node.items.map((item) => readExpression(reading, item as ParsedNode));
  if (items.some((item) => item === undefined)) return undefined;
  return { kind: 'list', items: items as Expression[], span: spanOf(reading.source, node as ParsedNode) };
}

/** A scalar taken as text, whatever it says. */
export function readText(reading: YamlReading, scalar: Scalar.Parsed): StringLiteral {
  return { kind: 'string', value: scalarText(reading.source, scalar), span: spanOf(reading.source, scalar) };
}

export function readName(reading: YamlReading, scalar: Scalar.Parsed): Identifier {
  return { name: scalarText(reading.source, scalar), span: spanOf(reading.source, scalar) };
}

/** From the start of a key to the end of its value. */
export function entrySpan(source: SourceText, key: Scalar.Parsed, value: ParsedNode | null): Span {
  return { source, start: key.range[0], end: value === null ? key.range[1] : spanOf(source, value).end };
}
