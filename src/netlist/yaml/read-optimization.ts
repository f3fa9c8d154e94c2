// Reads the statements that only an optimization holds: learn, vary, objective, minimize, methods, judge and
// counts. The keys of its other statements are those of benches.

import { isMap, isScalar, type ParsedNode, type Scalar } from 'yaml';
import type { CountStatement, MethodStatement, Statement } from '../ast.js';
import type { JudgeParts } from '../loom/optimize-actions.js';
import { entriesOf, findEntry, isNull, type Entry } from './nodes.js';
import { readCallExpression } from './read-block.js';
import { readArgs, readMeasureTerm, readTextEntry, readTextKey, type Reader } from './read-terms.js';
import { readExpression, readFragment, readName, type YamlReading } from './scalars.js';
import { readStatement } from './statements.js';

/** Keys of groups of names. */
export const optimizeGroupReaders: ReadonlyMap<string, Reader> = new Map([
  ['learn', readLearn],
  ['vary', readVary],
]);

/** Keys with one entry or a list. */
export const optimizeListReaders: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['objective', readObjective],
  ['minimize', (r, entry, header) => readTextEntry(r, entry, header, 'expression', (value) => ({ kind: 'minimize', value }))],
  ['method', (r, entry, header) => readMethod(r, entry, header, 'method')],
  ['finish', (r, entry, header) => readMethod(r, entry, header, 'finish')],
  ['judge', readJudge],
  ...(['batch', 'restarts', 'finalists'] as const).map((kind): [string, Reader] => [kind, countReader(kind)]),
]);

/** `enc.weights: {levels: 32}`; null, and a bare entry of a list, has no options. */
function readLearn(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const target = readFragment(reading, 'learnTarget', entry.key);
    return target && { target, options: isNull(entry.value) ? [] : readArgs(reading, entry.value) };
  });
  return statement && { kind: 'learn', ...statement };
}

function readVary(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const values = readExpression(reading, entry.value);
    return values && { name: readName(reading, entry.key), values };
  });
  return statement && { kind: 'vary', ...statement };
}

/** A key says the name even where it is the function's, which needs none. */
function readObjective(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const term = readMeasureTerm(reading, entry);
    return term?.name?.name === term?.call.callee.name ? term && { call: term.call } : term;
  });
  return statement && { kind: 'objective', ...statement };
}

/** `adam(rate: 0.003)`, or `{type: adam, rate: 0.003}`. */
function readMethod(reading: YamlReading, entry: Entry, header: number | undefined, kind: MethodStatement['kind']): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const { value } = entry;
    const call =
      value === null
        ? readTextKey(reading, 'call', entry)
        : readCallExpression(reading, value, entriesOf(reading.source, value), undefined);
    return call && { call };
  });
  return statement && { kind, ...statement };
}

/** `enob of conversions`, or `{value: enob, bench: conversions}`. */
function readJudge(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    return entry.value === null ? readTextKey(reading, 'judge', entry) : readJudgeParts(reading, entry.value);
  });
  return statement && { kind: 'judge', ...statement };
}

function readJudgeParts(reading: YamlReading, node: ParsedNode): JudgeParts | undefined {
  if (!isMap(node)) return undefined;
  const of = (name: string): ParsedNode | null => findEntry(reading.source, node, name)?.value ?? null;
  const value = readExpression(reading, of('value'));
  const bench = of('bench');
  if (value === undefined || !isScalar(bench)) return undefined;
  return { value, bench: { kind: 'name', ...readName(reading, bench as Scalar.Parsed) } };
}

function countReader(kind: CountStatement['kind']): Reader {
  return (reading, entry, header) => readTextEntry(reading, entry, header, 'expression', (count) => ({ kind, count }));
}
