// What an optimize item asks for, checked as a whole: the system as a Program that can be differentiated, what is learned,
// the objective, the methods, and how restarts are judged. One plan for each combination of what the item varies.

import { DiagnosticBag, fail, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { elaborate, type Elaboration } from '../../graph/elaborate.js';
import { namesIn } from '../../graph/bench-names.js';
import { guard, subexpressions } from '../../graph/scope.js';
import type { Expr } from '../../ir/expr.js';
import type { Program } from '../../ir/program.js';
import type { Argument, Expression, LearnStatement, MethodStatement, OptimizeItem } from '../../netlist/ast.js';
import { printExpression } from '../../netlist/loom/print-expression.js';
import type { Library } from '../../netlist/library.js';
import { lowerDifferentiable } from '../../schedule/lower.js';
import { runLength } from '../../simulate/run-length.js';
import type { Graph } from '../../graph/graph.js';
import { paramsIn } from '../../graph/params.js';
import { mostMergedEdges } from '../adjoint-program.js';
import { explainGradient, type Asker } from '../explain-gradient.js';
import { placeOf, systemOfItem } from '../learned-netlist.js';
import { LearnedParameters, type LearnedGroup } from '../learned-parameters.js';
import { argumentsOf, benchOfItem } from './bench-of-item.js';
import { constantsOf, countOf, variantsOf, type Evaluate, type Varied } from './constants-of-item.js';
import { learnedGroups } from './learned-groups.js';
import { exprOfTerms, minimizedExpr, objectiveTerms, type NamedTerm } from './objective-terms.js';
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

/** What is the same for all variants of an item. */
export interface OptimizationOutline {
  readonly item: OptimizeItem;
  readonly variants: readonly Varied[];
  readonly restarts: number;
  readonly finalists: number;
  readonly judge?: { readonly bench: string; readonly value: Expression } | undefined;
  readonly warnings: readonly Diagnostic[];
}

const mostRestarts = 2 ** 24;

/** Throws NetlistError. Without a name the only optimize item of the library. */
export function outlineOptimization(library: Library, name?: string): OptimizationOutline {
  const item = findItem(library, name);
  const [judge, second] = item.body.filter((statement) => statement.kind === 'judge');
  if (second !== undefined)
    fail('DL202', second.span, 'restarts are judged once', { related: [{ message: 'judged here first', span: judge!.span }] });
  const benches = library.benches.map((bench) => bench.name.name);
  if (judge !== undefined && !benches.includes(judge.bench.name))
    fail('DL212', judge.bench.span, `there is no bench '${judge.bench.name}'`, {
      help:
        didYouMean(judge.bench.name, benches) ??
        (benches.length === 0 ? 'add one: it judges what was learned' : `benches: ${benches.join(', ')}`),
    });
  const restarts = countOf(item, 'restarts', 1, mostRestarts);
  const variants = variantsOf(item);
  return {
    item,
    variants,
    restarts,
    finalists: countOf(item, 'finalists', 4, mostRestarts),
    judge: judge === undefined ? undefined : { bench: judge.bench.name, value: judge.value },
    warnings: [...countWarnings(item, variants.length, restarts), ...unreadWarnings(library, item)],
  };
}

/** Statements that have no effect, or less than they seem to have. */
function countWarnings({ name, body }: OptimizeItem, variants: number, restarts: number): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  const finalists = body.find(({ kind }) => kind === 'finalists');
  if (finalists !== undefined && body.every(({ kind }) => kind !== 'finish'))
    bag.warn('DL208', finalists.span, '`finalists` has no effect: nothing is finished', {
      help: 'add: finish integer_search(passes: 4), or remove it',
    });
  const counted = body.find(({ kind }) => kind === 'restarts');
  if (restarts < variants)
    bag.warn(
      'DL303',
      counted?.span ?? name.span,
      `${restarts} restart${restarts === 1 ? '' : 's'} for ${variants} combinations of what is varied`,
      {
        why: 'restarts go through the combinations one after the other: the last ones get none',
        help: `restarts ${variants}, or a multiple of it`,
      },
    );
  return bag.list;
}

