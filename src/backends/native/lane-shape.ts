// How many lanes run together, and how many rows wait, so that both stay in the processor's nearer caches.

import type { Program } from '../../ir/program.js';
import type { Expr } from '../../ir/expr.js';
import { programNodes } from '../../ir/roots.js';
import { layoutOf } from '../layout.js';
import type { LaneShape } from './emit-lanes.js';

/** Operations beyond which lanes run one after the other: the compiler's time grows with the square of what a loop holds. */
const largestLoop = 1500;
/** Operations up to which the compiler may take its time: it keeps the lanes of a small loop in registers. */
const smallestLoop = 300;
/** An elementary function is written out where it is used. */
const elementaryNodes = 60;
const elementary: ReadonlySet<Expr['op']> = new Set(['exp', 'log', 'sin', 'cos', 'tanh', 'pow', 'uniform']);
const mostLanes = 64;
/** One vector of the widest registers. */
const fewestLanes = 8;
/** Doubles of states and parameters of all lanes together. */
const mostValues = 32768;
/** Doubles of rows that wait, of all records together. */
const mostRowValues = 65536;

/** How a Program's lanes are run together; undefined where they are better run one after the other. */
export function laneShapeOf(program: Program): LaneShape | undefined {
  if (operationsOf(program) > largestLoop) return undefined;
  const perLane = layoutOf(program).size + program.params.length;
  let lanes = mostLanes;
  while (lanes > fewestLanes && lanes * perLane > mostValues) lanes /= 2;
  return { lanes, rows: program.records.length * lanes * 128 <= mostRowValues ? 128 : 64 };
}

/** How much the compiler should optimize loops over the Program's lanes. */
export const laneOptimization = (program: Program): 2 | 3 => (operationsOf(program) > smallestLoop ? 2 : 3);

function operationsOf(program: Program): number {
  return [...programNodes(program)].reduce((sum, { op }) => sum + (elementary.has(op) ? elementaryNodes : 1), program.states.length);
}
