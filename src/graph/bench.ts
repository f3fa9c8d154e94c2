// A bench elaborated: how long to run, what to keep, measure, check and write. Measures are names with
// evaluated arguments here; what they mean is known to the analysis room.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import type {
  Argument,
  BenchItem,
  Expression,
  Identifier,
  MemberExpression,
  NameExpression,
  RunStatement,
  Statement,
} from '../netlist/ast.js';
import { printExpression } from '../netlist/loom/print-expression.js';
import { divideRational, rationalToNumber } from '../numeric/rational.js';
import { namedDimensions, printDimension, sameDimension } from '../units/dimension.js';
import type { Rational } from '../units/quantity.js';
import { resolveClock, resolveEdge } from './clocks.js';
import { evaluateConstant, expectInteger, expectQuantity } from './constants.js';
import { clockCounted } from './declare.js';
import type { ClockEdge, SignalRef } from './graph.js';
import { wireExpression } from './wire.js';
import { findName, guard, lookUpConstant, subexpressions, type Scope } from './scope.js';
import { isConstant } from './constancy.js';
import type { Quantity, Value } from './value.js';
import type { Work } from './work.js';

export interface BenchRun {
  /** Index of the clock whose ticks are counted, and which rows of records belong to. */
  readonly clock: number;
  readonly ticks: number;
}

/** A signal that is kept: its value at one edge of a clock, one row per tick of that clock. */
export interface BenchRecord {
  readonly name: string;
  readonly signal: SignalRef;
  readonly edge: ClockEdge;
  readonly span: Span;
}

export interface BenchMeasure {
  readonly name: string;
  readonly function: string;
  readonly functionSpan: Span;
  /** Names of the records that the measure takes, in order. */
  readonly signals: readonly string[];
  readonly options: ReadonlyMap<string, { readonly value: Value; readonly nameSpan: Span }>;
  readonly span: Span;
}

export interface BenchCheck {
  readonly text: string;
  readonly condition: Expression;
  /** Values of parameters that the condition may name; undefined for other names. */
  readonly constant: (name: string, span: Span) => Value | undefined;
}

export interface BenchWrite {
  /** Name of the record that is written. */
  readonly record: string;
  readonly file: string;
  readonly options: ReadonlyMap<string, Value>;
  readonly span: Span;
}

export interface Bench {
  readonly name: string;
  readonly run: BenchRun;
  readonly records: readonly BenchRecord[];
  readonly measures: readonly BenchMeasure[];
  readonly checks: readonly BenchCheck[];
  readonly writes: readonly BenchWrite[];
}

const mostTicks = 2 ** 40;

/** The run statement of a bench: its clock and length, which `instead` replaces. */
export function benchRun(item: BenchItem, instead: number | undefined, scope: Scope, clockScope: Scope, work: Work): BenchRun {
  const runs = item.body.filter((statement) => statement.kind === 'run');
  const [run, second] = runs;
  if (run === undefined)
    fail('DL501', item.name.span, `bench '${item.name.name}' does not say how long to run`, { help: 'add: run 65536 ticks of clk' });
  if (second !== undefined)
    work.bag.error('DL202', second.span, 'a bench runs once', { related: [{ message: 'first run', span: run.span }] });
  const clock = run.clock === undefined ? clockCounted(clockScope, run.span) : resolveClock(run.clock, scope, work.clocks);
  // After a wrong length the rest of the bench is checked all the same.
  const ticks = guard(work.bag, () => runTicks(run, clock, scope, work)) ?? 1;
  return { clock, ticks: instead ?? ticks };
}

function runTicks(run: RunStatement, clock: number, scope: Scope, work: Work): number {
  const constant = (expression: Expression) => evaluateConstant(expression, (name, span) => lookUpConstant(scope, name, span));
  const length = run.ticks ?? run.duration!;
  const quantity = expectQuantity(constant(length));
  work.params.useStructurally(quantity);
  let ticks: number;
  if (run.ticks !== undefined) ticks = expectInteger(quantity);
  else {
    if (quantity.dimension !== undefined && !sameDimension(quantity.dimension, namedDimensions.get('s')!)) {
      fail('DL301', length.span, `a run lasts a time in s, not ${printDimension(quantity.dimension)}`, {
        help: 'run 10ms, or run 1000 ticks',
      });
    }
    if (length.kind === 'number' && quantity.dimension === undefined)
      fail('DL501', length.span, `a run of ${length.text} has no unit`, {
        why: 'a run counts ticks or lasts a time',
        help: `run ${length.text} ticks, or run ${length.text}s`,
      });
    ticks = ticksWithin(quantity, work.clocks[clock]!.period);
  }
  if (!(ticks >= 1))
    fail('DL501', length.span, `a run of ${printExpression(length)} has no tick`, { why: 'a run lasts at least one tick' });
  if (ticks > mostTicks) fail('DL506', length.span, `a run of ${ticks} ticks is too long`, { help: `at most ${mostTicks}` });
  return ticks;
}

/** Ticks that begin within a time; where that is no exact fraction, a billionth of a tick is rounding. */
function ticksWithin({ value, exact }: Quantity, period: Rational): number {
  if (exact === undefined) return Math.ceil(value / rationalToNumber(period) - 1e-9);
  const { numerator, denominator } = divideRational(exact, period);
  return Number((numerator + denominator - 1n) / denominator);
}

