// Semantic actions of the expression rules of grammar/loom.ohm: each makes a plan of its node. The second
// name of every function below, `o`, is the offsets of the shape's tokens.

import type { Node } from 'ohm-js';
import { parseQuantity } from '../../units/quantity.js';
import type {
  Argument,
  BinaryOperator,
  BooleanLiteral,
  CallExpression,
  ComprehensionExpression,
  Expression,
  Identifier,
  ListExpression,
  NameExpression,
  NumberLiteral,
  StringLiteral,
  UnaryOperator,
} from '../ast.js';
import type { LoomActionDict } from './grammar.generated.js';
import { identifierPlan, planSpan, spanBetween, tokensSpan, tokenText, type Plan, type Reading } from './plan.js';
import { binaryPrecedence } from './precedence.js';
import { tokenAt } from './shape.js';

export type Offsets = readonly number[];

/** `i in 0..16`. */
export interface RangeParts {
  readonly variable: Identifier;
  readonly from: Expression;
  readonly to: Expression;
}

export function firstToken(node: Node, o: Offsets): number {
  return tokenAt(o, node.source.startIdx);
}

export function lastToken(node: Node, o: Offsets): number {
  return tokenAt(o, node.source.endIdx - 1);
}

/** The plan of a node of another rule; the caller knows what that rule makes. */
export function planOf<T>(node: Node, o: Offsets): Plan<T> {
  return node['plan'](o) as Plan<T>;
}

/** The plan of an optional part. */
export function optionalPlan<T>(node: Node, o: Offsets): Plan<T> | undefined {
  const child = node.children[0];
  return child === undefined ? undefined : planOf<T>(child, o);
}

/** A plan over all tokens of a node. */
export function wholePlan<T>(node: Node, o: Offsets, make: (reading: Reading) => T): Plan<T> {
  return { first: firstToken(node, o), last: lastToken(node, o), make };
}

export function identifierOf(node: Node, o: Offsets): Plan<Identifier> {
  return identifierPlan(firstToken(node, o));
}

/** Plans of `first ("," rest)*`. */
export function listPlans<T>(first: Node, rest: Node, o: Offsets): Plan<T>[] {
  return [first, ...rest.children].map((child) => planOf<T>(child, o));
}

/** Plans of `(first ("," rest)*)?`, where Ohm gives the rest as an iteration within the option. */
export function optionalListPlans<T>(first: Node, rest: Node, o: Offsets): Plan<T>[] {
  return [...first.children, ...rest.children.flatMap((child) => child.children)].map((child) => planOf<T>(child, o));
}

export function makeAll<T>(plans: readonly Plan<T>[], reading: Reading): T[] {
  return plans.map((plan) => plan.make(reading));
}

function numberPlan(index: number): Plan<NumberLiteral> {
  const make = (r: Reading): NumberLiteral => {
    const text = tokenText(r, index);
    const span = tokensSpan(r, index, index);
    const quantity = parseQuantity(text);
    if (!('problem' in quantity)) return { kind: 'number', text, value: quantity.value, unit: quantity.unit, span };
    r.bag.error('DL103', span, quantity.problem, { help: quantity.help });
    return { kind: 'number', text, value: NaN, unit: '', span };
  };
  return { first: index, last: index, make };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
]);

function stringPlan(index: number): Plan<StringLiteral> {
  const make = (r: Reading): StringLiteral => {
    const token = r.tokens[index]!;
    const written = tokenText(r, index).slice(1, -1);
    const value = written.replace(/\\(.)/gsu, (whole, mark: string, at: number) => {
      const meant = escapes.get(mark);
      if (meant !== undefined) return meant;
      const start = token.start + 1 + at;
      const help = 'the escapes are \\" \\\\ \\n \\t; a backslash is written \\\\';
      r.bag.error('DL101', r.spanOf(start, start + whole.length), `unknown escape '${whole}' in a string`, { help });
      return whole;
    });
    return { kind: 'string', value, span: tokensSpan(r, index, index) };
  };
  return { first: index, last: index, make };
}

function binaryPlan(operator: BinaryOperator, left: Plan<Expression>, right: Plan<Expression>): Plan<Expression> {
  return {
    first: left.first,
    last: right.last,
    make: (r) => ({ kind: 'binary', operator, left: left.make(r), right: right.make(r), span: spanBetween(r, left, right) }),
  };
}

function unaryPlan(index: number, operator: UnaryOperator, operand: Plan<Expression>): Plan<Expression> {
  const make = (r: Reading): Expression => ({
    kind: 'unary',
    operator,
    operand: operand.make(r),
    span: tokensSpan(r, index, operand.last),
  });
  return { first: index, last: operand.last, make };
}

/** Groups a flat chain by precedence climbing: left to right, `^` right to left and above the prefixes on its left. */
function groupChain(operands: readonly Node[], operators: readonly BinaryOperator[], o: Offsets): Plan<Expression> {
  let at = 0;
  const readPrefixed = (): Plan<Expression> => {
    const [prefixes, primary, suffixes] = operands[at]!.children as [Node, Node, Node];
    let plan = planOf<Expression>(primary, o);
    for (const suffix of suffixes.children) plan = suffixPlan(plan, suffix, o);
    if (operators[at] === '^') {
      at++;
      plan = binaryPlan('^', plan, readPrefixed());
    }
    for (const prefix of prefixes.children.toReversed()) {
      plan = unaryPlan(firstToken(prefix, o), prefix.sourceString as UnaryOperator, plan);
    }
    return plan;
  };
  const readFrom = (loosest: number): Plan<Expression> => {
    let left = readPrefixed();
    for (;;) {
      const operator = operators[at];
      if (operator === undefined || binaryPrecedence[operator] < loosest) return left;
      at++;
      left = binaryPlan(operator, left, readFrom(binaryPrecedence[operator] + 1));
    }
  };
  return readFrom(1);
}

