// Expressions on signals: their shape (scalar or vector), and the formula of each element once
// everything is declared. Vectors combine element by element; a scalar goes with every element.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { CallExpression, ComprehensionExpression, ConditionalExpression, Expression } from '../netlist/ast.js';
import { calleeKind } from './callee.js';
import { constantIn, constantValue, indexScope, isConstant } from './constancy.js';
import { evaluateConstant, expectBoolean, expectInteger, formulaOpOf } from './constants.js';
import { formulaFunctions, type Formula } from './formula.js';
import type { SignalRef } from './graph.js';
import { findName, lookUp, lookUpConstant, subexpressions, type Scope, type SignalBinding, type Wire } from './scope.js';
import { describeValue } from './value.js';
import { outputsOf, takeTurns, type Work } from './work.js';

/** undefined: scalar; otherwise the number of elements. */
export type Shape = number | undefined;

const longestVector = 1_000_000;

const integerIn = (expression: Expression, scope: Scope): number => expectInteger(evaluateConstant(expression, constantIn(scope)));

/** The scopes of a comprehension's turns, made once. `path` names blocks inside. */
function turnsOf(expression: ComprehensionExpression, scope: Scope, work: Work): readonly Scope[] {
  let turns = scope.turns.get(expression);
  if (turns === undefined) {
    const [from, to] = [integerIn(expression.from, scope), integerIn(expression.to, scope)];
    if (to - from > longestVector)
      fail('DL303', expression.span, `a vector of ${to - from} elements is too long`, { help: `at most ${longestVector}` });
    takeTurns(to - from, expression.span, work);
    turns = Array.from({ length: Math.max(0, to - from) }, (_, i) => indexScope(scope, expression.variable, from + i, expression.span));
    scope.turns.set(expression, turns);
  }
  return turns;
}

/** The block or sub-system of a call inside an expression, made once and named after where it stands. */
function anonymousBlock(call: CallExpression, scope: Scope, path: string, work: Work): SignalBinding {
  let binding = scope.anonymous.get(call);
  if (binding === undefined) {
    const own = nameBeside(path, call.callee.name, work);
    binding = {
      kind: 'signal',
      span: call.span,
      what: 'block',
      used: true,
      shapeNeeds: () => [],
      create: () => work.createCall(call, own, scope, undefined, work),
    };
    scope.anonymous.set(call, binding);
  }
  return binding;
}

/** `y.integrator`, `y.integrator2`, …: the first name that no other block inside `y` has. */
function nameBeside(path: string, type: string, work: Work): string {
  const count = (work.innerNames.get(`${path}.${type}`) ?? 0) + 1;
  work.innerNames.set(`${path}.${type}`, count);
  return `${path}.${type}${count === 1 ? '' : count}`;
}

/** Bindings that must have a shape before the expression's is known. */
export function shapeNeeds(expression: Expression, scope: Scope, path: string, work: Work): SignalBinding[] {
  const needs: SignalBinding[] = [];
  const visit = (inner: Expression, at: Scope): void => {
    switch (inner.kind) {
      case 'name': {
        const binding = findName(at, inner.name);
        if (binding?.kind === 'signal') needs.push(binding);
        break;
      }
      case 'member':
        visit(inner.object, at);
        break;
      case 'index': {
        const element = elementBinding(inner.object, inner.index, at);
        if (element !== undefined) needs.push(element);
        else visit(inner.object, at);
        break;
      }
      case 'call':
        if (calleeKind(inner.callee, at) === 'function') inner.args.forEach((arg) => visit(arg.value, at));
        else needs.push(anonymousBlock(inner, at, path, work));
        break;
      case 'unary':
        visit(inner.operand, at);
        break;
      case 'binary':
        visit(inner.left, at);
        visit(inner.right, at);
        break;
      case 'conditional':
        (chosenArm(inner, at, work) ?? [inner.test, inner.yes, inner.no]).forEach((part) => visit(part, at));
        break;
      case 'list':
        inner.items.forEach((item) => visit(item, at));
        break;
      case 'comprehension':
        turnsOf(inner, at, work).forEach((turn) => visit(inner.value, turn));
        break;
    }
  };
  visit(expression, scope);
  return needs;
}

/**
 * The arm that a constant test chooses, alone in a list: the other one is no part of the system, so it may name
 * elements that do not exist. Undefined where the choice is made while the system runs.
 */
function chosenArm({ test, yes, no }: ConditionalExpression, scope: Scope, work: Work): [Expression] | undefined {
  if (!isConstant(test, scope)) return undefined;
  const isTrue = expectBoolean(evaluateConstant(test, constantIn(scope)));
  for (const name of subexpressions(test)) {
    const value =
      name.kind === 'name' && findName(scope, name.name) !== undefined ? lookUpConstant(scope, name.name, name.span) : undefined;
    if (value?.kind === 'quantity') work.params.useStructurally(value);
  }
  for (const other of subexpressions(isTrue ? no : yes)) {
    const binding = other.kind === 'name' ? findName(scope, other.name) : undefined;
    if (binding !== undefined && binding.kind !== 'clock') binding.used = true;
  }
  return [isTrue ? yes : no];
}

