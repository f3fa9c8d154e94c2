// Reads a netlist written in YAML into the syntax tree. Its shape is checked against the schemas first; what
// fits is read all the same, so that one bad entry does not hide the others.

import { isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { SourceText } from '../../diagnostics/span.js';
import type { BenchItem, ImportItem, Item, NetlistFile, OptimizeItem, Statement, SystemItem } from '../ast.js';
import { danglingLines } from '../comment-lines.js';
import { CommentCursor } from './comments.js';
import { parseDocument } from './document.js';
import { entriesOf, toData, type Entry } from './nodes.js';
import { readParams, readStatements } from './read-body.js';
import { readArgs } from './read-terms.js';
import { readName, readText, type YamlReading } from './scalars.js';
import { errorPlaces, reportShapeErrors } from './shape-errors.js';
import { readDangling, readGroup, readStatement } from './statements.js';
import { validate } from './validate.js';

/**
 * The syntax tree of a YAML text, with every entry that reads. Everything wrong is in the bag: malformed YAML
 * (DL104, DL106; nothing is read then), another shape than a netlist's (DL105, DL202, DL213), blocks that do
 * not fit their type (DL204 to DL206, DL303, DL305, DL405), and expressions (DL101 to DL103).
 */
export function readYaml(source: SourceText, bag: DiagnosticBag): NetlistFile {
  const document = parseDocument(source, bag);
  const root = document?.root ?? null;
  if (document === undefined) return { source, items: [], dangling: [] };
  const reading: YamlReading = { source, bag, comments: new CommentCursor(source, document.comments) };
  if (root !== null) reportShapeErrors(errorPlaces(source, root, undefined, validate('netlist', toData(source, root, bag))), bag);

  const items: Item[] = [];
  for (const { key, name, value } of entriesOf(source, root)) {
    const header = key.range[0];
    if (name === 'imports' && isSeq(value)) items.push(...readImports(reading, value.items as ParsedNode[], header));
    else if (name === 'systems') items.push(...readGroup(reading, value, header, (entry, above) => readSystem(reading, entry, above)));
    else if (name === 'benches')
      items.push(...readGroup(reading, value, header, (entry, above) => readBench(reading, entry, above, 'bench')));
    else if (name === 'optimizations')
      items.push(...readGroup(reading, value, header, (entry, above) => readBench(reading, entry, above, 'optimize')));
  }
  return { source, items: items.map(withoutFirstBlank), dangling: reading.comments.takeUntil(Infinity) };
}

/** A blank line at the start of a body or file separates nothing. */
function withoutFirstBlank<T extends Item | Statement>(node: T, index: number): T {
  return index === 0 && node.trivia.blankBefore ? { ...node, trivia: { ...node.trivia, blankBefore: false } } : node;
}

function readImports(reading: YamlReading, nodes: readonly ParsedNode[], header: number): ImportItem[] {
  return nodes.flatMap((node, i) => {
    if (!isScalar(node)) return [];
    const key = node as Scalar.Parsed;
    const path = readText(reading, key);
    const item = readStatement(reading, { key, name: path.value, value: node }, i === 0 ? header : undefined, () => ({ path }));
    return item === undefined ? [] : [{ kind: 'import' as const, ...item }];
  });
}

function readSystem(reading: YamlReading, entry: Entry, header: number | undefined): SystemItem | undefined {
  const item = readStatement(reading, entry, header, () => {
    const groups = entriesOf(reading.source, entry.value);
    const params = groups.filter(({ name }) => name === 'params').flatMap(({ value }) => readParams(reading, value));
    return { name: readName(reading, entry.key), params, body: readBody(reading, groups) };
  });
  const dangling = readDangling(reading, entry);
  return item && { kind: 'system', ...item, dangling: danglingLines(dangling, item.body.length > 0) };
}

/** A bench or an optimization. */
function readBench(
  reading: YamlReading,
  entry: Entry,
  header: number | undefined,
  kind: 'bench' | 'optimize',
): BenchItem | OptimizeItem | undefined {
  const item = readStatement(reading, entry, header, () => {
    const groups = entriesOf(reading.source, entry.value);
    const systemNode = groups.find(({ name }) => name === 'system')?.value;
    const system = isScalar(systemNode) ? { kind: 'name' as const, ...readName(reading, systemNode as Scalar.Parsed) } : undefined;
    const args = groups.filter(({ name }) => name === 'args').flatMap(({ value }) => readArgs(reading, value));
    return { name: readName(reading, entry.key), system, args, body: readBody(reading, groups) };
  });
  const dangling = readDangling(reading, entry);
  return item && { kind, ...item, dangling: danglingLines(dangling, item.body.length > 0) };
}

function readBody(reading: YamlReading, groups: readonly Entry[]): Statement[] {
  return groups.flatMap((group) => readStatements(reading, group) ?? []).map(withoutFirstBlank);
}
