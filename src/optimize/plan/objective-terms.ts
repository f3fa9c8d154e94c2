// `objective` and `minimize` statements, held against the reductions that there are.

import { prepareOptions } from '../../analysis/prepare-measures.js';
import type { MeasureOption } from '../../analysis/define-measure.js';
import { fail, type DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import type { BenchMeasure } from '../../graph/bench.js';
import { evaluateConstant, expectQuantity } from '../../graph/constants.js';
import type { Elaboration } from '../../graph/elaborate.js';
import { guard } from '../../graph/scope.js';
import { exprOf, type Value } from '../../graph/value.js';
import { param } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import type { Expression, OptimizeItem } from '../../netlist/ast.js';
import { parseUnit } from '../../units/unit.js';
import type { ObjectiveTerm } from '../objective.js';
import { commonReductionOptions, reductions, type Over } from '../reductions.js';
import type { Evaluate } from './constants-of-item.js';

export interface NamedTerm extends ObjectiveTerm {
  readonly unit: string;
}

/** Problems go into the bag; what is right is returned. */
export function objectiveTerms({ bench, unitOf }: Elaboration, bag: DiagnosticBag): NamedTerm[] {
  const units = new Map(bench?.records.map((record) => [record.name, unitOf(record.signal)]));
  return (bench?.measures ?? []).flatMap((measure) => {
    const term = guard(bag, () => objectiveTerm(measure, units.get(measure.signals.at(-1) ?? '') ?? '', bag));
    return term === undefined ? [] : [term];
  });
}

function objectiveTerm(measure: BenchMeasure, unit: string, bag: DiagnosticBag): NamedTerm {
  const reduction = reductions.get(measure.function);
  if (reduction === undefined) {
    fail('DL502', measure.functionSpan, `unknown objective '${measure.function}'`, {
      why: 'an objective makes one number of signals in all lanes of a batch',
      help: didYouMean(measure.function, reductions.keys()) ?? `objectives: ${[...reductions.keys()].join(', ')}`,
    });
  }
  const wanted = reduction.over?.length ?? 1;
  if (measure.signals.length !== wanted)
    fail('DL503', measure.span, `'${reduction.name}' takes ${wanted} signal${wanted === 1 ? '' : 's'}, not ${measure.signals.length}`, {
      ...(wanted === 1
        ? {
            why: 'an objective makes one number of one signal',
            help: 'give each signal an objective of its own, and add them where they are minimized',
          }
        : { why: reduction.doc }),
    });
  const known: Readonly<Record<string, MeasureOption>> = {
    ...reduction.options,
    ...(reduction.over === undefined ? commonReductionOptions : {}),
  };
  const defaults = Object.entries(known).flatMap(([name, option]) =>
    option.default === undefined ? [] : [[name, option.default] as const],
  );
  const options = { ...Object.fromEntries(defaults), ...prepareOptions(`'${reduction.name}'`, known, measure.options, unit, bag) };
  const signals = measure.signals.map((record, i) => ({ record, over: reduction.over?.[i] ?? (options['over'] as Over) }));
  return { name: measure.name, signals, reduction, options, unit };
}

/** What the item minimizes, over parameters with the names of the terms. */
export function minimizedExpr(item: OptimizeItem, terms: readonly NamedTerm[], evaluate: Evaluate): Expr {
  const [minimize, second] = item.body.filter((statement) => statement.kind === 'minimize');
  if (minimize === undefined)
    fail('DL505', item.name.span, `'${item.name.name}' does not say what to minimize`, {
      why: 'an optimization lowers one expression of its objectives',
      help: 'add: objective e = rms(u - y), and: minimize e',
    });
  if (second !== undefined)
    fail('DL202', second.span, 'one expression is minimized', { related: [{ message: 'minimized here first', span: minimize.span }] });
  return exprOfTerms(minimize.value, item, terms, evaluate);
}

/** An expression of objectives and constants, over parameters with the names of the terms. */
export function exprOfTerms(expression: Expression, item: OptimizeItem, terms: readonly NamedTerm[], evaluate: Evaluate): Expr {
  const used = new Set<string>();
  const value = evaluateConstant(expression, (name, span): Value => {
    const term = terms.find((one) => one.name === name);
    if (term === undefined) {
      const isConstant = item.body.some((statement) => statement.kind === 'param' && statement.name.name === name);
      if (!isConstant && !evaluates(evaluate, name, span))
        fail('DL201', span, `'${name}' is no objective`, {
          help:
            didYouMean(
              name,
              terms.map((one) => one.name),
            ) ?? `objectives: ${terms.map((one) => one.name).join(', ')}`,
        });
      return evaluate({ kind: 'name', name, span });
    }
    used.add(name);
    const dimension = term.unit === '' ? undefined : parseUnit(term.unit)?.dimension;
    return { kind: 'quantity', value: 1, dimension, expr: param(name), span };
  });
  if (used.size === 0)
    fail('DL505', expression.span, 'what is minimized has no objective in it', {
      why: 'it is the same for all parameters',
      help: `objectives: ${terms.map(({ name }) => name).join(', ')}`,
    });
  return exprOf(expectQuantity(value));
}

function evaluates(evaluate: Evaluate, name: string, span: Parameters<typeof fail>[1]): boolean {
  try {
    evaluate({ kind: 'name', name, span: span! });
    return true;
  } catch {
    return false;
  }
}
