// Declares the names of a system's body: parameters, clocks, inputs, blocks, vectors and outputs. Nothing
// is wired here, so statements may stand in any order.

import { fail } from '../diagnostics/diagnostic.js';
import type { ClockStatement, Expression, Identifier, LetStatement, MemberExpression, NameExpression, Statement } from '../netlist/ast.js';

import { calleeKind } from './callee.js';
import { clocksAround, edgeGiven, makeClock, resolveClock } from './clocks.js';
import { evaluateConstant, expectInteger } from './constants.js';
import { AlreadyReported, guard, lookUpConstant, pathIn, subexpressions, type Binding, type Scope, type SignalBinding } from './scope.js';
import { indexScope } from './constancy.js';
import { shapeNeeds } from './signals.js';
import type { Value } from './value.js';
import { createFormulas } from './wire.js';
import { hasTurns, outputsOf, takeTurns, type Work } from './work.js';

const longestLoop = 1_000_000;

/** Names that objects of the language underneath have; refused everywhere, so that no table can be fooled. */
const reserved: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'pi',
  'inf',
]);

/** Binds a name in the scope, unless it is reserved or taken. */
export function bind(scope: Scope, name: Identifier, binding: Binding, work: Work): boolean {
  if (reserved.has(name.name)) {
    work.bag.error('DL213', name.span, `'${name.name}' is a reserved name`, { help: 'choose another one' });
    return false;
  }
  const before = scope.names.get(name.name);
  if (before !== undefined) {
    work.bag.error('DL202', name.span, `'${name.name}' is declared twice`, {
      related: [{ message: 'declared here first', span: before.span }],
    });
    return false;
  }
  scope.names.set(name.name, binding);
  if (binding.kind === 'clock') scope.clocks.set(name.name, binding);
  return true;
}

/** A constant that is computed when it is first asked for. */
export function bindConstant(scope: Scope, name: Identifier, what: string, compute: () => Value, work: Work): void {
  let value: Value | undefined;
  let computing = false;
  let failed = false;
  const get = (): Value => {
    if (value !== undefined) return value;
    if (failed) throw new AlreadyReported();
    if (computing) fail('DL214', name.span, `'${name.name}' is defined by itself`, { why: 'a parameter cannot depend on its own value' });
    computing = true;
    try {
      return (value = compute());
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      computing = false;
    }
  };
  bind(scope, name, { kind: 'constant', span: name.span, what, used: false, get }, work);
}

/** Declares all statements of a system's body except its parameters and inputs' connections. */
export function declareBody(statements: readonly Statement[], scope: Scope, work: Work): void {
  for (const statement of statements) {
    if (statement.kind === 'param')
      bindConstant(
        scope,
        statement.name,
        'param',
        () => evaluateConstant(statement.value, (name, span) => lookUpConstant(scope, name, span)),
        work,
      );
  }
  declareClocks(
    statements.filter((statement) => statement.kind === 'clock'),
    scope,
    work,
  );
  for (const statement of statements) guard(work.bag, () => declareStatement(statement, scope, scope, work));
}

function declareStatement(statement: Statement, scope: Scope, home: Scope, work: Work): void {
  switch (statement.kind) {
    case 'let':
      declareLet(statement, scope, home, work);
      break;
    case 'for': {
      const bounds = [statement.from, statement.to].map((bound) =>
        expectInteger(evaluateConstant(bound, (name, span) => lookUpConstant(scope, name, span))),
      );
      const [from, to] = bounds as [number, number];
      if (to - from > longestLoop) fail('DL303', statement.span, `${to - from} turns are too many`, { help: `at most ${longestLoop}` });
      takeTurns(to - from, statement.span, work);
      for (let i = from; i < to && hasTurns(work); i++) {
        const turn = indexScope(scope, statement.variable.name, i, statement.variable.span);
        for (const inner of statement.body) guard(work.bag, () => declareStatement(inner, turn, home, work));
      }
      break;
    }
    case 'output':
      for (const { name, value } of statement.outputs) {
        if (value !== undefined) bind(home, name, signalBinding(name, value, undefined, name.name, scope, work), work);
      }
      break;
    case 'frame': {
      const ticks = expectInteger(evaluateConstant(statement.ticks, (name, span) => lookUpConstant(scope, name, span)));
      if (ticks < 1) fail('DL303', statement.ticks.span, `a frame of ${ticks} ticks`, { why: 'a frame lasts at least one tick' });
      const clock = statement.clock === undefined ? clockCounted(scope, statement.span) : resolveClock(statement.clock, scope, work.clocks);
      work.frames.push({ group: scope.path, clock, ticks });
      break;
    }
  }
}

/** `name = …` or, inside `for`, `name[i] = …`. A plain name inside `for` would be declared again each turn. */
function declareLet(statement: LetStatement, scope: Scope, home: Scope, work: Work): void {
  const { name, index, value, at } = statement;
  if (index === undefined) {
    bind(home, name, signalBinding(name, value, at, name.name, scope, work), work);
    return;
  }
  const element = expectInteger(evaluateConstant(index, (inner, span) => lookUpConstant(scope, inner, span)));
  let vector = home.names.get(name.name);
  if (vector === undefined) {
    vector = vectorBinding(name, work);
    if (!bind(home, name, vector, work)) return;
  }
  if (vector.kind !== 'signal' || vector.elements === undefined) {
    fail('DL202', name.span, `'${name.name}' is declared both as a whole and by elements`, {
      related: [{ message: 'declared here', span: vector.span }],
    });
  }
  if (element < 0) fail('DL211', index.span, `index ${element} is negative`);
  const before = vector.elements.get(element);
  if (before !== undefined)
    fail('DL202', name.span, `'${name.name}[${element}]' is declared twice`, {
      related: [{ message: 'declared here first', span: before.span }],
    });
  vector.elements.set(element, signalBinding(name, value, at, `${name.name}[${element}]`, scope, work));
}