/** What is varied, and neither the system nor the item reads. */
function unreadWarnings(library: Library, item: OptimizeItem): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  const params = library.systems.get((item.system ?? item.name).name)?.item.params.map(({ name }) => name.name) ?? [];
  const read = new Set([...params, ...namesIn(item), ...item.args.flatMap(({ value }) => namesOf(value))]);
  for (const statement of item.body)
    if (statement.kind === 'minimize' || statement.kind === 'judge') for (const name of namesOf(statement.value)) read.add(name);
  for (const statement of item.body)
    if (statement.kind === 'vary' && !read.has(statement.name.name))
      bag.warn('DL208', statement.name.span, `'${statement.name.name}' is varied, and nothing reads it`, {
        help: didYouMean(statement.name.name, params) ?? `parameters of the system: ${params.length === 0 ? 'none' : params.join(', ')}`,
      });
  return bag.list;
}

const namesOf = (expression: Expression): string[] =>
  [...subexpressions(expression)].flatMap((inner) => (inner.kind === 'name' ? [inner.name] : []));

function findItem(library: Library, name: string | undefined): OptimizeItem {
  const { optimizations } = library;
  const names = optimizations.map((item) => item.name.name);
  if (name !== undefined)
    return (
      optimizations[names.indexOf(name)] ??
      fail('DL212', undefined, `there is no optimize item '${name}' in '${library.path}'`, { help: didYouMean(name, names) })
    );
  const [first, second] = optimizations;
  if (first === undefined)
    fail('DL212', undefined, `'${library.path}' has no optimize item`, {
      help: 'add one: optimize name of system { learn … minimize … method … }',
    });
  if (second !== undefined)
    fail('DL212', undefined, `'${library.path}' has several optimize items`, { help: `name one: ${names.join(', ')}` });
  return first;
}

/** What an item says of its system, whatever is minimized. */
interface Learning {
  /** What the item gives the system. */
  readonly args: readonly Argument[];
  readonly learns: readonly LearnStatement[];
  readonly targets: ReadonlySet<string>;
}

function outlineLearning(library: Library, item: OptimizeItem, varied: Varied, bag: DiagnosticBag): Learning {
  const system = item.system ?? item.name;
  const params = library.systems.get(system.name)?.item.params.map(({ name }) => name.name) ?? [];
  const args = argumentsOf(
    item,
    params,
    varied,
    constantsOf(item, varied, () => undefined),
  );
  const learns = item.body.filter((statement) => statement.kind === 'learn');
  if (learns.length === 0)
    bag.error('DL505', item.name.span, `'${item.name.name}' learns nothing`, {
      why: 'an optimization moves the parameters that it learns',
      help: 'add: learn x1.gain',
    });
  for (const { name } of item.body.filter((statement) => statement.kind === 'vary')) {
    const learn = learns.find(({ target }) => target.kind === 'name' && target.name === name.name);
    if (learn !== undefined)
      bag.error('DL202', learn.target.span, `'${name.name}' is learned, and varied`, {
        related: [{ message: 'varied here', span: name.span }],
        help: 'learn it from several starts: init: uniform(low, high), and restarts',
      });
  }
  const own = guard(bag, () => systemOfItem(library, item));
  if (own !== undefined) for (const { target } of learns) guard(bag, () => placeOf(target, own));
  bag.throwIfErrors();
  return { args, learns, targets: new Set(learns.map(({ target }) => printExpression(target))) };
}

const evaluateWithin = (item: OptimizeItem, varied: Varied, { params }: Graph): Evaluate =>
  constantsOf(item, varied, (name) => params.find((param) => param.name === name)?.value);

/** The system of an item with open inputs, and what the item learns of it, at the first of all combinations that it varies. Throws NetlistError. */
export function elaborateLearned(
  library: Library,
  name: string,
  set: ReadonlyMap<string, string>,
  bag: DiagnosticBag,
): { readonly elaboration: Elaboration; readonly learned: LearnedParameters } {
  const { item, variants } = outlineOptimization(library, name);
  const varied = variants[0]!;
  const { args, learns, targets } = outlineLearning(library, item, varied, bag);
  const system = (item.system ?? item.name).name;
  const elaboration = elaborate(library, { system, args, set, openInputs: true, vary: targets }, bag);
  const groups = learnedGroups(learns, elaboration.graph, evaluateWithin(item, varied, elaboration.graph), bag);
  bag.throwIfErrors();
  return { elaboration, learned: new LearnedParameters(groups) };
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
  const groups = learnedGroups(learns, graph, evaluate, bag);
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
