// Traces a block: its step runs once on symbolic values. From the trace follow the outputs at each of
// its events and between them, the next states, and which output depends on which input.
//
// Between events an output of a block with a single step
//   - is a state, if the step stores that very value in it (a comparator's decision);
//   - follows the state, if it depends on nothing else (an integrator, a register);
//   - is held in a latch of its own otherwise (a sample-and-hold).

import {
  eventNames,
  isClocked,
  type ArrayUpdate,
  type Block,
  type NoiseSource,
  type Port,
  type StateDeclaration,
} from '../blocks/define.js';
import type { BlockInstance, FormulaInstance, Graph, Instance, SignalRef } from '../graph/graph.js';
import { portKey, signalType } from '../graph/graph.js';
import { traceFormula } from '../graph/formula.js';
import { add, bit, input, int, param, real, state as stateLeaf, tick } from '../ir/build.js';
import { argOf, type Expr } from '../ir/expr.js';
import { reachableNodes } from '../ir/leaves.js';
import { drawNormal, drawNormals, drawUniforms, noiseParams } from '../ir/noise.js';
import type { ScalarType, StateRef } from '../ir/types.js';
import { rationalToNumber } from '../numeric/rational.js';

/** How an event changes a state. */
export interface StateUpdate {
  readonly state: StateRef;
  readonly update: Expr | ArrayUpdate;
}

export interface EventTrace {
  /** Outputs that differ from those between events, by port key. */
  readonly outputs: ReadonlyMap<string, Expr>;
  readonly updates: readonly StateUpdate[];
}

export interface Trace {
  /** The signal behind each input leaf. */
  readonly inputs: ReadonlyMap<string, SignalRef>;
  /** Outputs between events, by port key; the only ones of a block without a clock. */
  readonly rest: ReadonlyMap<string, Expr>;
  /** By event name; '' for a block with a single step. */
  readonly events: ReadonlyMap<string, EventTrace>;
  readonly states: readonly StateRef[];
}

export function traceInstance(instance: Instance, graph: Graph): Trace {
  return instance.kind === 'formula' ? traceOfFormula(instance) : traceOfBlock(instance, graph);
}

function traceOfFormula(instance: FormulaInstance): Trace {
  const leaves = instance.inputs.map((ref, i) => input(String(i), signalType(ref)));
  const inputs = new Map(instance.inputs.map((ref, i) => [String(i), ref]));
  return { inputs, rest: new Map([['out', traceFormula(instance.formula, leaves)]]), events: new Map(), states: [] };
}

type Values = Record<string, Expr | readonly Expr[]>;

