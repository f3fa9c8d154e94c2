// Cuts what an event computes into chunks of bounded size, each of which becomes a function. A node
// stands right before its first user, so that few values are carried from one chunk to another.

import { argOf, type Expr } from '../ir/expr.js';
import type { Region, Root } from '../ir/order.js';
import type { LoopRef } from '../ir/types.js';
import { leafOps } from './uses.js';

/** A statement that uses values and gives none: it stages a change, or writes a record. */
export interface Sink {
  readonly roots: readonly Root[];
}

/** A node or a sink, with the nodes outside its own loops that must be known before. */
export interface Step<S extends Sink> {
  readonly does: Expr | S;
  readonly needs: readonly Expr[];
}

export interface Chunk<S extends Sink> {
  readonly steps: readonly Step<S>[];
  /** Slot of each value that a later chunk reads; a slot is not given again before its last reader's chunk is over. */
  readonly exports: ReadonlyMap<Expr, number>;
}

export interface Chunks<S extends Sink> {
  readonly chunks: readonly Chunk<S>[];
  /** Slot of every carried value. */
  readonly slots: ReadonlyMap<Expr, number>;
  readonly slotCount: number;
}

/** `chunkNodes`: nodes per chunk, about; a sum stands whole in one. */
export function cutIntoChunks<S extends Sink>(region: Region, sinks: readonly S[], chunkNodes: number): Chunks<S> {
  const dependencies = new Dependencies(region);
  const cut: Step<S>[][] = [];
  let room = 0;
  for (const step of orderSteps(sinks, dependencies)) {
    if (room <= 0) {
      cut.push([]);
      room = chunkNodes;
    }
    cut.at(-1)!.push(step);
    room -= dependencies.weight(step.does);
  }
  return assignSlots(cut);
}

const isNode = (does: Expr | Sink): does is Expr => 'op' in does;

/** Every sink in turn, and before it, operands first, the nodes that no sink before needed. Leaves are read where they are used and are no steps. */
function orderSteps<S extends Sink>(sinks: readonly S[], dependencies: Dependencies): Step<S>[] {
  const steps: Step<S>[] = [];
  const seen = new Set<Expr>();
  for (const sink of sinks) {
    const open = [{ does: sink as Expr | S, needs: dependencies.of(sink), next: 0 }];
    while (open.length > 0) {
      const top = open.at(-1)!;
      const need = top.needs[top.next++];
      if (need === undefined) steps.push(open.pop()!);
      else if (!leafOps.has(need.op) && !seen.has(need)) {
        seen.add(need);
        open.push({ does: need, needs: dependencies.of(need), next: 0 });
      }
    }
  }
  return steps;
}

/** What nodes and sinks need of the region's own level, outside all loops. */
class Dependencies {
  private readonly level: ReadonlySet<Expr>;
  private readonly loops: ReadonlyMap<LoopRef, Region>;
  private readonly ofLoops = new Map<LoopRef, ReadonlySet<Expr>>();

  constructor({ nodes, loops }: Region) {
    this.level = new Set(nodes);
    this.loops = loops;
  }

  of(does: Expr | Sink): readonly Expr[] {
    if (isNode(does)) return does.op === 'sum' ? this.ofRoot({ expr: does.src[0]!, loop: argOf(does, 'sum') }) : this.inLevel(does.src);
    return does.roots.flatMap((root) => this.ofRoot(root));
  }

  /** Nodes to be computed, those of loops once. */
  weight(does: Expr | Sink): number {
    if (!isNode(does)) return does.roots.reduce((sum, { loop }) => sum + this.loopWeight(loop), 1);
    return does.op === 'sum' ? 1 + this.loopWeight(argOf(does, 'sum')) : 1;
  }

  private loopWeight(loop: LoopRef | undefined): number {
    if (loop === undefined) return 0;
    return this.loops.get(loop)!.nodes.reduce((sum, node) => sum + this.weight(node), 0);
  }

  private ofRoot({ expr, loop }: Root): readonly Expr[] {
    const own = this.inLevel([expr]);
    return loop === undefined ? own : [...this.ofLoop(loop), ...own];
  }

  private ofLoop(loop: LoopRef): ReadonlySet<Expr> {
    let needs = this.ofLoops.get(loop);
    if (needs === undefined) this.ofLoops.set(loop, (needs = new Set(this.loops.get(loop)!.nodes.flatMap((node) => this.of(node)))));
    return needs;
  }

  private inLevel(nodes: readonly Expr[]): readonly Expr[] {
    return nodes.filter((node) => this.level.has(node));
  }
}

/** Values that a later chunk reads get a slot, until the chunk of their last reader is over. */
function assignSlots<S extends Sink>(cut: readonly (readonly Step<S>[])[]): Chunks<S> {
  const home = new Map<Expr, number>();
  const lastReader = new Map<Expr, number>();
  cut.forEach((steps, chunk) => {
    for (const { does, needs } of steps) {
      for (const need of needs) if (!leafOps.has(need.op) && home.get(need) !== chunk) lastReader.set(need, chunk);
      if (isNode(does)) home.set(does, chunk);
    }
  });

  const slots = new Map<Expr, number>();
  const free: number[] = [];
  let slotCount = 0;
  const ends = cut.map((): number[] => []);
  const chunks = cut.map((steps, chunk): Chunk<S> => {
    const exports = new Map<Expr, number>();
    for (const { does } of steps) {
      const reader = isNode(does) ? lastReader.get(does) : undefined;
      if (reader === undefined) continue;
      const slot = free.pop() ?? slotCount++;
      exports.set(does as Expr, slot);
      slots.set(does as Expr, slot);
      ends[reader]!.push(slot);
    }
    for (const slot of ends[chunk]!) free.push(slot);
    return { steps, exports };
  });
  return { chunks, slots, slotCount };
}
