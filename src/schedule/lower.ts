// Lowering: a graph becomes a Program.
//
// The step at an event E, with x- the states before it and x+ those after:
//   for every instance, in the order its inputs need:
//     y := outputs of its event in E, if it has one, else its outputs between events, from x- and its inputs
//   for every instance with an event in E:  x+ := next states from x- and its inputs
//   record what is recorded at E
//   all x+ become the states at once
// Nothing read at E is ever an x+, so the order of instances has no influence.

import type { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Bench } from '../graph/bench.js';
import { portKey, signalName, signalType, type ClockEdge, type Graph, type Instance, type SignalRef } from '../graph/graph.js';
import type { Elaboration } from '../graph/elaborate.js';
import { bit, real, toReal } from '../ir/build.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import { reachableNodes } from '../ir/leaves.js';
import { withNoiseParams } from '../ir/noise.js';
import type { Action, EventKind, Program, ProgramRecord } from '../ir/program.js';
import { Rewriter } from '../ir/rewrite.js';
import type { StateRef } from '../ir/types.js';
import { algebraicLoop } from './loops.js';
import { keepLive } from './live.js';
import { everyNth, exactEdge, makeGrid, makeTimeline, type ExactEdge } from './timeline.js';
import { inputsOfExpr, traceInstance, type StateUpdate, type Trace } from './trace.js';

/** A recorded signal without a bench: an output at the last phase of a clock. */
type RecordSource = Pick<Bench['records'][number], 'name' | 'signal' | 'edge'>;

/** Lowers an elaborated system. Records are the bench's; without a bench, the outputs at the first clock. */
export function lower(elaboration: Elaboration, bag: DiagnosticBag): Program {
  return withArena(() => new Lowering(elaboration, bag).run());
}

/** What an edge of the timeline stands for. */
interface EdgeUse {
  readonly exact: ExactEdge;
  /** The clock edge; for a frame, the first phase of its clock. */
  readonly edge: ClockEdge;
  /** Path of the system whose states a frame resets. */
  readonly frame?: string;
}

class Lowering {
  private readonly graph: Graph;
  private readonly bench: Bench | undefined;
  private readonly unitOf: (signal: SignalRef) => string;
  private readonly bag: DiagnosticBag;
  private readonly traces = new Map<Instance, Trace>();
  private readonly reportedLoops = new Set<string>();
  private readonly reportedMeetings = new Set<string>();
  private readonly names = new Map<Expr, string>();

  constructor({ graph, bench, unitOf }: Elaboration, bag: DiagnosticBag) {
    this.graph = graph;
    this.bench = bench;
    this.unitOf = unitOf;
    this.bag = bag;
  }

  run(): Program {
    const { graph } = this;
    for (const instance of graph.instances) this.traces.set(instance, traceInstance(instance, graph));
    const sources = this.recordSources();
    const uses = this.edgeUses(sources);
    const grid = makeGrid(
      uses.map((use) => use.exact),
      graph,
    );
    const edges = uses.map(({ exact }) => ({ name: exact.name, period: grid.ticks(exact.period), offset: grid.ticks(exact.offset) }));
    const { timeline, kinds } = makeTimeline(edges);

    const clocks = [...new Set(uses.map((use) => use.edge.clock))].sort((a, b) => a - b);
    const events = kinds.map((members) =>
      this.lowerEvent(
        members.map((i) => uses[i]!),
        sources,
        clocks,
      ),
    );
    // Without any event a loop of expressions would go unseen.
    if (kinds.length === 0) this.lowerEvent([], sources, clocks);
    this.bag.throwIfErrors();
    const records = sources.map(({ name, signal, edge }): ProgramRecord => ({
      name,
      unit: this.unitOf(signal),
      type: signalType(signal),
      clock: clocks.indexOf(edge.clock),
      offset: grid.ticks(exactEdge(graph, edge.clock, edge.phase).offset),
    }));
    const program: Program = {
      name: graph.system,
      grid: { numerator: Number(grid.step.numerator), denominator: Number(grid.step.denominator) },
      clocks: clocks.map((clock) => {
        const first = exactEdge(graph, clock, 0);
        return { name: graph.clocks[clock]!.name, period: grid.ticks(first.period), offset: grid.ticks(first.offset) };
      }),
      params: graph.params.map(({ name, value, unit, isInput }) => ({ name, value, unit, ...(isInput ? { isInput } : {}) })),
      states: [...this.traces.values()].flatMap((trace) => trace.states),
      records,
      events,
      timeline,
      signalNames: this.names,
    };
    return withNoiseParams(keepLive(program));
  }

