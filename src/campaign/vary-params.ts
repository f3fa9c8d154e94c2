// Which parameters a campaign varies: the axes as they were written, held against the system's parameters.

import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import type { Graph } from '../graph/graph.js';
import { requireTunable } from '../graph/require-tunable.js';
import { guard } from '../graph/scope.js';
import type { Axis } from './plan.js';
import { readAxis } from './read-axis.js';

/** `vary`: axis texts such as `lin(0.1V, 1V, 10)` by parameter. Throws NetlistError with all faults. */
export function readAxes(graph: Graph, vary: ReadonlyMap<string, string>): Axis[] {
  const bag = new DiagnosticBag();
  const axes = [...vary].flatMap(([name, text]) => {
    const axis = guard(bag, () => readAxis(name, text, requireTunable(graph, name).unit));
    return axis === undefined ? [] : [axis];
  });
  bag.throwIfErrors();
  return axes;
}
