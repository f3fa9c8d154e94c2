// A check of a bench: its condition over measures and parameters, and by how much it holds.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { BenchCheck } from '../graph/bench.js';
import { evaluateConstant, expectBoolean } from '../graph/constants.js';
import type { Value } from '../graph/value.js';
import { printDimension } from '../units/dimension.js';
import { parseUnit } from '../units/unit.js';

export interface CheckResult {
  readonly text: string;
  readonly pass: boolean;
  /** Value of the comparison's left side; absent where the condition is no single comparison. */
  readonly value?: number | undefined;
  /** Unit of the value; '' for plain numbers. */
  readonly unit: string;
  /** By how much a single comparison holds, in the unit of the value; negative where it does not. */
  readonly margin?: number | undefined;
}

/** What a check needs to know of a measure that was taken. */
export interface CheckedMeasure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const marginOf: Readonly<Partial<Record<string, (left: number, right: number) => number>>> = {
  '<': (left, right) => right - left,
  '<=': (left, right) => right - left,
  '>': (left, right) => left - right,
  '>=': (left, right) => left - right,
  '==': (left, right) => -Math.abs(left - right),
  '!=': (left, right) => Math.abs(left - right),
};

/** `names` are the measures of the bench; those that could not be taken are not in `taken`, and a check that names one fails. */
export function evaluateCheck(check: BenchCheck, names: readonly string[], taken: readonly CheckedMeasure[]): CheckResult {
  const { condition, text } = check;
  let missing = false;
  const lookup = (name: string, span: Span): Value | undefined => {
    const measure = taken.find((candidate) => candidate.name === name);
    if (measure !== undefined) {
      const dimension = measure.unit === '' ? undefined : parseUnit(measure.unit)?.dimension;
      return { kind: 'quantity', value: measure.value, dimension, span };
    }
    if (names.includes(name)) {
      missing = true;
      return { kind: 'quantity', value: NaN, span };
    }
    return (
      check.constant(name, span) ??
      fail('DL201', span, `'${name}' is neither a measure nor a parameter`, {
        help: didYouMean(name, names),
      })
    );
  };
  const compared = condition.kind === 'binary' ? marginOf[condition.operator] : undefined;
  const sides = condition.kind === 'binary' && compared !== undefined ? [condition.left, condition.right] : [];
  const [left, right] = sides.map((side) => evaluateConstant(side, lookup));
  const pass = expectBoolean(evaluateConstant(condition, lookup)) && !missing;
  if (left?.kind !== 'quantity' || right?.kind !== 'quantity') return { text, pass, unit: '' };
  const unit = left.dimension === undefined ? '' : printDimension(left.dimension);
  return { text, pass, value: left.value, unit, margin: compared!(left.value, right.value) };
}