function suffixPlan(object: Plan<Expression>, suffix: Node, o: Offsets): Plan<Expression> {
  const form = suffix.children[0]!;
  const last = lastToken(suffix, o);
  const span = (r: Reading) => tokensSpan(r, object.first, last);
  if (form.ctorName === 'Suffix_member') {
    return {
      first: object.first,
      last,
      make: (r) => ({ kind: 'member', object: object.make(r), name: tokenText(r, last), span: span(r) }),
    };
  }
  const index = planOf<Expression>(form.children[1]!, o);
  return { first: object.first, last, make: (r) => ({ kind: 'index', object: object.make(r), index: index.make(r), span: span(r) }) };
}

export const expressionActions: LoomActionDict<Plan<unknown>> = {
  Expression(tests, _question, yeses, _colon, last) {
    const o: Offsets = this['args'].o;
    let plan = planOf<Expression>(last, o);
    for (let i = tests.children.length - 1; i >= 0; i--) {
      const test = planOf<Expression>(tests.children[i]!, o);
      const yes = planOf<Expression>(yeses.children[i]!, o);
      const no = plan;
      const make = (r: Reading): Expression => {
        return { kind: 'conditional', test: test.make(r), yes: yes.make(r), no: no.make(r), span: spanBetween(r, test, no) };
      };
      plan = { first: test.first, last: no.last, make };
    }
    return plan;
  },
  Chain(first, operators, rest) {
    const names = operators.children.map((operator) => operator.sourceString as BinaryOperator);
    return groupChain([first, ...rest.children], names, this['args'].o);
  },
  /** The brackets belong to the extent, so that a span around the group holds them, but the node is the inner one. */
  Primary_group(_open, inner, _close) {
    const o: Offsets = this['args'].o;
    const plan = planOf<Expression>(inner, o);
    return wholePlan(this, o, (r) => plan.make(r));
  },
  Primary_comprehension(_open, value, _for, range, _close) {
    const o: Offsets = this['args'].o;
    const values = planOf<Expression>(value, o);
    const ranges = planOf<RangeParts>(range, o);
    const plan: Plan<ComprehensionExpression> = wholePlan(this, o, (r) => {
      const { variable, from, to } = ranges.make(r);
      return { kind: 'comprehension', value: values.make(r), variable: variable.name, from, to, span: planSpan(r, plan) };
    });
    return plan;
  },
  Primary_list(_open, first, _comma, rest, _close) {
    const o: Offsets = this['args'].o;
    const items = optionalListPlans<Expression>(first, rest, o);
    const plan: Plan<ListExpression> = wholePlan(this, o, (r) => ({ kind: 'list', items: makeAll(items, r), span: planSpan(r, plan) }));
    return plan;
  },
  Call(name, _open, first, _comma, rest, _close) {
    const o: Offsets = this['args'].o;
    const callee = planOf<NameExpression>(name, o);
    const items = optionalListPlans<Argument>(first, rest, o);
    const plan: Plan<CallExpression> = wholePlan(this, o, (r) => {
      return { kind: 'call', callee: callee.make(r), args: makeAll(items, r), span: planSpan(r, plan) };
    });
    return plan;
  },
  Arguments(_open, first, _comma, rest, _close) {
    const o: Offsets = this['args'].o;
    const items = optionalListPlans<Argument>(first, rest, o);
    return wholePlan(this, o, (r) => makeAll(items, r));
  },
  Argument(name, _colon, value) {
    const o: Offsets = this['args'].o;
    const values = planOf<Expression>(value, o);
    const label = name.children[0] === undefined ? undefined : identifierOf(name.children[0], o);
    const plan: Plan<Argument> = wholePlan(this, o, (r) => {
      const named = label?.make(r);
      return { name: named?.name, nameSpan: named?.span, value: values.make(r), span: planSpan(r, plan) };
    });
    return plan;
  },
  Range(variable, _in, from, _dots, to) {
    const o: Offsets = this['args'].o;
    const [v, a, b] = [identifierOf(variable, o), planOf<Expression>(from, o), planOf<Expression>(to, o)];
    return wholePlan(this, o, (r): RangeParts => ({ variable: v.make(r), from: a.make(r), to: b.make(r) }));
  },
  name(_word) {
    const identifier = identifierOf(this, this['args'].o);
    return { ...identifier, make: (r): NameExpression => ({ kind: 'name', ...identifier.make(r) }) };
  },
  boolean(_word) {
    const index = firstToken(this, this['args'].o);
    const value = this.sourceString === 'true';
    return { first: index, last: index, make: (r): BooleanLiteral => ({ kind: 'boolean', value, span: tokensSpan(r, index, index) }) };
  },
  number(_digits, _dot, _fraction, _e, _sign, _exponent, _unit) {
    return numberPlan(firstToken(this, this['args'].o));
  },
  string(_open, _characters, _close) {
    return stringPlan(firstToken(this, this['args'].o));
  },
};
