// How a run of lanes is cut. A span is run once for what all lanes share, which leaves its trace; then each group runs
// through it, window by window: the rows of a window fit a cache, and those of a lane's column follow one another.

import type { Program } from '../../../ir/program.js';
import { usualWindow, windowOf, type WindowSize } from '../windows.js';
import type { LaneShape } from './lane-shape.js';
import type { SplitProgram } from './split-program.js';

export interface LaneWindows {
  readonly span: WindowSize;
  readonly window: WindowSize;
}

/** Rows of all columns of the trace together, about. */
const mostTraceRows = 65536;
const fewestSpanEvents = 1024;
/** Without a trace a span has any length. */
const endless: WindowSize = { gridTicks: Infinity, rows: 0 };

/** Spans and windows that suit the trace and the records. */
export function usualWindows({ lanes, traceCount, sharedRecords }: SplitProgram, shape: LaneShape): LaneWindows {
  const columns = (lanes.records.length - sharedRecords.length) * shape.lanes;
  const events = Math.max(fewestSpanEvents, Math.floor(mostTraceRows / Math.max(1, traceCount)));
  return { span: traceCount === 0 ? endless : windowOf(lanes, events), window: usualWindow(lanes, columns) };
}

/** Spans and windows of so many events, about. */
export const windowsOf = (program: Program, spanEvents: number, windowEvents: number): LaneWindows => ({
  span: windowOf(program, spanEvents),
  window: windowOf(program, windowEvents),
});
