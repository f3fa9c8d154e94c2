// The adjoint of a Program as a Program: over a segment of time it first runs the events forwards, keeping on a tape what
// their reverse needs, then runs them backwards. So every backend that runs Programs runs gradients, lanes and all.
//
// Where the timeline is a table, grid ticks 0 .. length-1 of a segment are the Program's own, length .. 2*length-1 their mirror
// image: the reverse of the event at t stands at 2*length - 1 - t; merged clocks get edges that run backwards. Cotangents and
// gradients are states, and stay from segment to segment. What is made of parameters alone is run backwards once, by an event
// of its own, after all others. segments.ts says how to move through the segments.

import { add, int, load, state as stateLeaf, sub } from '../ir/build.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import { fixedNodes } from '../ir/fixed-nodes.js';
import { reachableNodes } from '../ir/leaves.js';
import type { Action, EventKind, Program, Timeline } from '../ir/program.js';
import { rewriteAction, rewriteProgram } from '../ir/rewrite-program.js';
import { Rewriter } from '../ir/rewrite.js';
import { programNodes, rootsOf, rootsOfAction } from '../ir/roots.js';
import { valueOfSurrogate } from '../ir/strip-surrogates.js';
import type { StateRef } from '../ir/types.js';
import { keepLive } from '../schedule/live.js';
import { activityOf } from './activity.js';
import { ArraysBefore } from './arrays-before.js';
import { chooseTape } from './choose-tape.js';
import { eventAdjoint, type CotangentsAfter, type EventAdjoint } from './event-adjoint.js';
import { GradientError } from './gradient-error.js';
import { findRings } from './ring-index.js';
import { noLoops, Sweep } from './sweep-nodes.js';

export interface AdjointOptions {
  /** Names of the parameters whose gradient is wanted. */
  readonly learned: readonly string[];
  /** Names of the records that the objective is made of. */
  readonly objectives: readonly string[];
  /** States whose last values the objective is made of, too. */
  readonly finals?: readonly StateRef[] | undefined;
  /** States with values of their own in each lane, whose gradients by their first values are wanted. */
  readonly sources?: readonly StateRef[] | undefined;
  /** Hyperperiods of a segment where the timeline is a table. */
  readonly hyperperiods: number;
  /** Events of a segment at most where clocks are merged. */
  readonly entries?: number | undefined;
}

/** Events of a segment of merged clocks, if nothing else is asked for. */
const usualEntries = 1024;
/** Merged edges that have a reverse: masks of them forwards and backwards together index a table. */
export const mostMergedEdges = 10;

export interface AdjointProgram {
  readonly program: Program;
  /** Grid ticks of the longest segment, forwards; 0 where clocks are merged. */
  readonly length: number;
  /** Events of the longest segment, forwards. */
  readonly entries: number;
  /** Kinds of events that a segment has to begin with; see segments.ts. */
  readonly breaks: ReadonlySet<number>;
  /** Arrays of the Program that the reverse of a segment takes back to its beginning; a second reverse needs the segment run again. */
  readonly rewound: readonly StateRef[];
  /** Number of the next event of the segment; to be set to 0 where one begins. */
  readonly entry: StateRef;
  /** By parameter: the state that gets its gradient at the end. */
  readonly gradients: ReadonlyMap<string, StateRef>;
  /** By record: the array that holds the derivative of the objective by what each event of the segment writes into it. */
  readonly seeds: ReadonlyMap<string, StateRef>;
  /**
   * What its reverse events are made from: the Program with its surrogates, and by kind of event, the parameters' last, the cotangents of
   * its nodes.
   */
  readonly source: Program;
  readonly nodeCotangents: readonly ReadonlyMap<Expr, Expr>[];
  /** What the forward events leave for their reverse. */
  readonly tapes: readonly StateRef[];
  /** By state: its cotangent, of `finals` to be set before the reverse, of `sources` the gradient after it. */
  readonly cotangents: ReadonlyMap<StateRef, StateRef>;
}

