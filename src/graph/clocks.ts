// Clock statements become clocks with exact rational periods; `@ clk.p2` becomes an edge.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { ClockStatement, Expression, MemberExpression, NameExpression } from '../netlist/ast.js';
import { divideRational, makeRational, one, rationalOfNumber, signOf, zero } from '../numeric/rational.js';
import { namedDimensions, printDimension, sameDimension } from '../units/dimension.js';
import type { Rational } from '../units/quantity.js';
import { evaluateConstant, expectQuantity } from './constants.js';
import type { ClockEdge, ClockPhase, GraphClock } from './graph.js';
import { AlreadyReported, lookUpConstant, pathIn, scopeAround, type ClockBinding, type Scope } from './scope.js';
import type { Quantity } from './value.js';

const hertz = namedDimensions.get('Hz')!;
const seconds = namedDimensions.get('s')!;

/** The clock of a name, here or in the systems around; undefined if there is none. */
function findClock(scope: Scope, name: string): number | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = scopeAround(at)) {
    const binding = at.names.get(name);
    if (binding?.kind === 'clock') return soundClock(binding);
  }
  return undefined;
}

function soundClock({ clock }: ClockBinding): number {
  if (clock < 0) throw new AlreadyReported();
  return clock;
}

/** `of clk`: the clock itself, whatever phases it has. */
export const resolveClock = (name: NameExpression, scope: Scope, clocks: readonly GraphClock[]): number =>
  findClock(scope, name.name) ?? resolveEdge(name, scope, clocks).clock;

/** Clocks that a block in this scope can mean without a name: those of the nearest system that declares any. */
export function clocksAround(scope: Scope): { readonly name: string; readonly clock: number }[] {
  for (let at: Scope | undefined = scope; at !== undefined; at = scopeAround(at)) {
    if (at.clocks.size > 0) return [...at.clocks].map(([name, binding]) => ({ name, clock: soundClock(binding) }));
  }
  return [];
}

/** `clk`, `clk / 64` or `1MHz`: a frequency, and the clock it derives from, whose offset it shares. */
export function makeClock(
  statement: ClockStatement,
  scope: Scope,
  clocks: readonly GraphClock[],
  uses: (value: Quantity) => void,
): GraphClock {
  const { name, frequency, span } = statement;
  let base: GraphClock | undefined;
  const value = expectQuantity(
    evaluateConstant(frequency, (inner, at) => {
      const clock = findClock(scope, inner);
      if (clock === undefined) return lookUpConstant(scope, inner, at);
      base = clocks[clock]!;
      return { kind: 'quantity', value: NaN, dimension: hertz, exact: divideRational(one, base.period), span: at };
    }),
  );
  uses(value);
  const exact = exactValue(value);
  if (value.dimension !== undefined && !sameDimension(value.dimension, hertz) && !sameDimension(value.dimension, seconds)) {
    fail('DL301', frequency.span, `a clock takes a frequency in Hz or a period in s, not ${printDimension(value.dimension)}`);
  }
  if (signOf(exact) <= 0)
    fail('DL404', frequency.span, `the frequency of clock '${name.name}' is not positive`, { why: 'a clock needs a period' });
  const isPeriod = value.dimension !== undefined && sameDimension(value.dimension, seconds);
  const period = isPeriod ? exact : divideRational(one, exact);
  return {
    name: pathIn(scope, name.name),
    period,
    offset: offsetOf(statement, scope, uses) ?? base?.offset ?? zero,
    phases: phasesOf(statement, scope, uses),
    span,
  };
}

function exactValue(value: Quantity): Rational {
  if (!Number.isFinite(value.value) && value.exact === undefined) fail('DL404', value.span, 'a clock needs a finite frequency');
  return value.exact ?? rationalOfNumber(value.value);
}

function offsetOf(statement: ClockStatement, scope: Scope, uses: (value: Quantity) => void): Rational | undefined {
  if (statement.offset === undefined) return undefined;
  const value = constant(statement.offset, scope);
  uses(value);
  if (value.dimension !== undefined && !sameDimension(value.dimension, seconds)) {
    fail('DL301', statement.offset.span, `an offset is a time in s, not ${printDimension(value.dimension)}`);
  }
  const exact = exactValue(value);
  if (signOf(exact) < 0)
    fail('DL404', statement.offset.span, 'the offset of a clock is negative', { why: 'the first event comes at t = 0 or later' });
  return exact;
}

const constant = (expression: Expression, scope: Scope): Quantity =>
  expectQuantity(evaluateConstant(expression, (name, span) => lookUpConstant(scope, name, span)));

