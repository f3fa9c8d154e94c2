// What an optimize item learns of its system, whatever it minimizes.

import type { DiagnosticBag } from '../../diagnostics/diagnostic.js';
import { elaborate, type Elaboration } from '../../graph/elaborate.js';
import type { Graph } from '../../graph/graph.js';
import { guard } from '../../graph/scope.js';
import type { Argument, LearnStatement, OptimizeItem } from '../../netlist/ast.js';
import { printExpression } from '../../netlist/loom/print-expression.js';
import type { Library } from '../../netlist/library.js';
import { placeOf, systemOfItem } from '../learned-netlist.js';
import { LearnedParameters } from '../learned-parameters.js';
import { argumentsOf } from './bench-of-item.js';
import { constantsOf, type Evaluate, type Varied } from './constants-of-item.js';
import { learnedGroups } from './learned-groups.js';
import { outlineOptimization } from './outline-optimization.js';

/** What an item says of its system, whatever is minimized. */
export interface Learning {
  /** What the item gives the system. */
  readonly args: readonly Argument[];
  readonly learns: readonly LearnStatement[];
  readonly targets: ReadonlySet<string>;
}

/** Throws NetlistError. */
export function outlineLearning(library: Library, item: OptimizeItem, varied: Varied, bag: DiagnosticBag): Learning {
  const system = item.system ?? item.name;
  const params = library.systems.get(system.name)?.item.params.map(({ name }) => name.name) ?? [];
  const args = argumentsOf(
    item,
    params,
    varied,
    constantsOf(item, varied, () => undefined),
  );
  const learns = item.body.filter((statement) => statement.kind === 'learn');
  if (learns.length === 0)
    bag.error('DL505', item.name.span, `'${item.name.name}' learns nothing`, {
      why: 'an optimization moves the parameters that it learns',
      help: 'add: learn x1.gain',
    });
  for (const { name } of item.body.filter((statement) => statement.kind === 'vary')) {
    const learn = learns.find(({ target }) => target.kind === 'name' && target.name === name.name);
    if (learn !== undefined)
      bag.error('DL202', learn.target.span, `'${name.name}' is learned, and varied`, {
        related: [{ message: 'varied here', span: name.span }],
        help: 'learn it from several starts: init: uniform(low, high), and restarts',
      });
  }
  const own = guard(bag, () => systemOfItem(library, item));
  if (own !== undefined) for (const { target } of learns) guard(bag, () => placeOf(target, own));
  bag.throwIfErrors();
  return { args, learns, targets: new Set(learns.map(({ target }) => printExpression(target))) };
}

/** Constants in an item, with what its system has. */
export const evaluateWithin = (item: OptimizeItem, varied: Varied, { params }: Graph): Evaluate =>
  constantsOf(item, varied, (name) => params.find((param) => param.name === name)?.value);

/** Without the parameters of what the item itself drives the system with. */
export function withoutSources(graph: Graph, { body }: OptimizeItem): Graph {
  const own = new Set(body.flatMap((statement) => (statement.kind === 'let' ? [statement.name.name] : [])));
  return { ...graph, params: graph.params.filter(({ name }) => !own.has(/^[^.[]*/.exec(name)![0])) };
}

/** The system of an item with open inputs, and what the item learns of it, at the first of all combinations that it varies. Throws NetlistError. */
export function elaborateLearned(
  library: Library,
  name: string,
  set: ReadonlyMap<string, string>,
  bag: DiagnosticBag,
): { readonly elaboration: Elaboration; readonly learned: LearnedParameters } {
  const { item, variants } = outlineOptimization(library, name);
  const varied = variants[0]!;
  const { args, learns, targets } = outlineLearning(library, item, varied, bag);
  const system = (item.system ?? item.name).name;
  const elaboration = elaborate(library, { system, args, set, openInputs: true, vary: targets }, bag);
  const groups = learnedGroups(learns, elaboration.graph, evaluateWithin(item, varied, elaboration.graph), bag);
  bag.throwIfErrors();
  return { elaboration, learned: new LearnedParameters(groups) };
}
