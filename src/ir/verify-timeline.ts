// What a timeline must be: exact grid ticks in order, and events that exist.

import type { Program, Timeline } from './program.js';
import { isGridTick, wrong } from './verify-values.js';

/** A mask of edges is an index: more edges would be a list of more than a million. */
const mostEdges = 20;

export function verifyTimeline({ timeline, events }: Program): void {
  if (timeline.kind === 'table') verifyTable(timeline, events.length);
  else verifyMerged(timeline, events.length);
}

function verifyTable({ length, entries }: Timeline & { kind: 'table' }, eventCount: number): void {
  if (!isGridTick(length) || length === 0) wrong(`the hyperperiod is ${length} grid ticks`);
  let before = -1;
  for (const { at, event } of entries) {
    if (!isGridTick(at) || at >= length) wrong(`an entry at ${at} lies outside the hyperperiod of ${length}`);
    if (at <= before) wrong(`the entry at ${at} follows one at ${before}`);
    verifyEventIndex(event, eventCount);
    before = at;
  }
}

function verifyMerged({ edges, eventOf }: Timeline & { kind: 'merged' }, eventCount: number): void {
  if (edges.length === 0 || edges.length > mostEdges) wrong(`${edges.length} edges are merged, not 1 to ${mostEdges}`);
  for (const { name, period, offset } of edges) {
    if (!isGridTick(period) || period === 0 || !isGridTick(offset)) wrong(`edge ${name} has period ${period} and offset ${offset}`);
  }
  if (eventOf.length !== 2 ** edges.length) wrong(`${edges.length} edges have ${eventOf.length} masks`);
  eventOf.forEach((event, mask) => {
    if (mask === 0 && event !== -1) wrong('there is an event of no edge');
    if (event !== -1) verifyEventIndex(event, eventCount);
  });
}

function verifyEventIndex(event: number, eventCount: number): void {
  if (!isGridTick(event) || event >= eventCount) wrong(`there is no event ${event}`);
}
