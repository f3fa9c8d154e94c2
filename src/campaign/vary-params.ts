// Which parameters a campaign varies: the axes as they were written, held against the system's parameters.

import { DiagnosticBag, fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Graph, GraphParam } from '../graph/graph.js';
import { guard } from '../graph/scope.js';
import type { Axis } from './plan.js';
import { readAxis } from './read-axis.js';

/** Names that are printed where there is nothing alike. */
const mostNames = 12;

/** Parameters that can be varied without a new elaboration. */
export const tunableParams = ({ params }: Pick<Graph, 'params'>): GraphParam[] => params.filter(({ structural }) => !structural);

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

function requireTunable(graph: Graph, name: string): GraphParam {
  const found = graph.params.find((param) => param.name === name);
  const tunable = tunableParams(graph).map((param) => param.name);
  const listed = tunable.length === 0 ? 'there is none' : `${tunable.slice(0, mostNames).join(', ')}${tunable.length > mostNames ? ', …' : ''}`;
  if (found?.structural === true) {
    fail('DL306', undefined, `parameter '${name}' cannot be varied: it shapes the system`, {
      why: 'its value decides clocks, sizes, frequencies of coherent tones or which of several forms is built, so a change needs a new program',
      help: `run one sweep for each value (--set ${name}=…), or vary one of: ${listed}`,
    });
  }
  if (found !== undefined) return found;
  const isDriven = graph.instances.some((instance) => instance.path === name);
  fail('DL306', undefined, isDriven ? `'${name}' is a signal, not a parameter that can be varied` : `there is no parameter '${name}' to vary`, {
    help: didYouMean(name, tunable) ?? `parameters that can be varied: ${listed}`,
  });
}
