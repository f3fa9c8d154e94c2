// What actions do to memory for a group of lanes: rows of records, elements of arrays, and copies of whole arrays.

import type { Expr } from '../../../ir/expr.js';
import type { Action } from '../../../ir/program.js';
import type { StateRef } from '../../../ir/types.js';
import type { FunctionBuilder } from '../function-builder.js';
import type { Push } from '../body.js';
import { pushAddresses, type LaneBody } from './lane-body.js';
import type { LaneModule } from './lane-module.js';
import type { LaneTarget } from './lane-ops.js';
import { laneBytes, vectorBytes } from './lane-shape.js';

/** Beyond, a call that copies is shorter. */
const mostInlineSlots = 2;

/** Locals for moves, of which any number stand in a function. */
export interface MoveScratch {
  readonly value: number;
  readonly indices: number;
  readonly target: ElementTarget;
}

/** What is needed to write elements that lanes choose. */
export type ElementTarget = Pick<LaneTarget, 'code' | 'constant' | 'scratchVector'>;

type Do<K extends Action['do']> = Extract<Action, { readonly do: K }>;

/** Writes the record's row of each lane, as a double: `pushRow` pushes the distance of the row from the first. */
export function storeRows({ memory }: LaneModule, body: LaneBody, { record, value }: Do<'record'>, pushRow: Push): void {
  const { code } = body;
  const { laneStride } = memory;
  const { precision, lanesPerVector, vectors } = memory.shape;
  const first = memory.rows[record]!;
  const whole = body.scratchVector();
  const pair = body.scratchVector(1);
  const isWide = value.type === 'int' || precision === 'f32';
  for (const k of vectors) {
    body.pushLane(value, k);
    if (value.type === 'bit') {
      body.constant('real', 1);
      code.op('v128.and');
    }
    if (isWide) code.set(whole);
    for (let lane = 0; lane < lanesPerVector; lane += 2) {
      if (isWide) {
        code.get(whole);
        if (lane > 0) {
          code.get(whole);
          code.shuffleWords([2, 3, 2, 3]);
        }
        code.op(value.type === 'int' ? 'f64x2.convert_low_i32x4_s' : 'f64x2.promote_low_f32x4');
      }
      code.set(pair);
      for (const half of [0, 1]) {
        pushRow(code);
        code.get(pair);
        code.storeLane(64, first + laneStride * (k * lanesPerVector + lane + half), half);
      }
    }
  }
}

/** Writes vector k of one element of an array at an index that all lanes share; `value` is a local. */
export function storeElement({ memory }: LaneModule, body: LaneBody, state: StateRef, index: Expr, k: number, value: number): void {
  const { code } = body;
  body.pushElementAddress(index, state.length - 1);
  code.get(value);
  code.storeVector(memory.stateAt(state) + vectorBytes * k);
}

/** Writes the element of an array that each lane of vector k chooses; `indices` and `value` are locals. */
export function storeElements(
  { memory, context }: LaneModule,
  to: ElementTarget,
  state: StateRef,
  k: number,
  indices: number,
  value: number,
): void {
  const { code } = to;
  const { precision, lanesPerVector, slotShift } = memory.shape;
  const width = laneBytes(precision, state.type);
  const addresses = to.scratchVector();
  code.get(indices);
  pushAddresses(to, state.length - 1, slotShift);
  code.set(addresses);
  for (let lane = 0; lane < lanesPerVector; lane++) {
    code.get(addresses);
    code.extractInt(lane);
    context.base(code);
    code.op('i32.add');
    code.get(value);
    code.storeLane(width === 8 ? 64 : 32, memory.stateAt(state) + vectorBytes * k + width * lane, lane);
  }
}

/** Writes the value of each turn of a `fill` to the stage at a byte address. */
export function storeTurns({ memory }: LaneModule, body: LaneBody, { loop, value }: Do<'fill'>, stage: number): void {
  const { code } = body;
  body.emitLoop(loop, (index) => {
    for (const k of memory.shape.vectors) {
      code.get(index);
      code.i32(memory.shape.slotShift);
      code.op('i32.shl');
      body.pushLane(value, k);
      code.storeVector(stage + vectorBytes * k);
    }
  });
}

/** Copies slots from a byte address to an offset in the group's area. */
export function copySlots(code: FunctionBuilder, { context }: LaneModule, offset: number, from: number, slots: number): void {
  const { slotBytes } = context.shape;
  if (slots <= mostInlineSlots) {
    for (let byte = 0; byte < slotBytes * slots; byte += vectorBytes) {
      context.base(code);
      code.i32(0);
      code.loadVector(from + byte);
      code.storeVector(offset + byte);
    }
    return;
  }
  context.base(code);
  code.i32(offset);
  code.op('i32.add');
  // Addresses are unsigned; constants are signed.
  for (const operand of [from, slotBytes * slots]) code.i32(operand | 0);
  code.copyMemory();
}