/** `program` may hold surrogates. Throws GradientError where something has no gradient. */
export function adjointProgram(program: Program, options: AdjointOptions): AdjointProgram {
  return withArena(() => new AdjointBuilder(program, options).build());
}

/** The reverse of an event in terms of its values, and where it reads those. */
interface Reverse {
  readonly actions: readonly Action[];
  /** By node: the value of the event that a tape keeps for it. */
  readonly taped: ReadonlyMap<Expr, Expr>;
  readonly arrays: ReadonlySet<StateRef>;
  readonly cotangents: ReadonlyMap<Expr, Expr>;
}

const realState = (name: string, length: number): StateRef => ({ kind: 'state', name, type: 'real', length, init: 0 });

class AdjointBuilder {
  private readonly strip = new Rewriter(valueOfSurrogate);
  private readonly source: Program;
  private readonly forward: Program;
  private readonly fixed: ReadonlySet<Expr>;
  private readonly options: AdjointOptions;
  private readonly entries: number;
  private readonly length: number;
  private readonly entry: StateRef = { kind: 'state', name: 'adjoint entry', type: 'int', length: 0, init: 0 };
  private readonly cotangents = new Map<StateRef, StateRef>();
  private readonly gradients = new Map<string, StateRef>();
  private readonly seeds = new Map<string, StateRef>();
  private readonly tapes = new Map<Expr, StateRef>();
  /** By fixed node: the state that its cotangent is added to. */
  private readonly sums = new Map<Expr, StateRef>();
  private readonly nodeCotangents: ReadonlyMap<Expr, Expr>[] = [];

  constructor(program: Program, options: AdjointOptions) {
    const { timeline } = program;
    if (timeline.kind === 'merged' && timeline.edges.length > mostMergedEdges) {
      throw new GradientError(
        `${timeline.edges.length} clock edges without a short common period have no gradient: at most ${mostMergedEdges} have`,
      );
    }
    // Into the present arena, where equal nodes are one object.
    this.source = rewriteProgram(program, new Rewriter(() => undefined));
    this.forward = rewriteProgram(this.source, this.strip);
    this.fixed = fixedNodes(programNodes(this.source));
    this.options = options;
    const isTable = timeline.kind === 'table';
    this.entries = isTable ? options.hyperperiods * timeline.entries.length : (options.entries ?? usualEntries);
    this.length = isTable ? options.hyperperiods * timeline.length : 0;
  }

  build(): AdjointProgram {
    const { source, forward } = this;
    const learned = new Set(this.options.learned);
    const { finals = [], sources = [] } = this.options;
    const activity = activityOf(source, learned, sources);
    const isFinal = new Set(finals);
    for (const state of activity.states) {
      const cotangent = realState(`cotangent ${state.name}`, state.length);
      this.cotangents.set(state, isFinal.has(state) ? { ...cotangent, perLane: true } : cotangent);
    }
    for (const name of this.options.learned) this.gradients.set(name, realState(`gradient ${name}`, 0));
    for (const name of this.options.objectives) this.seeds.set(name, { ...realState(`seed ${name}`, this.entries), perLane: true });

    const rings = findRings(source);
    const reverses = source.events.map((event, kind) => this.reverse(kind, eventAdjoint(event, activity, this.fixed, rings, this.after())));
    const arrays = new ArraysBefore(forward.events, new Set(reverses.flatMap((reverse) => [...reverse.arrays])), this.entries);
    const reversed = reverses.map((reverse, kind) => this.backwards(kind, reverse, arrays));
    const last = this.reverseFixed(activity.nodes);
    const events = reverses.map((reverse, kind) => this.forwards(kind, reverse, arrays));
    const program = keepLive(
      {
        ...forward,
        events: [...events, ...reversed, last],
        states: [
          ...forward.states,
          this.entry,
          ...this.tapes.values(),
          ...arrays.states,
          ...this.cotangents.values(),
          ...this.sums.values(),
          ...this.gradients.values(),
          ...this.seeds.values(),
        ],
        timeline: this.timeline(),
        signalNames: new Map(),
      },
      [...this.gradients.values(), ...finals, ...sources.map((state) => this.cotangents.get(state)!)],
    );
    const kept = new Set(program.states);
    const only = <K>(refs: ReadonlyMap<K, StateRef>): Map<K, StateRef> => new Map([...refs].filter(([, ref]) => kept.has(ref)));
    return {
      program,
      length: this.length,
      entries: this.entries,
      breaks: arrays.breaks,
      rewound: arrays.rewound,
      entry: this.entry,
      gradients: only(this.gradients),
      seeds: only(this.seeds),
      source,
      nodeCotangents: this.nodeCotangents,
      tapes: [...this.tapes.values()].filter((state) => kept.has(state)),
      cotangents: only(this.cotangents),
    };
  }

