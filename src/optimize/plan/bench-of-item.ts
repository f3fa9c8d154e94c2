// An optimize item as a bench: what drives the system, how long it runs and which signals its objectives need. So that it
// is elaborated as any bench is.

import { printExpression } from '../../netlist/loom/print-expression.js';
import type { Argument, BenchItem, Expression, MeasureStatement, OptimizeItem, Statement } from '../../netlist/ast.js';
import type { Evaluate, Varied } from './constants-of-item.js';
import { fail } from '../../diagnostics/diagnostic.js';
import type { Quantity } from '../../graph/value.js';
import { printDimension } from '../../units/dimension.js';
import { numberAt } from '../learned-netlist.js';

/** `args`: see argumentsOf. */
export function benchOfItem(item: OptimizeItem, args: readonly Argument[]): BenchItem {
  return {
    kind: 'bench',
    name: item.name,
    system: item.system ?? { kind: 'name', ...item.name },
    args,
    body: item.body.flatMap(benchStatement),
    dangling: [],
    span: item.span,
    trivia: item.trivia,
  };
}

/** What the system gets: the item's arguments as numbers, and what it varies of the system's parameters, whose names are `params`. */
export function argumentsOf(item: OptimizeItem, params: readonly string[], varied: Varied, evaluate: Evaluate): Argument[] {
  const given = item.args.map((arg): Argument => ({ ...arg, value: asNumber(arg.value, evaluate) }));
  const names = new Set(given.map(({ name }) => name));
  const handed = [...varied].flatMap(([name, quantity]): Argument[] =>
    params.includes(name) && !names.has(name) ? [{ name, value: literalOf(quantity), span: quantity.span }] : [],
  );
  return [...given, ...handed];
}

/** Literals stay as they are written, with their units; names are looked up. */
function asNumber(expression: Expression, evaluate: Evaluate): Expression {
  if (expression.kind === 'number' || expression.kind === 'list') return expression;
  const value = evaluate(expression);
  if (value.kind !== 'quantity') return fail('DL305', expression.span, `'${printExpression(expression)}' is not a number`);
  return literalOf({ ...value, span: expression.span });
}

/** A number that reads as this one, in its unit. */
export function literalOf({ value, dimension, span }: Quantity): Expression {
  return numberAt(value, dimension === undefined ? '' : printDimension(dimension), span);
}

function benchStatement(statement: Statement): Statement[] {
  switch (statement.kind) {
    case 'param':
    case 'let':
    case 'for':
    case 'run':
      return [statement];
    case 'objective': {
      const { name, call, span, trivia } = statement;
      const measure: MeasureStatement = { kind: 'measure', name, call, span, trivia };
      return [measure];
    }
    default:
      return [];
  }
}
