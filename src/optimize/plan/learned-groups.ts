// `learn` statements, held against the system: which parameters they mean, and what their options say.

import { fail, NetlistError, type DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { expectInteger, expectQuantity } from '../../graph/constants.js';
import type { Graph, GraphParam } from '../../graph/graph.js';
import { checkUnit } from '../../graph/params.js';
import { requireTunable } from '../../graph/require-tunable.js';
import { guard } from '../../graph/scope.js';
import type { Argument, Expression, LearnStatement } from '../../netlist/ast.js';
import { printExpression } from '../../netlist/loom/print-expression.js';
import type { LearnedElement, LearnedGroup, Start } from '../learned-parameters.js';
import type { Evaluate } from './constants-of-item.js';

const optionNames = ['init', 'spread', 'scale', 'min', 'max', 'rate', 'levels', 'step', 'mask'] as const;
type OptionName = (typeof optionNames)[number];

/** Problems go into the bag; what is right is returned. */
export function learnedGroups(statements: readonly LearnStatement[], graph: Graph, evaluate: Evaluate, bag: DiagnosticBag): LearnedGroup[] {
  const groups = statements.flatMap((statement) => {
    const group = guard(bag, () => learnedGroup(statement, graph, evaluate));
    return group === undefined ? [] : [group];
  });
  const owners = new Map<string, LearnStatement>();
  groups.forEach((group, i) => {
    for (const { name } of group.elements) {
      const before = owners.get(name);
      if (before !== undefined)
        bag.error('DL202', statements[i]!.target.span, `'${name}' is learned twice`, {
          related: [{ message: 'learned here first', span: before.target.span }],
        });
      owners.set(name, statements[i]!);
    }
  });
  checkSteps(groups, statements, bag);
  return groups.map((group) => withFixedSteps(group, groups, graph));
}

/** `init: fit` is of steps of quantized weights; anywhere else nothing would fit. */
function checkSteps(groups: readonly LearnedGroup[], statements: readonly LearnStatement[], bag: DiagnosticBag): void {
  const steps = new Set(groups.flatMap(({ quantizer }) => (typeof quantizer?.step === 'object' ? quantizer.step : [])));
  for (const { target, start, elements, quantizer } of groups) {
    const statement = statements.find((one) => printExpression(one.target) === target);
    if (quantizer !== undefined && elements.some(({ name }) => steps.has(name)))
      bag.error('DL305', statement?.target.span, `'${target}' is a step of quantized weights: it has no levels itself`, {
        help: 'leave its `levels` and `step` out',
      });
    if (start.kind !== 'fit' || elements.some(({ name }) => steps.has(name))) continue;
    const init = statement?.options.find(({ name }) => name === 'init');
    bag.error('DL305', init?.value.span, `'${target}' is no step of quantized weights: it cannot be fitted`, {
      why: '`init: fit` puts a step to where the largest weight is the last level',
      help: `name it where weights are learned: levels: 32, step: ${target}`,
    });
  }
}

/** Steps that nothing learns stay what they are. */
function withFixedSteps(group: LearnedGroup, groups: readonly LearnedGroup[], { params }: Graph): LearnedGroup {
  const { quantizer } = group;
  if (quantizer === undefined || typeof quantizer.step === 'number') return group;
  const learned = new Set(groups.flatMap(({ elements }) => elements.map(({ name }) => name)));
  const step = quantizer.step.map((name) =>
    typeof name === 'string' && learned.has(name) ? name : params.find((param) => param.name === name)!.value,
  );
  return { ...group, quantizer: { ...quantizer, step } };
}

function learnedGroup({ target, options }: LearnStatement, graph: Graph, evaluate: Evaluate): LearnedGroup {
  const name = printExpression(target);
  const params = elementsOf(name, graph);
  for (const [element, fixed] of graph.fixed)
    if (element.startsWith(`${name}[`) && fixed.kind === 'follows')
      fail('DL306', target.span, `'${element}' follows from ${fixed.from.map((from) => `'${from}'`).join(' and ')}`, {
        why: `'${name}' is learned element by element, and written anew as numbers`,
        help: `write a number in its place, or learn ${fixed.from[0]} instead of '${name}'`,
      });
  if (params.length === 0) {
    // Says what it is instead: a size, an effect that is not stated, a signal, nothing.
    guarded(target, () => requireTunable(graph, name, 'learn'));
    fail('DL306', target.span, `'${name}' has no element that can be learned`, {
      why: 'elements that are written as 0 are no connection',
      help: 'give them other values, such as 1e-3',
    });
  }
  for (const { name: element, structural } of params) if (structural) guarded(target, () => requireTunable(graph, element, 'learn'));
  const given = readOptions(name, options);
  const unit = params[0]!.unit;
  const number = (key: OptionName, unitOf: string): number | undefined => {
    const option = given.get(key);
    if (option === undefined) return undefined;
    const quantity = expectQuantity(evaluate(option.value));
    checkUnit(quantity, unitOf, key);
    return quantity.value;
  };
  const scale = choiceOf(given.get('scale'), ['linear', 'log'], 'linear');
  const [low, high] = limitsOf(params, graph);
  const group: LearnedGroup = {
    target: name,
    elements: params.map((param): LearnedElement => ({ name: param.name, row: rowOf(param.name), value: param.value })),
    start: startOf(given.get('init')?.value, unit, evaluate),
    spread: number('spread', scale === 'log' ? '' : unit) ?? 0,
    scale,
    min: Math.max(low, number('min', unit) ?? -Infinity),
    max: Math.min(high, number('max', unit) ?? Infinity),
    rate: number('rate', '') ?? 1,
    quantizer: quantizerOf(given, unit, 1 + Math.max(...params.map((param) => rowOf(param.name))), graph, evaluate),
    mask: maskOf(given.get('mask'), evaluate),
  };
  checkGroup(group, target.span, given);
  return group;
}

/** Of all restarts; a normal draw has none. */
function leastStart(start: Start, elements: readonly LearnedElement[]): number {
  switch (start.kind) {
    case 'number':
      return start.value;
    case 'uniform':
      return start.low;
    case 'normal':
      return -Infinity;
    case 'given':
    case 'fit':
      return elements.reduce((least, { value }) => Math.min(least, value), Infinity);
  }
}

/** The parameter of that name, or the elements of the list or matrix. */
const elementsOf = (name: string, { params }: Graph): GraphParam[] =>
  params.filter((param) => param.name === name || param.name.startsWith(`${name}[`));

const rowOf = (name: string): number => Number(/\[(\d+)\]\[\d+\]$/.exec(name)?.[1] ?? 0);

/** Errors that have no place get the statement's. */
function guarded(target: Expression, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    throw new NetlistError(error.diagnostics.map((diagnostic) => ({ ...diagnostic, span: diagnostic.span ?? target.span })));
  }
}

