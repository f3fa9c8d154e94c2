// Declares the names of a system's body: parameters, clocks, inputs, blocks, vectors and outputs. Nothing
// is wired here, so statements may stand in any order.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type {
  Argument,
  CallExpression,
  ClockStatement,
  Expression,
  Identifier,
  InputDeclaration,
  InputStatement,
  LetStatement,
  MemberExpression,
  NameExpression,
  Statement,
  SystemItem,
} from '../netlist/ast.js';
import type { SystemEntry } from '../netlist/library.js';
import { parseUnit } from '../units/unit.js';
import { calleeKind } from './callee.js';
import { clocksAround, makeClock, resolveClock, resolveEdge } from './clocks.js';
import { evaluateConstant, expectInteger } from './constants.js';
import type { ClockEdge, FormulaInstance, SignalRef } from './graph.js';
import {
  AlreadyReported,
  guard,
  lookUp,
  lookUpConstant,
  makeScope,
  pathIn,
  scopeAround,
  subexpressions,
  type Binding,
  type Outputs,
  type Scope,
  type SignalBinding,
} from './scope.js';
import { indexScope, shapeNeeds } from './signals.js';
import type { Value } from './value.js';
import { createFormulas, wireExpression } from './wire.js';
import { hasTurns, outputsOf, takeTurns, type Work } from './work.js';

const deepestHierarchy = 100;
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
      const clock = statement.clock === undefined ? onlyClock(scope, statement.span) : resolveClock(statement.clock, scope, work.clocks);
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

/** The only clock there is, DL402 if there is none or more than one. */
export function onlyClock(scope: Scope, span: Statement['span']): number {
  const clocks = clocksAround(scope);
  if (clocks.length === 1) return clocks[0]!.clock;
  return fail(
    'DL402',
    span,
    clocks.length === 0 ? `system '${scope.system}' declares no clock` : 'there is more than one clock: say which',
    {
      help: clocks.length === 0 ? 'declare one: clock clk = 1MHz' : clocks.map(({ name }) => `of ${name}`).join(' or '),
    },
  );
}

// ---- sub-systems -----------------------------------------------------------------------------------

/** The arguments of a system by name: positional ones go to its inputs in their declared order. */
function matchSystemArguments(item: SystemItem, args: readonly Argument[]): Map<string, Argument> {
  const inputs = inputsOf(item).map(({ declaration }) => declaration.name.name);
  const known = [...inputs, ...item.params.map((param) => param.name.name)];
  const matched = new Map<string, Argument>();
  let position = 0;
  for (const arg of args) {
    const name = arg.name ?? inputs[position++];
    if (name === undefined)
      fail('DL207', arg.span, `system '${item.name.name}' has ${inputs.length} input${inputs.length === 1 ? '' : 's'}`);
    if (!known.includes(name))
      fail('DL204', arg.nameSpan ?? arg.span, `system '${item.name.name}' has no input or parameter '${name}'`, {
        help: didYouMean(name, known),
      });
    if (matched.has(name)) fail('DL202', arg.nameSpan ?? arg.span, `'${name}' is given twice`);
    matched.set(name, arg);
  }
  return matched;
}

/** Inputs with the statement that declares their unit. */
export function inputsOf(item: SystemItem): { declaration: InputDeclaration; statement: InputStatement }[] {
  return item.body.flatMap((statement) =>
    statement.kind === 'input' ? statement.inputs.map((declaration) => ({ declaration, statement })) : [],
  );
}

/** An instance of a system: a scope of its own, its inputs bound to the caller's expressions. */
export function createSystem(entry: SystemEntry, call: CallExpression, path: string, caller: Scope, at: At, work: Work): Outputs {
  const { item, library } = entry;
  checkNesting(item, call, caller);
  const args = matchSystemArguments(item, call.args);
  const edge: ClockEdge | undefined = at === undefined ? undefined : resolveEdge(at, caller, work.clocks);
  const scope = makeScope({ path, system: item.name.name, library, caller, defaultEdge: edge });
  work.scopes.push(scope);
  declareParams(item, args, call, caller, scope, work);
  for (const { declaration, statement } of inputsOf(item)) {
    const arg = args.get(declaration.name.name);
    bind(scope, declaration.name, inputBinding(declaration, statement, arg?.value, call, caller, scope, work), work);
  }
  declareBody(item.body, scope, work);
  work.pending.push(() => createAll(scope, work));
  return systemOutputs(item, scope, work);
}

/** A system inside itself would never end. */
function checkNesting(item: SystemItem, call: CallExpression, caller: Scope): void {
  let depth = 0;
  for (let at: Scope | undefined = caller; at !== undefined; at = scopeAround(at)) {
    if (at.system === item.name.name && at.library.systems.get(item.name.name)?.item === item) {
      fail('DL210', call.span, `system '${item.name.name}' contains itself`, { why: 'its instances would never end' });
    }
    if (++depth > deepestHierarchy) fail('DL106', call.span, `systems are nested more than ${deepestHierarchy} deep`);
  }
}

