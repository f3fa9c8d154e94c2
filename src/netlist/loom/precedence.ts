// How tightly operators bind; the reader and the printer share this table. The rule of grammar/loom.ohm
// matches a flat chain of operands and operators.

import type { BinaryOperator } from '../ast.js';

/** Loosest first; every binary operator groups to the left but `^`. */
export const binaryPrecedence: { readonly [operator in BinaryOperator]: number } = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '^': 8,
};

export const conditionalPrecedence = 0;
/** `-a * b` is `(-a) * b`, `-a ^ b` is `-(a ^ b)`. */
export const unaryPrecedence = 7;
/** Names, calls, literals, lists, and what follows them: `.name`, `[index]`. */
export const operandPrecedence = 9;
