// How much there is to emit for each kind of event.

import { reachableNodes } from '../../ir/leaves.js';
import type { Program } from '../../ir/program.js';
import { rootsOf } from '../../ir/roots.js';

/** Nodes that each kind of event reaches; those of two events count in both. */
export const eventSizes = ({ events }: Program): number[] =>
  events.map((event) => reachableNodes(rootsOf(event).map((root) => root.expr)).size);
