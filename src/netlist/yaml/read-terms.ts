// What several statements of a YAML netlist are made of: text that is one fragment, calls with a name, and
// arguments by name or in order.

import { isMap, isScalar, type ParsedNode } from 'yaml';
import type { Argument, Statement } from '../ast.js';
import type { Fragments } from '../loom/fragment.js';
import { entriesOf, groupEntries, type Entry } from './nodes.js';
import { namedArgument, readCallExpression } from './read-block.js';
import { readExpression, readFragment, readName, type YamlReading } from './scalars.js';
import { readStatement } from './statements.js';

/** Reads one entry; `header` is where the key of its group starts, if it is the first of it. */
export type Reader = (reading: YamlReading, entry: Entry, header: number | undefined) => Statement | undefined;

type Bare<S> = S extends Statement ? Omit<S, 'span' | 'trivia'> : never;

/** A statement that is one fragment: the text is the entry's key. */
export function readTextEntry<K extends 'frame' | 'run' | 'record' | 'expression'>(
  reading: YamlReading,
  entry: Entry,
  header: number | undefined,
  kind: K,
  make: (parts: Fragments[K]) => Bare<Statement>,
): Statement | undefined {
  return readStatement(reading, entry, header, () => {
    const parts = entry.value === null ? readFragment(reading, kind, entry.key) : undefined;
    return parts && make(parts);
  });
}

/** A bare entry that must be text: a number was reported as such. */
export function readTextKey<K extends 'measure' | 'write' | 'call' | 'judge'>(
  reading: YamlReading,
  kind: K,
  { key }: Entry,
): Fragments[K] | undefined {
  return typeof key.value === 'string' ? readFragment(reading, kind, key) : undefined;
}

/** `sndr(v)`, `peak = max(v)`, `peak: max(v)`, or `peak: {type: max, args: [v]}`. */
export function readMeasureTerm(reading: YamlReading, entry: Entry): Fragments['measure'] | undefined {
  const { key, value } = entry;
  if (value === null) return readTextKey(reading, 'measure', entry);
  const name = readName(reading, key);
  if (isScalar(value)) {
    const measure = typeof value.value === 'string' ? readFragment(reading, 'measure', value) : undefined;
    return measure && { ...measure, name };
  }
  if (!isMap(value)) return undefined;
  const call = readCallExpression(reading, value as ParsedNode, entriesOf(reading.source, value as ParsedNode), undefined);
  return call && { name, call };
}

/** Arguments by name, or values in order. */
export function readArgs(reading: YamlReading, group: ParsedNode | null): Argument[] {
  return groupEntries(reading.source, group).flatMap((entry): Argument[] => {
    const value = readExpression(reading, entry.value ?? entry.key);
    if (value === undefined) return [];
    return [entry.value === null ? { value, span: value.span } : namedArgument(reading.source, entry, value)];
  });
}