  private recordSources(): readonly RecordSource[] {
    if (this.bench !== undefined) return this.bench.records;
    const { clocks, outputs } = this.graph;
    if (clocks.length === 0) return [];
    const edge = { clock: 0, phase: clocks[0]!.phases.length - 1 };
    return outputs.flatMap(({ name, signals }) =>
      signals.map((signal, i) => ({ name: signals.length === 1 ? name : `${name}[${i}]`, signal, edge })),
    );
  }

  /** The edges at which anything happens, and the first phase of every clock whose ticks are counted. */
  private edgeUses(sources: readonly RecordSource[]): EdgeUse[] {
    const { graph } = this;
    const uses = new Map<string, EdgeUse>();
    const use = (edge: ClockEdge): void => {
      for (const phase of [0, edge.phase]) {
        const at = { clock: edge.clock, phase };
        uses.set(`${edge.clock}.${phase}`, { exact: exactEdge(graph, edge.clock, phase), edge: at });
      }
    };
    for (const instance of graph.instances) if (instance.kind === 'block') for (const edge of instance.edges.values()) use(edge);
    for (const source of sources) use(source.edge);
    for (const clock of this.countedClocks()) use({ clock, phase: 0 });
    if (this.bench !== undefined) use({ clock: this.bench.run.clock, phase: 0 });
    for (const { clock, ticks, group } of graph.frames) {
      const edge = { clock, phase: 0 };
      use(edge);
      const exact = everyNth(exactEdge(graph, clock, 0), ticks, `frame of ${ticks}`);
      uses.set(`frame ${group} ${clock} ${ticks}`, { exact, edge, frame: group });
    }
    return [...uses.values()].sort((a, b) => a.edge.clock - b.edge.clock || a.edge.phase - b.edge.phase);
  }

  /** Clocks whose ticks a source counts. */
  private countedClocks(): number[] {
    const exprs = [...this.traces.values()].flatMap((trace) => [
      ...trace.rest.values(),
      ...[...trace.events.values()].flatMap((event) => [...event.outputs.values()]),
    ]);
    const names = new Set<string>();
    for (const node of reachableNodes(exprs)) if (node.op === 'tick') names.add(argOf(node, 'tick'));
    return this.graph.clocks.flatMap(({ name }, clock) => (names.has(name) ? [clock] : []));
  }

  private lowerEvent(uses: readonly EdgeUse[], sources: readonly RecordSource[], clocks: readonly number[]): EventKind {
    const regular = uses.filter((use) => use.frame === undefined);
    const isActive = (edge: ClockEdge): boolean => regular.some((use) => use.edge.clock === edge.clock && use.edge.phase === edge.phase);
    const name = uses.map((use) => use.exact.name).join(' + ');
    const evaluation = new EventEvaluation(this.traces, isActive, (loop) => this.reportLoop(loop, name));
    const actions: Action[] = [];
    const updates: { instance: Instance; update: StateUpdate }[] = [];
    for (const instance of this.graph.instances) {
      this.refuseMeeting(instance, evaluation.activeEvents(instance));
      evaluation.settle(instance);
      for (const update of evaluation.updatesOf(instance)) updates.push({ instance, update });
    }
    for (const { instance, update } of updates) actions.push(evaluation.action(instance, update));
    sources.forEach((source, record) => {
      if (isActive(source.edge)) actions.push({ do: 'record', record, value: evaluation.value(source.signal) });
    });
    evaluation.collectNames(this.names);
    const frames = uses.flatMap((use) => (use.frame === undefined ? [] : [use.frame]));
    return {
      edges: uses.map((use) => use.exact.name),
      begins: regular.filter((use) => use.edge.phase === 0).map((use) => clocks.indexOf(use.edge.clock)),
      resets: frames.length === 0 ? [] : this.statesIn(frames),
      actions,
    };
  }

