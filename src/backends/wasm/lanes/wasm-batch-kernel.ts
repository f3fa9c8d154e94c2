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

/**
 * Vectors of a group by size, which is nodes of all events, and states. A small Program has little to do at once: with
 * many vectors the latencies of one hide behind the others. A larger one has enough, and its values take fewer registers.
 */
const vectorCounts = [
  { largest: 100, count: 8 },
  { largest: 800, count: 4 },
] as const;
const fewestVectors = 2;
/** Size beyond which states are kept in memory and events are split. */
const largestFunction = 2500;

/** The module of a Program's lanes; `shared` names parameters that have one value for all of them at a time. */
export function laneCode(program: Program, precision: Precision, shared?: ReadonlySet<string>): LaneCode {
  const split = splitProgram(program, shared);
  const size = split.lanes.states.length + split.nodes.size;
  const shape = laneShape(precision, vectorCounts.find(({ largest }) => size <= largest)?.count ?? fewestVectors);
  return (size > largestFunction ? emitLargeLanes : emitLanes)(split, shape, usualWindows(split, shape));
}

export const wasmBatchKernel = (program: Program, precision: Precision, shared?: ReadonlySet<string>): BatchKernel =>
  new LaneMachine(program, laneCode(program, precision, shared));
