// What is the same for all combinations of an optimize item: how many restarts there are, what is varied, and how restarts
// are judged.

import { DiagnosticBag, fail, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { namesIn } from '../../graph/bench-names.js';
import { subexpressions } from '../../graph/scope.js';
import type { Expression, OptimizeItem } from '../../netlist/ast.js';
import type { Library } from '../../netlist/library.js';
import { countOf, variantsOf, type Varied } from './constants-of-item.js';

/** What is the same for all variants of an item. */
export interface OptimizationOutline {
  readonly item: OptimizeItem;
  readonly variants: readonly Varied[];
  readonly restarts: number;
  readonly finalists: number;
  readonly judge?: { readonly bench: string; readonly value: Expression } | undefined;
  readonly warnings: readonly Diagnostic[];
}

const mostRestarts = 2 ** 24;

/** Throws NetlistError. Without a name the only optimize item of the library. */
export function outlineOptimization(library: Library, name?: string): OptimizationOutline {
  const item = findItem(library, name);
  const [judge, second] = item.body.filter((statement) => statement.kind === 'judge');
  if (second !== undefined)
    fail('DL202', second.span, 'restarts are judged once', { related: [{ message: 'judged here first', span: judge!.span }] });
  const benches = library.benches.map((bench) => bench.name.name);
  if (judge !== undefined && !benches.includes(judge.bench.name))
    fail('DL212', judge.bench.span, `there is no bench '${judge.bench.name}'`, {
      help:
        didYouMean(judge.bench.name, benches) ??
        (benches.length === 0 ? 'add one: it judges what was learned' : `benches: ${benches.join(', ')}`),
    });
  const restarts = countOf(item, 'restarts', 1, mostRestarts);
  const variants = variantsOf(item);
  return {
    item,
    variants,
    restarts,
    finalists: countOf(item, 'finalists', 4, mostRestarts),
    judge: judge === undefined ? undefined : { bench: judge.bench.name, value: judge.value },
    warnings: [...countWarnings(item, variants.length, restarts), ...unreadWarnings(library, item)],
  };
}

/** Statements that have no effect, or less than they seem to have. */
function countWarnings({ name, body }: OptimizeItem, variants: number, restarts: number): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  const finalists = body.find(({ kind }) => kind === 'finalists');
  if (finalists !== undefined && body.every(({ kind }) => kind !== 'finish'))
    bag.warn('DL208', finalists.span, '`finalists` has no effect: nothing is finished', {
      help: 'add: finish integer_search(passes: 4), or remove it',
    });
  const counted = body.find(({ kind }) => kind === 'restarts');
  if (restarts < variants)
    bag.warn(
      'DL303',
      counted?.span ?? name.span,
      `${restarts} restart${restarts === 1 ? '' : 's'} for ${variants} combinations of what is varied`,
      {
        why: 'restarts go through the combinations one after the other: the last ones get none',
        help: `restarts ${variants}, or a multiple of it`,
      },
    );
  return bag.list;
}

/** What is varied, and neither the system nor the item reads. */
function unreadWarnings(library: Library, item: OptimizeItem): readonly Diagnostic[] {
  const bag = new DiagnosticBag();
  const params = library.systems.get((item.system ?? item.name).name)?.item.params.map(({ name }) => name.name) ?? [];
  const read = new Set([...params, ...namesIn(item), ...item.args.flatMap(({ value }) => namesOf(value))]);
  for (const statement of item.body)
    if (statement.kind === 'minimize' || statement.kind === 'judge') for (const name of namesOf(statement.value)) read.add(name);
  for (const statement of item.body)
    if (statement.kind === 'vary' && !read.has(statement.name.name))
      bag.warn('DL208', statement.name.span, `'${statement.name.name}' is varied, and nothing reads it`, {
        help: didYouMean(statement.name.name, params) ?? `parameters of the system: ${params.length === 0 ? 'none' : params.join(', ')}`,
      });
  return bag.list;
}

const namesOf = (expression: Expression): string[] =>
  [...subexpressions(expression)].flatMap((inner) => (inner.kind === 'name' ? [inner.name] : []));

function findItem(library: Library, name: string | undefined): OptimizeItem {
  const { optimizations } = library;
  const names = optimizations.map((item) => item.name.name);
  if (name !== undefined)
    return (
      optimizations[names.indexOf(name)] ??
      fail('DL212', undefined, `there is no optimize item '${name}' in '${library.path}'`, { help: didYouMean(name, names) })
    );
  const [first, second] = optimizations;
  if (first === undefined)
    fail('DL212', undefined, `'${library.path}' has no optimize item`, {
      help: 'add one: optimize name of system { learn … minimize … method … }',
    });
  if (second !== undefined)
    fail('DL212', undefined, `'${library.path}' has several optimize items`, { help: `name one: ${names.join(', ')}` });
  return first;
}
