// Reads what stands under `blocks`: a name with an expression, a call of a block type or system, or
// `for i in 0..16` with blocks of its own.

import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import { declares, takesText } from '../../blocks/schema.js';
import type { Block } from '../../blocks/define.js';
import { findBlock } from '../../blocks/registry.js';
import { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/span.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import type { Argument, CallExpression, Expression, ForStatement, LetStatement } from '../ast.js';
import { danglingLines } from '../comment-lines.js';
import { reportBlockErrors } from './block-errors.js';
import { entriesOf, spanOf, toData, type Entry } from './nodes.js';
import { entrySpan, readExpression, readFragment, readName, readText, type YamlReading } from './scalars.js';
import { errorPlaces } from './shape-errors.js';
import { readDangling, readGroup, readStatement } from './statements.js';
import { validate, type SchemaName } from './validate.js';

const forAt = /^for\s+/;

/** The statements of a group of blocks, in the order of the text. */
export function readBlocks(reading: YamlReading, group: ParsedNode | null, header: number | undefined): (LetStatement | ForStatement)[] {
  return readGroup(reading, group, header, (entry, above) =>
    forAt.test(entry.name) ? readFor(reading, entry, above) : readLet(reading, entry, above),
  );
}

function readFor(reading: YamlReading, entry: Entry, header: number | undefined): ForStatement | undefined {
  const { key, name, value } = entry;
  const statement = readStatement(reading, entry, header, () => {
    const range = readFragment(reading, 'range', key, forAt.exec(name)![0].length);
    const body = readBlocks(reading, value, undefined);
    return range && { ...range, body };
  });
  const dangling = readDangling(reading, entry);
  return statement && { kind: 'for', ...statement, dangling: danglingLines(dangling, statement.body.length > 0) };
}

function readLet(reading: YamlReading, entry: Entry, header: number | undefined): LetStatement | undefined {
  const statement = readStatement(reading, entry, header, () => {
    const target = readFragment(reading, 'target', entry.key);
    const value = readValue(reading, entry);
    return target && value && { ...target, ...value };
  });
  return statement && { kind: 'let', ...statement };
}

type Value = Pick<LetStatement, 'value' | 'at'>;

function readValue(reading: YamlReading, { key, name, value }: Entry): Value | undefined {
  if (!isMap(value)) {
    const expression = readExpression(reading, value);
    return expression && { value: expression };
  }
  const { source, bag } = reading;
  const node = value as ParsedNode;
  const entries = entriesOf(source, node);
  const type = entries.find((entry) => entry.name === 'type');
  const block =
    type !== undefined && isScalar(type.value) && typeof type.value.value === 'string' ? findBlock(type.value.value) : undefined;
  const formula = entries.find((entry) => entry.name === 'expr');
  if (type === undefined && formula === undefined) {
    const help =
      didYouMean(
        'type',
        entries.map((entry) => entry.name).filter((word) => word.startsWith('t')),
      ) === undefined
        ? "name its block type, 'type: …', or write an expression"
        : "write the block type as 'type: …'";
    bag.error('DL105', spanOf(source, key), `block '${name}' has no 'type'`, { help });
    return undefined;
  }
  const schema: SchemaName = block !== undefined ? `block:${block.type}` : type === undefined ? 'formula' : 'instance';
  // Keys that are no text or appear twice were reported when the whole document was read.
  const errors = validate(schema, toData(source, node, new DiagnosticBag()));
  reportBlockErrors(errorPlaces(source, node, spanOf(source, key), errors), name, block, bag);
  if (errors.length > 0 && block === undefined) return undefined;
  return type === undefined ? readFormula(reading, entries) : readCall(reading, node, entries, block);
}

function readFormula(reading: YamlReading, entries: readonly Entry[]): Value | undefined {
  const value = readExpression(reading, entries.find(({ name }) => name === 'expr')!.value);
  const edge = entries.find(({ name }) => name === 'at');
  if (edge === undefined) return value && { value };
  const at = readFragment(reading, 'edge', edge.value as Scalar.Parsed);
  return value && at && { value, at };
}

/** A mapping with `type`; `block` is the type's declaration if it is known. */
function readCall(reading: YamlReading, node: ParsedNode, entries: readonly Entry[], block: Block | undefined): Value | undefined {
  const edge = block === undefined || !declares(block, 'at') ? entries.find(({ name }) => name === 'at') : undefined;
  const at = isScalar(edge?.value) ? readFragment(reading, 'edge', edge.value as Scalar.Parsed) : undefined;
  const value = readCallExpression(
    reading,
    node,
    entries.filter((entry) => entry !== edge),
    block,
  );
  return value && { value, at };
}

/** `type`, `args` and named arguments as a call; the arguments that do not read are left out, which is reported. */
export function readCallExpression(
  reading: YamlReading,
  node: ParsedNode,
  entries: readonly Entry[],
  block: Block | undefined,
): CallExpression | undefined {
  const { source } = reading;
  const type = entries.find(({ name }) => name === 'type')?.value;
  if (!isScalar(type)) return undefined;
  const callee = { kind: 'name' as const, ...readName(reading, type as Scalar.Parsed) };
  const args: Argument[] = [];
  for (const entry of entries) {
    if (entry.name === 'type') continue;
    if (entry.name === 'args') args.unshift(...readPositional(reading, entry.value));
    else {
      const value = readArgument(reading, entry, block);
      if (value !== undefined) args.push(namedArgument(source, entry, value));
    }
  }
  return { kind: 'call', callee, args, span: spanOf(source, node) };
}

function readPositional(reading: YamlReading, node: ParsedNode | null): Argument[] {
  if (!isSeq(node)) return [];
  return node.items.flatMap((item) => {
    const value = readExpression(reading, item as ParsedNode);
    return value === undefined ? [] : [{ value, span: value.span }];
  });
}

export function namedArgument(source: Span['source'], { key, name, value }: Entry, expression: Expression): Argument {
  return { name, nameSpan: spanOf(source, key), value: expression, span: entrySpan(source, key, value) };
}

/** Choices and paths are texts without quotes; anything else is an expression. */
function readArgument(reading: YamlReading, { name, value }: Entry, block: Block | undefined): Expression | undefined {
  if (block !== undefined && takesText(block, name)) return isScalar(value) ? readText(reading, value as Scalar.Parsed) : undefined;
  return readExpression(reading, value);
}
