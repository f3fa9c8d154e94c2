// Rebuilds statements and expressions with their parts changed by a function. What does not change keeps its
// identity only where it has no parts.

import type { Argument, CallExpression, Expression, Statement } from './ast.js';

type Change = (part: Expression) => Expression;
type ChangeCall = (call: CallExpression) => CallExpression;

/** The expression with its direct parts changed. */
export function mapParts(expression: Expression, map: Change): Expression {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'name':
      return expression;
    case 'member':
      return { ...expression, object: map(expression.object) };
    case 'index':
      return { ...expression, object: map(expression.object), index: map(expression.index) };
    case 'call':
      return { ...expression, args: mapValues(expression.args, map) };
    case 'unary':
      return { ...expression, operand: map(expression.operand) };
    case 'binary':
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case 'conditional':
      return { ...expression, test: map(expression.test), yes: map(expression.yes), no: map(expression.no) };
    case 'list':
      return { ...expression, items: expression.items.map(map) };
    case 'comprehension':
      return { ...expression, value: map(expression.value), from: map(expression.from), to: map(expression.to) };
  }
}

/** The expression with every call in it changed, innermost first. */
export function mapCalls(expression: Expression, change: ChangeCall): Expression {
  const mapped = mapParts(expression, (part) => mapCalls(part, change));
  return mapped.kind === 'call' ? change(mapped) : mapped;
}

const mapValues = (args: readonly Argument[], map: Change): Argument[] => args.map((arg) => ({ ...arg, value: map(arg.value) }));

export const mapArguments = (args: readonly Argument[], change: ChangeCall): Argument[] =>
  mapValues(args, (value) => mapCalls(value, change));

export const mapStatementCalls = (statement: Statement, change: ChangeCall): Statement =>
  mapStatement(statement, (part) => mapCalls(part, change));

/** The statement with its expressions changed. The calls of measures and objectives are no calls of blocks: only their arguments are changed. */
export function mapStatement(statement: Statement, map: Change): Statement {
  const optional = (part: Expression | undefined): Expression | undefined => part && map(part);
  switch (statement.kind) {
    case 'param':
      return { ...statement, value: map(statement.value) };
    case 'clock': {
      const phases = statement.phases.map((phase) => ({ ...phase, at: optional(phase.at) }));
      return { ...statement, frequency: map(statement.frequency), phases, offset: optional(statement.offset) };
    }
    case 'input':
      return { ...statement, inputs: statement.inputs.map((input) => ({ ...input, length: optional(input.length) })) };
    case 'output':
      return { ...statement, outputs: statement.outputs.map((output) => ({ ...output, value: optional(output.value) })) };
    case 'let':
      return { ...statement, index: optional(statement.index), value: map(statement.value) };
    case 'for': {
      const body = statement.body.map((inner) => mapStatement(inner, map));
      return { ...statement, from: map(statement.from), to: map(statement.to), body };
    }
    case 'frame':
      return { ...statement, ticks: map(statement.ticks) };
    case 'run':
      return { ...statement, ticks: optional(statement.ticks), duration: optional(statement.duration) };
    case 'record':
      return { ...statement, items: statement.items.map((item) => ({ ...item, value: map(item.value) })) };
    case 'measure':
    case 'objective':
      return { ...statement, call: { ...statement.call, args: mapValues(statement.call.args, map) } };
    case 'check':
      return { ...statement, condition: map(statement.condition) };
    case 'write':
      return { ...statement, options: mapValues(statement.options, map) };
    // What these call are ways to draw and to search, and functions of figures, even where a block has their name.
    case 'learn':
    case 'minimize':
    case 'method':
    case 'finish':
    case 'judge':
    case 'vary':
    case 'batch':
    case 'restarts':
    case 'finalists':
      return statement;
  }
}
