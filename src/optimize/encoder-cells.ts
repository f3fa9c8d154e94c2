// The lines of one recurrent encoder, cell by cell: the sum of its paths, clipped, its quantizer and its delays. The sums have
// the terms of the block in its order, so that they have its bits; what is read from outside is held between events as its outputs are.

import { boltzmann, isOwn, isRead, isZero, type Reading } from '../blocks/rcnet.js';
import { evaluateConstant, expectBoolean } from '../graph/constants.js';
import type { BlockInstance } from '../graph/graph.js';
import { subexpressions } from '../graph/scope.js';
import type { Expr } from '../ir/expr.js';
import type { CallExpression, CommentLine, Expression, LetStatement } from '../netlist/ast.js';
import { buildAt } from '../netlist/build-expressions.js';
import { mapParts } from '../netlist/map-calls.js';
import { printExpression } from '../netlist/loom/print-expression.js';
import { numberAt } from './learned-netlist.js';

export interface CellsOptions {
  readonly instance: BlockInstance;
  /** Values of the parameters of the system's graph by name. */
  readonly values: ReadonlyMap<string, number>;
  /** What all names begin with: `enc_v1` is v of the first cell. */
  readonly prefix: string;
  /** Outputs of the encoder that are read from outside: as `enc_out`, `enc_v`, … */
  readonly read: ReadonlySet<string>;
}

interface Path {
  readonly column: number;
  readonly weight: Expression;
  /** The weight is a number of the netlist and no expression of parameters. */
  readonly isNumber: boolean;
}

