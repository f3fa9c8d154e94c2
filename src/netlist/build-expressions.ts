// Expressions that no text holds, as the reader would make them.

import type { Span } from '../diagnostics/span.js';
import type { BinaryOperator, CallExpression, Expression, NameExpression } from './ast.js';

/** Makes expressions that all stand at one place of the text. */
export interface ExpressionBuilder {
  readonly name: (name: string) => NameExpression;
  readonly binary: (left: Expression, operator: BinaryOperator, right: Expression) => Expression;
  readonly negative: (operand: Expression) => Expression;
  readonly index: (object: Expression, index: Expression) => Expression;
  /** Inputs come first, by position. */
  readonly call: (
    callee: string,
    inputs: readonly Expression[],
    params?: Readonly<Record<string, Expression | undefined>>,
  ) => CallExpression;
}

export function buildAt(span: Span): ExpressionBuilder {
  const name = (text: string): NameExpression => ({ kind: 'name', name: text, span });
  return {
    name,
    binary: (left, operator, right) => ({ kind: 'binary', operator, left, right, span }),
    negative: (operand) => ({ kind: 'unary', operator: '-', operand, span }),
    index: (object, index) => ({ kind: 'index', object, index, span }),
    call: (callee, inputs, params = {}) => {
      const named = Object.entries(params).flatMap(([param, value]) => (value === undefined ? [] : [{ name: param, value, span }]));
      return { kind: 'call', callee: name(callee), args: [...inputs.map((value) => ({ value, span })), ...named], span };
    },
  };
}
