// Rebuilds statements with names of signals changed: a name alone, or an output of a named block
// (`count.code`). Names that a loop or comprehension binds are left alone; so are callees and labels.

import type { Argument, Expression, MemberExpression, NameExpression, Statement } from '../../src/netlist/ast.js';

/** The expression in place of a name or of a member of a name; undefined where it stays. */
export type NameChange = (expression: NameExpression | (MemberExpression & { readonly object: NameExpression })) => Expression | undefined;

export function mapNames(expression: Expression, change: NameChange, bound: ReadonlySet<string> = new Set()): Expression {
  const map = (part: Expression): Expression => mapNames(part, change, bound);
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
      return expression;
    case 'name':
      return bound.has(expression.name) ? expression : (change(expression) ?? expression);
    case 'member': {
      const { object } = expression;
      const changed = object.kind === 'name' && !bound.has(object.name) ? change({ ...expression, object }) : undefined;
      return changed ?? { ...expression, object: map(object) };
    }
    case 'index':
      return { ...expression, object: map(expression.object), index: map(expression.index) };
    case 'call':
      return { ...expression, args: mapArguments(expression.args, map) };
    case 'unary':
      return { ...expression, operand: map(expression.operand) };
    case 'binary':
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case 'conditional':
      return { ...expression, test: map(expression.test), yes: map(expression.yes), no: map(expression.no) };
    case 'list':
      return { ...expression, items: expression.items.map(map) };
    case 'comprehension': {
      const inner = new Set([...bound, expression.variable]);
      return { ...expression, from: map(expression.from), to: map(expression.to), value: mapNames(expression.value, change, inner) };
    }
  }
}

const mapArguments = (args: readonly Argument[], map: (part: Expression) => Expression): Argument[] =>
  args.map((arg) => ({ ...arg, value: map(arg.value) }));

/** Changes what a statement reads; the names it declares and its clocks stay. */
export function mapReads(statement: Statement, change: NameChange, bound: ReadonlySet<string> = new Set()): Statement {
  const map = (part: Expression): Expression => mapNames(part, change, bound);
  switch (statement.kind) {
    case 'param':
      return { ...statement, value: map(statement.value) };
    case 'let':
      return { ...statement, index: statement.index && map(statement.index), value: map(statement.value) };
    case 'for': {
      const inner = new Set([...bound, statement.variable.name]);
      return {
        ...statement,
        from: map(statement.from),
        to: map(statement.to),
        body: statement.body.map((part) => mapReads(part, change, inner)),
      };
    }
    case 'output':
      return { ...statement, outputs: statement.outputs.map((output) => ({ ...output, value: output.value && map(output.value) })) };
    case 'record':
      return { ...statement, items: statement.items.map((item) => ({ ...item, value: map(item.value) })) };
    case 'measure':
    case 'objective':
    case 'method':
    case 'finish':
      return { ...statement, call: { ...statement.call, args: mapArguments(statement.call.args, map) } };
    case 'learn':
      return { ...statement, options: mapArguments(statement.options, map) };
    case 'vary':
      return { ...statement, values: map(statement.values) };
    case 'batch':
    case 'restarts':
    case 'finalists':
      return { ...statement, count: map(statement.count) };
    case 'run':
      return { ...statement, ticks: statement.ticks && map(statement.ticks), duration: statement.duration && map(statement.duration) };
    case 'frame':
      return { ...statement, ticks: map(statement.ticks) };
    case 'clock':
    case 'input':
    case 'check':
    case 'write':
    case 'minimize':
    case 'judge':
      return statement;
  }
}

/** Names that a block statement or a loop of them declares. */
export function declaredNames(statement: Statement): string[] {
  if (statement.kind === 'let') return [statement.name.name];
  if (statement.kind === 'for') return statement.body.flatMap(declaredNames);
  return [];
}
