// Prints one group of entries under its key, with their comments: in flow style on one line where nothing
// stands between them, else a line or more for each.

import type { Trivia } from '../ast.js';
import { commentText, layoutComments } from '../comment-lines.js';
import { widestLine } from '../loom/print-expression.js';
import { flowText, isLongKey, keyText, layoutEntry, layoutPair, type YamlValue } from './yaml-value.js';

/** An entry of a mapping (with a key) or of a list. */
export interface PrintedEntry {
  readonly trivia: Trivia;
  readonly key?: string | undefined;
  readonly value: YamlValue;
  /** Lines under the key, instead of the value. */
  readonly body?: ((indent: number) => string[]) | undefined;
}

export interface GroupStyle {
  /** Whether the group may stand on one line. */
  readonly mayFlow: boolean;
  /** Pads the keys of neighbours on one line each, so that their values stand in one column. */
  readonly aligns: boolean;
  /** Comments of the first entry go above the group's key. */
  readonly liftsComments: boolean;
}

export const flowing: GroupStyle = { mayFlow: true, aligns: false, liftsComments: false };

const commentBehind = (text: string | undefined): string => (text === undefined ? '' : `  ${commentText(text, '#')}`);

/** Lines of a group; none if it is empty. */
export function printGroup(key: string, entries: readonly PrintedEntry[], indent: number, style: GroupStyle): string[] {
  if (entries.length === 0) return [];
  const [first] = entries;
  const margin = ' '.repeat(indent);
  const lines = first!.trivia.blankBefore ? [''] : [];
  if (style.liftsComments) lines.push(...layoutComments(first!.trivia.before, '#', indent));
  const shown = style.liftsComments ? [{ ...first!, trivia: { ...first!.trivia, before: [] } }, ...entries.slice(1)] : entries;
  const flow = style.mayFlow ? flowLine(`${margin}${key}: `, shown) : undefined;
  if (flow !== undefined) return [...lines, flow];

  lines.push(`${margin}${key}:`);
  const parts = segments(shown);
  for (const [i, part] of parts.entries()) {
    const block = printEntries(part, parts.length === 1 ? indent + 2 : indent + 4, i === 0, style);
    lines.push(...(parts.length === 1 ? block : asListItem(block, indent + 2)));
  }
  return lines;
}

/** Runs of entries in which no key appears twice: each run is a mapping of its own. */
function segments(entries: readonly PrintedEntry[]): PrintedEntry[][] {
  const parts: PrintedEntry[][] = [[]];
  let keys = new Set<string>();
  for (const entry of entries) {
    if (entry.key !== undefined && keys.has(entry.key)) {
      parts.push([]);
      keys = new Set();
    }
    if (entry.key !== undefined) keys.add(entry.key);
    parts[parts.length - 1]!.push(entry);
  }
  return parts;
}

/** Puts the dash of a list before the first line that is no comment; the comments above stand in its column. */
function asListItem(lines: readonly string[], indent: number): string[] {
  const start = lines.findIndex((line) => line !== '' && !/^\s*#/.test(line));
  return lines.map((line, i) => (i < start ? line.slice(2) : i === start ? `${' '.repeat(indent)}- ${line.slice(indent + 2)}` : line));
}

/** The group on one line; undefined if comments or blank lines stand between its entries, or it is too wide. */
function flowLine(start: string, entries: readonly PrintedEntry[]): string | undefined {
  const last = entries.length - 1;
  const isClear = entries.every(({ trivia, body }, i) => {
    return (
      body === undefined && trivia.before.length === 0 && (i === 0 || !trivia.blankBefore) && (i === last || trivia.after === undefined)
    );
  });
  if (!isClear) return undefined;
  const parts = segments(entries).map((part) =>
    part[0]!.key === undefined ? part.map(({ value }) => value) : new Map(part.map(({ key, value }) => [key!, value])),
  );
  const line = start + flowText(parts.length === 1 ? parts[0]! : parts);
  return line.length <= widestLine ? line + commentBehind(entries[last]!.trivia.after) : undefined;
}

function printEntries(entries: readonly PrintedEntry[], indent: number, isFirstPart: boolean, style: GroupStyle): string[] {
  const margin = ' '.repeat(indent);
  const widths = style.aligns ? keyWidths(entries, indent) : undefined;
  return entries.flatMap(({ trivia, key, value, body }, i) => {
    const blank = trivia.blankBefore && !(isFirstPart && i === 0) ? [''] : [];
    const before = layoutComments(trivia.before, '#', indent);
    const after = commentBehind(trivia.after);
    const inner = body?.(indent + 2) ?? [];
    if (key === undefined) return [...blank, ...before, ...layoutEntry('- ', value, indent, after)];
    if (inner.length === 0) return [...blank, ...before, ...layoutPair(key, value, indent, after, widths?.[i])];
    // Comments under an empty mapping do not make it one.
    const mapping = inner.every((line) => /^\s*(?:#|$)/.test(line)) ? ': {}' : ':';
    const head = isLongKey(key)
      ? [`${margin}? ${keyText(key)}${after}`, `${margin}${mapping}`]
      : [`${margin}${keyText(key)}${mapping}${after}`];
    return [...blank, ...before, ...head, ...inner];
  });
}

/** Width of `key: ` for each entry: the widest among the neighbours on one line each, without comment or blank line between. */
function keyWidths(entries: readonly PrintedEntry[], indent: number): number[] {
  const isLine = entries.map(({ key, value, body }) => body === undefined && layoutPair(key!, value, indent, '').length === 1);
  const widths: number[] = [];
  let start = 0;
  for (let i = 0; i <= entries.length; i++) {
    const trivia = entries[i]?.trivia;
    const goesOn = i > start && trivia !== undefined && !trivia.blankBefore && trivia.before.length === 0;
    if (goesOn && isLine[i] === true && isLine[i - 1] === true) continue;
    const run = entries.slice(start, i);
    const widest = Math.max(0, ...run.map(({ key }, k) => (isLine[start + k] === true ? keyText(key!).length + 2 : 0)));
    widths.push(...run.map(() => widest));
    start = i;
  }
  return widths;
}

/** A group of one value on a line: `run: 10ms`; undefined if it needs more. */
export function printSingle(key: string, { trivia, value }: PrintedEntry, indent: number): string[] | undefined {
  const lines = layoutEntry(`${key}: `, value, indent, commentBehind(trivia.after));
  return lines.length > 1 ? undefined : [...(trivia.blankBefore ? [''] : []), ...layoutComments(trivia.before, '#', indent), ...lines];
}
