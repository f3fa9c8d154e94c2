// Compiles a Program to WebAssembly for lanes side by side.

import type { Program } from '../../../ir/program.js';
import type { BatchKernel, Precision } from '../../batch.js';
import { usualWindow, type WindowSize } from '../windows.js';
import { emitLanes } from './emit-lanes.js';
import { emitLargeLanes } from './emit-lanes-large.js';
import type { LaneCode } from './lane-code.js';
import { LaneMachine } from './lane-machine.js';
import { lanesPerGroup } from './lane-shape.js';
import { splitProgram, type SplitProgram } from './split-program.js';

/** Nodes of all events, and states, beyond which states are kept in memory and events are split. */
const largestFunction = 600;

/** The module of a Program's lanes. */
export function laneCode(program: Program, precision: Precision): LaneCode {
  const split = splitProgram(program);
  const size = split.lanes.states.length + split.nodes.size;
  return (size > largestFunction ? emitLargeLanes : emitLanes)(split, precision, laneWindow(split, precision));
}

/** The windows whose trace and rows of a group's records stay in the cache. */
export function laneWindow({ lanes, traceCount, sharedRecords }: SplitProgram, precision: Precision): WindowSize {
  return usualWindow(lanes, traceCount + (lanes.records.length - sharedRecords.length) * lanesPerGroup(precision));
}

export const wasmBatchKernel = (program: Program, precision: Precision): BatchKernel =>
  new LaneMachine(program, laneCode(program, precision));
