// Circular buffers, told by their form: a pointer that goes round, and a read as many places back as a loop has turned. Which
// turn of the loop reads a given element is then known, so the reverse of the loop is a loop as long and not one squared.

import { add, eq, int, lt, select, state as stateLeaf, sub } from '../ir/build.js';
import { argOf, type Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import type { LoopRef, StateRef } from '../ir/types.js';

/** By state: the length of the ring, where every change takes the state from 0 .. length-1 to the next, and the last to 0. */
export type Rings = ReadonlyMap<StateRef, number>;

/** To be called in the arena of the Program's expressions. */
export function findRings({ states, events }: Program): Rings {
  const rings = new Map<StateRef, number>();
  const changes = events.flatMap(({ actions }) => actions);
  for (const state of states) {
    if (state.type !== 'int' || state.length > 0) continue;
    const values = changes.flatMap((action) => (action.do === 'set' && action.state === state ? [action.value] : []));
    const length = values[0] === undefined ? undefined : ringLength(values[0], state);
    if (length === undefined || values.some((value) => value !== values[0])) continue;
    const init = state.init as number;
    if (init >= 0 && init < length) rings.set(state, length);
  }
  return rings;
}

/** N of `state == N-1 ? 0 : state + 1`. */
function ringLength(value: Expr, state: StateRef): number | undefined {
  const last = value.op === 'select' && value.src[0]!.op === 'eq' ? value.src[0]!.src[1]! : undefined;
  if (last?.op !== 'const') return undefined;
  const length = argOf(last, 'const') + 1;
  const pointer = stateLeaf(state);
  return length > 0 && value === select(eq(pointer, last), int(0), add(pointer, int(1))) ? length : undefined;
}

/** The place in a ring so many places (0 .. length-1) before the pointer. */
function placeBefore(pointer: Expr, places: Expr, length: number): Expr {
  const back = sub(pointer, places);
  return select(lt(back, int(0)), add(back, int(length)), back);
}

/**
 * The turn of the loop in which `read`, a place in an array of `length`, is `place`; undefined where the form does not tell. A read i
 * places before the pointer is at j where i is as far before it as j is.
 */
export function turnThatReads(place: Expr, read: Expr, index: Expr, loop: LoopRef, length: number, rings: Rings): Expr | undefined {
  if (loop.length !== length) return undefined;
  if (read === index) return place;
  for (const [state, ring] of rings) {
    const pointer = stateLeaf(state);
    if (ring === length && read === placeBefore(pointer, index, length)) return placeBefore(pointer, place, length);
  }
  return undefined;
}