/** The lines in place of `line`, an encoder with its inputs named. */
export function encoderCells(
  line: LetStatement & { readonly value: CallExpression },
  { instance, values, prefix, read }: CellsOptions,
): { statements: LetStatement[]; isNoisy: boolean } {
  const { span, at } = line;
  const { name, binary, negative, call } = buildAt(span);
  const params = instance.params as {
    readonly weights: readonly (readonly Expr[])[];
    readonly unit_capacitors: readonly Expr[];
    readonly steps: readonly Expr[];
    readonly reading: Reading;
    readonly hold_capacitors: string;
    readonly levels: number;
  };
  const cells = params.weights.length;
  const number = (value: number, unit = ''): Expression => numberAt(value, unit, span);
  const given = (param: string): Expression | undefined => line.value.args.find((arg) => arg.name === param)?.value;
  const sum = (terms: readonly Expression[]): Expression | undefined =>
    terms.length === 0
      ? undefined
      : terms.reduce((left, term) => (isNegative(term) ? binary(left, '-', term.operand) : binary(left, '+', term)));

  const statements: LetStatement[] = [];
  const add = (
    target: string,
    value: Expression,
    options: { index?: number; comments?: readonly CommentLine[]; blank?: boolean; clocked?: true } = {},
  ): void => {
    const { index, comments = [], blank = false, clocked } = options;
    statements.push({
      kind: 'let',
      name: { name: target, span },
      index: index === undefined ? undefined : number(index),
      value,
      at: clocked && at,
      span,
      trivia: { before: comments, blankBefore: blank },
    });
  };
  const nameOf = (kind: string, cell: number): string => `${prefix}_${kind}${cell + 1}`;

  /** What column j of the matrix is for cell n: v and q of a cell that is not yet evaluated are those of the last cycle. */
  const signalOf = (j: number, n: number): Expression => {
    if (j === 0) return input;
    const [kind, m] = [['v', 'q', 'vd', 'qd'][Math.floor((j - 1) / cells)]!, (j - 1) % cells];
    return name(nameOf(kind.length === 1 && m >= n ? `${kind}d` : kind, m));
  };
  const source = given('in')!;
  const isPlain = source.kind === 'name' || source.kind === 'member' || source.kind === 'index';
  const input = isPlain ? source : name(`${prefix}_in`);
  if (!isPlain) add(`${prefix}_in`, source);

  const weights = given('weights')!;
  const pathsOf = (n: number): Path[] =>
    params.weights[n]!.flatMap((weight, column) => {
      if (isZero(weight) || !isRead(column, n, cells, params.reading)) return [];
      const isNumber = weight.op === 'param' && weight.arg === `${instance.path}.weights[${n}][${column}]`;
      const row = elementOf(weights, n);
      const isComputed = weights.kind === 'comprehension' || row.kind === 'comprehension';
      const value = isNumber && isComputed ? number(values.get(weight.arg as string)!) : elementOf(row, column);
      return [{ column, weight: value, isNumber }];
    });
  const quantityOf = (param: string, n: number, unit: string): Expression => {
    const list = given(param)!;
    const value = values.get(`${instance.path}.${param}[${n}]`);
    return list.kind === 'comprehension' && value !== undefined ? number(value, unit) : withUnit(elementOf(list, n), unit);
  };
  const magnitudes = (n: number): Expression | undefined =>
    sum(
      pathsOf(n)
        .filter(({ column }) => params.hold_capacitors === 'yes' || !isOwn(column, n, cells))
        .map(({ weight }) => magnitudeOf(weight)),
    );
  const magnitudeOf = (weight: Expression): Expression => {
    const positive = isNegative(weight) ? weight.operand : weight;
    return positive.kind === 'number' ? positive : call('abs', [positive]);
  };

  const temperature = given('temperature');
  const isHot =
    params.unit_capacitors.length > 0 && temperature !== undefined && !(temperature.kind === 'number' && temperature.value === 0);
  const noiseOf = (n: number): Expression | undefined => {
    const total = magnitudes(n);
    if (!isHot || total === undefined) return undefined;
    const phases = given('noise_phases');
    const energy = binary({ kind: 'number', text: `${boltzmann}J`, value: boltzmann, unit: 'J', span }, '*', temperature);
    const ratio = binary(quantityOf('steps', n, ''), '/', quantityOf('unit_capacitors', n, 'F'));
    const variance = binary(binary(phases === undefined ? energy : binary(energy, '*', phases), '*', ratio), '*', total);
    return call('noise', [], { rms: call('sqrt', [variance]) });
  };

  const [saturation, fullScale] = [given('saturation') ?? number(0.4, 'V'), given('full_scale') ?? number(0.4, 'V')];
  const width = given('gradient_width') ?? number(0.4, 'V');
  const needsWidth = params.levels === 2 && printExpression(width) !== printExpression(fullScale);
  const { before, after } = line.trivia;
  const written = after === undefined ? before : [...before, after];
  for (let n = 0; n < cells; n++) {
    const terms = pathsOf(n).map(({ column, weight }) => timesOf(weight, signalOf(column, n)));
    const noise = noiseOf(n);
    // Minus the noise: where it is off, x - 0 is x for both zeros.
    const total = sum([...terms, ...(noise === undefined ? [] : [negative(name(nameOf('noise', n)))])]) ?? number(0, 'V');
    const comments = [...(n === 0 ? written : []), `Cell ${n + 1} of ${line.name.name}.`];
    add(nameOf('v', n), call('clip', [total], { low: negative(saturation), high: saturation, gradient: given('saturation_gradient') }), {
      comments,
      blank: true,
    });
    const levels = given('levels') ?? number(params.levels);
    const quantizer = {
      levels,
      full_scale: fullScale,
      gradient: given('quantizer_gradient'),
      gradient_width: needsWidth ? width : undefined,
    };
    add(nameOf('q', n), call('quantizer', [name(nameOf('v', n))], quantizer));
    for (const kind of ['v', 'q']) add(nameOf(`${kind}d`, n), call('register', [name(nameOf(kind, n))]), { clocked: true });
    if (noise !== undefined) add(nameOf('noise', n), noise, { clocked: true });
  }

  const held = (kind: string, n: number): Expression => call('sample_hold', [name(nameOf(kind, n))]);
  add(`${prefix}_out`, held('q', cells - 1), {
    comments: [`Outputs of ${line.name.name}, held between its events.`],
    blank: true,
    clocked: true,
  });
  for (const kind of ['v', 'q']) for (let n = 0; n < cells; n++) add(`${prefix}_${kind}`, held(kind, n), { index: n, clocked: true });

  const isNotZero = ({ weight }: Path): Expression => binary(weight, '!=', number(0));
  /** How many groups have a weight that is not 0. */
  const countOf = (groups: readonly (readonly Path[])[]): Expression => {
    const open = groups.filter((group) => group.length > 0 && !group.some(({ isNumber }) => isNumber));
    const sure = groups.filter((group) => group.some(({ isNumber }) => isNumber)).length;
    const tests = open.map((group): Expression => ({
      kind: 'conditional',
      test: group.map(isNotZero).reduce((left, right) => binary(left, '||', right)),
      yes: number(1),
      no: number(0),
      span,
    }));
    return sum([number(sure), ...tests])!;
  };
  const rows = params.weights.map((_, n) => pathsOf(n));
  add(`${prefix}_paths`, countOf(rows.flat().map((path) => [path])));
  add(`${prefix}_stages`, countOf(rows.map((row, n) => row.filter(({ column }) => isOwn(column, n, cells)))));

  const capacitors = params.unit_capacitors.flatMap((_, n) => {
    const total = magnitudes(n);
    return total === undefined ? [] : [binary(quantityOf('unit_capacitors', n, 'F'), '*', binary(total, '/', quantityOf('steps', n, '')))];
  });
  // Kept where nothing reads it: it is what the unit capacitors mean.
  const capacitance = `${read.has('capacitance') ? '' : '_'}${prefix}_capacitance`;
  add(capacitance, sum(capacitors) ?? number(0, 'F'));

  const roots = [...[...read].map((port) => `${prefix}_${port}`), ...(capacitors.length > 0 ? [capacitance] : [])];
  return { statements: keepRead(statements, roots), isNoisy: isHot };

  function timesOf(weight: Expression, signal: Expression): Expression {
    if (isNegative(weight)) {
      const { operand } = weight;
      return negative(isOne(operand) ? signal : binary(operand, '*', signal));
    }
    return isOne(weight) ? signal : binary(weight, '*', signal);
  }
}

