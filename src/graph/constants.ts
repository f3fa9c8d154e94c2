// Evaluates parameter expressions: numbers with units, exact fractions, and the expression over tunable
// parameters beside the value, so that a sweep needs no new elaboration.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { interpretExpr } from '../ir/interpret.js';
import { real } from '../ir/build.js';
import type { Expression } from '../netlist/ast.js';
import { addRational, divideRational, multiplyRational, negateRational, rationalOfNumber, signOf } from '../numeric/rational.js';
import {
  divideDimensions,
  multiplyDimensions,
  none,
  powerDimension,
  printDimension,
  sameDimension,
  type Dimension,
} from '../units/dimension.js';
import { parseQuantity, type Rational } from '../units/quantity.js';
import { applyOp, formulaFunctions, type FormulaOp } from './formula.js';
import { describeValue, exprOf, type Quantity, type Value } from './value.js';

/** What a name means in a parameter expression; undefined where it is not a constant. */
export type Lookup = (name: string, span: Span) => Value | undefined;

const longestList = 1_000_000;

/** Sees every number that decides what is computed, instead of being computed with: by a comparison or as a whole number. */
let seeDecision: (quantity: Quantity) => void = () => undefined;

/** Runs `work` while `see` gets the numbers that decide; parameters among them shape what is built and cannot be tuned. */
export function watchDecisions<T>(see: (quantity: Quantity) => void, work: () => T): T {
  const outer = seeDecision;
  seeDecision = see;
  try {
    return work();
  } finally {
    seeDecision = outer;
  }
}

/** Thrown details are diagnostics; names that are signals give DL304. */
export function evaluateConstant(expression: Expression, lookup: Lookup): Value {
  return evaluateWithin(expression, lookup, { elements: longestList });
}

/** `left` holds how many elements all lists of the expression may still have together. */
function evaluateWithin(expression: Expression, lookup: Lookup, left: { elements: number }): Value {
  const evaluate = (inner: Expression): Value => evaluateWithin(inner, lookup, left);
  const { span } = expression;
  switch (expression.kind) {
    case 'number':
      return quantityOfLiteral(expression.text, span);
    case 'string':
      return { kind: 'text', value: expression.value, span };
    case 'boolean':
      return { kind: 'boolean', value: expression.value, span };
    case 'name': {
      if (expression.name === 'pi') return { kind: 'quantity', value: Math.PI, span };
      if (expression.name === 'inf') return { kind: 'quantity', value: Infinity, span };
      const value = lookup(expression.name, span);
      if (value === undefined)
        fail('DL304', span, `'${expression.name}' is a signal, not a constant`, { why: 'parameters are computed before the system runs' });
      return { ...value, span };
    }
    case 'unary': {
      const operand = evaluate(expression.operand);
      if (expression.operator === '!') return { kind: 'boolean', value: !expectBoolean(operand), span };
      return expression.operator === '+' ? expectQuantity(operand) : applyConstant('neg', [expectQuantity(operand)], span);
    }
    case 'binary': {
      const [left, right] = [evaluate(expression.left), evaluate(expression.right)];
      const op = binaryOps[expression.operator];
      if (op === 'and') return { kind: 'boolean', value: expectBoolean(left) && expectBoolean(right), span };
      if (op === 'or') return { kind: 'boolean', value: expectBoolean(left) || expectBoolean(right), span };
      if ((op === 'eq' || op === 'ne') && left.kind === 'text' && right.kind === 'text') {
        return { kind: 'boolean', value: (left.value === right.value) === (op === 'eq'), span };
      }
      const operands = [expectQuantity(left), expectQuantity(right)] as const;
      if (Object.hasOwn(comparisons, op)) {
        commonDimension(operands, span);
        operands.forEach(seeDecision);
        return { kind: 'boolean', value: comparisons[op as keyof typeof comparisons](operands[0].value, operands[1].value), span };
      }
      return applyConstant(op, operands, span);
    }
    case 'conditional':
      return expectBoolean(evaluate(expression.test)) ? evaluate(expression.yes) : evaluate(expression.no);
    case 'call': {
      const { name } = expression.callee;
      const args = expression.args.map((arg) => evaluate(arg.value));
      if (name === 'length' && args[0]?.kind === 'list')
        return { kind: 'quantity', value: args[0].items.length, exact: rationalOfNumber(args[0].items.length), span };
      const known = formulaFunctions.get(name);
      if (known === undefined)
        fail('DL304', span, `'${name}(…)' is not a constant`, {
          why: 'parameters are computed before the system runs',
          help: `functions of parameters: ${[...formulaFunctions.keys()].join(', ')}, length`,
        });
      if (args.length !== known.arity)
        fail('DL207', span, `'${name}' takes ${known.arity} argument${known.arity === 1 ? '' : 's'}, not ${args.length}`);
      return applyConstant(known.op, args.map(expectQuantity), span);
    }
    case 'list':
      return { kind: 'list', items: expression.items.map(evaluate), span };
    case 'comprehension': {
      const [from, to] = [expectInteger(evaluate(expression.from)), expectInteger(evaluate(expression.to))];
      left.elements -= Math.max(0, to - from);
      if (left.elements < 0)
        fail(
          'DL303',
          span,
          to - from > longestList ? `a list of ${to - from} elements is too long` : 'lists within lists have too many elements',
          { help: `at most ${longestList}` },
        );
      const items: Value[] = [];
      for (let i = from; i < to; i++) {
        const index: Quantity = { kind: 'quantity', value: i, exact: rationalOfNumber(i), span };
        items.push(evaluateWithin(expression.value, (name, at) => (name === expression.variable ? index : lookup(name, at)), left));
      }
      return { kind: 'list', items, span };
    }
    case 'index': {
      const list = evaluate(expression.object);
      const index = expectInteger(evaluate(expression.index));
      if (list.kind !== 'list') fail('DL305', span, `${describeValue(list)} has no elements`);
      const item = list.items[index];
      if (item === undefined) fail('DL211', expression.index.span, `index ${index} is outside 0 to ${list.items.length - 1}`);
      return item;
    }
    case 'member':
      return fail('DL304', span, 'an output of a block is not a constant', { why: 'parameters are computed before the system runs' });
  }
}

