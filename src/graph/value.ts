// Values of parameter expressions while a netlist is elaborated: numbers with their dimension, the exact
// fraction where there is one, and the expression over tunable parameters they come from.

import type { Span } from '../diagnostics/span.js';
import type { Expr } from '../ir/expr.js';
import { real } from '../ir/build.js';
import type { Dimension } from '../units/dimension.js';
import type { Rational } from '../units/quantity.js';

export interface Quantity {
  readonly kind: 'quantity';
  /** In SI base units; for a tunable its present value. */
  readonly value: number;
  /** Absent for a bare number, which fits any unit. */
  readonly dimension?: Dimension | undefined;
  readonly exact?: Rational | undefined;
  /** Present if the value depends on parameters of the top system that may be tuned. */
  readonly expr?: Expr | undefined;
  readonly span: Span;
}
export interface TextValue {
  readonly kind: 'text';
  readonly value: string;
  readonly span: Span;
}
export interface BooleanValue {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span: Span;
}
export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly span: Span;
}
export type Value = Quantity | TextValue | BooleanValue | ListValue;

export const exprOf = (quantity: Quantity): Expr => quantity.expr ?? real(quantity.value);

/** The kind of a value in words, for messages. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case 'quantity':
      return 'a number';
    case 'text':
      return `the text "${value.value}"`;
    case 'boolean':
      return String(value.value);
    case 'list':
      return `a list of ${value.items.length}`;
  }
}
