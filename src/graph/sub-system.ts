// An instance of a system: a scope of its own, its inputs bound to the caller's expressions, its outputs
// by name.

import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type {
  Argument,
  CallExpression,
  Expression,
  InputDeclaration,
  InputStatement,
  MemberExpression,
  NameExpression,
  SystemItem,
} from '../netlist/ast.js';
import type { SystemEntry } from '../netlist/library.js';
import { parseUnit } from '../units/unit.js';
import { resolveEdge } from './clocks.js';
import { evaluateConstant, expectInteger } from './constants.js';
import { bind, bindConstant, declareBody } from './declare.js';
import type { ClockEdge, FormulaInstance, SignalRef } from './graph.js';
import { guard, lookUp, lookUpConstant, makeScope, pathIn, scopeAround, type Outputs, type Scope, type SignalBinding } from './scope.js';
import { wireExpression } from './wire.js';
import { outputsOf, type Work } from './work.js';

const deepestHierarchy = 100;

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
export function createSystem(
  entry: SystemEntry,
  call: CallExpression,
  path: string,
  caller: Scope,
  at: NameExpression | MemberExpression | undefined,
  work: Work,
): Outputs {
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
