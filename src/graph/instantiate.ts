// A call of a block becomes an instance with its parameters and edges. Its inputs are wired later, when
// every name is declared.

import { eventNames, isClocked, type Block, type Port } from '../blocks/define.js';
import { fail } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Argument, CallExpression, Expression, MemberExpression, NameExpression } from '../netlist/ast.js';
import { printExpression } from '../netlist/loom/print-expression.js';
import { defaultEdge, resolveEdge } from './clocks.js';
import { evaluateConstant } from './constants.js';
import type { BlockInstance, ClockEdge, SignalRef } from './graph.js';
import { evaluateParam, shapesOf } from './params.js';
import { AlreadyReported, guard, isInBench, lookUpConstant, type Outputs, type Scope } from './scope.js';
import type { Value } from './value.js';
import { wireExpression } from './wire.js';
import type { Work } from './work.js';

/** The outputs of a block at `path`; its inputs are wired later. */
export function createBlock(
  block: Block,
  call: CallExpression,
  path: string,
  scope: Scope,
  at: NameExpression | MemberExpression | undefined,
  work: Work,
): Outputs {
  const args = matchArguments(block, call);
  const { values, shapes, settings, startsAsBit } = blockParams(block, args, path, scope, call.callee.span, work);
  const problem = block.check?.(shapesOf(shapes), values as never);
  if (problem !== undefined) fail('DL303', call.span, `${block.type}: ${problem}`);
  for (const [name, limit] of Object.entries(block.limits?.(values as never) ?? {})) {
    const { unit } = block.params[name]!;
    if (limit !== undefined) work.params.addLimit({ name: `${path}.${name}`, ...limit, max: Infinity, unit });
  }
  const outputLengths = new Map(
    Object.entries(block.outputs).map(([name, port]) => [name, port.vector ? port.length!(shapesOf(shapes)) : 1]),
  );
  const inputs = new Map<string, readonly SignalRef[]>();
  const instance: BlockInstance = {
    kind: 'block',
    path,
    span: call.span,
    group: scope.path,
    block,
    inputs,
    params: values,
    settings,
    edges: blockEdges(block, args, call, scope, at, work),
    outputLengths,
    startsAsBit,
    inBench: isInBench(scope),
    flexType: 'real',
  };
  work.instances.push(instance);
  work.freeUnits.set(instance, freeUnitsOf(block, args, scope));
  work.pending.push(() => {
    for (const [name, port] of Object.entries(block.inputs)) {
      guard(work.bag, () => {
        const refs = connectInput(name, port, args.get(name)?.value, instance, scope, work, shapesOf(shapes));
        if (refs !== undefined) inputs.set(name, refs);
      });
    }
  });
  return blockOutputs(instance);
}

function blockOutputs(instance: BlockInstance): Outputs {
  const names = Object.keys(instance.block.outputs);
  const wires = new Map(
    names.map((name) => {
      const { vector } = instance.block.outputs[name]!;
      const refs = Array.from({ length: instance.outputLengths.get(name)! }, (_, element) => ({ instance, port: name, element }));
      return [name, { refs, vector }];
    }),
  );
  return { first: names[0]!, names, wire: (name) => wires.get(name)! };
}

/** Arguments by name: positional ones go to the inputs in their declared order. */
function matchArguments(block: Block, call: CallExpression): Map<string, Argument> {
  const inputs = Object.keys(block.inputs);
  const known = [...inputs, ...Object.keys(block.params), ...eventNames(block)];
  const matched = new Map<string, Argument>();
  let position = 0;
  for (const arg of call.args) {
    const name = arg.name ?? inputs[position++];
    if (name === undefined) {
      fail('DL207', arg.span, `${block.type} has ${inputs.length} input${inputs.length === 1 ? '' : 's'}: this argument needs a name`, {
        help: `parameters: ${Object.keys(block.params).join(', ') || 'none'}`,
      });
    }
    if (!known.includes(name))
      fail('DL204', arg.nameSpan ?? arg.span, `${block.type} has no '${name}'`, {
        why: `inputs, parameters and events of ${block.type}: ${known.join(', ')}`,
        help: nearestHelp(name, known),
      });
    if (matched.has(name)) fail('DL202', arg.nameSpan ?? arg.span, `'${name}' is given twice`);
    matched.set(name, arg);
  }
  return matched;
}

function nearestHelp(name: string, known: readonly string[]): string | undefined {
  const help = didYouMean(name, known);
  return help?.startsWith('did') ? help : undefined;
}

