// What an optimize item asks for, checked as a whole: the system as a Program that can be differentiated, what is learned,
// the objective, the methods, and how restarts are judged. One plan for each combination of what the item varies.

import { DiagnosticBag, fail, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { elaborate } from '../../graph/elaborate.js';
import { guard } from '../../graph/scope.js';
import type { Expr } from '../../ir/expr.js';
import type { Program } from '../../ir/program.js';
import type { Argument, Expression, MethodStatement, OptimizeItem } from '../../netlist/ast.js';
import { printExpression } from '../../netlist/loom/print-expression.js';
import type { Library } from '../../netlist/library.js';
import { lowerDifferentiable } from '../../schedule/lower.js';
import { runLength } from '../../simulate/run-length.js';
import type { Graph } from '../../graph/graph.js';
import { paramsIn } from '../../graph/params.js';
import { mostMergedEdges } from '../adjoint-program.js';
import { explainGradient, type Asker } from '../explain-gradient.js';
import { LearnedParameters, type LearnedGroup } from '../learned-parameters.js';
import { benchOfItem } from './bench-of-item.js';
import { countOf, type Varied } from './constants-of-item.js';
import { learnedGroups } from './learned-groups.js';
import { evaluateWithin, outlineLearning, withoutSources } from './learned-system.js';
import { exprOfTerms, minimizedExpr, objectiveTerms, type NamedTerm } from './objective-terms.js';
import type { OptimizationOutline } from './outline-optimization.js';
import { mostLanes, trainingStages, type TrainingStage } from './training-stages.js';

export interface OptimizationPlan {
  readonly item: OptimizeItem;
  readonly varied: Varied;
  /** What the item gives the system. */
  readonly args: readonly Argument[];
  /** With surrogates. */
  readonly program: Program;
  /** What it was made of: it knows the lines. */
  readonly graph: Graph;
  /** Index of the clock (in the Program's clocks) that the run counts, and its ticks. */
  readonly clock: number;
  readonly ticks: number;
  readonly learned: LearnedParameters;
  /** By target: how it is written. */
  readonly shapes: ReadonlyMap<string, LearnedShape>;
  readonly terms: readonly NamedTerm[];
  /** Over parameters with the names of the terms. */
  readonly minimize: Expr;
  readonly batch: number;
  /** What every restart runs, and what the best run after that. */
  readonly stages: readonly TrainingStage[];
  readonly finish: readonly TrainingStage[];
  readonly warnings: readonly Diagnostic[];
}

/** A number where there is no length, a list where there are no rows, else a matrix. */
export interface LearnedShape {
  readonly unit: string;
  readonly rows?: number | undefined;
  readonly length?: number | undefined;
}

/** Everything that is checked before any training. Throws NetlistError with all problems of the phase that failed. */
export function planOptimization(library: Library, { item }: OptimizationOutline, varied: Varied): OptimizationPlan {
  const bag = new DiagnosticBag();
  const { args, learns, targets } = outlineLearning(library, item, varied, bag);
  if (item.body.every(({ kind }) => kind !== 'objective'))
    fail('DL505', item.name.span, `'${item.name.name}' has no objective`, {
      why: 'an objective makes one number of a signal in all lanes, and an expression of them is minimized',
      help: 'add: objective e = rms(u - y), and: minimize e',
    });
  const elaboration = elaborate(library, { bench: benchOfItem(item, args), vary: targets }, bag);
  const { graph } = elaboration;
  const evaluate = evaluateWithin(item, varied, graph);
  const groups = learnedGroups(learns, withoutSources(graph, item), evaluate, bag);
  const terms = objectiveTerms(elaboration, bag);
  // Where an objective is wrong, its name would be unknown.
  const isWhole = terms.length === elaboration.bench?.measures.length;
  const minimize = isWhole ? guard(bag, () => minimizedExpr(item, terms, evaluate)) : undefined;
  const batch = countOf(item, 'batch', 512, mostLanes);
  const minimizedBy = (expression: Expression): Expr => exprOfTerms(expression, item, terms, evaluate);
  const context = { targets: [...targets], groups, terms, batch, evaluate, minimizedBy };
  const methodsOf = (kind: MethodStatement['kind']): MethodStatement[] =>
    item.body.filter((statement): statement is MethodStatement => statement.kind === kind);
  const [methods, finishes] = [methodsOf('method'), methodsOf('finish')];
  const stages = trainingStages(methods, context, bag);
  const finish = trainingStages(finishes, context, bag);
  if (methods.length + finishes.length === 0)
    bag.error('DL505', item.name.span, `'${item.name.name}' has no method`, {
      why: 'a method says how parameters are learned',
      help: 'add: method adam(rate: 0.01, steps: 1000)',
    });
  bag.throwIfErrors();
  const program = lowerDifferentiable(elaboration, bag);
  if (program.timeline.kind === 'merged' && program.timeline.edges.length > mostMergedEdges)
    fail('DL907', item.span, `system '${graph.system}' has no gradient`, {
      why: `at most ${mostMergedEdges} clock edges without a short common period have one`,
    });
  explain({ program, graph, groups, terms, minimize: minimize!, stages: [...stages, ...finish], item }, bag);
  return {
    item,
    varied,
    args,
    program,
    graph,
    ...runLength({ ...elaboration, program, warnings: bag.warnings }, undefined),
    learned: new LearnedParameters(groups),
    shapes: new Map(groups.map((group) => [group.target, shapeOf(group, graph)])),
    terms,
    minimize: minimize!,
    batch,
    stages,
    finish,
    warnings: bag.warnings,
  };
}

function shapeOf({ target, elements }: LearnedGroup, { params, instances }: Graph): LearnedShape {
  const unit = params.find(({ name }) => name === elements[0]!.name)?.unit ?? '';
  const dot = target.lastIndexOf('.');
  const instance = instances.find((one) => one.kind === 'block' && one.path === target.slice(0, dot));
  const value = instance?.kind === 'block' ? instance.params[target.slice(dot + 1)] : undefined;
  if (dot < 0 || !Array.isArray(value)) return { unit };
  const [first] = value as readonly unknown[];
  return Array.isArray(first) ? { unit, rows: value.length, length: first.length } : { unit, length: value.length };
}

interface Explained {
  readonly program: Program;
  readonly graph: Graph;
  readonly groups: readonly LearnedGroup[];
  readonly terms: readonly NamedTerm[];
  readonly minimize: Expr;
  readonly stages: readonly TrainingStage[];
  readonly item: OptimizeItem;
}

/** Tells what methods that follow gradients would find none of. Throws NetlistError. */
function explain({ program, graph, groups, terms, minimize, stages, item }: Explained, bag: DiagnosticBag): void {
  const following = stages.filter(({ definition }) => definition.needs !== 'loss');
  if (following.length === 0) return;
  const records = following.flatMap((stage) => {
    if (stage.residual !== undefined) return [stage.residual];
    const used = new Set(paramsIn(stage.minimize ?? minimize));
    // A second signal is what the first is held against: it may be given.
    return terms.flatMap(({ name, signals }) => (used.has(name) ? [signals[0]!.record] : []));
  });
  // The steps of quantized weights are part of the weights.
  const steps = new Set(
    groups.flatMap(({ quantizer }) => (quantizer === undefined || typeof quantizer.step === 'number' ? [] : quantizer.step)),
  );
  const learned = groups.flatMap(({ elements }) => elements.flatMap(({ name }) => (steps.has(name) ? [] : [name])));
  const askers = new Map<string, Asker>();
  for (const statement of item.body) {
    if (statement.kind === 'objective') {
      const term = terms.find(({ name }) => name === statement.name?.name);
      if (term !== undefined) askers.set(term.signals[0]!.record, { name: term.name, span: statement.span });
    }
    const target = statement.kind === 'learn' ? printExpression(statement.target) : undefined;
    for (const { name } of groups.find((group) => group.target === target)?.elements ?? [])
      askers.set(name, { name, span: statement.span });
  }
  for (const diagnostic of explainGradient(program, { learned, objectives: [...new Set(records)], graph, askers })) bag.report(diagnostic);
  bag.throwIfErrors();
}