const isOne = (weight: Expression): boolean => weight.kind === 'number' && weight.value === 1 && weight.unit === '';
const isNegative = (expression: Expression): expression is Expression & { kind: 'unary' } =>
  expression.kind === 'unary' && expression.operator === '-';

/** An element of a list as the netlist writes it. */
function elementOf(list: Expression, i: number): Expression {
  const { span } = list;
  if (list.kind === 'list') return list.items[i]!;
  if (list.kind !== 'comprehension') return buildAt(span).index(list, numberAt(i, '', span));
  const { from, variable } = list;
  const index = from.kind === 'number' ? numberAt(from.value + i, '', span) : buildAt(span).binary(from, '+', numberAt(i, '', span));
  const substitute = (part: Expression): Expression => {
    if (part.kind === 'name' && part.name === variable) return index;
    if (part.kind === 'conditional') return chosenArm(mapParts(part, substitute));
    if (part.kind === 'comprehension' && part.variable === variable)
      return { ...part, from: substitute(part.from), to: substitute(part.to) };
    return mapParts(part, substitute);
  };
  return substitute(list.value);
}

/** The arm that a test of numbers alone chooses. */
function chosenArm(expression: Expression): Expression {
  if (expression.kind !== 'conditional' || [...subexpressions(expression.test)].some(({ kind }) => kind === 'name')) return expression;
  return expectBoolean(evaluateConstant(expression.test, () => undefined)) ? expression.yes : expression.no;
}

/** A bare number with the unit that it is understood in. */
const withUnit = (expression: Expression, unit: string): Expression =>
  expression.kind === 'number' && expression.unit === '' ? { ...expression, text: `${expression.text}${unit}`, unit } : expression;

/** The lines that `roots` are made of. */
function keepRead(statements: readonly LetStatement[], roots: readonly string[]): LetStatement[] {
  const live = new Set(roots);
  for (const root of live)
    for (const { value } of statements.filter((statement) => statement.name.name === root))
      for (const part of subexpressions(value)) if (part.kind === 'name') live.add(part.name);
  return statements.filter((statement) => live.has(statement.name.name));
}