/** A vector made of its elements, which must be numbered 0, 1, … without a gap. */
function vectorBinding(name: Identifier, work: Work): SignalBinding {
  const elements = new Map<number, SignalBinding>();
  return {
    kind: 'signal',
    span: name.span,
    what: 'vector',
    used: false,
    elements,
    shapeNeeds: () => [...elements.values()],
    create: () => {
      const refs = Array.from({ length: elements.size }, (_, i) => {
        const element = elements.get(i);
        if (element === undefined)
          fail(
            'DL211',
            name.span,
            `'${name.name}' has ${elements.size} element${elements.size === 1 ? '' : 's'} but none with index ${i}`,
            { why: 'elements are numbered from 0 without a gap' },
          );
        element.used = true;
        const outputs = outputsOf(work, element);
        const wire = outputs.wire(outputs.first);
        if (wire.vector) fail('DL211', element.span, `an element of '${name.name}' is itself a vector`);
        return wire.refs[0]!;
      });
      return { first: 'out', names: ['out'], wire: () => ({ refs, vector: true }) };
    },
  };
}

type At = NameExpression | MemberExpression | undefined;

/** The binding of a name to a block, a sub-system or an expression. Where that fails the name is known all the same, and what needs it stays silent. */
function signalBinding(name: Identifier, value: Expression, at: At, ownName: string, scope: Scope, work: Work): SignalBinding {
  const binding = guard(work.bag, () => soundBinding(name, value, at, ownName, scope, work));
  if (binding !== undefined) return binding;
  const create = (): never => {
    throw new AlreadyReported();
  };
  return { kind: 'signal', what: 'expression', span: name.span, used: true, failed: true, shapeNeeds: () => [], create };
}

function soundBinding(name: Identifier, value: Expression, at: At, ownName: string, scope: Scope, work: Work): SignalBinding {
  const path = pathIn(scope, ownName);
  const base = { kind: 'signal', span: name.span, used: false } as const;
  if (value.kind === 'call' && calleeKind(value.callee, scope) !== 'function') {
    const what = calleeKind(value.callee, scope) as 'block' | 'system';
    return { ...base, what, shapeNeeds: () => [], create: () => work.createCall(value, path, scope, at, work) };
  }
  if (at !== undefined) {
    fail('DL405', at.span, 'an expression has no clock', {
      why: 'it follows its inputs at any time',
      help: `sample_hold(…) @ … takes its value at an edge`,
    });
  }
  return {
    ...base,
    what: 'expression',
    shapeNeeds: () => shapeNeeds(value, scope, path, work),
    create: () => createFormulas(value, path, scope, work),
  };
}

// ---- clocks ----------------------------------------------------------------------------------------

/** Clocks may derive from each other in any order of statements, but not in a circle. */
function declareClocks(statements: readonly ClockStatement[], scope: Scope, work: Work): void {
  let waiting = [...statements];
  while (waiting.length > 0) {
    const names = new Set(waiting.map((statement) => statement.name.name));
    const ready = waiting.filter(
      (statement) => ![...subexpressions(statement.frequency)].some((part) => part.kind === 'name' && names.has(part.name)),
    );
    if (ready.length === 0) {
      const [first] = waiting;
      work.bag.error('DL404', first!.span, `clock '${first!.name.name}' derives from itself`, {
        why: 'clocks cannot derive from each other in a circle',
      });
      for (const { name } of waiting) bind(scope, name, { kind: 'clock', span: name.span, clock: -1 }, work);
      return;
    }
    for (const statement of ready) {
      const { name } = statement;
      const clock = guard(work.bag, () => makeClock(statement, scope, work.clocks, (value) => work.params.useStructurally(value)));
      bind(scope, name, { kind: 'clock', span: name.span, clock: clock === undefined ? -1 : work.clocks.push(clock) - 1 }, work);
    }
    waiting = waiting.filter((statement) => !ready.includes(statement));
  }
}

/** The clock given to the instance around, or the only one there is; DL402 if there is none or more than one. */
export function clockCounted(scope: Scope, span: Statement['span']): number {
  const given = edgeGiven(scope);
  if (given !== undefined) return given.clock;
  const clocks = clocksAround(scope);
  if (clocks.length === 1) return clocks[0]!.clock;
  return fail(
    'DL402',
    span,
    clocks.length === 0 ? `system '${scope.system}' declares no clock` : 'there is more than one clock: say which',
    {
      why: clocks.length === 0 ? undefined : 'ticks are counted of one clock',
      help: clocks.length === 0 ? 'declare one: clock clk = 1MHz' : clocks.map(({ name }) => `of ${name}`).join(' or '),
    },
  );
}