function readOptions(target: string, options: readonly Argument[]): Map<OptionName, Argument> {
  const given = new Map<OptionName, Argument>();
  for (const option of options) {
    const { name } = option;
    if (name === undefined) fail('DL207', option.span, 'options of `learn` have names', { help: `options: ${optionNames.join(', ')}` });
    const known = optionNames.find((one) => one === name);
    if (known === undefined)
      fail('DL204', option.nameSpan ?? option.span, `'learn ${target}' has no option '${name}'`, {
        help: didYouMean(name, optionNames) ?? `options: ${optionNames.join(', ')}`,
      });
    if (given.has(known)) fail('DL202', option.nameSpan ?? option.span, `option '${name}' is given twice`);
    given.set(known, option);
  }
  return given;
}

function choiceOf<C extends string>(option: Argument | undefined, choices: readonly C[], otherwise: C): C {
  if (option === undefined) return otherwise;
  const { value } = option;
  const word = value.kind === 'name' ? value.name : value.kind === 'string' ? value.value : undefined;
  return (
    choices.find((choice) => choice === word) ??
    fail('DL305', value.span, `'${printExpression(value)}' is no choice for '${option.name}'`, { why: `choices: ${choices.join(', ')}` })
  );
}

/** `init: 0.1pF`, `init: normal(0, 0.3)`, `init: uniform(-1, 1)`, `init: fit`. */
function startOf(init: Expression | undefined, unit: string, evaluate: Evaluate): Start {
  if (init === undefined) return { kind: 'given' };
  if (init.kind === 'name' && init.name === 'fit') return { kind: 'fit' };
  const number = (expression: Expression): number => {
    const quantity = expectQuantity(evaluate(expression));
    checkUnit(quantity, unit, 'init');
    return quantity.value;
  };
  if (init.kind !== 'call') return { kind: 'number', value: number(init) };
  const { name } = init.callee;
  if (name !== 'normal' && name !== 'uniform') return { kind: 'number', value: number(init) };
  const [first, second, ...rest] = init.args;
  if (first === undefined || second === undefined || rest.length > 0)
    fail('DL207', init.span, `'${name}' takes 2 numbers`, { help: name === 'normal' ? 'normal(mean, sigma)' : 'uniform(low, high)' });
  const [a, b] = [number(first.value), number(second.value)];
  return name === 'normal' ? { kind: 'normal', mean: a, sigma: b } : { kind: 'uniform', low: a, high: b };
}