  /** Events of one block change the same states: which comes first cannot be told when they meet. */
  private refuseMeeting({ path, span }: Instance, events: readonly string[]): void {
    if (events.length < 2 || this.reportedMeetings.has(path)) return;
    this.reportedMeetings.add(path);
    this.bag.error('DL407', span, `events ${events.map((event) => `'${event}'`).join(' and ')} of '${path}' fall on the same instant`, {
      why: 'each changes the state that the other reads',
      help: 'give them different phases of one clock',
    });
  }

  private statesIn(groups: readonly string[]): StateRef[] {
    const isInside = (instance: Instance): boolean =>
      groups.some((group) =>
        group === '' ? instance.kind === 'block' && !instance.inBench : instance.group === group || instance.group.startsWith(`${group}.`),
      );
    return [...this.traces].flatMap(([instance, trace]) => (isInside(instance) ? trace.states : []));
  }

  private reportLoop(loop: readonly SignalRef[], event: string): void {
    const key = loop.map(signalName).sort().join('\n');
    if (this.reportedLoops.has(key) || this.reportedLoops.size >= 20) return;
    this.reportedLoops.add(key);
    this.bag.report(algebraicLoop(loop, event));
  }
}

/** A signal being evaluated: the expression it has at the event, and which of the inputs it reads are done. */
interface Frame {
  readonly ref: SignalRef;
  readonly expr: Expr;
  readonly needs: readonly SignalRef[];
  next: number;
}

/** Evaluates the signals of one kind of event over the states before it. */
class EventEvaluation {
  private readonly traces: ReadonlyMap<Instance, Trace>;
  private readonly isActive: (edge: ClockEdge) => boolean;
  private readonly onLoop: (loop: readonly SignalRef[]) => void;
  private readonly values = new Map<Instance, Map<string, Expr>>();
  private readonly rewriters = new Map<Instance, Rewriter>();

  constructor(traces: ReadonlyMap<Instance, Trace>, isActive: (edge: ClockEdge) => boolean, onLoop: (loop: readonly SignalRef[]) => void) {
    this.traces = traces;
    this.isActive = isActive;
    this.onLoop = onLoop;
  }

  /** Evaluates every output of an instance and every input that its updates read. */
  settle(instance: Instance): void {
    const trace = this.traces.get(instance)!;
    for (const key of trace.rest.keys()) this.evaluate(refOf(instance, key));
    for (const update of this.updatesOf(instance)) {
      for (const expr of exprsOf(update)) for (const key of inputsOfExpr(expr)) this.evaluate(trace.inputs.get(key)!);
    }
  }

  /** Names of the instance's events that happen now. */
  activeEvents(instance: Instance): readonly string[] {
    if (instance.kind === 'formula') return [];
    return [...instance.edges].flatMap(([name, edge]) => (this.isActive(edge) ? [name] : []));
  }

  updatesOf(instance: Instance): readonly StateUpdate[] {
    const { events } = this.traces.get(instance)!;
    return this.activeEvents(instance).flatMap((name) => events.get(name)!.updates);
  }

  action(instance: Instance, { state, update }: StateUpdate): Action {
    const rewriter = this.rewriterOf(instance);
    if (!('do' in update)) return { do: 'set', state, value: rewriter.rewrite(update) };
    if (update.do === 'fill') return { do: 'fill', state, loop: update.loop, value: rewriter.rewrite(update.value) };
    return { do: 'put', state, index: rewriter.rewrite(update.index), value: rewriter.rewrite(update.value) };
  }

