// Formula: an expression on signals, typed and ready to be traced. Leaves are the instance's inputs and
// constants; everything else is arithmetic, comparison, logic or a choice.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import * as build from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { SignalType } from './graph.js';
import { exprOf, type Quantity } from './value.js';

export type FormulaOp =
  | 'neg'
  | 'not'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'eq'
  | 'ne'
  | 'and'
  | 'or'
  | 'select'
  | 'abs'
  | 'min'
  | 'max'
  | 'floor'
  | 'round'
  | 'sqrt'
  | 'exp'
  | 'log'
  | 'sin'
  | 'cos'
  | 'tanh';

export type Formula =
  | { readonly kind: 'input'; readonly index: number; readonly span: Span }
  | { readonly kind: 'constant'; readonly value: Quantity | boolean; readonly span: Span }
  | { readonly kind: 'apply'; readonly op: FormulaOp; readonly args: readonly Formula[]; readonly span: Span };

/** Functions that expressions on signals and on parameters know, with their number of arguments. */
export const formulaFunctions: ReadonlyMap<string, { readonly op: FormulaOp; readonly arity: number }> = new Map([
  ['abs', { op: 'abs', arity: 1 }],
  ['min', { op: 'min', arity: 2 }],
  ['max', { op: 'max', arity: 2 }],
  ['floor', { op: 'floor', arity: 1 }],
  ['round', { op: 'round', arity: 1 }],
  ['sqrt', { op: 'sqrt', arity: 1 }],
  ['exp', { op: 'exp', arity: 1 }],
  ['log', { op: 'log', arity: 1 }],
  ['sin', { op: 'sin', arity: 1 }],
  ['cos', { op: 'cos', arity: 1 }],
  ['tanh', { op: 'tanh', arity: 1 }],
]);

const bitResults: ReadonlySet<FormulaOp> = new Set(['not', 'lt', 'le', 'gt', 'ge', 'eq', 'ne', 'and', 'or']);

/** Type of a formula; undefined while an input it depends on has none yet. */
export function formulaType(formula: Formula, inputType: (index: number) => SignalType | undefined): SignalType | undefined {
  switch (formula.kind) {
    case 'input':
      return inputType(formula.index);
    case 'constant':
      return typeof formula.value === 'boolean' ? 'bit' : 'real';
    case 'apply': {
      if (formula.op !== 'select') return bitResults.has(formula.op) ? 'bit' : 'real';
      const yes = formulaType(formula.args[1]!, inputType);
      const no = formulaType(formula.args[2]!, inputType);
      // A bit beside a real is read as 0 or 1.
      if (yes === 'real' || no === 'real') return 'real';
      return yes ?? no;
    }
  }
}

/** Reports operands that must be bits and are not. Bits where numbers are wanted count as 0 and 1. */
export function checkFormula(formula: Formula, inputType: (index: number) => SignalType, bag: DiagnosticBag): void {
  if (formula.kind !== 'apply') return;
  const { op, args } = formula;
  const wanted = op === 'not' || op === 'and' || op === 'or' ? args : op === 'select' ? args.slice(0, 1) : [];
  for (const arg of wanted) {
    if (formulaType(arg, inputType) === 'bit') continue;
    bag.error('DL302', arg.span, `this is a real signal where a bit is needed`, {
      why: op === 'select' ? 'the test of a choice is a bit' : 'logic works on bits',
      help: 'compare it, as in x > 0',
    });
  }
  for (const arg of args) checkFormula(arg, inputType, bag);
}

type Emit = (a: Expr, b: Expr, c: Expr) => Expr;
const emit: { readonly [K in FormulaOp]: Emit } = {
  neg: build.neg,
  not: build.not,
  add: build.add,
  sub: build.sub,
  mul: build.mul,
  div: build.div,
  pow: build.pow,
  lt: build.lt,
  le: build.le,
  gt: build.gt,
  ge: build.ge,
  eq: build.eq,
  ne: (a, b) => build.not(build.eq(a, b)),
  and: build.and,
  or: build.or,
  select: build.select,
  abs: build.abs,
  min: build.min,
  max: build.max,
  floor: build.floor,
  round: build.round,
  sqrt: build.sqrt,
  exp: build.exp,
  log: build.log,
  sin: build.sin,
  cos: build.cos,
  tanh: build.tanh,
};

/** The expression of one operation on operands of any type: bits become 0 and 1 where numbers are wanted. */
export function applyOp(op: FormulaOp, args: readonly Expr[]): Expr {
  const [a, b, c] = args as [Expr, Expr, Expr];
  if (op === 'not' || op === 'and' || op === 'or') return emit[op](a, b, c);
  if (op === 'select') return b.type === c.type ? build.select(a, b, c) : build.select(a, build.toReal(b), build.toReal(c));
  if ((op === 'eq' || op === 'ne') && a.type === 'bit' && b.type === 'bit') {
    return op === 'ne' ? build.xor(a, b) : build.not(build.xor(a, b));
  }
  return emit[op](...(args.map((arg) => build.toReal(arg)) as [Expr, Expr, Expr]));
}

/** The formula as an expression over `inputs`. */
export function traceFormula(formula: Formula, inputs: readonly Expr[]): Expr {
  switch (formula.kind) {
    case 'input':
      return inputs[formula.index]!;
    case 'constant':
      return typeof formula.value === 'boolean' ? build.bit(formula.value) : exprOf(formula.value);
    case 'apply':
      return applyOp(
        formula.op,
        formula.args.map((arg) => traceFormula(arg, inputs)),
      );
  }
}
