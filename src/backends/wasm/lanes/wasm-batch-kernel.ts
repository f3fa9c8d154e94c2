// Compiles a Program to WebAssembly for lanes side by side.

import type { Program } from '../../../ir/program.js';
import type { BatchKernel, Precision } from '../../batch.js';
import { emitLanes } from './emit-lanes.js';
import { emitLargeLanes } from './emit-lanes-large.js';
import type { LaneCode } from './lane-code.js';
import { LaneMachine } from './lane-machine.js';
import { laneShape } from './lane-shape.js';
import { usualWindows } from './lane-windows.js';
import { splitProgram } from './split-program.js';

/** Nodes of all events, and states, beyond which states are kept in memory and events are split. */
const largestFunction = 600;

/**
 * The module of a Program's lanes. A small one has little to do at once: with eight vectors the latencies of one hide
 * behind the others. A large one has enough, and its states stay in the cache with two.
 */
export function laneCode(program: Program, precision: Precision): LaneCode {
  const split = splitProgram(program);
  const size = split.lanes.states.length + split.nodes.size;
  const isLarge = size > largestFunction;
  const shape = laneShape(precision, isLarge ? 2 : 8);
  return (isLarge ? emitLargeLanes : emitLanes)(split, shape, usualWindows(split, shape));
}

export const wasmBatchKernel = (program: Program, precision: Precision): BatchKernel =>
  new LaneMachine(program, laneCode(program, precision));
