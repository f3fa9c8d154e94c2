// The statements of chunks: each computes some nodes and writes some sinks, and leaves in the work space T what later
// chunks read.

import type { Expr } from '../ir/expr.js';
import type { Region } from '../ir/order.js';
import { BodyEmitter, repeatsOperands, type Dialect, type LeafText } from './body.js';
import { cutIntoChunks, type Chunk, type Sink } from './chunks.js';
import { countUses, leafOps } from './uses.js';

/** A sink that writes its own statements. */
export interface WritingSink extends Sink {
  write(emitter: BodyEmitter): void;
}

export interface ChunkOptions {
  readonly dialect: Dialect;
  readonly leaves: LeafText;
  /** Text of nodes that were computed before. */
  readonly given: ReadonlyMap<Expr, string>;
  /** Nodes per chunk, about. */
  readonly chunkNodes: number;
  /** First place of T that is free. */
  readonly start: number;
}

/** The region cut into chunks, whose statements `finish` gets one chunk after the other, and the place of T after all. */
export function emitChunkBodies(
  region: Region,
  sinks: readonly WritingSink[],
  options: ChunkOptions,
  finish: (lines: readonly string[], chunk: number) => void,
): number {
  const uses = countUses(
    region,
    sinks.flatMap((sink) => sink.roots.map((root) => root.expr)),
    repeatsOperands,
  );
  const { chunks, slots, slotCount } = cutIntoChunks(region, sinks, options.chunkNodes);
  const place = (expr: Expr): string => `T[${options.start + slots.get(expr)!}]`;
  chunks.forEach((chunk, i) => finish(chunkBody(chunk, region, uses, options, place), i));
  return options.start + slotCount;
}

function chunkBody(
  { steps, exports }: Chunk<WritingSink>,
  region: Region,
  uses: ReadonlyMap<Expr, number>,
  { dialect, leaves, given }: ChunkOptions,
  place: (expr: Expr) => string,
): readonly string[] {
  let names = 0;
  const nextName = (): string => `t${names++}`;
  const emitter = new BodyEmitter(dialect, region, uses, leaves, nextName, given);
  // A leaf, or a value that an earlier chunk left.
  const take = (expr: Expr): void => {
    if (leafOps.has(expr.op)) {
      emitter.emit([expr], '  ');
      return;
    }
    const name = nextName();
    emitter.lines.push(`  ${dialect.declare(expr.type, name, dialect.read(expr.type, place(expr)))}`);
    emitter.rename(expr, name);
  };
  for (const { does, needs } of steps) {
    for (const need of needs) if (!emitter.has(need)) take(need);
    if (!('op' in does)) does.write(emitter);
    else {
      emitter.emit([does], '  ');
      if (exports.has(does)) emitter.lines.push(`  ${place(does)} = ${dialect.store(does, emitter.text(does))};`);
    }
  }
  return emitter.lines;
}
