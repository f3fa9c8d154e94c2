// Splits a Program into what has one value for all lanes, a Program of its own that runs once for all of them, and what
// differs from lane to lane. What the lanes need of the shared part is traced: a row for each event.

import { argOf, type Expr } from '../../../ir/expr.js';
import { freeLoops } from '../../../ir/order.js';
import type { Action, EventKind, Program, ProgramRecord } from '../../../ir/program.js';
import { reachableNodes } from '../../../ir/leaves.js';
import { rootsOf } from '../../../ir/roots.js';
import type { ScalarType, StateRef } from '../../../ir/types.js';
import { varyingOf, type Varying } from '../../varying.js';
import { rowsWritten } from '../record-rows.js';

export interface SplitProgram {
  /** What all lanes share. Its last clock begins a tick at every event; its last records are the columns of the trace. */
  readonly shared: Program;
  /** Records of the Program that are the same in all lanes, by their place there; their order is that of `shared`. */
  readonly sharedRecords: readonly number[];
  /** Columns of the trace. */
  readonly traceCount: number;
  /** The actions and states of the lanes; parameters, clocks and records are those of the Program. */
  readonly lanes: Program;
  readonly varying: Varying;
  /** What the lanes compute: all that varies, and what is shared but stands in loops or is made of constants. */
  readonly nodes: ReadonlySet<Expr>;
  /** Names of the parameters that have one value for all lanes at a time. */
  readonly sharedParams: ReadonlySet<string>;
  /** For each kind of event, the shared values that its lanes read, with their columns of the trace. */
  readonly traced: readonly ReadonlyMap<Expr, number>[];
}

/** What the lanes compute and read in one event. */
interface Frontier {
  readonly nodes: ReadonlySet<Expr>;
  readonly traced: readonly Expr[];
}

export function splitProgram(program: Program, sharedParams: ReadonlySet<string> = new Set()): SplitProgram {
  const kept = new Set<StateRef>();
  for (;;) {
    const split = splitKeeping(program, kept, sharedParams);
    const before = kept.size;
    // An array whose elements the lanes choose, or read in loops, is not traced: each lane keeps it.
    for (const node of split.nodes) {
      if (node.op !== 'load') continue;
      const array = argOf(node, 'load');
      if (array.kind === 'state' && !split.varying.states.has(array)) kept.add(array);
    }
    if (kept.size === before) return split;
  }
}

function splitKeeping(program: Program, kept: ReadonlySet<StateRef>, sharedParams: ReadonlySet<string>): SplitProgram {
  const varying = varyingOf(program, kept);
  const written = rowsWritten(program);
  // A record that can leave rows alone is the lanes'.
  const varyingRecords = new Set(
    program.events.flatMap(({ actions }) =>
      actions.flatMap((one) => (one.do === 'record' && varying.nodes.has(one.value) ? [one.record] : [])),
    ),
  );
  const sharedRecords = program.records.flatMap((_, i) => (varyingRecords.has(i) || !written[i]!.isDense ? [] : [i]));
  const isShared = (action: Action): boolean =>
    action.do === 'record' ? sharedRecords.includes(action.record) : !varying.states.has(action.state);

  const laneEvents = program.events.map((event): EventKind => ({
    ...event,
    resets: event.resets.filter((state) => varying.states.has(state)),
    actions: event.actions.filter((action) => !isShared(action)),
  }));
  const frontiers = laneEvents.map((event) => frontierOf(event, varying));
  const columns = new TraceColumns();
  const traced = frontiers.map((frontier) => columns.place(frontier.traced));
  return {
    shared: sharedProgram(program, sharedRecords, varying, isShared, traced, columns),
    sharedRecords,
    traceCount: columns.types.length,
    lanes: { ...program, states: program.states.filter((state) => varying.states.has(state)), events: laneEvents },
    varying,
    sharedParams,
    nodes: new Set(frontiers.flatMap(({ nodes }) => [...nodes])),
    traced,
  };
}

function frontierOf(event: EventKind, { nodes: varying }: Varying): Frontier {
  const roots = rootsOf(event).map(({ expr }) => expr);
  const inOrder = [...reachableNodes(roots)].sort((a, b) => a.id - b.id);
  const free = freeLoops(inOrder);
  const constant = new Set<Expr>();
  for (const node of inOrder) {
    const isPure = node.src.length > 0 && !['load', 'sum', 'uniform'].includes(node.op);
    if (node.op === 'const' || (isPure && node.src.every((operand) => constant.has(operand)))) constant.add(node);
  }
  const isTraced = (node: Expr): boolean => !varying.has(node) && !free.has(node) && !constant.has(node);
  const nodes = reachableNodes(roots, isTraced);
  const operands = [...roots, ...[...nodes].flatMap(({ src }) => src)];
  return { nodes, traced: [...new Set(operands.filter(isTraced))] };
}

/** Columns of the trace by type: those of one event serve the others, too. */
class TraceColumns {
  readonly types: ScalarType[] = [];
  private readonly ofType: { readonly [K in ScalarType]: number[] } = { real: [], int: [], bit: [] };

  place(nodes: readonly Expr[]): Map<Expr, number> {
    const used = { real: 0, int: 0, bit: 0 };
    return new Map(nodes.map((node) => [node, this.column(node.type, used[node.type]++)]));
  }

  private column(type: ScalarType, n: number): number {
    const known = this.ofType[type];
    if (n === known.length) known.push(this.types.push(type) - 1);
    return known[n]!;
  }
}

function sharedProgram(
  program: Program,
  sharedRecords: readonly number[],
  { states: varyingStates }: Varying,
  isShared: (action: Action) => boolean,
  traced: readonly ReadonlyMap<Expr, number>[],
  { types }: TraceColumns,
): Program {
  const everyEvent = program.clocks.length;
  const records = sharedRecords.map((i) => program.records[i]!);
  const trace = types.map((type, i): ProgramRecord => ({ name: `trace ${i}`, unit: '', type, clock: everyEvent, offset: 0 }));
  const placeOf = new Map(sharedRecords.map((record, i) => [record, i]));
  const events = program.events.map((event, kind): EventKind => {
    const actions = event.actions
      .filter(isShared)
      .map((action): Action => (action.do === 'record' ? { ...action, record: placeOf.get(action.record)! } : action));
    const writes = [...traced[kind]!].map(([value, column]): Action => ({ do: 'record', record: records.length + column, value }));
    return {
      ...event,
      begins: [...event.begins, everyEvent],
      resets: event.resets.filter((state) => !varyingStates.has(state)),
      actions: [...actions, ...writes],
    };
  });
  return {
    ...program,
    // A name with a space is no netlist's.
    clocks: [...program.clocks, { name: 'every event', period: 1, offset: 0 }],
    params: [],
    states: program.states.filter((state) => !varyingStates.has(state)),
    records: [...records, ...trace],
    events,
    signalNames: new Map(),
  };
}
