// How many lanes run together, and how many rows wait, so that both stay in the processor's nearer caches.

import type { Program } from '../../ir/program.js';
import { programNodes } from '../../ir/roots.js';
import type { Expr } from '../../ir/expr.js';
import { layoutOf } from '../layout.js';
import type { LaneShape } from './emit-lanes.js';

/** Operations beyond which lanes run one after the other: the compiler's time grows with what a loop over lanes holds. */
const largestLoop = 4000;
/** An elementary function is written out where it is used. */
const elementaryNodes = 60;
const elementary: ReadonlySet<Expr['op']> = new Set(['exp', 'log', 'sin', 'cos', 'tanh', 'pow']);
const mostLanes = 64;
/** One vector of the widest registers. */
const fewestLanes = 8;
/** Doubles of states and parameters of all lanes together. */
const mostValues = 32768;
/** Doubles of rows that wait, of all records together. */
const mostRowValues = 65536;

/** Undefined where lanes are better run one after the other. */
export function laneShapeOf(program: Program): LaneShape | undefined {
  const nodes = programNodes(program);
  const size = [...nodes].reduce((sum, { op }) => sum + (elementary.has(op) ? elementaryNodes : 1), program.states.length);
  if (size > largestLoop) return undefined;
  const perLane = layoutOf(program).size + program.params.length;
  let lanes = mostLanes;
  while (lanes > fewestLanes && lanes * perLane > mostValues) lanes /= 2;
  return { lanes, rows: program.records.length * lanes * 128 <= mostRowValues ? 128 : 64 };
}