function blockParams(block: Block, args: ReadonlyMap<string, Argument>, path: string, scope: Scope, span: Span, work: Work) {
  const shapes = new Map<string, unknown>();
  const entries: [string, unknown][] = [];
  const settings: string[] = [];
  let startsAsBit = false;
  const isCoherent = 'coherent' in block.params && !isNo(args.get('coherent')?.value);
  const failures = Object.entries(block.params).filter(([name, declared]) => {
    const arg = args.get(name);
    const evaluated = guard(work.bag, () => {
      const stated = arg === undefined ? undefined : constantArgument(arg.value, scope, name);
      const move = declared.unit === 'Hz' && isCoherent ? coherentIn(scope) : undefined;
      if (move !== undefined) work.params.addCoherent(`${path}.${name}`);
      const adjust = (value: Value): Value => (move === undefined ? value : coherentValue(value, move, work));
      return evaluateParam(path, name, declared, stated, arg?.span ?? span, work.params, adjust);
    });
    if (evaluated === undefined) return true;
    shapes.set(name, evaluated.shape);
    entries.push([name, evaluated.value]);
    if (arg !== undefined) settings.push(`${name}: ${printExpression(arg.value)}`);
    startsAsBit ||= evaluated.isBit === true;
    return false;
  });
  if (failures.length > 0) throw new AlreadyReported();
  return { values: Object.fromEntries(entries), shapes, settings, startsAsBit };
}

const isNo = (value: Expression | undefined): boolean => value?.kind === 'string' && value.value === 'no';

/** How the sources of a bench move frequencies; undefined elsewhere. */
function coherentIn(scope: Scope): Scope['coherent'] {
  let at: Scope | undefined = scope;
  while (at !== undefined && at.coherent === undefined) at = at.outer;
  return at?.coherent;
}

/** Frequencies of a bench's source, moved to coherent ones; the move ties them to the run, so they are no tunables' values any more. */
function coherentValue(value: Value, move: (hertz: number) => number, work: Work): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => coherentValue(item, move, work)) };
  if (value.kind !== 'quantity') return value;
  work.params.useStructurally(value);
  return { ...value, value: move(value.value), exact: undefined, expr: undefined };
}

/** A parameter's value; a signal in its place is DL304 with a word about the difference. */
const constantArgument = (value: Expression, scope: Scope, name: string): Value =>
  evaluateConstant(value, (inner, span) => {
    const constant = lookUpConstant(scope, inner, span);
    if (constant === undefined)
      fail('DL304', span, `'${inner}' is a signal, but '${name}' is a parameter`, {
        why: 'parameters are computed before the system runs',
      });
    return constant;
  });

function freeUnitsOf(block: Block, args: ReadonlyMap<string, Argument>, scope: Scope) {
  return Object.entries(block.params).flatMap(([name, declared]) => {
    const arg = args.get(name);
    if (declared.unit !== '*' || arg === undefined) return [];
    const value = constantArgument(arg.value, scope, name);
    const first = value.kind === 'list' ? value.items[0] : value;
    return first?.kind === 'quantity' && first.dimension !== undefined ? [{ name, dimension: first.dimension, span: arg.value.span }] : [];
  });
}

function blockEdges(
  block: Block,
  args: ReadonlyMap<string, Argument>,
  call: CallExpression,
  scope: Scope,
  at: NameExpression | MemberExpression | undefined,
  work: Work,
): Map<string, ClockEdge> {
  const edges = new Map<string, ClockEdge>();
  const events = eventNames(block);
  if (at !== undefined && (!isClocked(block) || events.length > 0)) {
    fail('DL405', at.span, events.length > 0 ? `${block.type} has several events: name them` : `${block.type} has no clock`, {
      why: events.length > 0 ? undefined : 'a block without state follows its inputs at any time',
      help: events.length > 0 ? events.map((event) => `${event}: ${printExpression(at)}`).join(', ') : `remove @ ${printExpression(at)}`,
    });
  }
  if (!isClocked(block)) return edges;
  for (const event of events) {
    const arg = args.get(event);
    if (arg === undefined)
      fail('DL402', call.callee.span, `event '${event}' of ${block.type} has no clock edge`, {
        help: `add ${event}: clk.p1, with a clock and phase of yours`,
      });
    edges.set(event, resolveEdge(arg.value, scope, work.clocks));
  }
  if (events.length === 0)
    edges.set('', at !== undefined ? resolveEdge(at, scope, work.clocks) : defaultEdge(scope, work.clocks, call.callee.span, block.type));
  return edges;
}

/** The signals of one input; undefined where it may stay open and does. */
function connectInput(
  name: string,
  port: Port,
  expression: Expression | undefined,
  instance: BlockInstance,
  scope: Scope,
  work: Work,
  shapes: ReturnType<typeof shapesOf>,
): readonly SignalRef[] | undefined {
  const { block, path, span } = instance;
  if (expression === undefined) {
    if (port.default !== undefined) return undefined;
    return fail('DL205', span, `input '${name}' of ${block.type} '${path}' is not connected`, {
      why: port.doc,
      help: `give it as an argument: ${name}: …`,
    });
  }
  const refs = wireExpression(expression, `${path}.${name}`, scope, work);
  const wanted = port.vector ? port.length?.(shapes) : 1;
  if (port.vector ? wanted !== undefined && refs.signals.length !== wanted : refs.shape !== undefined) {
    const has = refs.shape === undefined ? 'a single signal' : `a vector of ${refs.signals.length}`;
    fail(
      'DL211',
      expression.span,
      `input '${name}' of ${block.type} takes ${port.vector ? `a vector of ${wanted}` : 'a single signal'}, not ${has}`,
    );
  }
  return refs.signals;
}
