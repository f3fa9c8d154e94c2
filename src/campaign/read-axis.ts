// Axes as they are written on the command line: `lin(0.1V, 1V, 10)`, `[10mV, 20mV]`, `normal(0V, 1mV)`. Numbers are parameter
// expressions of the netlist language. Whether there is such a parameter is looked up elsewhere.

import { DiagnosticBag, fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { evaluateConstant, expectInteger, expectQuantity } from '../graph/constants.js';
import { outside } from '../graph/parameter-table.js';
import { checkUnit } from '../graph/params.js';
import { guard } from '../graph/scope.js';
import type { Quantity, Value } from '../graph/value.js';
import type { Argument, CallExpression, Expression } from '../netlist/ast.js';
import { parseExpression } from '../netlist/loom/fragment.js';
import { multiplyRational, rationalOfNumber, rationalToNumber } from '../numeric/rational.js';
import { printDimension } from '../units/dimension.js';
import { axisKinds, axisParts, findAxisFault, type AxisPart } from './axis-fault.js';
import type { Axis } from './plan.js';

const kindsInWords =
  'lin(from, to, count), log(from, to, count), list(a, b, …), uniform(from, to), loguniform(from, to), normal(mean, sigma)';

/**
 * The axis that `text` says for the parameter `name`, which is in `unit` ('' for plain numbers); bare numbers fit every unit.
 * @throws NetlistError with every fault and its place in `<command line>`: DL101 and DL102 for the grammar, DL103 for numbers,
 *   DL201 for an unknown kind, DL202, DL204, DL206 and DL207 for arguments, DL301 for units, DL303 for values, DL305 for what is no axis
 */
export function readAxis(name: string, text: string, unit: string): Axis {
  const source = { name: outside.source.name, text: `${name}=${text}` };
  const whole: Span = { source, start: name.length + 1, end: source.text.length };
  const bag = new DiagnosticBag();
  const expression = parseExpression(source, whole.start, whole.end, bag);
  bag.throwIfErrors();
  if (expression?.kind === 'list' || expression?.kind === 'comprehension') {
    const list = evaluateConstant(expression, noNames);
    return checkedAxis(listAxis(name, list.kind === 'list' ? list.items : [], unit, bag), expression.span, new Map());
  }
  if (expression?.kind !== 'call') {
    fail('DL305', whole, `'${text}' says no values for '${name}' to take in turn`, { help: `write ${kindsInWords}` });
  }
  return readCall(name, expression, unit, bag);
}

function readCall(name: string, { callee, args, span }: CallExpression, unit: string, bag: DiagnosticBag): Axis {
  const kind = axisKinds.find((known) => known === callee.name);
  if (kind === undefined) {
    fail('DL201', callee.span, `there is no axis '${callee.name}(…)'`, { help: didYouMean(callee.name, axisKinds) });
  }
  if (kind === 'list') {
    const values = args.flatMap(({ name: label, nameSpan, value }): Value[] => {
      if (label !== undefined) bag.error('DL204', nameSpan, `'${label}' is no argument of list(…)`, { help: 'write list(a, b, …)' });
      const items: Value[] = [];
      guard(bag, () => items.push(evaluateConstant(value, noNames)));
      return items;
    });
    return checkedAxis(listAxis(name, values, unit, bag), span, new Map());
  }
  const parts: readonly AxisPart[] = axisParts[kind];
  const given = placeArguments(kind, parts, args, span, bag);
  const spans = new Map<AxisPart, Span>();
  const numbers: Partial<Record<AxisPart, number>> = {};
  let mean: Quantity | undefined;
  // In the order of the parts: a share of the mean needs the mean.
  for (const part of parts) {
    const value = given.get(part);
    if (value === undefined) continue;
    spans.set(part, value.span);
    guard(bag, () => {
      const quantity = evaluateNumber(value);
      checkUnit(quantity, part === 'count' ? '' : unit, part === 'count' ? part : name);
      if (part === 'mean') mean = quantity;
      if (part === 'sigma') numbers[part] = readSigma(value, quantity, mean);
      else numbers[part] = part === 'count' ? expectInteger(quantity) : quantity.value;
    });
  }
  bag.throwIfErrors();
  return checkedAxis({ kind, name, ...numbers } as Axis, span, spans);
}

/** A sigma written in `%` or `ppm` is a part of a mean other than 0. `mean` is undefined where it is at fault. */
function readSigma(written: Expression, sigma: Quantity, mean: Quantity | undefined): number {
  const isShare = written.kind === 'number' && (written.unit === '%' || written.unit === 'ppm');
  if (isShare && mean !== undefined && mean.value !== 0) {
    if (!Number.isFinite(mean.value)) return sigma.value;
    // As decimals, rounded once: 5% of 100fF is 5fF, as a reader expects it.
    return rationalToNumber(multiplyRational(rationalOfNumber(sigma.value), rationalOfNumber(Math.abs(mean.value))));
  }
  if (sigma.dimension === undefined && mean?.dimension !== undefined) {
    const unit = printDimension(mean.dimension);
    fail('DL301', sigma.span, `'sigma' has no unit, and the mean is in ${unit}`, {
      why: isShare ? 'a part of 0 is 0' : 'the standard deviation is in the unit of the mean, or a part of it in %',
      help: isShare ? `write sigma in ${unit}` : `write sigma in ${unit}, or as a part of the mean such as 5%`,
    });
  }
  return sigma.value;
}

/** Arguments by what they mean: in order, or by name. */
function placeArguments(
  kind: string,
  parts: readonly AxisPart[],
  args: readonly Argument[],
  span: Span,
  bag: DiagnosticBag,
): Map<AxisPart, Expression> {
  const form = `${kind}(${parts.join(', ')})`;
  const placed = new Map<AxisPart, Expression>();
  for (const [i, { name, nameSpan, value }] of args.entries()) {
    const part = name === undefined ? parts[i] : parts.find((known) => known === name);
    if (part === undefined && name === undefined) {
      bag.error('DL207', value.span, `'${kind}(…)' takes ${parts.length} arguments, not ${args.length}`, { help: `write ${form}` });
      break;
    }
    if (part === undefined) bag.error('DL204', nameSpan, `'${name}' is no argument of ${kind}(…)`, { help: didYouMean(name!, parts) });
    else if (placed.has(part)) bag.error('DL202', value.span, `'${part}' is given twice`, { help: `write ${form}` });
    else placed.set(part, value);
  }
  const missing = parts.filter((part) => !placed.has(part));
  if (missing.length > 0 && !bag.hasErrors) {
    bag.error('DL206', span, `'${kind}(…)' lacks ${missing.map((part) => `'${part}'`).join(' and ')}`, { help: `write ${form}` });
  }
  return placed;
}

function listAxis(name: string, items: readonly Value[], unit: string, bag: DiagnosticBag): Axis {
  const values: number[] = [];
  for (const item of items) {
    guard(bag, () => {
      const quantity = expectQuantity(item);
      checkUnit(quantity, unit, name);
      values.push(quantity.value);
    });
  }
  bag.throwIfErrors();
  return { kind: 'list', name, values };
}

/** DL303 at the number that makes the axis impossible. */
function checkedAxis(axis: Axis, span: Span, parts: ReadonlyMap<AxisPart, Span>): Axis {
  const fault = findAxisFault(axis);
  if (fault === undefined) return axis;
  const place = typeof fault.part === 'string' ? (parts.get(fault.part) ?? span) : span;
  fail('DL303', place, fault.message, { why: fault.why, help: fault.help });
}

const evaluateNumber = (expression: Expression): Quantity => expectQuantity(evaluateConstant(expression, noNames));

function noNames(name: string, span: Span): never {
  fail('DL201', span, `'${name}' means nothing here`, { why: 'the values of an axis are numbers with units, not names' });
}
