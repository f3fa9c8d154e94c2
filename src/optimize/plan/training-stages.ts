// `method` and `finish` statements, held against the methods that there are.

import type { Precision } from '../../backends/batch.js';
import type { Code } from '../../diagnostics/codes.js';
import { fail, type DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { expectInteger, expectQuantity } from '../../graph/constants.js';
import { checkUnit } from '../../graph/params.js';
import { guard } from '../../graph/scope.js';
import type { Value } from '../../graph/value.js';
import type { Expr } from '../../ir/expr.js';
import type { Argument, Expression, MethodStatement } from '../../netlist/ast.js';
import { printExpression } from '../../netlist/loom/print-expression.js';
import type { LearnedGroup, WeightMode } from '../learned-parameters.js';
import type { MethodDefinition, MethodOptionValue } from '../methods/define-method.js';
import { methods } from '../methods/methods.js';
import { findOptionFault } from '../methods/prepare-method.js';
import type { ObjectiveTerm } from '../objective.js';
import type { Evaluate } from './constants-of-item.js';

/** One method of an optimization, with what is ours of its options. */
export interface TrainingStage {
  /** As the netlist has it. */
  readonly text: string;
  readonly definition: MethodDefinition;
  readonly options: Readonly<Record<string, MethodOptionValue>>;
  readonly mode: WeightMode;
  /** In continuous mode: the part of the quantized weights that is held on the grid. */
  readonly held: number;
  /** Lanes of a batch. */
  readonly lanes: number;
  /** Targets that are learned; all without it. */
  readonly only?: readonly string[] | undefined;
  /** Record whose last row is the residual of each lane, for methods that need residuals. */
  readonly residual?: string | undefined;
  /** What it minimizes instead of what the item does: over parameters with the names of the terms. */
  readonly minimize?: Expr | undefined;
  /** Of the runs; f32 is faster. */
  readonly precision: Precision;
}

const ownOptions = ['quantize', 'lanes', 'only', 'residual', 'minimize', 'precision'] as const;
type OwnOption = (typeof ownOptions)[number];
export const mostLanes = 2 ** 20;
/** 1 GiB of them. */
const mostDerivatives = 2 ** 27;

export interface StageContext {
  /** What is learned, groups that are wrong included. */
  readonly targets: readonly string[];
  readonly groups: readonly LearnedGroup[];
  readonly terms: readonly ObjectiveTerm[];
  readonly batch: number;
  readonly evaluate: Evaluate;
  /** Throws NetlistError for an expression without objectives. */
  readonly minimizedBy: (expression: Expression) => Expr;
}

/** Problems go into the bag; what is right is returned. */
export function trainingStages(statements: readonly MethodStatement[], context: StageContext, bag: DiagnosticBag): TrainingStage[] {
  return statements.flatMap((statement) => {
    const stage = guard(bag, () => trainingStage(statement, context));
    return stage === undefined ? [] : [stage];
  });
}

function trainingStage({ call }: MethodStatement, context: StageContext): TrainingStage {
  const { name } = call.callee;
  const definition = methods.get(name);
  if (definition === undefined)
    fail('DL203', call.callee.span, `unknown method '${name}'`, {
      help: didYouMean(name, methods.keys()) ?? `methods: ${[...methods.keys()].join(', ')}`,
    });
  const own = new Map<OwnOption, Argument>();
  const options: Record<string, MethodOptionValue> = {};
  for (const arg of call.args) {
    if (arg.name === undefined) fail('DL207', arg.span, `options of '${name}' have names`, { help: `such as ${name}(steps: 100)` });
    const before = call.args.find(({ name: other }) => other === arg.name)!;
    if (before !== arg)
      fail('DL202', arg.nameSpan ?? arg.span, `option '${arg.name}' is given twice`, {
        related: [{ message: 'given here first', span: before.span }],
      });
    const ours = ownOptions.find((one) => one === arg.name);
    if (ours !== undefined) {
      own.set(ours, arg);
      continue;
    }
    const value = optionValue(arg.value, arg.name, context.evaluate);
    const fault = findOptionFault(definition, arg.name, value);
    if (fault !== undefined)
      fail(
        faultCode(definition, arg.name, value),
        arg.span,
        fault.message.includes(`'${name}'`) ? fault.message : `'${name}': ${fault.message}`,
        { help: fault.help },
      );
    options[arg.name] = value;
  }
  const coordinates = context.groups.reduce((sum, { elements, mask }) => sum + elements.length * (mask === undefined ? 1 : 2), 0);
  const { mostCoordinates = Infinity } = definition;
  if (coordinates > mostCoordinates)
    fail('DL303', call.callee.span, `'${name}' learns ${mostCoordinates} numbers at most, and here are ${coordinates}`, {
      why: 'its memory grows with the square of their number',
      help: 'use adam, or learn fewer',
    });
  const needsResiduals = definition.needs === 'residuals';
  const useless = own.get(needsResiduals ? 'minimize' : 'residual');
  if (useless !== undefined)
    fail('DL204', useless.nameSpan ?? useless.span, `'${name}' has no option '${useless.name}'`, {
      why: needsResiduals ? 'it minimizes the sum of squares of its residual' : 'it minimizes a number, not the residual of each lane',
      help: needsResiduals ? 'give it a `residual`' : 'leave it out',
    });
  const lanes = lanesOf(own.get('lanes'), context);
  if (needsResiduals && lanes * coordinates > mostDerivatives)
    fail('DL506', own.get('lanes')?.value.span ?? call.span, `'${name}' would keep ${lanes} x ${coordinates} derivatives`, {
      why: `it keeps one for each lane and learned number, at most ${mostDerivatives}`,
      help: `lanes: ${Math.floor(mostDerivatives / coordinates)}`,
    });
  return {
    text: printExpression(call),
    definition,
    options,
    ...modeOf(definition, own.get('quantize'), context),
    lanes,
    only: onlyOf(own.get('only'), context.targets),
    minimize: own.has('minimize') ? context.minimizedBy(own.get('minimize')!.value) : undefined,
    precision: precisionOf(own.get('precision')),
    residual: needsResiduals ? residualOf(own.get('residual'), call.span, context.terms) : undefined,
  };
}

function faultCode({ options }: MethodDefinition, name: string, value: MethodOptionValue): Code {
  if (!Object.hasOwn(options, name)) return 'DL204';
  return typeof value === 'number' && options[name]!.kind !== 'choice' ? 'DL303' : 'DL305';
}

/** A word, or a number. */
function optionValue(expression: Expression, name: string, evaluate: Evaluate): MethodOptionValue {
  if (expression.kind === 'name' && !['pi', 'inf'].includes(expression.name)) {
    try {
      return plainNumber(evaluate(expression), name);
    } catch {
      return expression.name;
    }
  }
  return expression.kind === 'string' ? expression.value : plainNumber(evaluate(expression), name);
}

/** Options have no units. */
function plainNumber(value: Value, name: string): number {
  const quantity = expectQuantity(value);
  checkUnit(quantity, '', name);
  return quantity.value;
}

/**
 * Weights are quantized where they have levels: all, straight-through, unless `quantize` says `no` or which part of them is held on
 * the grid while the others go on. An integer search counts them.
 */
function modeOf(
  definition: MethodDefinition,
  quantize: Argument | undefined,
  { groups, evaluate }: StageContext,
): Pick<TrainingStage, 'mode' | 'held'> {
  const isQuantized = groups.some(({ quantizer }) => quantizer !== undefined);
  const word = quantize === undefined ? 'yes' : printExpression(quantize.value);
  if (!isQuantized || word === 'no') return { mode: 'continuous', held: 0 };
  if (word === 'yes') return { mode: definition.name === 'integer_search' ? 'integer' : 'quantized', held: 0 };
  const held = expectQuantity(evaluate(quantize!.value)).value;
  if (!(held >= 0 && held <= 1))
    fail('DL303', quantize!.value.span, `quantize is ${held}`, {
      why: "'quantize' takes yes, no, or the part from 0 to 1 that is held on the grid",
    });
  return { mode: 'continuous', held };
}

function precisionOf(precision: Argument | undefined): Precision {
  const word = precision === undefined ? 'f64' : printExpression(precision.value);
  if (word === 'f64' || word === 'f32') return word;
  return fail('DL305', precision!.value.span, `'${word}' is no choice for 'precision'`, { why: 'choices: f64, f32' });
}

function lanesOf(lanes: Argument | undefined, { batch, evaluate }: StageContext): number {
  if (lanes === undefined) return batch;
  const count = expectInteger(evaluate(lanes.value));
  if (count >= 1 && count <= mostLanes) return count;
  return fail('DL303', lanes.value.span, `lanes is ${count}`, { why: `'lanes' takes whole numbers from 1 to ${mostLanes}` });
}

function onlyOf(only: Argument | undefined, targets: readonly string[]): string[] | undefined {
  if (only === undefined) return undefined;
  const { value } = only;
  return (value.kind === 'list' ? value.items : [value]).flatMap((item) => {
    const name = printExpression(item);
    const found = targets.filter((target) => target === name || target.startsWith(`${name}.`));
    return found.length > 0
      ? found
      : fail('DL201', item.span, `'${name}' is not learned`, { help: didYouMean(name, targets) ?? `learned: ${targets.join(', ')}` });
  });
}

function residualOf(residual: Argument | undefined, span: Expression['span'], terms: readonly ObjectiveTerm[]): string {
  const lasting = terms.filter(({ signals }) => signals.length === 1 && signals[0]!.over === 'last');
  const name = residual === undefined ? undefined : printExpression(residual.value);
  const term = name === undefined && lasting.length === 1 ? lasting[0] : lasting.find((one) => one.name === name);
  return (
    term?.signals[0]!.record ??
    fail('DL206', residual?.value.span ?? span, 'the method needs to know which objective has the residuals', {
      why: 'it minimizes the sum of squares of one signal at the last tick, over lanes',
      help:
        lasting.length === 0
          ? 'add one of the last tick: objective r = rms(y - u)'
          : `residual: ${lasting.map((one) => one.name).join(' or ')}`,
    })
  );
}