/** The binding of `name[index]` where the vector is built element by element. */
function elementBinding(object: Expression, index: Expression, scope: Scope): SignalBinding | undefined {
  if (object.kind !== 'name') return undefined;
  const binding = findName(scope, object.name);
  if (binding?.kind !== 'signal' || binding.elements === undefined) return undefined;
  const at = integerIn(index, scope);
  const element = binding.elements.get(at);
  if (element === undefined)
    fail('DL211', index.span, `'${object.name}' has no element ${at}`, {
      why: `its elements: ${describeElements([...binding.elements.keys()])}`,
    });
  binding.used = true;
  return element;
}

function describeElements(keys: readonly number[]): string {
  const sorted = [...keys].sort((a, b) => a - b);
  return sorted.length > 8 ? `${sorted[0]} to ${sorted.at(-1)}` : sorted.join(', ');
}

/** The shape of an expression. Names in a cycle of expressions, whose shape waits for this one, count as scalars. */
export function shapeOf(expression: Expression, scope: Scope, path: string, work: Work): Shape {
  if (isConstant(expression, scope)) {
    const value = constantValue(expression, scope);
    return value.kind === 'list' ? value.items.length : undefined;
  }
  const shape = (inner: Expression): Shape => shapeOf(inner, scope, path, work);
  switch (expression.kind) {
    case 'index':
      shape(expression.object);
      return undefined;
    case 'unary':
      return shape(expression.operand);
    case 'binary':
      return commonShape([expression.left, expression.right], shape, expression.span);
    case 'conditional':
      return commonShape(chosenArm(expression, scope, work) ?? [expression.test, expression.yes, expression.no], shape, expression.span);
    case 'list':
      return expression.items.length;
    case 'comprehension':
      return turnsOf(expression, scope, work).length;
    case 'call':
      if (calleeKind(expression.callee, scope) === 'function')
        return commonShape(
          expression.args.map((arg) => arg.value),
          shape,
          expression.span,
        );
      return shapeOfWire(wireOf(expression, scope, path, work));
    default:
      return shapeOfWire(wireOf(expression, scope, path, work, true));
  }
}

const shapeOfWire = (wire: Wire | undefined): Shape => (wire?.vector ? wire.refs.length : undefined);

function commonShape(parts: readonly Expression[], shape: (part: Expression) => Shape, span: Span): Shape {
  let common: Shape;
  for (const part of parts) {
    const own = shape(part);
    if (own === undefined) continue;
    if (common !== undefined && common !== own) fail('DL211', span, `vectors of ${common} and ${own} elements do not go together`);
    common = own;
  }
  return common;
}

/** The signals of a name, a member or a call; undefined for a name in a cycle while shapes are being found. */
function wireOf(expression: Expression, scope: Scope, path: string, work: Work, shaping = false): Wire | undefined {
  switch (expression.kind) {
    case 'name': {
      const binding = signalBinding(expression.name, expression.span, scope);
      if (binding.outputs === undefined && !binding.failed && shaping) return undefined;
      const outputs = outputsOf(work, binding);
      if (outputs.names.length === 0) fail('DL215', expression.span, `system '${expression.name}' has no output`);
      return outputs.wire(outputs.first);
    }
    case 'member': {
      const outputs = memberOwner(expression.object, scope, path, work);
      if (!outputs.names.includes(expression.name)) {
        fail('DL204', expression.span, `there is no output '${expression.name}'`, { help: didYouMean(expression.name, outputs.names) });
      }
      return outputs.wire(expression.name);
    }
    case 'call': {
      const outputs = outputsOf(work, anonymousBlock(expression, scope, path, work));
      return outputs.wire(outputs.first);
    }
    default:
      return fail('DL305', expression.span, 'this is not a signal');
  }
}

function memberOwner(object: Expression, scope: Scope, path: string, work: Work) {
  if (object.kind === 'name') return outputsOf(work, signalBinding(object.name, object.span, scope));
  if (object.kind === 'call' && calleeKind(object.callee, scope) !== 'function')
    return outputsOf(work, anonymousBlock(object, scope, path, work));
  if (object.kind === 'index') {
    const element = elementBinding(object.object, object.index, scope);
    if (element !== undefined) return outputsOf(work, element);
  }
  return fail('DL305', object.span, 'this has no outputs with names', { why: 'only a block or a sub-system has' });
}

