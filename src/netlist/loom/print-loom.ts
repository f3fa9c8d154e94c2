// The formatter: prints a syntax tree as .loom text in its one canonical form. Names of consecutive blocks
// are padded so that their `=` stand in one column.

import type {
  FrameStatement,
  Item,
  NetlistFile,
  OutputDeclaration,
  ParamDeclaration,
  RecordItem,
  RunStatement,
  Statement,
  Trivia,
} from '../ast.js';
import { commentText, layoutComments } from '../comment-lines.js';
import { separateItems } from '../separate-items.js';
import {
  behind,
  fillLines,
  layoutArguments,
  layoutBracketed,
  layoutExpression,
  printExpression,
  printString,
  widestLine,
  type Layout,
} from './print-expression.js';

/** The text of a file; it ends in a newline unless it is empty. Reading it gives the same tree but for spans. */
export function printLoom(file: NetlistFile): string {
  const lines: string[] = [];
  for (const [i, item] of separateItems(file.items).entries()) printItem(item, i === 0, lines);
  if (file.items.length > 0 && file.dangling.length > 0) lines.push('');
  lines.push(...layoutComments(file.dangling, '//', 0));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function printItem(item: Item, isFirst: boolean, lines: string[]): void {
  if (item.kind === 'import') printLine(`import ${printString(item.path.value)}`, item.trivia, 0, isFirst, lines);
  else printBlock(headOf(item), item, 0, isFirst, lines);
}

type Block = Pick<Item & { kind: 'system' }, 'trivia' | 'body' | 'dangling'>;

function printBlock(head: string, block: Block, indent: number, isFirst: boolean, lines: string[]): void {
  printLine(`${head} {`, block.trivia, indent, isFirst, lines);
  const inner = indent + 2;
  const widths = targetWidths(block.body, inner);
  for (const [i, statement] of block.body.entries()) printStatement(statement, widths[i]!, inner, i === 0, lines);
  lines.push(...layoutComments(block.dangling, '//', inner), `${' '.repeat(indent)}}`);
}

function printStatement(statement: Statement, targetWidth: number, indent: number, isFirst: boolean, lines: string[]): void {
  if (statement.kind === 'for') {
    const head = `for ${statement.variable.name} in ${printExpression(statement.from)}..${printExpression(statement.to)}`;
    printBlock(head, statement, indent, isFirst, lines);
  } else printLine(statementText(statement, targetWidth, indent), statement.trivia, indent, isFirst, lines);
}

/** One statement with its comments; a blank line before the first of a body is left out. */
function printLine(text: string, trivia: Trivia, indent: number, isFirst: boolean, lines: string[]): void {
  const margin = ' '.repeat(indent);
  if (trivia.blankBefore && !isFirst) lines.push('');
  lines.push(...layoutComments(trivia.before, '//', indent));
  lines.push(trivia.after === undefined ? `${margin}${text}` : `${margin}${text}  ${commentText(trivia.after, '//')}`);
}

/** Width to which each statement's target is padded: the widest of the one-line `let` statements it stands among. */
function targetWidths(body: readonly Statement[], indent: number): number[] {
  const isLine = body.map((statement) => statement.kind === 'let' && !statementText(statement, 0, indent).includes('\n'));
  const widths: number[] = [];
  let start = 0;
  for (let i = 0; i <= body.length; i++) {
    const trivia = body[i]?.trivia;
    const goesOn = i > start && trivia !== undefined && !trivia.blankBefore && trivia.before.length === 0;
    if (goesOn && isLine[i] === true && isLine[i - 1] === true) continue;
    const widest = body.slice(start, i).reduce((width, member) => Math.max(width, targetText(member).length), 0);
    for (let k = start; k < i; k++) widths.push(widest);
    start = i;
  }
  return widths;
}

function targetText(statement: Statement): string {
  if (statement.kind !== 'let') return '';
  const { name, index } = statement;
  return index === undefined ? name.name : `${name.name}[${printExpression(index)}]`;
}

function headOf(item: Exclude<Item, { kind: 'import' }>): string {
  const layout: Layout = { indent: 0, column: 0, width: widestLine - ' {'.length };
  if (item.kind === 'system') {
    const start = `system ${item.name.name}`;
    return item.params.length === 0 ? start : `${start}${layoutBracketed('(', item.params, ')', behind(start, layout), assignmentText)}`;
  }
  const start = `${item.kind} ${item.name.name}${item.system === undefined ? '' : ` of ${item.system.name}`}`;
  return item.args.length === 0 ? start : `${start}${layoutArguments(item.args, behind(start, layout))}`;
}

/** `name`, `name = value`, or a value alone. */
function assignmentText({ name, value }: ParamDeclaration | OutputDeclaration | RecordItem): string {
  const parts = [name?.name, value === undefined ? undefined : printExpression(value)];
  return parts.filter((part) => part !== undefined).join(' = ');
}

function statementText(statement: Exclude<Statement, { kind: 'for' }>, targetWidth: number, indent: number): string {
  const layout: Layout = { indent, column: indent, width: widestLine };
  const onward = (start: string, expression: Parameters<typeof layoutExpression>[0], end = ''): string => {
    return `${start}${layoutExpression(expression, behind(start, { ...layout, width: widestLine - end.length }))}${end}`;
  };
  const filled = (start: string, items: readonly string[], end: string): string => {
    const whole = [...items.slice(0, -1), `${items[items.length - 1] ?? ''}${end}`];
    return `${start}${fillLines(whole, { indent: indent + 4, column: indent + start.length, width: widestLine })}`;
  };
  switch (statement.kind) {
    case 'param':
      return onward(`param ${statement.name.name} = `, statement.value);
    case 'clock': {
      const phases = statement.phases.map(({ name, at }) => (at === undefined ? name.name : `${name.name} at ${printExpression(at)}`));
      const list = phases.length === 0 ? '' : ` phases [${phases.join(', ')}]`;
      const offset = statement.offset === undefined ? '' : ` offset ${printExpression(statement.offset)}`;
      return `clock ${statement.name.name} = ${printExpression(statement.frequency)}${list}${offset}`;
    }
    case 'input': {
      const names = statement.inputs.map(({ name, length }) =>
        length === undefined ? name.name : `${name.name}[${printExpression(length)}]`,
      );
      return filled('input ', names, statement.unit === undefined ? '' : ` : ${statement.unit.name}`);
    }
    case 'output':
      return filled('output ', statement.outputs.map(assignmentText), '');
    case 'let': {
      const end = statement.at === undefined ? '' : ` @ ${printExpression(statement.at)}`;
      return onward(`${targetText(statement).padEnd(targetWidth)} = `, statement.value, end);
    }
    case 'frame':
    case 'run':
      return `${statement.kind} ${lengthText(statement)}`;
    case 'record':
      return filled(
        'record ',
        statement.items.map(assignmentText),
        statement.at === undefined ? '' : ` @ ${printExpression(statement.at)}`,
      );
    case 'measure':
    case 'objective':
      return onward(`${statement.kind} ${statement.name === undefined ? '' : `${statement.name.name} = `}`, statement.call);
    case 'check':
      return onward('check ', statement.condition);
    case 'write': {
      const start = `write ${statement.signal.name} to ${printString(statement.file.value)}`;
      return statement.options.length === 0 ? start : `${start} ${layoutArguments(statement.options, behind(`${start} `, layout))}`;
    }
    case 'learn': {
      const start = `learn ${printExpression(statement.target)}`;
      return statement.options.length === 0 ? start : `${start}${layoutArguments(statement.options, behind(start, layout))}`;
    }
    case 'minimize':
      return onward('minimize ', statement.value);
    case 'method':
    case 'finish':
      return onward(`${statement.kind} `, statement.call);
    case 'judge':
      return onward('judge ', statement.value, ` of ${statement.bench.name}`);
    case 'vary':
      return onward(`vary ${statement.name.name} = `, statement.values);
    case 'batch':
    case 'restarts':
    case 'finalists':
      return onward(`${statement.kind} `, statement.count);
  }
}

/** `80 ticks of clk`, `10ms of clk`. */
export function lengthText(statement: FrameStatement | RunStatement): string {
  const length =
    statement.kind === 'run' && statement.duration !== undefined
      ? printExpression(statement.duration)
      : `${printExpression(statement.ticks!)} ticks`;
  return statement.clock === undefined ? length : `${length} of ${statement.clock.name}`;
}