  value(ref: SignalRef): Expr {
    return this.values.get(ref.instance)!.get(keyOf(ref))!;
  }

  /** The first name of each expression, for people. */
  collectNames(names: Map<Expr, string>): void {
    for (const [instance, values] of this.values) {
      for (const [key, expr] of values) if (!names.has(expr)) names.set(expr, signalName(refOf(instance, key)));
    }
  }

  /** Depth first with a stack of its own: chains may be longer than the machine's stack. */
  private evaluate(root: SignalRef): void {
    if (this.known(root)) return;
    const stack = [this.frame(root)];
    const open = new Set([signalKey(root)]);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const need = top.needs[top.next++];
      if (need === undefined) {
        stack.pop();
        open.delete(signalKey(top.ref));
        this.store(top.ref, this.rewriterOf(top.ref.instance).rewrite(top.expr));
      } else if (open.has(signalKey(need))) {
        const key = signalKey(need);
        this.onLoop(stack.slice(stack.findIndex((frame) => signalKey(frame.ref) === key)).map((frame) => frame.ref));
        this.store(need, signalType(need) === 'bit' ? bit(false) : real(0));
      } else if (!this.known(need)) {
        open.add(signalKey(need));
        stack.push(this.frame(need));
      }
    }
  }

  private frame(ref: SignalRef): Frame {
    const trace = this.traces.get(ref.instance)!;
    const key = keyOf(ref);
    const expr = this.eventOutput(ref.instance, key) ?? trace.rest.get(key)!;
    return { ref, expr, needs: inputsOfExpr(expr).map((input) => trace.inputs.get(input)!), next: 0 };
  }

  private eventOutput(instance: Instance, key: string): Expr | undefined {
    if (instance.kind === 'formula') return undefined;
    const { events } = this.traces.get(instance)!;
    for (const [name, edge] of instance.edges) {
      const output = this.isActive(edge) ? events.get(name)!.outputs.get(key) : undefined;
      if (output !== undefined) return output;
    }
    return undefined;
  }

  private known(ref: SignalRef): boolean {
    return this.values.get(ref.instance)?.has(keyOf(ref)) ?? false;
  }

  private store(ref: SignalRef, value: Expr): void {
    const values = this.values.get(ref.instance);
    if (values === undefined) this.values.set(ref.instance, new Map([[keyOf(ref), value]]));
    else if (!values.has(keyOf(ref))) values.set(keyOf(ref), value);
  }

  /** Puts the evaluated inputs of an instance in place of its input leaves. */
  private rewriterOf(instance: Instance): Rewriter {
    let rewriter = this.rewriters.get(instance);
    if (rewriter === undefined) {
      const { inputs } = this.traces.get(instance)!;
      rewriter = new Rewriter((leaf) => {
        if (leaf.op !== 'input') return undefined;
        const value = this.value(inputs.get(argOf(leaf, 'input'))!);
        return leaf.type === 'real' ? toReal(value) : value;
      });
      this.rewriters.set(instance, rewriter);
    }
    return rewriter;
  }
}

const exprsOf = ({ update }: StateUpdate): readonly Expr[] =>
  !('do' in update) ? [update] : update.do === 'put' ? [update.index, update.value] : [update.value];

function keyOf({ instance, port, element }: SignalRef): string {
  return instance.kind === 'formula' ? 'out' : portKey(port, instance.block.outputs[port]!.vector, element);
}

const signalKey = (ref: SignalRef): string => `${ref.instance.path}\n${keyOf(ref)}`;

function refOf(instance: Instance, key: string): SignalRef {
  const match = /^(.*)\[(\d+)\]$/.exec(key);
  return match === null ? { instance, port: key, element: 0 } : { instance, port: match[1]!, element: Number(match[2]) };
}
