// The adjoint of a Program as a Program: over a segment of time it first runs the events forwards, keeping on a tape what
// their reverse needs, then runs them backwards. So every backend that runs Programs runs gradients, lanes and all.
//
// Grid ticks 0 .. length-1 of a segment are the Program's own, length .. 2*length-1 their mirror image: the reverse of the
// event at t stands at 2*length - 1 - t. Cotangents and gradients are states, and stay from segment to segment. What is made
// of parameters alone is run backwards once, by an event at grid tick 2*length.

import { add, int, load, state as stateLeaf, sub } from '../ir/build.js';
import { argOf, withArena, type Expr } from '../ir/expr.js';
import { fixedNodes } from '../ir/fixed-nodes.js';
import { reachableNodes } from '../ir/leaves.js';
import type { Action, EventKind, Program } from '../ir/program.js';
import { rewriteAction, rewriteProgram } from '../ir/rewrite-program.js';
import { Rewriter } from '../ir/rewrite.js';
import { programNodes, rootsOf, rootsOfAction } from '../ir/roots.js';
import { valueOfSurrogate } from '../ir/strip-surrogates.js';
import type { StateRef } from '../ir/types.js';
import { keepLive } from '../schedule/live.js';
import { activityOf } from './activity.js';
import { chooseTape } from './choose-tape.js';
import { eventAdjoint, type CotangentsAfter, type EventAdjoint } from './event-adjoint.js';
import { GradientError } from './gradient-error.js';
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
  /** Hyperperiods of a segment. */
  readonly hyperperiods: number;
}

export interface AdjointProgram {
  readonly program: Program;
  /** Grid ticks of a segment, forwards. */
  readonly length: number;
  /** Events of a segment, forwards. */
  readonly entries: number;
  /** Number of the next event of the segment; to be set to 0 where one begins. */
  readonly entry: StateRef;
  /** By parameter: the state that gets its gradient at the end. */
  readonly gradients: ReadonlyMap<string, StateRef>;
  /** By record: the array that holds the derivative of the objective by what each event of the segment writes into it. */
  readonly seeds: ReadonlyMap<string, StateRef>;
  /** What the forward events leave for their reverse. */
  readonly tapes: readonly StateRef[];
  /** By state: its cotangent, of `finals` to be set before the reverse, of `sources` the gradient after it. */
  readonly cotangents: ReadonlyMap<StateRef, StateRef>;
}

/** `program` may hold surrogates, and has a table for a timeline. Throws GradientError where something has no gradient. */
export function adjointProgram(program: Program, options: AdjointOptions): AdjointProgram {
  return withArena(() => new AdjointBuilder(program, options).build());
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

  constructor(program: Program, options: AdjointOptions) {
    const { timeline } = program;
    if (timeline.kind !== 'table') throw new GradientError('clocks whose edges do not repeat within a short time have no gradient yet');
    // Into the present arena, where equal nodes are one object.
    this.source = rewriteProgram(program, new Rewriter(() => undefined));
    this.forward = rewriteProgram(this.source, this.strip);
    this.fixed = fixedNodes(programNodes(this.source));
    this.options = options;
    this.entries = options.hyperperiods * timeline.entries.length;
    this.length = options.hyperperiods * timeline.length;
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

    const reversed = source.events.map((event, kind) =>
      this.reverse(event, forward.events[kind]!, eventAdjoint(event, activity, this.fixed, this.after())),
    );
    const last = this.reverseFixed(activity.nodes);
    const events = forward.events.map((event) => this.withTape(event));
    const program = keepLive(
      {
        ...forward,
        events: [...events, ...reversed, last],
        states: [
          ...forward.states,
          this.entry,
          ...this.tapes.values(),
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
      entry: this.entry,
      gradients: only(this.gradients),
      seeds: only(this.seeds),
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

  private reverse(source: EventKind, forward: EventKind, { actions, fixed }: EventAdjoint): EventKind {
    const added = [...fixed].map(([node, value]): Action => {
      const sum = this.sumOf(node);
      return { do: 'set', state: sum, value: add(stateLeaf(sum), value) };
    });
    const all = [...actions, ...added];
    const primal = reachableNodes([...rootsOf(source), ...rootsOf(forward)].map(({ expr }) => expr));
    const rewriter = this.tapeReader(all, primal);
    return {
      edges: source.edges.map((edge) => `reverse of ${edge}`),
      begins: [],
      resets: [],
      actions: [
        ...all.map((action) => rewriteAction(action, (expr) => rewriter.rewrite(expr))),
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
    const sweep = new Sweep([...this.sums.keys()], active, (node, cotangent) => {
      if (node.op === 'param') byName.set(argOf(node, 'param'), cotangent);
      return node.op === 'param';
    });
    for (const [node, sum] of this.sums) sweep.give(node, stateLeaf(sum), noLoops);
    sweep.run();
    const actions = [...byName].map(([name, value]): Action => ({
      do: 'set',
      state: this.gradients.get(name)!,
      value: this.strip.rewrite(value),
    }));
    return { edges: ['reverse of parameters'], begins: [], resets: [], actions };
  }

  /** Reads from the tape what the event computed forwards, or computes it again from what is there. */
  private tapeReader(actions: readonly Action[], primal: ReadonlySet<Expr>): Rewriter {
    const roots = actions.flatMap((action) => rootsOfAction(action).map(({ expr }) => expr));
    const reverse = reachableNodes(roots, (node) => primal.has(node));
    const read = [...roots, ...[...reverse].flatMap(({ src }) => src)].filter((node) => primal.has(node));
    const values = read.map((node) => this.strip.rewrite(node));
    const fixed = fixedNodes(reachableNodes(values));
    const taped = chooseTape(
      values.filter((node) => !fixed.has(node)),
      (node) => fixed.has(node),
    );
    return new Rewriter((node, operands) => {
      if (!primal.has(node)) return valueOfSurrogate(node, operands);
      const value = this.strip.rewrite(node);
      return taped.has(value) ? load(this.tapeOf(value), this.at()) : valueOfSurrogate(node, operands);
    });
  }

  private tapeOf(node: Expr): StateRef {
    let tape = this.tapes.get(node);
    if (tape === undefined) {
      tape = { kind: 'state', name: `tape ${this.tapes.size}`, type: node.type, length: this.entries, init: 0 };
      this.tapes.set(node, tape);
    }
    return tape;
  }

  /** The event forwards: what it computes of what is on a tape is kept. */
  private withTape(event: EventKind): EventKind {
    const computed = reachableNodes(rootsOf(event).map(({ expr }) => expr));
    const entry = stateLeaf(this.entry);
    const kept = [...this.tapes].flatMap(([value, state]): Action[] =>
      computed.has(value) ? [{ do: 'put', state, index: entry, value }] : [],
    );
    return { ...event, actions: [...event.actions, ...kept, { do: 'set', state: this.entry, value: add(entry, int(1)) }] };
  }

  private timeline(): Program['timeline'] {
    const { timeline, events } = this.source;
    if (timeline.kind !== 'table') throw new Error('internal: a segment needs a table');
    const forwards = Array.from({ length: this.options.hyperperiods }, (_, i) =>
      timeline.entries.map(({ at, event }) => ({ at: i * timeline.length + at, event })),
    ).flat();
    const backwards = forwards.map(({ at, event }) => ({ at: 2 * this.length - 1 - at, event: events.length + event })).reverse();
    const last = { at: 2 * this.length, event: 2 * events.length };
    return { kind: 'table', length: 2 * this.length + 1, entries: [...forwards, ...backwards, last] };
  }
}
