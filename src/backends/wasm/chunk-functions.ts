// What the emitters of large Programs share: functions of bounded length that compute a region chunk by chunk and leave
// values for one another in memory, and functions that move memory.

import type { Expr } from '../../ir/expr.js';
import type { Region } from '../../ir/order.js';
import { cutIntoChunks, type Sink as AnySink } from '../chunks.js';
import { leafOps } from '../uses.js';
import { usesOf, type BodyEmitter } from './body.js';
import type { FunctionBuilder } from './function-builder.js';

/** A statement written with the bodies of an emitter. */
export interface Sink<B extends BodyEmitter> extends AnySink {
  write(body: B): void;
}

/** How an emitter makes functions and keeps values in memory. */
export interface ChunkWriter<B extends BodyEmitter> {
  /** Nodes per function, about. */
  readonly chunkNodes: number;
  addFunction(): FunctionBuilder;
  newBody(code: FunctionBuilder, region: Region, uses: ReadonlyMap<Expr, number>): B;
  /** Byte addresses of as many new values. */
  reserve(count: number): (index: number) => number;
  /** Makes a value that another function stored the body's own. */
  take(body: B, expr: Expr, address: number): void;
  store(body: B, expr: Expr, address: number): void;
}

/** Functions that compute the region and write the sinks. */
export function emitChunks<B extends BodyEmitter>(writer: ChunkWriter<B>, region: Region, sinks: readonly Sink<B>[]): FunctionBuilder[] {
  const uses = usesOf(
    region,
    sinks.flatMap((sink) => sink.roots.map((root) => root.expr)),
  );
  const { chunks, slots, slotCount } = cutIntoChunks(region, sinks, writer.chunkNodes);
  const addressOf = writer.reserve(slotCount);
  const place = (expr: Expr): number => addressOf(slots.get(expr)!);
  return chunks.map(({ steps, exports }) => {
    const code = writer.addFunction();
    const body = writer.newBody(code, region, uses);
    for (const { does, needs } of steps) {
      for (const need of needs) if (!leafOps.has(need.op) && !body.has(need)) writer.take(body, need, place(need));
      if (!('op' in does)) does.write(body);
      else {
        body.emit([does]);
        if (exports.has(does)) writer.store(body, does, place(does));
      }
    }
    return code;
  });
}

/** Functions of bounded length that make the moves; each function has scratch locals of its own. */
export function emitMoves<S>(
  { chunkNodes, addFunction }: Pick<ChunkWriter<BodyEmitter>, 'chunkNodes' | 'addFunction'>,
  moves: readonly ((code: FunctionBuilder, scratch: S) => void)[],
  addScratch: (code: FunctionBuilder) => S,
): FunctionBuilder[] {
  const functions: FunctionBuilder[] = [];
  for (let i = 0; i < moves.length; i += chunkNodes) {
    const code = addFunction();
    const scratch = addScratch(code);
    for (const move of moves.slice(i, i + chunkNodes)) move(code, scratch);
    functions.push(code);
  }
  return functions;
}