/** Binds the parameters of the header: an override, else the argument, else the default. */
function declareParams(
  item: SystemItem,
  args: ReadonlyMap<string, Argument>,
  call: CallExpression,
  caller: Scope,
  scope: Scope,
  work: Work,
): void {
  for (const { name, value, span } of item.params) {
    const arg = args.get(name.name);
    bindConstant(
      scope,
      name,
      'param',
      () => {
        const override = work.params.override(pathIn(scope, name.name));
        if (override !== undefined) return override;
        if (arg !== undefined) return evaluateConstant(arg.value, (inner, at) => lookUpConstant(caller, inner, at));
        if (value !== undefined) return evaluateConstant(value, (inner, at) => lookUpConstant(scope, inner, at));
        return fail('DL206', call.span, `parameter '${name.name}' of system '${item.name.name}' has no value`, {
          help: `add ${name.name}: …`,
          related: [{ message: 'declared here without a default', span }],
        });
      },
      work,
    );
  }
}

/** Length of an input; undefined for a scalar. */
export function inputLength(declaration: InputDeclaration, scope: Scope): number | undefined {
  if (declaration.length === undefined) return undefined;
  const length = expectInteger(evaluateConstant(declaration.length, (name, span) => lookUpConstant(scope, name, span)));
  return length >= 1 ? length : fail('DL211', declaration.length.span, `an input of ${length} elements`);
}

function inputBinding(
  declaration: InputDeclaration,
  statement: InputStatement,
  value: Expression | undefined,
  call: CallExpression,
  caller: Scope,
  scope: Scope,
  work: Work,
): SignalBinding {
  const { name } = declaration;
  return {
    kind: 'signal',
    span: name.span,
    what: 'input',
    used: true,
    shapeNeeds: () => [],
    create: () => {
      const length = inputLength(declaration, scope);
      if (value === undefined) {
        fail('DL205', call.span, `input '${name.name}' of system '${scope.system}' is not connected`, {
          related: [{ message: 'declared here', span: name.span }],
          help: `give it as an argument: ${name.name}: …`,
        });
      }
      const path = pathIn(scope, name.name);
      const refs = Array.from({ length: length ?? 1 }, (_, element) =>
        inputInstance(length === undefined ? path : `${path}[${element}]`, declaration, scope, work),
      );
      const signals = refs.map(({ instance }): SignalRef => ({ instance, port: 'out', element: 0 }));
      declareInputUnit(statement, signals, value.span, work);
      work.pending.push(() =>
        guard(work.bag, () => {
          const { signals, shape } = wireExpression(value, `${path}.of`, caller, work);
          if (shape !== length) {
            fail(
              'DL211',
              value.span,
              `input '${name.name}' is ${length === undefined ? 'a single signal' : `a vector of ${length}`}, not ${shape === undefined ? 'a single signal' : `a vector of ${shape}`}`,
            );
          }
          refs.forEach((ref, i) => ref.connect(signals[i]!));
        }),
      );
      const wire = { refs: signals, vector: length !== undefined };
      return { first: 'out', names: ['out'], wire: () => wire };
    },
  };
}

/** The inner side of an input: a formula that passes its signal on. */
function inputInstance(path: string, declaration: InputDeclaration, scope: Scope, work: Work) {
  const inputs: SignalRef[] = [];
  const span = declaration.name.span;
  const instance: FormulaInstance = {
    kind: 'formula',
    path,
    span,
    group: scope.path,
    formula: { kind: 'input', index: 0, span },
    inputs,
    text: declaration.name.name,
    type: 'real',
  };
  work.instances.push(instance);
  return { instance, connect: (ref: SignalRef) => void inputs.push(ref) };
}

/** `input u : V` or `input b : bit`; `at` is what is connected to it. */
export function declareInputUnit(statement: InputStatement, signals: readonly SignalRef[], at: Span, work: Work): void {
  const { unit } = statement;
  if (unit === undefined) return;
  if (unit.name === 'bit') {
    for (const signal of signals) work.declaredBits.push({ signal, span: unit.span, at });
    return;
  }
  const parsed = parseUnit(unit.name);
  if (parsed === undefined) fail('DL103', unit.span, `unknown unit '${unit.name}'`, { help: 'a unit such as V, or bit' });
  for (const signal of signals) work.declaredUnits.push({ signal, dimension: parsed.dimension, span: unit.span });
}

/** Creates every signal of a scope, used or not, so that all of it is checked. */
export function createAll(scope: Scope, work: Work): void {
  for (const binding of scope.names.values()) {
    if (binding.kind === 'signal') guard(work.bag, () => outputsOf(work, binding));
    else if (binding.kind === 'constant') guard(work.bag, () => binding.get());
  }
}

/** The outputs that a system declares. */
export function systemOutputs(item: SystemItem, scope: Scope, work: Work): Outputs {
  const declared = item.body.flatMap((statement) => (statement.kind === 'output' ? statement.outputs : []));
  const names = declared.map(({ name }) => name.name);
  for (const { name } of declared) {
    const binding = scope.names.get(name.name);
    if (binding?.kind === 'signal') binding.used = true;
  }
  return {
    first: names[0] ?? '',
    names,
    wire: (wanted) => {
      const { name } = declared.find((output) => output.name.name === wanted)!;
      const binding = lookUp(scope, name.name, name.span);
      if (binding.kind !== 'signal') fail('DL305', name.span, `output '${name.name}' is not a signal`);
      const outputs = outputsOf(work, binding);
      return outputs.wire(outputs.first);
    },
  };
}