function quantizerOf(
  given: ReadonlyMap<OptionName, Argument>,
  unit: string,
  rows: number,
  graph: Graph,
  evaluate: Evaluate,
): LearnedGroup['quantizer'] {
  const levels = given.get('levels');
  const step = given.get('step');
  if (levels === undefined && step === undefined) return undefined;
  if (levels === undefined || step === undefined)
    fail('DL206', (levels ?? step)!.span, 'quantized weights need both `levels` and `step`', { help: 'levels: 32, step: enc.steps' });
  const count = expectInteger(evaluate(levels.value));
  if (count < 1 || count > 2 ** 16)
    fail('DL303', levels.value.span, `levels is ${count}`, { why: "'levels' takes whole numbers from 1 to 65536" });
  const names = step.value.kind === 'member' || step.value.kind === 'name' ? elementsOf(printExpression(step.value), graph) : [];
  if (names.length > 0) {
    if (names.length > 1 && names.length !== rows)
      fail('DL211', step.value.span, `${names.length} steps for ${rows} row${rows === 1 ? '' : 's'} of weights`, {
        why: 'a step is of all weights, or of one row',
      });
    return { levels: count, step: names.map(({ name }) => name) };
  }
  const quantity = expectQuantity(evaluate(step.value));
  checkUnit(quantity, unit, 'step');
  if (!(quantity.value > 0)) fail('DL303', step.value.span, `a step of ${quantity.value}`, { why: 'steps are positive' });
  return { levels: count, step: quantity.value };
}

/** `mask: yes` starts with every element in use; `mask: normal(1, 0.5)` draws the numbers that are compared with 0. */
function maskOf(option: Argument | undefined, evaluate: Evaluate): Start | undefined {
  if (option === undefined) return undefined;
  const { value } = option;
  if (value.kind === 'name' && value.name === 'yes') return { kind: 'number', value: 1 };
  if (value.kind === 'name' && value.name === 'no') return undefined;
  return startOf(value, '', evaluate);
}

/** The strictest bounds that the blocks declare. */
export function limitsOf(params: readonly GraphParam[], { limits }: Graph): [number, number] {
  const names = new Set(params.map(({ name }) => name));
  const own = limits.filter(({ name }) => names.has(name));
  return [Math.max(-Infinity, ...own.map(({ min }) => min)), Math.min(Infinity, ...own.map(({ max }) => max))];
}

function checkGroup(
  { target, elements, min, max, scale, spread, rate, start }: LearnedGroup,
  span: Expression['span'],
  given: ReadonlyMap<OptionName, Argument>,
): void {
  const at = (key: OptionName): Expression['span'] => given.get(key)?.value.span ?? span;
  if (!(min <= max))
    fail('DL303', at('min'), `'${target}' has no value from ${min} to ${max}`, {
      why: '`min` is at most `max`, and both are within what the block allows',
    });
  if (!(spread >= 0)) fail('DL303', at('spread'), `spread is ${spread}`, { why: 'a standard deviation is at least 0' });
  if (!(rate >= 0)) fail('DL303', at('rate'), `rate is ${rate}`, { why: 'a factor on the rate is at least 0' });
  if (start.kind === 'normal' && !(start.sigma >= 0))
    fail('DL303', at('init'), `sigma is ${start.sigma}`, { why: 'a standard deviation is at least 0' });
  if (start.kind === 'number' && !(start.value >= min && start.value <= max))
    fail('DL303', at('init'), `'${target}' starts at ${start.value}, and is ${start.value < min ? `at least ${min}` : `at most ${max}`}`, {
      why: 'a start lies within the bounds: `min` and `max`, and what the block allows',
    });
  if (start.kind === 'uniform' && !(start.low <= start.high))
    fail('DL303', at('init'), `nothing lies from ${start.low} to ${start.high}`, { help: 'uniform(low, high)' });
  if (scale === 'linear') return;
  if (given.has('levels'))
    fail('DL305', at('scale'), `'${target}' has levels: its scale is linear`, {
      why: 'levels are whole multiples of a step',
      help: 'leave `scale: log` or `levels` and `step` out; the step itself may be learned in log scale',
    });
  const first = leastStart(start, elements);
  if (!(first > 0) || !(max > 0))
    fail(
      'DL303',
      at('scale'),
      `'${target}' ${max > 0 ? `starts at ${start.kind === 'normal' ? 'a normal draw' : first}` : `is at most ${max}`}`,
      {
        why: 'in log scale values are positive',
        help: 'give a positive `init`, or leave `scale: log` out',
      },
    );
}
