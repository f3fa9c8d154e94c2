// Reads the groups of a system, bench or optimization (clocks, inputs, record, …) as statements. The outer shape was
// checked before: entries of another form are reported already and passed over.

import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type { Argument, ClockStatement, ParamDeclaration, PhaseDeclaration, Statement } from '../ast.js';
import { entriesOf, groupEntries, isNull, type Entry } from './nodes.js';
import { namedArgument, readBlocks } from './read-block.js';
import { optimizeGroupReaders, optimizeListReaders } from './read-optimization.js';
import { readMeasureTerm, readTextEntry, readTextKey, type Reader } from './read-terms.js';
import { entrySpan, readExpression, readFragment, readName, readText, type YamlReading } from './scalars.js';
import { readGroup, readStatement } from './statements.js';

/** The statements under one key; undefined for keys that hold none. */
export function readStatements(reading: YamlReading, { key, name, value }: Entry): Statement[] | undefined {
  const header = key.range[0];
  const read = groupReaders.get(name);
  if (name === 'blocks') return readBlocks(reading, value, header);
  if (read !== undefined) return readGroup(reading, value, header, (entry, above) => read(reading, entry, above));
  const readOne = listReaders.get(name);
  if (readOne === undefined) return undefined;
  return listEntries(reading, name, value).flatMap((entry, i) => readOne(reading, entry, i === 0 ? header : undefined) ?? []);
}

/** Groups of names. */
const groupReaders: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['locals', readParam],
  ['clocks', readClock],
  ['inputs', readInput],
  ['outputs', readOutput],
  ...optimizeGroupReaders,
]);

/** One entry or a list. Entries of text are bare: the text is their key. */
const listReaders: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['frame', (r, entry, header) => readTextEntry(r, entry, header, 'frame', (parts) => ({ kind: 'frame', ...parts }))],
  ['run', (r, entry, header) => readTextEntry(r, entry, header, 'run', (parts) => ({ kind: 'run', ...parts }))],
  ['record', (r, entry, header) => readTextEntry(r, entry, header, 'record', (parts) => ({ kind: 'record', ...parts }))],
  ['check', (r, entry, header) => readTextEntry(r, entry, header, 'expression', (condition) => ({ kind: 'check', condition }))],
  ['measure', readMeasure],
  ['write', readWrite],
  ...optimizeListReaders,
]);
/** Keys of which each mapping is one entry. */
const mappedEntries: ReadonlySet<string> = new Set(['write', 'method', 'finish', 'judge']);

/** Entries of `text`, `[text, …]` and, for measures and objectives, of `{name: …}` as well. */
function listEntries(reading: YamlReading, name: string, node: ParsedNode | null): Entry[] {
  if (isNull(node)) return [];
  if (isScalar(node)) return [{ key: node as Scalar.Parsed, name: '', value: null }];
  if (!mappedEntries.has(name)) return groupEntries(reading.source, node);
  const items = isSeq(node) ? (node.items as ParsedNode[]) : [node!];
  return items.flatMap((item): Entry[] => {
    if (isScalar(item)) return [{ key: item as Scalar.Parsed, name: '', value: null }];
    const first = entriesOf(reading.source, item)[0];
    return first === undefined ? [] : [{ key: first.key, name: '', value: item }];
  });
}

/** Parameters in a system's header; comments among them go to the next statement. */
export function readParams(reading: YamlReading, group: ParsedNode | null): ParamDeclaration[] {
  return readGroup(reading, group, undefined, ({ key, value }) => {
    const base = { name: readName(reading, key), span: entrySpan(reading.source, key, value) };
    if (isNull(value)) return base;
    const expression = readExpression(reading, value);
    return expression && { ...base, value: expression };
  });
}

function readParam(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const value = readExpression(reading, entry.value);
    return value && { name: readName(reading, entry.key), value };
  });
  return statement && { kind: 'param', ...statement };
}

function readClock(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const parts = readClockParts(reading, entry.value);
    return parts && { name: readName(reading, entry.key), ...parts };
  });
  return statement && { kind: 'clock', ...statement };
}

function readClockParts(
  reading: YamlReading,
  node: ParsedNode | null,
): Pick<ClockStatement, 'frequency' | 'phases' | 'offset'> | undefined {
  if (!isMap(node)) {
    const frequency = readExpression(reading, node);
    return frequency && { frequency, phases: [] };
  }
  const entries = entriesOf(reading.source, node as ParsedNode);
  const find = (name: string): ParsedNode | null => entries.find((entry) => entry.name === name)?.value ?? null;
  const frequency = readExpression(reading, find('frequency'));
  const list = find('phases');
  const phases = isSeq(list)
    ? list.items.map((item) => (isScalar(item) ? readFragment(reading, 'phase', item as Scalar.Parsed) : undefined))
    : [];
  const offset = find('offset') === null ? undefined : readExpression(reading, find('offset'));
  const good = phases.filter((phase): phase is PhaseDeclaration => phase !== undefined);
  return frequency && { frequency, phases: good, offset };
}

function readInput(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const { key, value } = entry;
  const statement = readStatement(reading, entry, header, () => {
    const entries = entriesOf(reading.source, value);
    const of = (name: string): ParsedNode | null => entries.find((item) => item.name === name)?.value ?? null;
    const unitNode = isMap(value) ? of('unit') : value;
    const unit = isScalar(unitNode) && !isNull(unitNode) ? readFragment(reading, 'unit', unitNode as Scalar.Parsed) : undefined;
    const length = of('length') === null ? undefined : readExpression(reading, of('length'));
    return { inputs: [{ name: readName(reading, key), length, span: entrySpan(reading.source, key, value) }], unit };
  });
  return statement && { kind: 'input', ...statement };
}

function readOutput(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const { key, value } = entry;
  const statement = readStatement(reading, entry, header, () => {
    const expression = isNull(value) ? undefined : readExpression(reading, value);
    if (!isNull(value) && expression === undefined) return undefined;
    return { outputs: [{ name: readName(reading, key), value: expression, span: entrySpan(reading.source, key, value) }] };
  });
  return statement && { kind: 'output', ...statement };
}

function readMeasure(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => readMeasureTerm(reading, entry));
  return statement && { kind: 'measure', ...statement };
}

/** `y to "a.wav" (rate: 16kHz)`, or `{signal: y, file: a.wav, rate: 16kHz}`. */
function readWrite(reading: YamlReading, entry: Entry, header: number | undefined): Statement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    if (entry.value === null) return readTextKey(reading, 'write', entry);
    const entries = entriesOf(reading.source, entry.value);
    const [signal, file] = ['signal', 'file'].map((name) => entries.find((item) => item.name === name)?.value);
    if (!isScalar(signal) || !isScalar(file)) return undefined;
    const options = entries.flatMap((item): Argument[] => {
      if (item.name === 'signal' || item.name === 'file') return [];
      const value = readExpression(reading, item.value);
      return value === undefined ? [] : [namedArgument(reading.source, item, value)];
    });
    return { signal: readName(reading, signal as Scalar.Parsed), file: readText(reading, file as Scalar.Parsed), options };
  });
  return statement && { kind: 'write', ...statement };
}
