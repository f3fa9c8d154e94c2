// A run is cut into windows of few events, so that the rows of records that a window writes fit a small buffer: it
// stays in the cache, and linear memory does not grow with the length of a run.

import type { Program } from '../../ir/program.js';
import type { Layout } from '../layout.js';

export interface WindowSize {
  /** Grid ticks from the first event of a window to its end. */
  readonly gridTicks: number;
  /** Rows that a window can write of one record: one for each event, after the row that was begun before. */
  readonly rows: number;
}

/** Events of a window, about: long beside the cost of a call, short beside a cache. */
const mostEvents = 4096;
const fewestEvents = 64;
/** Rows of all columns together, about. */
const mostRows = 32768;

/** The windows of a Program that suit its records, or as many columns as are kept of a window. */
export const usualWindow = (program: Program, columns = program.records.length): WindowSize =>
  windowOf(program, Math.max(fewestEvents, Math.min(mostEvents, Math.floor(mostRows / Math.max(1, columns)))));

/** Windows of `wanted` events, about; a hyperperiod, or a grid tick of merged clocks, stays whole. */
export function windowOf({ timeline }: Program, wanted: number): WindowSize {
  if (timeline.kind === 'table') {
    // Any span of a hyperperiod's length has each entry once.
    const periods = Math.max(1, Math.floor(wanted / Math.max(1, timeline.entries.length)));
    return { gridTicks: periods * timeline.length, rows: periods * timeline.entries.length + 1 };
  }
  // A span of t grid ticks has at most t/period + 1 instants of an edge.
  const { edges } = timeline;
  const perTick = edges.reduce((sum, { period }) => sum + 1 / period, 0);
  const gridTicks = Math.max(1, Math.floor((wanted - edges.length) / perTick));
  return { gridTicks, rows: edges.reduce((sum, { period }) => sum + Math.floor(gridTicks / period) + 1, 0) + 1 };
}

/** Grid tick of the next event at a position; Infinity when there is none. */
export function nextTick({ timeline }: Program, { nextEdge }: Layout, position: Float64Array): number {
  if (timeline.kind === 'merged') return Math.min(...position.subarray(nextEdge, nextEdge + timeline.edges.length));
  const entry = timeline.entries[position[1]!];
  return entry === undefined ? Infinity : position[0]! + entry.at;
}