  /** Number of the forward event that is being reversed. */
  private at(): Expr {
    return sub(stateLeaf(this.entry), int(1));
  }

  private after(): CotangentsAfter {
    const { records } = this.source;
    return {
      ofState: (state) => this.cotangents.get(state)!,
      valueOf: (state) => stateLeaf(this.cotangents.get(state)!),
      ofRecord: (record) => {
        const seed = this.seeds.get(records[record]!.name);
        return seed === undefined ? undefined : load(seed, this.at());
      },
    };
  }

  private reverse(kind: number, { actions, fixed, cotangents }: EventAdjoint): Reverse {
    const added = [...fixed].map(([node, value]): Action => {
      const sum = this.sumOf(node);
      return { do: 'set', state: sum, value: add(stateLeaf(sum), value) };
    });
    const all = [...actions, ...added];
    return { actions: all, cotangents, ...this.findReads(kind, all) };
  }

  private backwards(kind: number, { actions, taped, arrays: read, cotangents }: Reverse, arrays: ArraysBefore): EventKind {
    const { edges } = this.source.events[kind]!;
    const rewriter = new Rewriter((node, operands) => {
      const tape = taped.get(node);
      if (tape !== undefined) return load(this.tapeOf(tape), this.at());
      const array = node.op === 'load' ? argOf(node, 'load') : undefined;
      if (array?.kind === 'state' && read.has(array)) return arrays.read(kind, this.at(), array, operands[0]!);
      return valueOfSurrogate(node, operands);
    });
    // Those that the actions need, and so are known to the rewriter.
    const needed = reachableNodes(actions.flatMap((action) => rootsOfAction(action).map(({ expr }) => expr)));
    this.nodeCotangents[kind] = new Map(
      [...cotangents].flatMap(([node, expr]) => (needed.has(expr) ? [[node, rewriter.rewrite(expr)]] : [])),
    );
    return {
      edges: edges.map((edge) => `reverse of ${edge}`),
      begins: [],
      resets: [],
      actions: [
        ...actions.map((action) => rewriteAction(action, (expr) => rewriter.rewrite(expr))),
        ...arrays.restoring(kind, this.at()),
        { do: 'set', state: this.entry, value: this.at() },
      ],
    };
  }

  private sumOf(node: Expr): StateRef {
    let sum = this.sums.get(node);
    if (sum === undefined) this.sums.set(node, (sum = realState(`cotangent of fixed ${this.sums.size}`, 0)));
    return sum;
  }

  /** The event that runs what is made of parameters alone backwards. */
  private reverseFixed(active: ReadonlySet<Expr>): EventKind {
    const byName = new Map<string, Expr>();
    const cotangents = new Map<Expr, Expr>();
    const sweep = new Sweep([...this.sums.keys()], active, (node, cotangent) => {
      cotangents.set(node, this.strip.rewrite(cotangent));
      if (node.op === 'param') byName.set(argOf(node, 'param'), cotangent);
      return node.op === 'param';
    });
    for (const [node, sum] of this.sums) sweep.give(node, stateLeaf(sum), noLoops);
    sweep.run();
    this.nodeCotangents.push(cotangents);
    const actions = [...byName].map(([name, value]): Action => ({
      do: 'set',
      state: this.gradients.get(name)!,
      value: this.strip.rewrite(value),
    }));
    return { edges: ['reverse of parameters'], begins: [], resets: [], actions };
  }