const binaryOps = {
  '||': 'or',
  '&&': 'and',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '^': 'pow',
} as const satisfies Record<string, FormulaOp>;
export const formulaOpOf = (operator: keyof typeof binaryOps): FormulaOp => binaryOps[operator];

const comparisons = {
  eq: (a: number, b: number) => a === b,
  ne: (a: number, b: number) => a !== b,
  lt: (a: number, b: number) => a < b,
  le: (a: number, b: number) => a <= b,
  gt: (a: number, b: number) => a > b,
  ge: (a: number, b: number) => a >= b,
};

export function quantityOfLiteral(text: string, span: Span): Quantity {
  const parsed = parseQuantity(text);
  if ('problem' in parsed) fail('DL103', span, parsed.problem, { help: parsed.help });
  const dimension = parsed.unit === '' || sameDimension(parsed.dimension, none) ? undefined : parsed.dimension;
  return { kind: 'quantity', value: parsed.value, dimension, exact: parsed.exact, span };
}

/** An operation on quantities: value, dimension, exact fraction and expression together. */
function applyConstant(op: FormulaOp, args: readonly Quantity[], span: Span): Quantity {
  const expr = applyOp(
    op,
    args.map((arg) => real(arg.value)),
  );
  const value = interpretExpr(expr);
  return {
    kind: 'quantity',
    value,
    dimension: dimensionOf(op, args, span),
    exact: exactOf(op, args),
    expr: args.some((arg) => arg.expr !== undefined) ? applyOp(op, args.map(exprOf)) : undefined,
    span,
  };
}

function dimensionOf(op: FormulaOp, args: readonly Quantity[], span: Span): Dimension | undefined {
  const [a, b] = args;
  switch (op) {
    case 'neg':
    case 'abs':
    case 'floor':
    case 'round':
      return a!.dimension;
    case 'mul':
      return a!.dimension && b!.dimension ? plain(multiplyDimensions(a!.dimension, b!.dimension)) : (a!.dimension ?? b!.dimension);
    case 'div':
      return b!.dimension === undefined ? a!.dimension : plain(divideDimensions(a!.dimension ?? none, b!.dimension));
    case 'sqrt':
      return a!.dimension && plain(powerDimension(a!.dimension, 0.5));
    case 'pow':
      if (a!.dimension !== undefined) seeDecision(b!);
      return a!.dimension && plain(powerDimension(a!.dimension, b!.value));
    case 'add':
    case 'sub':
    case 'min':
    case 'max':
      return commonDimension(args, span);
    default:
      return undefined;
  }
}

/** A quantity without dimension is a bare number: V/V fits anywhere a number does. */
const plain = (dimension: Dimension): Dimension | undefined => (sameDimension(dimension, none) ? undefined : dimension);

function commonDimension(args: readonly Quantity[], span: Span): Dimension | undefined {
  const known = args.filter((arg) => arg.dimension !== undefined);
  const [first] = known;
  for (const other of known) {
    if (!sameDimension(first!.dimension!, other.dimension!)) {
      fail('DL301', span, `${printDimension(first!.dimension!)} and ${printDimension(other.dimension!)} do not go together`, {
        why: 'both sides need the same unit',
      });
    }
  }
  return first?.dimension;
}

/** Fractions that grow beyond this, as by repeated squares, are not kept. */
const largestExact = 1n << 2048n;

function exactOf(op: FormulaOp, args: readonly Quantity[]): Rational | undefined {
  const exact = exactResult(op, args);
  if (exact === undefined || exact.denominator > largestExact) return undefined;
  return exact.numerator > largestExact || exact.numerator < -largestExact ? undefined : exact;
}

function exactResult(op: FormulaOp, args: readonly Quantity[]): Rational | undefined {
  const [a, b] = args.map((arg) => arg.exact);
  if (a === undefined || (args.length === 2 && b === undefined)) return undefined;
  switch (op) {
    case 'neg':
      return negateRational(a);
    case 'add':
      return addRational(a, b!);
    case 'sub':
      return addRational(a, negateRational(b!));
    case 'mul':
      return multiplyRational(a, b!);
    case 'div':
      return signOf(b!) === 0 ? undefined : divideRational(a, b!);
    default:
      return undefined;
  }
}

export function expectQuantity(value: Value): Quantity {
  return value.kind === 'quantity' ? value : fail('DL305', value.span, `${describeValue(value)} where a number is needed`);
}
export function expectBoolean(value: Value): boolean {
  return value.kind === 'boolean' ? value.value : fail('DL305', value.span, `${describeValue(value)} where true or false is needed`);
}
export function expectInteger(value: Value): number {
  const quantity = expectQuantity(value);
  seeDecision(quantity);
  const { value: rounded, exact } = quantity;
  // 4.35 * 100 is 435, though its float is not.
  const whole = exact?.denominator === 1n ? Number(exact.numerator) : rounded;
  return Number.isSafeInteger(whole)
    ? whole
    : fail('DL303', value.span, `${rounded} is not a whole number`, {
        why: 'counts, sizes and indices are whole numbers',
        help: 'write a whole number',
      });
}