function signalBinding(name: string, span: Span, scope: Scope): SignalBinding {
  const binding = lookUp(scope, name, span);
  if (binding.kind === 'clock') fail('DL305', span, `'${name}' is a clock, not a signal`, { help: `a clock is named behind @` });
  if (binding.kind === 'constant') fail('DL305', span, `'${name}' is a parameter, not a signal`);
  binding.used = true;
  return binding;
}

/** Collects the signals that a formula reads. */
export class FormulaInputs {
  readonly refs: SignalRef[] = [];
  private readonly indices = new Map<object, Map<string, number>>();

  index(ref: SignalRef): number {
    let ports = this.indices.get(ref.instance);
    if (ports === undefined) this.indices.set(ref.instance, (ports = new Map()));
    const key = `${ref.port}[${ref.element}]`;
    let index = ports.get(key);
    if (index === undefined) {
      index = this.refs.push(ref) - 1;
      ports.set(key, index);
    }
    return index;
  }
}

/** The formula of one element of an expression (0 for a scalar). */
export function buildFormula(
  expression: Expression,
  element: number,
  scope: Scope,
  path: string,
  work: Work,
  inputs: FormulaInputs,
): Formula {
  const { span } = expression;
  if (isConstant(expression, scope)) return constantFormula(expression, element, scope, span);
  const build = (inner: Expression): Formula => buildFormula(inner, element, scope, path, work, inputs);
  switch (expression.kind) {
    case 'name':
    case 'member': {
      const { refs, vector } = wireOf(expression, scope, path, work)!;
      return leaf(refs, vector, element, span, inputs);
    }
    case 'index': {
      const single = elementBinding(expression.object, expression.index, scope);
      if (single !== undefined) {
        const outputs = outputsOf(work, single);
        const wire = outputs.wire(outputs.first);
        return leaf(wire.refs, wire.vector, 0, span, inputs);
      }
      const shape = shapeOf(expression.object, scope, path, work);
      if (shape === undefined) fail('DL211', expression.object.span, 'this is a single signal: it has no elements');
      const at = integerIn(expression.index, scope);
      if (at < 0 || at >= shape) fail('DL211', expression.index.span, `index ${at} is outside 0 to ${shape - 1}`);
      return buildFormula(expression.object, at, scope, path, work, inputs);
    }
    case 'unary': {
      const operand = build(expression.operand);
      if (expression.operator === '+') return operand;
      return { kind: 'apply', op: expression.operator === '-' ? 'neg' : 'not', args: [operand], span };
    }
    case 'binary':
      return { kind: 'apply', op: formulaOpOf(expression.operator), args: [build(expression.left), build(expression.right)], span };
    case 'conditional': {
      const [chosen] = chosenArm(expression, scope, work) ?? [];
      if (chosen !== undefined) return build(chosen);
      return { kind: 'apply', op: 'select', args: [build(expression.test), build(expression.yes), build(expression.no)], span };
    }
    case 'list': {
      const item = expression.items[element]!;
      if (shapeOf(item, scope, path, work) !== undefined) fail('DL211', item.span, 'an element of a vector is a single signal');
      return buildFormula(item, 0, scope, path, work, inputs);
    }
    case 'comprehension': {
      const turn = turnsOf(expression, scope, work)[element]!;
      if (shapeOf(expression.value, turn, path, work) !== undefined)
        fail('DL211', expression.value.span, 'an element of a vector is a single signal');
      return buildFormula(expression.value, 0, turn, path, work, inputs);
    }
    case 'call': {
      if (calleeKind(expression.callee, scope) !== 'function') {
        const { refs, vector } = wireOf(expression, scope, path, work)!;
        return leaf(refs, vector, element, span, inputs);
      }
      const { op, arity } = formulaFunctions.get(expression.callee.name)!;
      if (expression.args.length !== arity)
        fail('DL207', span, `'${expression.callee.name}' takes ${arity} argument${arity === 1 ? '' : 's'}, not ${expression.args.length}`);
      return { kind: 'apply', op, args: expression.args.map((arg) => build(arg.value)), span };
    }
    default:
      return fail('DL305', span, 'this is not a signal');
  }
}

function leaf(refs: readonly SignalRef[], vector: boolean, element: number, span: Span, inputs: FormulaInputs): Formula {
  return { kind: 'input', index: inputs.index(refs[vector ? element : 0]!), span };
}

function constantFormula(expression: Expression, element: number, scope: Scope, span: Span): Formula {
  const value = constantValue(expression, scope);
  const item = value.kind === 'list' ? value.items[element]! : value;
  if (item.kind === 'quantity') return { kind: 'constant', value: item, span };
  if (item.kind === 'boolean') return { kind: 'constant', value: item.value, span };
  return fail('DL305', span, `${describeValue(item)} is not a signal`);
}
