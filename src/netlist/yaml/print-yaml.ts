// Prints a syntax tree as YAML in its one canonical form: groups in a fixed order, calls of blocks as flow
// mappings where they fit a line, comments where the reader finds them again.

import type {
  BenchItem,
  CommentLine,
  ForStatement,
  Item,
  LetStatement,
  NetlistFile,
  OptimizeItem,
  Statement,
  SystemItem,
  Trivia,
} from '../ast.js';
import { printExpression } from '../loom/print-expression.js';
import { lengthText } from '../loom/print-loom.js';
import { layoutComments } from '../comment-lines.js';
import { normalizeNetlist } from '../normalize.js';
import { flowing, printGroup, printSingle, type GroupStyle, type PrintedEntry } from './print-group.js';
import { argsValue, clockValue, expressionValue, inputValue, letValue, methodValue, writeValue } from './value-of.js';
import { layoutEntry } from './yaml-value.js';

const noTrivia: Trivia = { before: [], blankBefore: false };

/** The text of a file; reading it gives the normal form of the same tree. It ends in a newline unless it is empty. */
export function printYaml(file: NetlistFile): string {
  const { items, dangling } = normalizeNetlist(file);
  const lines: string[] = [];
  const put = <K extends Item['kind']>(
    key: string,
    kind: K,
    mayFlow: boolean,
    entryOf: (item: Item & { kind: K }) => PrintedEntry,
  ): void => {
    const entries = items.filter((item): item is Item & { kind: K } => item.kind === kind).map(entryOf);
    lines.push(...printGroup(key, entries, 0, { mayFlow, aligns: false, liftsComments: lines.length === 0 }));
  };
  put('imports', 'import', true, (item) => ({ trivia: item.trivia, value: { text: item.path.value } }));
  put('systems', 'system', false, (item) => ({
    trivia: item.trivia,
    key: item.name.name,
    value: new Map(),
    body: (indent) => systemLines(item, indent),
  }));
  put('benches', 'bench', false, (item) => ({
    trivia: item.trivia,
    key: item.name.name,
    value: new Map(),
    body: (indent) => benchLines(item, indent),
  }));
  put('optimizations', 'optimize', false, (item) => ({
    trivia: item.trivia,
    key: item.name.name,
    value: new Map(),
    body: (indent) => benchLines(item, indent),
  }));
  if (lines.length > 0 && dangling.length > 0) lines.push('');
  lines.push(...layoutComments(dangling, '#', 0));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function systemLines(item: SystemItem, indent: number): string[] {
  const params = item.params.map(({ name, value }): PrintedEntry => ({
    trivia: noTrivia,
    key: name.name,
    value: value === undefined ? null : expressionValue(value),
  }));
  return [...printGroup('params', params, indent, flowing), ...bodyLines(item.body, item.dangling, indent)];
}

function benchLines(item: BenchItem | OptimizeItem, indent: number): string[] {
  const system = item.system === undefined ? [] : [`${' '.repeat(indent)}system: ${item.system.name}`];
  const args = item.args.length === 0 ? [] : layoutEntry('args: ', argsValue(item.args), indent, '');
  return [...system, ...args, ...bodyLines(item.body, item.dangling, indent)];
}

const blockStyle: GroupStyle = { mayFlow: false, aligns: true, liftsComments: false };

function bodyLines(body: readonly Statement[], dangling: readonly CommentLine[], indent: number): string[] {
  const group = (key: string, kinds: readonly Statement['kind'][], style = flowing): string[] => {
    return printGroup(key, body.filter(({ kind }) => kinds.includes(kind)).flatMap(entriesOf), indent, style);
  };
  const single = (key: string, kind: Statement['kind']): string[] => {
    const entries = body.filter((statement) => statement.kind === kind).flatMap(entriesOf);
    return (entries.length === 1 ? printSingle(key, entries[0]!, indent) : undefined) ?? printGroup(key, entries, indent, flowing);
  };
  const learned = bareEntries(body, 'learn');
  return [
    ...group('locals', ['param']),
    ...group('clocks', ['clock']),
    ...group('inputs', ['input']),
    ...group('blocks', ['let', 'for'], blockStyle),
    ...single('frame', 'frame'),
    ...printGroup('outputs', bareEntries(body, 'output'), indent, flowing),
    ...single('run', 'run'),
    ...group('record', ['record']),
    ...group('measure', ['measure']),
    ...group('check', ['check']),
    ...group('write', ['write']),
    ...printGroup('learn', learned, indent, learned.some(({ key }) => key !== undefined) ? blockStyle : flowing),
    ...group('vary', ['vary']),
    ...group('objective', ['objective'], blockStyle),
    ...single('minimize', 'minimize'),
    ...single('batch', 'batch'),
    ...single('restarts', 'restarts'),
    ...single('method', 'method'),
    ...single('finish', 'finish'),
    ...single('finalists', 'finalists'),
    ...single('judge', 'judge'),
    ...layoutComments(dangling, '#', indent),
  ];
}

/** Bare names as a list, or a mapping if one has a value. */
function bareEntries(body: readonly Statement[], kind: 'output' | 'learn'): PrintedEntry[] {
  const entries = body.filter((statement) => statement.kind === kind).flatMap(entriesOf);
  if (entries.some(({ value }) => value !== null)) return entries;
  return entries.map(({ trivia, key }) => ({ trivia, value: key! }));
}

/** The entries of one statement; a list of names has one each, comments above at the first, the one behind at the last. */
function entriesOf(statement: Statement): PrintedEntry[] {
  const { trivia } = statement;
  switch (statement.kind) {
    case 'param':
      return [{ trivia, key: statement.name.name, value: expressionValue(statement.value) }];
    case 'clock':
      return [{ trivia, key: statement.name.name, value: clockValue(statement) }];
    case 'input':
      return spread(
        trivia,
        statement.inputs.map((input) => ({ key: input.name.name, value: inputValue(input, statement.unit?.name) })),
      );
    case 'output':
      return spread(
        trivia,
        statement.outputs.map(({ name, value }) => ({ key: name.name, value: value === undefined ? null : expressionValue(value) })),
      );
    case 'let':
      return [{ trivia, key: targetText(statement), value: letValue(statement) }];
    case 'for':
      return [{ trivia, key: headText(statement), value: new Map(), body: (indent) => loopLines(statement, indent) }];
    case 'frame':
    case 'run':
      return [{ trivia, value: lengthText(statement) }];
    case 'record': {
      const edge = statement.at === undefined ? '' : ` @ ${printExpression(statement.at)}`;
      return spread(
        trivia,
        statement.items.map(({ name, value }) => ({
          value: `${name === undefined ? '' : `${name.name} = `}${printExpression(value)}${edge}`,
        })),
      );
    }
    case 'measure':
      return [{ trivia, value: `${statement.name === undefined ? '' : `${statement.name.name} = `}${printExpression(statement.call)}` }];
    case 'check':
      return [{ trivia, value: printExpression(statement.condition) }];
    case 'write':
      return [{ trivia, value: writeValue(statement) }];
    case 'learn': {
      const { target, options } = statement;
      return [{ trivia, key: printExpression(target), value: options.length === 0 ? null : argsValue(options) }];
    }
    case 'vary':
      return [{ trivia, key: statement.name.name, value: expressionValue(statement.values) }];
    case 'objective':
      return [{ trivia, key: (statement.name ?? statement.call.callee).name, value: printExpression(statement.call) }];
    case 'minimize':
      return [{ trivia, value: printExpression(statement.value) }];
    case 'method':
    case 'finish':
      return [{ trivia, value: methodValue(statement) }];
    case 'judge':
      return [{ trivia, value: `${printExpression(statement.value)} of ${statement.bench.name}` }];
    case 'batch':
    case 'restarts':
    case 'finalists':
      return [{ trivia, value: printExpression(statement.count) }];
  }
}

function spread(trivia: Trivia, parts: readonly Omit<PrintedEntry, 'trivia'>[]): PrintedEntry[] {
  return parts.map((part, i) => ({
    ...part,
    trivia: {
      before: i === 0 ? trivia.before : [],
      blankBefore: i === 0 && trivia.blankBefore,
      after: i === parts.length - 1 ? trivia.after : undefined,
    },
  }));
}

function loopLines({ body, dangling }: ForStatement, indent: number): string[] {
  // A loop holds blocks alone: its group has no key of its own.
  const lines = printGroup('', body.flatMap(entriesOf), indent - 2, blockStyle).slice(1);
  return [...lines, ...layoutComments(dangling, '#', indent)];
}

function targetText({ name, index }: LetStatement): string {
  return index === undefined ? name.name : `${name.name}[${printExpression(index)}]`;
}

function headText({ variable, from, to }: ForStatement): string {
  return `for ${variable.name} in ${printExpression(from)}..${printExpression(to)}`;
}