  /** What the reverse reads from tapes, what it computes again from those, and from arrays that run back. */
  private findReads(kind: number, actions: readonly Action[]): Pick<Reverse, 'taped' | 'arrays'> {
    const [source, forward] = [this.source.events[kind]!, this.forward.events[kind]!];
    const primal = reachableNodes([...rootsOf(source), ...rootsOf(forward)].map(({ expr }) => expr));
    const roots = actions.flatMap((action) => rootsOfAction(action).map(({ expr }) => expr));
    const reverse = reachableNodes(roots, (node) => primal.has(node));
    const read = [...roots, ...[...reverse].flatMap(({ src }) => src)].filter((node) => primal.has(node));
    const values = read.map((node) => this.strip.rewrite(node));
    const fixed = fixedNodes(reachableNodes(values));
    const chosen = chooseTape(
      values.filter((node) => !fixed.has(node)),
      (node) => fixed.has(node),
    );
    const taped = new Map<Expr, Expr>();
    const own = new Set(this.source.states);
    const arrays = new Set<StateRef>();
    const noteArray = (node: Expr): void => {
      const array = node.op === 'load' ? argOf(node, 'load') : undefined;
      if (array?.kind === 'state' && own.has(array)) arrays.add(array);
    };
    // Loops of the reverse read elements at places of their own.
    for (const node of reverse) if (!primal.has(node)) noteArray(node);
    const seen = new Set<Expr>();
    const stack = read;
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (seen.has(node)) continue;
      seen.add(node);
      const value = this.strip.rewrite(node);
      if (chosen.has(value)) taped.set(node, value);
      else {
        noteArray(node);
        stack.push(...(node.op === 'surrogate' ? node.src.slice(0, 1) : node.src));
      }
    }
    return { taped, arrays };
  }

  private tapeOf(node: Expr): StateRef {
    let tape = this.tapes.get(node);
    if (tape === undefined) {
      tape = { kind: 'state', name: `tape ${this.tapes.size}`, type: node.type, length: this.entries, init: 0 };
      this.tapes.set(node, tape);
    }
    return tape;
  }

  /** The event forwards: what its reverse reads is kept. */
  private forwards(kind: number, { taped }: Reverse, arrays: ArraysBefore): EventKind {
    const event = this.forward.events[kind]!;
    const entry = stateLeaf(this.entry);
    const kept = [...new Set(taped.values())].map((value): Action => ({ do: 'put', state: this.tapeOf(value), index: entry, value }));
    const next: Action = { do: 'set', state: this.entry, value: add(entry, int(1)) };
    return { ...event, actions: [...event.actions, ...kept, ...arrays.keeping(kind, entry), next] };
  }

  private timeline(): Program['timeline'] {
    const { timeline, events } = this.source;
    if (timeline.kind === 'merged') return mirrored(timeline, events.length);
    const forwards = Array.from({ length: this.options.hyperperiods }, (_, i) =>
      timeline.entries.map(({ at, event }) => ({ at: i * timeline.length + at, event })),
    ).flat();
    const backwards = forwards.map(({ at, event }) => ({ at: 2 * this.length - 1 - at, event: events.length + event })).reverse();
    const last = { at: 2 * this.length, event: 2 * events.length };
    return { kind: 'table', length: 2 * this.length + 1, entries: [...forwards, ...backwards, last] };
  }
}

/** Edges behind which time runs backwards follow those of the Program; all of them together are the last event. */
function mirrored({ edges, eventOf }: Timeline & { kind: 'merged' }, eventCount: number): Timeline {
  const masks = 2 ** edges.length;
  const events = new Array<number>(masks ** 2).fill(-1);
  eventOf.forEach((event, mask) => {
    if (event === -1) return;
    events[mask] = event;
    events[mask * masks] = eventCount + event;
  });
  events[masks ** 2 - 1] = 2 * eventCount;
  return { kind: 'merged', edges: [...edges, ...edges.map((edge) => ({ ...edge, name: `reverse of ${edge.name}` }))], eventOf: events };
}
