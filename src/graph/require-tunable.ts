// Whether a parameter can be given another value without a new elaboration, and what can where it cannot.

import { fail } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { Graph, GraphParam } from './graph.js';

/** Names that are printed where there is nothing alike. */
const mostNames = 12;

/** The parameter of that name; DL306 where there is none, or where it shapes the system. */
export function requireTunable({ params, instances }: Graph, name: string): GraphParam {
  const tunable = params.filter(({ structural }) => !structural).map((param) => param.name);
  const listed = tunable.length === 0 ? 'nothing' : `${tunable.slice(0, mostNames).join(', ')}${tunable.length > mostNames ? ', …' : ''}`;
  const found = params.find((param) => param.name === name);
  if (found?.structural === true) {
    fail('DL306', undefined, `parameter '${name}' cannot be varied: it shapes the system`, {
      why: 'it decides a clock, a size, the frequency of a coherent tone or which of several forms is built: a change needs a new program',
      help: `run once for each value (--set ${name}=…); what can be varied: ${listed}`,
    });
  }
  if (found !== undefined) return found;
  if (instances.some(({ path }) => path === name)) {
    fail('DL306', undefined, `'${name}' cannot be varied: it is a signal`, {
      why: 'a signal follows from what drives it; the parameters of that can be varied',
      help:
        didYouMean(
          name,
          tunable.filter((other) => other.startsWith(`${name}.`)),
        ) ?? `what can be varied: ${listed}`,
    });
  }
  return fail('DL306', undefined, `there is no parameter '${name}' to vary`, {
    help: didYouMean(name, tunable) ?? `what can be varied: ${listed}`,
  });
}
