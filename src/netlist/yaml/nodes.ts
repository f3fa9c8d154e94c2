// Access to the nodes of a YAML document: spans, keys, entries of mappings, and plain data for the schema
// validators. Data objects have no prototype, so that keys such as `__proto__` are keys like any other.

import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText, Span } from '../../diagnostics/span.js';

/** An entry of a mapping; the value of a bare entry of a list, and of a key without one, is null. */
export interface Entry {
  readonly key: Scalar.Parsed;
  readonly name: string;
  readonly value: ParsedNode | null;
}

export type Data = number | string | boolean | null | Data[] | { [key: string]: Data };

export function spanOf(source: SourceText, node: ParsedNode): Span {
  return { source, start: node.range[0], end: contentEnd(node) };
}

/** Where the text of a node ends, comments and line ends behind it left out. */
export function contentEnd(node: ParsedNode): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    if (last !== undefined) return last.value === null ? contentEnd(last.key as ParsedNode) : contentEnd(last.value as ParsedNode);
  }
  if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1);
    if (last !== undefined) return contentEnd(last as ParsedNode);
  }
  return node.range[1];
}

/** A key, or the text of a scalar that is taken literally: `yes`, `1` and `null` are what is written. */
export function scalarText(source: SourceText, scalar: Scalar.Parsed): string {
  return typeof scalar.value === 'string' ? scalar.value : source.text.slice(scalar.range[0], scalar.range[1]);
}

/** Column, counted from 0, at which the entry of a key starts: that of its `?` if it has one. */
export function entryColumn(source: SourceText, key: Scalar.Parsed): number {
  const lineStart = source.text.lastIndexOf('\n', key.range[0] - 1) + 1;
  return source.text.slice(lineStart, key.range[0]).replace(/\?\s+$/, '').length;
}

export const isNull = (node: ParsedNode | null | undefined): boolean => node == null || (isScalar(node) && node.value === null);

/** Entries of a mapping with plain keys. */
export function entriesOf(source: SourceText, node: ParsedNode | null): Entry[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => {
    return isScalar(key)
      ? [{ key: key as Scalar.Parsed, name: scalarText(source, key as Scalar.Parsed), value: value as ParsedNode | null }]
      : [];
  });
}

/** Entries of a group: a mapping, or a list of mappings and bare names, one after another. */
export function groupEntries(source: SourceText, node: ParsedNode | null): Entry[] {
  if (!isSeq(node)) return entriesOf(source, node);
  return node.items.flatMap((item): Entry[] => {
    if (!isScalar(item)) return entriesOf(source, item as ParsedNode);
    const key = item as Scalar.Parsed;
    return [{ key, name: scalarText(source, key), value: null }];
  });
}

/** Plain data for a validator. Reports keys that are no text (DL104) and keys that appear twice (DL202); the first one counts. */
export function toData(source: SourceText, node: ParsedNode | null, bag: DiagnosticBag): Data {
  if (isScalar(node)) {
    const { value } = node;
    return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : scalarText(source, node as Scalar.Parsed);
  }
  if (isSeq(node)) return node.items.map((item) => toData(source, item as ParsedNode, bag));
  if (!isMap(node)) return null;
  const data = Object.create(null) as { [key: string]: Data };
  const keys = new Map<string, Scalar.Parsed>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) {
      bag.error('DL104', spanOf(source, key as ParsedNode), 'a mapping or list cannot be a key', {
        help: "quote it if it is a name, as in 'y[0]'",
      });
      continue;
    }
    const scalar = key as Scalar.Parsed;
    const name = scalarText(source, scalar);
    const first = keys.get(name);
    if (first !== undefined) {
      const related = [{ message: 'is the first one', span: spanOf(source, first) }];
      bag.error('DL202', spanOf(source, scalar), `key '${name}' appears twice in one mapping`, { related });
      continue;
    }
    keys.set(name, scalar);
    data[name] = toData(source, value as ParsedNode | null, bag);
  }
  return data;
}

const entryIndex = new WeakMap<ParsedNode, ReadonlyMap<string, Entry>>();

/** The entry of a mapping by its key: the first one, if it appears twice. */
export function findEntry(source: SourceText, node: ParsedNode | null, name: string): Entry | undefined {
  if (!isMap(node)) return undefined;
  let index = entryIndex.get(node as ParsedNode);
  if (index === undefined) {
    index = new Map(
      entriesOf(source, node as ParsedNode)
        .reverse()
        .map((entry) => [entry.name, entry]),
    );
    entryIndex.set(node as ParsedNode, index);
  }
  return index.get(name);
}

/** The node at a path of keys and indices, and the key that leads to it, if it is in a mapping. */
export function nodeAt(
  source: SourceText,
  root: ParsedNode | null,
  path: readonly string[],
): { readonly node: ParsedNode | null; readonly key?: Scalar.Parsed } {
  let node = root;
  let key: Scalar.Parsed | undefined;
  for (const part of path) {
    if (isSeq(node)) {
      node = (node.items[Number(part)] ?? null) as ParsedNode | null;
      key = undefined;
    } else {
      const entry: Entry | undefined = findEntry(source, node, part);
      node = entry?.value ?? null;
      key = entry?.key;
    }
  }
  return key === undefined ? { node } : { node, key };
}
