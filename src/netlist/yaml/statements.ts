// What all entries of a YAML netlist share: the comments around them, their span, and groups of entries.

import type { ParsedNode } from 'yaml';
import type { Span } from '../../diagnostics/span.js';
import type { CommentLine, Trivia } from '../ast.js';
import { contentEnd, entryColumn, groupEntries, type Entry } from './nodes.js';
import { entrySpan, type YamlReading } from './scalars.js';

/** Reads every entry of a group; `read` gets where the group's key starts with the first one, for the blank line above it. */
export function readGroup<T>(
  reading: YamlReading,
  group: ParsedNode | null,
  header: number | undefined,
  read: (entry: Entry, header: number | undefined) => T | undefined,
): T[] {
  return groupEntries(reading.source, group).flatMap((entry, i) => {
    const item = read(entry, i === 0 ? header : undefined);
    return item === undefined ? [] : [item];
  });
}

/** Adds span and comments to the fields that `read` makes of an entry. */
export function readStatement<T extends object>(
  reading: YamlReading,
  { key, value }: Entry,
  header: number | undefined,
  read: () => T | undefined,
): (T & { readonly trivia: Trivia; readonly span: Span }) | undefined {
  const { comments, source, bag } = reading;
  const open = comments.open(key.range[0], header);
  const behindKey = comments.takeBehind(key.range[1]);
  const fields = read();
  if (fields === undefined && !bag.hasErrors)
    throw new Error(`internal: '${source.text.slice(key.range[0], key.range[1])}' is dropped without an error`);
  const trivia = comments.close(open, behindKey, value === null ? key.range[1] : contentEnd(value));
  return fields && { ...fields, trivia, span: entrySpan(source, key, value) };
}

/** Comment lines at the end of an entry that holds statements, further right than its key. */
export function readDangling({ source, comments }: YamlReading, { key, value }: Entry): CommentLine[] {
  return comments.takeDangling(value === null ? key.range[1] : contentEnd(value), entryColumn(source, key));
}
