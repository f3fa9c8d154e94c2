// Judges learned parameters as a user would: runs a bench of the netlist with them, by the plain simulator.

import { prepareBench, runPrepared, type PreparedBench } from '../../analysis/run-bench.js';
import { fail, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { evaluateConstant, expectQuantity } from '../../graph/constants.js';
import type { Value } from '../../graph/value.js';
import type { Argument, BenchItem, Expression } from '../../netlist/ast.js';
import type { Library } from '../../netlist/library.js';
import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import { describeDivergence } from '../../simulate/divergence.js';
import { parseUnit } from '../../units/unit.js';
import type { JudgedMeasure } from './restart-result.js';

export interface Judgement {
  readonly measures: readonly JudgedMeasure[];
  readonly score: number;
  /** Why there is no score. */
  readonly problem?: string | undefined;
}

export class RestartJudge {
  private readonly bench: PreparedBench;
  private readonly value: Expression;
  private readonly plan: OptimizationPlan;
  private readonly seed: number;

  /** Throws NetlistError for a bench or an expression that is wrong. */
  constructor(library: Library, plan: OptimizationPlan, judge: { readonly bench: string; readonly value: Expression }, seed: number) {
    const vary = new Set(plan.learned.groups.map(({ target }) => target));
    const benches = library.benches.map((bench) => (bench.name.name === judge.bench ? withArguments(bench, plan.args) : bench));
    this.bench = prepareBench({ ...library, benches }, { bench: judge.bench, vary });
    this.value = judge.value;
    this.plan = plan;
    this.seed = seed;
    const unknown = plan.learned.elements.find(({ name }) => !this.bench.compiled.program.params.some((param) => param.name === name));
    if (unknown !== undefined && this.bench.compiled.graph.system !== plan.program.name)
      fail('DL212', judge.value.span, `bench '${judge.bench}' is of another system than '${plan.item.name.name}'`, {
        why: `it has no parameter '${unknown.name}' that could be judged`,
      });
    this.scoreOf(this.bench.measures.map(({ name, unit }) => ({ name, unit, value: 1 })));
  }

  get warnings(): readonly Diagnostic[] {
    return this.bench.compiled.warnings;
  }

  /** `values`: by element of what is learned. */
  async judge(values: ArrayLike<number>): Promise<Judgement> {
    const { bench, plan, seed } = this;
    const byName = new Map(plan.learned.elements.map(({ name }, i) => [name, values[i]!]));
    const { program } = bench.compiled;
    const params = program.params.map((param) => ({ ...param, value: byName.get(param.name) ?? param.value }));
    const result = await runPrepared({ ...bench, compiled: { ...bench.compiled, program: { ...program, params } } }, { seed });
    const measures = result.measures.map(({ name, value, unit }) => ({ name, value, unit }));
    const name = bench.compiled.bench!.name;
    const missing = bench.measures.find((wanted) => !measures.some((taken) => taken.name === wanted.name));
    if (result.divergence !== undefined)
      return { measures, score: NaN, problem: `judged by '${name}': ${describeDivergence(result.divergence)}` };
    if (missing !== undefined) return { measures, score: NaN, problem: `judged by '${name}': measure '${missing.name}' cannot be taken` };
    const score = this.scoreOf(measures);
    return { measures, score, problem: Number.isFinite(score) ? undefined : `judged by '${name}': the score is ${score}` };
  }

  private scoreOf(measures: readonly JudgedMeasure[]): number {
    const names = measures.map(({ name }) => name);
    const value = evaluateConstant(this.value, (name, span): Value => {
      const measure = measures.find((one) => one.name === name);
      if (measure === undefined)
        return fail('DL201', span, `'${name}' is no measure of the bench`, {
          help: didYouMean(name, names) ?? (names.length === 0 ? 'add a measure to the bench' : `measures: ${names.join(', ')}`),
        });
      const dimension = measure.unit === '' ? undefined : parseUnit(measure.unit)?.dimension;
      return { kind: 'quantity', value: measure.value, dimension, span };
    });
    return expectQuantity(value).value;
  }
}

/** What the bench says itself stands; the rest is what the system was optimized with. */
function withArguments(bench: BenchItem, args: readonly Argument[]): BenchItem {
  const own = new Set(bench.args.map(({ name }) => name));
  return { ...bench, args: [...bench.args, ...args.filter(({ name }) => !own.has(name))] };
}