function traceOfBlock(instance: BlockInstance, graph: Graph): Trace {
  const { block, path, params } = instance;
  const wires = new Map<string, SignalRef>();
  const inputs = Object.fromEntries(Object.entries(block.inputs).map(([name, port]) => [name, inputValue(name, port, instance, wires)]));
  const states = new Map(
    Object.entries(block.state?.(params as never) ?? {}).map(([name, declared]) => [
      name,
      makeState(`${path}.${name}`, declared, instance),
    ]),
  );
  const handles = Object.fromEntries([...states].map(([name, ref]) => [name, ref.length > 0 ? ref : stateLeaf(ref)]));
  const run = (step: StepFunction, edge: string): { outputs: Map<string, Expr>; updates: StateUpdate[] } => {
    const result = step(inputs, handles, params, {
      periodSeconds: periodOf(instance, edge, graph),
      path,
      noise: noiseOf(instance, edge, graph),
      caseNumber: () => add(param(noiseParams.lane), clockTicks(instance, edge, graph)),
    });
    const { next = {}, ...outputs } = result;
    const updates = Object.entries(next).map(([name, update]) => ({ state: states.get(name)!, update }));
    return { outputs: outputKeys(outputs, block), updates };
  };
  if (!isClocked(block)) {
    const { outputs } = run(block.step as StepFunction, '');
    return { inputs: wires, rest: outputs, events: new Map(), states: [] };
  }
  const all = [...states.values()];
  if (block.events !== undefined) {
    const rest = outputKeys(block.rest!(handles as never, params as never) as Values, block);
    const events = new Map(eventNames(block).map((name) => [name, run(block.events![name] as StepFunction, name)]));
    return { inputs: wires, rest, events, states: all };
  }
  const event = run(block.step as StepFunction, '');
  const rest = new Map<string, Expr>();
  const initially = block.initially?.(params as never) ?? {};
  const storedIn = new Map(event.updates.map(({ state, update }) => [update, state]));
  for (const [key, value] of event.outputs) {
    const stored = storedIn.get(value);
    if (stored !== undefined) rest.set(key, stateLeaf(stored));
    else if (dependsOnStateOnly(value)) rest.set(key, value);
    else {
      const port = key.replace(/\[.*/, '');
      const latch: StateRef = {
        kind: 'state',
        name: `${path}.${key}`,
        type: value.type,
        length: 0,
        init: (initially as Record<string, number>)[port] ?? 0,
      };
      all.push(latch);
      event.updates.push({ state: latch, update: value });
      rest.set(key, stateLeaf(latch));
    }
  }
  return { inputs: wires, rest, events: new Map([['', event]]), states: all };
}

type StepFunction = (
  inputs: unknown,
  state: unknown,
  params: unknown,
  context: unknown,
) => Values & { next?: Record<string, Expr | ArrayUpdate> };

function inputValue(name: string, port: Port, instance: BlockInstance, wires: Map<string, SignalRef>): Expr | readonly Expr[] {
  const refs = instance.inputs.get(name);
  const type: ScalarType = port.type === 'flex' ? instance.flexType : port.type;
  if (refs === undefined) return type === 'bit' ? bit(port.default !== 0) : real(port.default ?? 0);
  const leaves = refs.map((ref, element) => {
    const key = portKey(name, port.vector, element);
    wires.set(key, ref);
    return input(key, type);
  });
  return port.vector ? leaves : leaves[0]!;
}

function makeState(name: string, declared: StateDeclaration, instance: BlockInstance): StateRef {
  const type = declared.type === 'flex' ? instance.flexType : declared.type;
  return { kind: 'state', name, type, length: declared.length, init: declared.init };
}

function outputKeys(outputs: Values, block: Block): Map<string, Expr> {
  const keys = new Map<string, Expr>();
  for (const [name, value] of Object.entries(outputs)) {
    if (block.outputs[name]!.vector) (value as readonly Expr[]).forEach((element, i) => keys.set(portKey(name, true, i), element));
    else keys.set(name, value as Expr);
  }
  return keys;
}

function periodOf(instance: BlockInstance, event: string, graph: Graph): number {
  const edge = instance.edges.get(event);
  return edge === undefined ? NaN : rationalToNumber(graph.clocks[edge.clock]!.period);
}

function noiseOf(instance: BlockInstance, event: string, graph: Graph): NoiseSource {
  const { path } = instance;
  const at = (name: string): { path: string; tick: Expr } => ({ path: `${path}.${name}`, tick: clockTicks(instance, event, graph) });
  return {
    perTick: (name, index = int(0)) => drawNormal({ ...at(name), draw: index }),
    normalsPerTick: (name, count) => drawNormals(at(name), count),
    uniformPerTick: (name) => drawUniforms({ ...at(name), draw: int(0) })[0],
    perRun: (name, index = int(0)) => drawNormal({ path: `${path}.${name}`, tick: undefined, draw: index }),
  };
}

/** Ticks of the clock of an event, a real. */
function clockTicks({ path, edges }: BlockInstance, event: string, graph: Graph): Expr {
  const edge = edges.get(event);
  if (edge === undefined) throw new Error(`internal: ${path} has no clock whose ticks count`);
  return tick(graph.clocks[edge.clock]!.name);
}

function dependsOnStateOnly(value: Expr): boolean {
  for (const node of reachableNodes([value])) if (node.op === 'input' || node.op === 'time' || node.op === 'tick') return false;
  return true;
}

/** Keys of the inputs that an expression reads: its feedthrough. */
export function inputsOfExpr(value: Expr): string[] {
  const keys: string[] = [];
  for (const node of reachableNodes([value])) if (node.op === 'input') keys.push(argOf(node, 'input'));
  return keys;
}
