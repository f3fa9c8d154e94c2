// Prints expressions in canonical spacing with as few brackets as the precedence allows. Sums and comparisons
// have blanks around their operators, products and powers none: `x1 - 2*v`.

import type { Argument, BinaryExpression, BinaryOperator, Expression } from '../ast.js';
import { binaryPrecedence, conditionalPrecedence, operandPrecedence, unaryPrecedence } from './precedence.js';

/** Characters of a line of either language, unless one item alone is longer. */
export const widestLine = 120;

/** Where a text begins and how wide its lines may be; lengths are in characters. */
export interface Layout {
  /** Blanks before the lines that follow the first. */
  readonly indent: number;
  /** Characters before the text on its first line. */
  readonly column: number;
  readonly width: number;
}

const oneLine: Layout = { indent: 0, column: 0, width: Infinity };

/** An expression on one line. */
export function printExpression(expression: Expression): string {
  return layoutExpression(expression, oneLine);
}

/** A string literal with its quotes and escapes. */
export function printString(value: string): string {
  const escaped = value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** An expression that breaks its calls, one argument a line, and its lists where a line would be too wide. */
export function layoutExpression(expression: Expression, layout: Layout, loosest = conditionalPrecedence): string {
  if (layout.width < Infinity) {
    const flat = layoutExpression(expression, oneLine, loosest);
    if (layout.column + flat.length <= layout.width) return flat;
  }
  if (precedenceOf(expression) >= loosest) return layoutBare(expression, layout);
  return `(${layoutBare(expression, behind('(', layout))})`;
}

/** `(a, name: b)`, on several lines if one is too wide. */
export function layoutArguments(args: readonly Argument[], layout: Layout): string {
  return layoutBracketed('(', args, ')', layout, layoutArgument);
}

/** `open a, b close`, one item a line if one line is too wide. */
export function layoutBracketed<T>(
  open: string,
  items: readonly T[],
  close: string,
  layout: Layout,
  print: (item: T, layout: Layout) => string,
): string {
  const flat = `${open}${items.map((item) => print(item, oneLine)).join(', ')}${close}`;
  if (items.length === 0 || layout.column + flat.length <= layout.width) return flat;
  const indent = layout.indent + 2;
  const margin = ' '.repeat(indent);
  const lines = items.map((item) => `${margin}${print(item, { indent, column: indent, width: layout.width - 1 })}`);
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(layout.indent)}${close}`;
}

/** Items with commas, as many on a line as fit; further lines stand at the layout's indent. */
export function fillLines(items: readonly string[], { indent, column, width }: Layout): string {
  let text = '';
  let at = column;
  for (const [i, item] of items.entries()) {
    const part = i < items.length - 1 ? `${item},` : item;
    if (i > 0 && at + 1 + part.length > width) {
      text += `\n${' '.repeat(indent)}`;
      at = indent;
    } else if (i > 0) {
      text += ' ';
      at++;
    }
    text += part;
    at += part.length;
  }
  return text;
}

/** The layout of what follows a text. */
export function behind(text: string, layout: Layout): Layout {
  const lineStart = text.lastIndexOf('\n') + 1;
  const column = lineStart === 0 ? layout.column + text.length : text.length - lineStart;
  return { ...layout, column };
}

function precedenceOf(expression: Expression): number {
  switch (expression.kind) {
    case 'conditional':
      return conditionalPrecedence;
    case 'binary':
      return binaryPrecedence[expression.operator];
    case 'unary':
      return unaryPrecedence;
    default:
      return operandPrecedence;
  }
}

function layoutBare(expression: Expression, layout: Layout): string {
  switch (expression.kind) {
    case 'number':
      return expression.text;
    case 'string':
      return printString(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'member':
      return `${layoutExpression(expression.object, layout, operandPrecedence)}.${expression.name}`;
    case 'index': {
      const object = `${layoutExpression(expression.object, layout, operandPrecedence)}[`;
      return `${object}${layoutExpression(expression.index, behind(object, layout))}]`;
    }
    case 'call': {
      const { name } = expression.callee;
      return `${name}${layoutArguments(expression.args, behind(name, layout))}`;
    }
    case 'unary': {
      return `${expression.operator}${layoutExpression(expression.operand, behind('-', layout), unaryPrecedence)}`;
    }
    case 'binary':
      return layoutBinary(expression, layout);
    case 'conditional': {
      const test = `${layoutExpression(expression.test, layout, conditionalPrecedence + 1)} ? `;
      // A conditional between `?` and `:` would read without its brackets, but not to people.
      const yes = `${test}${layoutExpression(expression.yes, behind(test, layout), conditionalPrecedence + 1)} : `;
      return `${yes}${layoutExpression(expression.no, behind(yes, layout))}`;
    }
    case 'list':
      return layoutList(expression.items, layout);
    case 'comprehension': {
      const value = `[${layoutExpression(expression.value, behind('[', layout))}`;
      return `${value} for ${expression.variable} in ${printExpression(expression.from)}..${printExpression(expression.to)}]`;
    }
  }
}

/**
 * Operators group to the left; the left side of `^` is a single operand and its right side may have a prefix.
 * The left spine of a sum is walked in a loop: laying each left side out anew would cost the square of its length.
 */
function layoutBinary(expression: BinaryExpression, layout: Layout): string {
  const spine = [expression];
  let first = expression.left;
  while (first.kind === 'binary' && precedenceOf(first) >= leftLoosest(spine[spine.length - 1]!.operator)) {
    spine.push(first);
    first = first.left;
  }
  let text = layoutExpression(first, layout, leftLoosest(spine[spine.length - 1]!.operator));
  for (const { operator, right } of spine.reverse()) {
    const own = binaryPrecedence[operator];
    text += own >= binaryPrecedence['*'] ? operator : ` ${operator} `;
    text += layoutExpression(right, behind(text, layout), operator === '^' ? unaryPrecedence : own + 1);
  }
  return text;
}

function leftLoosest(operator: BinaryOperator): number {
  return operator === '^' ? operandPrecedence : binaryPrecedence[operator];
}

function layoutArgument({ name, value }: Argument, layout: Layout): string {
  const label = name === undefined ? '' : `${name}: `;
  return `${label}${layoutExpression(value, behind(label, layout))}`;
}

/** Rows of a matrix have a line each, and so do items of which one is long; others fill lines, as in a table of numbers. */
function layoutList(items: readonly Expression[], layout: Layout): string {
  const flat = items.map(printExpression);
  const indent = layout.indent + 2;
  const whole = `[${flat.join(', ')}]`;
  if (layout.column + whole.length <= layout.width) return whole;
  const isMatrix = items.every(({ kind }) => kind === 'list');
  if (isMatrix || flat.some((item) => indent + item.length + 1 > layout.width))
    return layoutBracketed('[', items, ']', layout, layoutExpression);
  const margin = ' '.repeat(indent);
  return `[\n${margin}${fillLines(flat, { indent, column: indent, width: layout.width })}\n${' '.repeat(layout.indent)}]`;
}
