// Which expressions are made of parameters alone, and their values: asked for every element of a vector,
// found once.

import type { Span } from '../diagnostics/span.js';
import type { Expression } from '../netlist/ast.js';
import { rationalOfNumber } from '../numeric/rational.js';
import { evaluateConstant, type Lookup } from './constants.js';
import { formulaFunctions } from './formula.js';
import { findName, lookUpConstant, makeScope, type Scope } from './scope.js';
import type { Value } from './value.js';

const answers = new WeakMap<Scope, Map<Expression, boolean>>();
const values = new WeakMap<Scope, Map<Expression, Value>>();

/** Whether an expression is made of parameters alone; to be asked once all names are declared. */
export function isConstant(expression: Expression, scope: Scope): boolean {
  return remember(answers, expression, scope, findConstancy);
}

/** The value of an expression that is constant. */
export function constantValue(expression: Expression, scope: Scope): Value {
  return remember(values, expression, scope, () => evaluateConstant(expression, constantIn(scope)));
}

/** What names mean in parameter expressions of a scope. */
export const constantIn =
  (scope: Scope): Lookup =>
  (name, span) =>
    lookUpConstant(scope, name, span);

/** A scope in which one more name is a whole number. */
export function indexScope(outer: Scope, variable: string, value: number, span: Span): Scope {
  const scope = makeScope({ path: outer.path, system: outer.system, library: outer.library, outer });
  const quantity = { kind: 'quantity', value, exact: rationalOfNumber(value), span } as const;
  scope.names.set(variable, { kind: 'constant', span, what: 'index', used: true, get: () => quantity });
  return scope;
}

function findConstancy(expression: Expression, scope: Scope): boolean {
  const areConstant = (...parts: readonly Expression[]): boolean => parts.every((part) => isConstant(part, scope));
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
      return true;
    case 'name':
      return expression.name === 'pi' || expression.name === 'inf' || findName(scope, expression.name)?.kind === 'constant';
    case 'member':
      return false;
    case 'index':
      return areConstant(expression.object, expression.index);
    case 'call': {
      const { name } = expression.callee;
      return (formulaFunctions.has(name) || name === 'length') && areConstant(...expression.args.map((arg) => arg.value));
    }
    case 'unary':
      return areConstant(expression.operand);
    case 'binary':
      return areConstant(expression.left, expression.right);
    case 'conditional':
      return areConstant(expression.test, expression.yes, expression.no);
    case 'list':
      return expression.items.every((item) => isConstant(item, scope));
    case 'comprehension': {
      const { from, to, value, variable, span } = expression;
      return areConstant(from, to) && isConstant(value, indexScope(scope, variable, 0, span));
    }
  }
}

function remember<T>(
  known: WeakMap<Scope, Map<Expression, T>>,
  expression: Expression,
  scope: Scope,
  find: (expression: Expression, scope: Scope) => T,
): T {
  let ofScope = known.get(scope);
  if (ofScope === undefined) known.set(scope, (ofScope = new Map()));
  let found = ofScope.get(expression);
  if (found === undefined) ofScope.set(expression, (found = find(expression, scope)));
  return found;
}
