// Moves within linear memory: an event's changes from the stage to the states of a large Program, and states back to
// their initial values. Neighbours move together.

import type { EventKind } from '../../ir/program.js';
import type { Places } from '../changes.js';
import { doubleShift } from './body.js';
import { loadDouble } from './event-loop.js';
import type { FunctionBuilder } from './function-builder.js';
import { doubleAt, type MemoryMap } from './memory-map.js';
import { emitClamp, emitFromMemory } from './ops.js';

/** Emits one move; `scratch` is a local of type i32. */
export type Move = (code: FunctionBuilder, scratch: number) => void;

/** Copies doubles between byte addresses that do not overlap. */
export function copyDoubles(code: FunctionBuilder, to: number, from: number, count: number): void {
  if (count === 1) {
    code.i32(0);
    loadDouble(code, from);
    code.store(to);
    return;
  }
  // Addresses are unsigned; constants are signed.
  for (const operand of [to, from, doubleAt(0, count)]) code.i32(operand | 0);
  code.copyMemory();
}

/** By which the states take an event's changes; `stage` is the byte address of the first change. */
export function commitMoves({ runs, puts }: Places, stage: number, memory: MemoryMap): Move[] {
  const copies = runs.map(
    (run): Move =>
      (code) =>
        copyDoubles(code, doubleAt(memory.states, run.offset), doubleAt(stage, run.stage), run.length),
  );
  const stores = puts.map((put): Move => (code, scratch) => {
    loadDouble(code, doubleAt(stage, put.stage + 1));
    emitFromMemory(code, 'int');
    emitClamp(code, scratch, put.state.length - 1);
    code.i32(doubleShift);
    code.op('i32.shl');
    loadDouble(code, doubleAt(stage, put.stage));
    code.store(doubleAt(memory.states, put.offset));
  });
  return [...copies, ...stores];
}

/** By which an event's reset states get their initial values. */
export function resetMoves({ resets }: EventKind, memory: MemoryMap): Move[] {
  return resets.map((state) => (code) => copyDoubles(code, memory.addressOf(state), memory.initAt(state), Math.max(1, state.length)));
}
