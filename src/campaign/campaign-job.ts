// A campaign as plain data that worker threads take: the Program with the varied parameters free, the plan, and measures
// and checks in which every value that follows from a varied parameter is a formula, computed for each point.

import type { PreparedBench } from '../analysis/run-bench.js';
import type { MeasureOptionValue } from '../analysis/define-measure.js';
import type { PreparedMeasure } from '../analysis/prepare-measures.js';
import type { BatchBackendName } from '../backends/compile-batch.js';
import type { Precision } from '../backends/batch.js';
import type { Span } from '../diagnostics/span.js';
import type { BenchCheck } from '../graph/bench.js';
import type { GraphLimit } from '../graph/graph.js';
import { paramsIn } from '../graph/params.js';
import { subexpressions } from '../graph/scope.js';
import type { Quantity, Value } from '../graph/value.js';
import { encodeExprs, encodeProgram, type EncodedExprs, type EncodedProgram } from '../ir/encode-program.js';
import type { Expr } from '../ir/expr.js';
import { noiseParams, noiseValues } from '../ir/noise.js';
import { specialize } from '../ir/specialize.js';
import type { Expression } from '../netlist/ast.js';
import { keepLive } from '../schedule/live.js';
import { coherentAxes } from './coherent-axes.js';
import type { PlanDescription } from './plan.js';

/** A number, or one that is computed for each point. */
export type JobNumber = number | { readonly formula: number };

export type JobOption =
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'number'; readonly value: JobNumber }
  | { readonly kind: 'numbers'; readonly values: readonly JobNumber[] };

export interface JobMeasure {
  readonly name: string;
  readonly function: string;
  readonly signals: readonly string[];
  readonly unit: string;
  readonly options: readonly (readonly [name: string, option: JobOption])[];
  /** Where the netlist has it. */
  readonly span: Span;
}

/** A value without expressions; a quantity that varies has the number of its formula. */
export type JobValue =
  | (Omit<Quantity, 'expr'> & { readonly formula?: number })
  | Exclude<Value, Quantity | { kind: 'list' }>
  | { readonly kind: 'list'; readonly items: readonly JobValue[]; readonly span: Span };

export interface JobCheck {
  readonly text: string;
  readonly condition: Expression;
  /** What the names in the condition mean that are no measures. */
  readonly constants: ReadonlyMap<string, JobValue>;
}

export interface CampaignJob {
  readonly program: EncodedProgram;
  /** Index of the clock (in the Program's clocks) whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  readonly backend: BatchBackendName | undefined;
  readonly precision: Precision;
  /** What gpu.js runs kernels on; undefined for other backends. */
  readonly gpuMode: string | undefined;
  readonly plan: PlanDescription;
  /** Values of the parameters that are not varied. */
  readonly constants: ReadonlyMap<string, number>;
  readonly formulas: EncodedExprs;
  readonly measures: readonly JobMeasure[];
  readonly checks: readonly JobCheck[];
  readonly limits: readonly JobLimit[];
}

/** A value that has to stay from `min` to `max`. */
export interface JobLimit extends Omit<GraphLimit, 'expr'> {
  readonly formula: number;
  /** The varied parameters that it follows from. */
  readonly varied: readonly string[];
}

export interface JobOptions {
  readonly clock: number;
  readonly ticks: number;
  readonly backend: BatchBackendName | undefined;
  readonly precision: Precision;
  readonly gpuMode?: string | undefined;
}

/** `plan` varies tunable parameters of the bench's system; see vary-params.ts. */
export function makeJob({ compiled, measures }: PreparedBench, plan: PlanDescription, options: JobOptions): CampaignJob {
  const { graph, bench, program } = compiled;
  const varied = new Set(plan.axes.map(({ name }) => name));
  const formulas = new Formulas(varied);
  const fixed = keepLive(specialize(program, noiseValues(plan.seed), new Set([...varied, noiseParams.lane])));
  const names = measures.map(({ name }) => name);
  const jobMeasures = measures.map((measure) => measureOf(measure, formulas));
  const checks = (bench?.checks ?? []).map((check) => checkOf(check, names, formulas));
  const limits = graph.limits.flatMap(({ expr, ...limit }) => {
    const formula = formulas.numberOf(expr);
    return formula === undefined ? [] : [{ ...limit, formula, varied: paramsIn(expr).filter((name) => varied.has(name)) }];
  });
  return {
    ...options,
    gpuMode: options.gpuMode,
    program: encodeProgram(fixed),
    plan: { ...plan, coherent: coherentAxes(compiled, plan.axes) },
    constants: new Map(graph.params.filter(({ name }) => !varied.has(name)).map(({ name, value }) => [name, value])),
    formulas: formulas.encode(),
    measures: jobMeasures,
    checks,
    limits,
  };
}

/** The expressions that depend on a varied parameter, each once. */
class Formulas {
  private readonly varied: ReadonlySet<string>;
  private readonly exprs: Expr[] = [];
  private readonly numbers = new Map<Expr, number>();

  constructor(varied: ReadonlySet<string>) {
    this.varied = varied;
  }

  numberOf(expr: Expr | undefined): number | undefined {
    if (expr === undefined || !paramsIn(expr).some((name) => this.varied.has(name))) return undefined;
    let number = this.numbers.get(expr);
    if (number === undefined) {
      number = this.exprs.push(expr) - 1;
      this.numbers.set(expr, number);
    }
    return number;
  }

  numberIn(value: Value): JobNumber {
    if (value.kind !== 'quantity') throw new Error('internal: an option of a measure is no number');
    const formula = this.numberOf(value.expr);
    return formula === undefined ? value.value : { formula };
  }

  encode(): EncodedExprs {
    return encodeExprs(this.exprs);
  }
}

function measureOf({ name, definition, signals, unit, options, source }: PreparedMeasure, formulas: Formulas): JobMeasure {
  const optionOf = (key: string, value: MeasureOptionValue): JobOption => {
    const given = source.options.get(key)!.value;
    if (typeof value === 'string') return { kind: 'choice', value };
    if (typeof value === 'number') return { kind: 'number', value: formulas.numberIn(given) };
    return { kind: 'numbers', values: (given.kind === 'list' ? given.items : [given]).map((item) => formulas.numberIn(item)) };
  };
  return {
    name,
    function: definition.name,
    signals,
    unit,
    options: Object.entries(options).map(([key, value]) => [key, optionOf(key, value)]),
    span: source.span,
  };
}

function checkOf({ text, condition, constant }: BenchCheck, measures: readonly string[], formulas: Formulas): JobCheck {
  const constants = new Map<string, JobValue>();
  for (const inner of subexpressions(condition)) {
    if (inner.kind !== 'name' || measures.includes(inner.name)) continue;
    const value = constant(inner.name, inner.span);
    if (value !== undefined) constants.set(inner.name, plainValue(value, formulas));
  }
  return { text, condition, constants };
}

function plainValue(value: Value, formulas: Formulas): JobValue {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => plainValue(item, formulas)) };
  if (value.kind !== 'quantity') return value;
  const { expr, exact, ...rest } = value;
  const formula = formulas.numberOf(expr);
  if (formula !== undefined) return { ...rest, formula };
  return exact === undefined ? rest : { ...rest, exact };
}