/** Phases without `at` are spread evenly: the k-th of n at k/n. */
function phasesOf(statement: ClockStatement, scope: Scope, uses: (value: Quantity) => void): ClockPhase[] {
  const count = BigInt(statement.phases.length);
  if (count === 0n) return [{ name: '', at: zero }];
  const phases = statement.phases.map((phase, k) => {
    if (phase.at === undefined) return { name: phase.name.name, at: makeRational(BigInt(k), count) };
    const value = constant(phase.at, scope);
    uses(value);
    return { name: phase.name.name, at: exactValue(value) };
  });
  phases.forEach((phase, k) => {
    const { span, name } = statement.phases[k]!;
    if (statement.phases.findIndex((other) => other.name.name === name.name) < k)
      fail('DL202', name.span, `phase '${name.name}' is declared twice`);
    const before = phases[k - 1];
    const isInside = signOf(phase.at) >= 0 && phase.at.numerator < phase.at.denominator;
    const isAfter = before === undefined || before.at.numerator * phase.at.denominator < phase.at.numerator * before.at.denominator;
    if (!isInside || !isAfter) {
      fail('DL404', span, `phase '${name.name}' does not come after the one before it, within one period`, {
        why: 'the phases of a clock are ordered fractions of its period from 0 to 1, 1 not included',
      });
    }
  });
  return phases;
}

/** `@ clk.p2`, or `@ clk` for a clock with one phase. */
export function resolveEdge(at: Expression, scope: Scope, clocks: readonly GraphClock[]): ClockEdge {
  const { clockName, phaseName, span } = edgeNames(at);
  const clock = findClock(scope, clockName.name);
  if (clock === undefined) {
    const names = clocksAround(scope).map((known) => known.name);
    fail('DL403', clockName.span, `unknown clock '${clockName.name}'`, {
      help: didYouMean(clockName.name, names) ?? (names.length === 0 ? 'declare one: clock clk = 1MHz' : undefined),
    });
  }
  const { phases } = clocks[clock]!;
  const names = phases.map((phase) => phase.name);
  if (phaseName === undefined) {
    if (phases.length === 1) return { clock, phase: 0 };
    fail('DL403', span, `clock '${clockName.name}' has ${phases.length} phases: say which`, {
      help: names.map((name) => `@ ${clockName.name}.${name}`).join(' or '),
    });
  }
  const phase = names.indexOf(phaseName);
  if (phase < 0)
    fail('DL403', span, `clock '${clockName.name}' has no phase '${phaseName}'`, {
      help: didYouMean(
        phaseName,
        names.filter((name) => name !== ''),
      ),
    });
  return { clock, phase };
}

function edgeNames(at: Expression): { clockName: NameExpression; phaseName: string | undefined; span: Span } {
  if (at.kind === 'name') return { clockName: at, phaseName: undefined, span: at.span };
  if (at.kind === 'member' && at.object.kind === 'name')
    return { clockName: at.object, phaseName: (at as MemberExpression).name, span: at.span };
  return fail('DL403', at.span, 'a clock edge is written clk or clk.p1');
}

/** The edge that `@` behind an instance gives to what is inside and names none. */
export function edgeGiven(scope: Scope): ClockEdge | undefined {
  for (let at: Scope | undefined = scope; at !== undefined && at.clocks.size === 0; at = scopeAround(at)) {
    if (at.defaultEdge !== undefined) return at.defaultEdge;
  }
  return undefined;
}

/** The edge of a clocked block that names none: the one given to the instance around it, or the only clock there is. */
export function defaultEdge(scope: Scope, clocks: readonly GraphClock[], span: Span, what: string): ClockEdge {
  const given = edgeGiven(scope);
  if (given !== undefined) return given;
  const around = clocksAround(scope);
  const choices = around.flatMap(({ name, clock }) =>
    clocks[clock]!.phases.map((phase, k) => ({ text: phase.name === '' ? name : `${name}.${phase.name}`, edge: { clock, phase: k } })),
  );
  if (choices.length === 1) return choices[0]!.edge;
  if (choices.length === 0)
    fail('DL402', span, `${what} has no clock`, { why: 'the system declares none', help: 'declare one: clock clk = 1MHz' });
  return fail('DL402', span, `${what} needs a clock edge`, {
    why: `there is more than one: ${choices.map((choice) => choice.text).join(', ')}`,
    help:
      scope.caller === undefined
        ? `add @ ${choices[0]!.text}`
        : `add @ ${choices[0]!.text} here or behind the instance of '${scope.system}'`,
  });
}
