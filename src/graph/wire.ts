// Formula instances: expressions as blocks of their own, wired by the signals they read.

import type { Expression } from '../netlist/ast.js';
import { printExpression } from '../netlist/loom/print-expression.js';
import type { FormulaInstance, SignalRef } from './graph.js';
import { guard, type Outputs, type Scope } from './scope.js';
import { buildFormula, FormulaInputs, shapeOf } from './signals.js';
import type { Work } from './work.js';

/** The signals of an expression: a plain name is a wire, anything else becomes formula instances at `path`. */
export function wireExpression(
  expression: Expression,
  path: string,
  scope: Scope,
  work: Work,
): { signals: readonly SignalRef[]; shape: number | undefined } {
  const shape = shapeOf(expression, scope, path, work);
  const text = printExpression(expression);
  const signals = Array.from({ length: shape ?? 1 }, (_, element): SignalRef => {
    const inputs = new FormulaInputs();
    const formula = buildFormula(expression, element, scope, path, work, inputs);
    if (formula.kind === 'input') return inputs.refs[formula.index]!;
    const instance: FormulaInstance = {
      kind: 'formula',
      path: shape === undefined ? path : `${path}[${element}]`,
      span: expression.span,
      group: scope.path,
      formula,
      inputs: inputs.refs,
      text,
      type: 'real',
    };
    work.instances.push(instance);
    return { instance, port: 'out', element: 0 };
  });
  return { signals, shape };
}

/** Formula instances for a name, one for each element, whose formulas follow when everything is declared. */
export function createFormulas(expression: Expression, path: string, scope: Scope, work: Work): Outputs {
  const shape = shapeOf(expression, scope, path, work);
  const text = printExpression(expression);
  const refs = Array.from({ length: shape ?? 1 }, (_, element): SignalRef => {
    const inputs = new FormulaInputs();
    const instance: FormulaInstance & { formula: FormulaInstance['formula'] } = {
      kind: 'formula',
      path: shape === undefined ? path : `${path}[${element}]`,
      span: expression.span,
      group: scope.path,
      formula: { kind: 'constant', value: false, span: expression.span },
      inputs: inputs.refs,
      text,
      type: 'real',
    };
    work.instances.push(instance);
    work.pending.push(() =>
      guard(work.bag, () => Object.assign(instance, { formula: buildFormula(expression, element, scope, path, work, inputs) })),
    );
    return { instance, port: 'out', element: 0 };
  });
  const wire = { refs, vector: shape !== undefined };
  return { first: 'out', names: ['out'], wire: () => wire };
}