/** Collects the records of a bench as its statements are read; a signal used by a measure is recorded, too. */
export class BenchBuilder {
  private readonly records = new Map<string, BenchRecord>();
  private readonly measures: BenchMeasure[] = [];
  private readonly checks: BenchCheck[] = [];
  private readonly writes: BenchWrite[] = [];
  private readonly scope: Scope;
  private readonly work: Work;
  private readonly run: BenchRun;

  constructor(run: BenchRun, scope: Scope, work: Work) {
    this.run = run;
    this.scope = scope;
    this.work = work;
  }

  build(item: BenchItem): Bench {
    const order: readonly Statement['kind'][] = ['record', 'measure', 'check', 'write'];
    for (const kind of order) {
      for (const statement of item.body) if (statement.kind === kind) guard(this.work.bag, () => this.addStatement(statement));
    }
    if (this.records.size === 0 && !this.work.bag.hasErrors) {
      fail('DL505', item.name.span, `bench '${item.name.name}' records nothing`, { help: 'add: record v' });
    }
    const { run, measures, checks, writes } = this;
    return { name: item.name.name, run, records: [...this.records.values()], measures, checks, writes };
  }

  private addStatement(statement: Statement): void {
    switch (statement.kind) {
      case 'record':
        for (const item of statement.items) guard(this.work.bag, () => this.addRecord(item.name, item.value, statement.at));
        break;
      case 'measure':
        this.addMeasure(statement.name, statement.call.callee, statement.call.args, statement.span);
        break;
      case 'check':
        this.checks.push({
          text: printExpression(statement.condition),
          condition: statement.condition,
          constant: (name, span) => this.constantOf(name, span),
        });
        // Constants are computed on first use; those of a check are wanted now, where their decisions are seen.
        for (const inner of subexpressions(statement.condition)) if (inner.kind === 'name') this.constantOf(inner.name, inner.span);
        break;
      case 'write': {
        const record = this.recordOf({ kind: 'name', name: statement.signal.name, span: statement.signal.span });
        const options = new Map(statement.options.map((option) => [option.name ?? '', this.value(option.value)]));
        this.writes.push({ record, file: statement.file.value, options, span: statement.span });
        break;
      }
    }
  }

  private value(expression: Expression): Value {
    return evaluateConstant(expression, (name, span) => lookUpConstant(this.scope, name, span));
  }

  private constantOf(name: string, span: Span): Value | undefined {
    return findName(this.scope, name)?.kind === 'constant' ? lookUpConstant(this.scope, name, span) : undefined;
  }

  /** Records under the given name, or the expression's text; a vector under one name for each element. */
  private addRecord(given: Identifier | undefined, value: Expression, at: NameExpression | MemberExpression | undefined): void {
    const label = given?.name ?? printExpression(value);
    const edge = at === undefined ? this.lastEdge() : resolveEdge(at, this.scope, this.work.clocks);
    const path = given?.name ?? `record.${this.records.size + 1}`;
    const { signals, shape } = wireExpression(value, path, this.scope, this.work);
    signals.forEach((signal, i) => {
      const name = shape === undefined ? label : `${label}[${i}]`;
      const before = this.records.get(name);
      if (before !== undefined)
        fail('DL202', value.span, `'${name}' is recorded twice`, { related: [{ message: 'recorded here first', span: before.span }] });
      this.records.set(name, { name, signal, edge, span: value.span });
    });
  }

  /** The last phase of the run's clock: every phase of the tick has been seen then. */
  private lastEdge(): ClockEdge {
    const { clock } = this.run;
    return { clock, phase: this.work.clocks[clock]!.phases.length - 1 };
  }

  /** The name of the record of an expression, made now if there is none. */
  private recordOf(expression: Expression): string {
    const name = printExpression(expression);
    if (!this.records.has(name) && !this.records.has(`${name}[0]`)) this.addRecord(undefined, expression, undefined);
    if (!this.records.has(name)) fail('DL211', expression.span, `'${name}' is a vector: say which element`);
    return name;
  }

  private addMeasure(given: Identifier | undefined, callee: NameExpression, args: readonly Argument[], span: Span): void {
    const name = given?.name ?? callee.name;
    const before = this.measures.find((measure) => measure.name === name);
    if (before !== undefined)
      fail('DL202', given?.span ?? callee.span, `measure '${name}' is declared twice`, {
        help: 'give one of them a name: measure other = …',
        related: [{ message: 'declared here first', span: before.span }],
      });
    const signals: string[] = [];
    const options = new Map<string, { value: Value; nameSpan: Span }>();
    for (const arg of args) {
      if (arg.name !== undefined) options.set(arg.name, { value: this.value(arg.value), nameSpan: arg.nameSpan ?? arg.span });
      else if (isConstant(arg.value, this.scope))
        fail('DL305', arg.span, 'a measure takes signals; options have names', { help: `such as ${callee.name}(v, skip: 100)` });
      else signals.push(this.recordOf(arg.value));
    }
    this.measures.push({ name, function: callee.name, functionSpan: callee.span, signals, options, span });
  }
}
