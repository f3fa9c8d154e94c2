// What learning would meet, told before it starts: parameters that no objective depends on, parameters whose every way to an
// objective passes something flat and where, objectives that depend on nothing learned.

import { DiagnosticBag, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from '../diagnostics/span.js';
import type { Graph } from '../graph/graph.js';
import { requireTunable } from '../graph/require-tunable.js';
import { argOf, type Expr } from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import { programNodes } from '../ir/roots.js';
import { activityOf, isFlat } from './activity.js';
import { reachOf } from './gradient-reach.js';
import { NodePlaces, type NodePlace } from './node-places.js';

export interface GradientQuestion {
  /** Names of the Program's parameters that are to be learned. */
  readonly learned: readonly string[];
  /** Names of the records that objectives are made of. */
  readonly objectives: readonly string[];
  /** What the Program was made of: it knows the lines. */
  readonly graph?: Graph | undefined;
  /** By parameter and by record: what asks for it, where that is not the netlist's own line. */
  readonly askers?: ReadonlyMap<string, Asker> | undefined;
}

export interface Asker {
  /** Of an objective, in place of its record's. */
  readonly name: string;
  readonly span: Span;
}

/** Places that are told of one parameter. */
const mostPlaces = 6;

/**
 * DL306 (what is no tunable parameter), DL901, DL902 (warnings) and DL903 (errors); nothing where every learned parameter has a
 * gradient and every objective one that is learned. `program` keeps its surrogates (lowerDifferentiable).
 */
export function explainGradient(program: Program, { learned: asked, objectives, graph, askers }: GradientQuestion): Diagnostic[] {
  const bag = new DiagnosticBag();
  const learned = asked.filter((name) => graph === undefined || isTunable(graph, name, bag));
  if (bag.hasErrors) return bag.list;
  const places = new NodePlaces(program, graph);
  const nameOf = (record: string): string => askers?.get(record)?.name ?? record;
  const indexOf = (name: string): number => program.records.findIndex((record) => record.name === name);
  const all = objectives.map(indexOf);
  const byValue = paramsIn(reachOf(program, all, 'value'));
  const byDerivative = paramsIn(reachOf(program, all, 'derivative'));
  const found = learned.flatMap((name): Diagnostic[] => {
    if (byDerivative.has(name)) return [];
    const span = askers?.get(name)?.span ?? places.spanOf(name);
    if (!byValue.has(name) && !byDerivative.has(name)) {
      const why = 'its gradient is 0, so it would stay as it begins';
      const message = `${listed('objective', objectives.map(nameOf))} ${objectives.length === 1 ? 'does' : 'do'} not depend on learned parameter '${name}'`;
      return [
        {
          code: 'DL901',
          severity: 'warning',
          message,
          span,
          why,
          help: "leave it out of 'learn', or make an objective of what it changes",
        },
      ];
    }
    return [
      {
        code: 'DL902',
        severity: 'warning',
        message: `no gradient reaches learned parameter '${name}'`,
        span,
        ...cutBetween(program, [name], all, places),
      },
    ];
  });
  return [
    ...found,
    ...objectives.flatMap((record, i) => {
      const asker = askers?.get(record) ?? { name: record, span: places.spanOf(record) };
      return explainObjective(program, asker, all[i]!, learned, places);
    }),
  ];
}

function isTunable(graph: Graph, name: string, bag: DiagnosticBag): boolean {
  try {
    requireTunable(graph, name);
    return true;
  } catch (error) {
    bag.absorb(error);
    return false;
  }
}

function explainObjective(
  program: Program,
  { name, span }: { readonly name: string; readonly span: Span | undefined },
  record: number,
  learned: readonly string[],
  places: NodePlaces,
): Diagnostic[] {
  const reaches = (by: 'value' | 'derivative'): boolean => {
    const params = paramsIn(reachOf(program, [record], by));
    return learned.some((one) => params.has(one));
  };
  if (reaches('derivative')) return [];
  if (reaches('value')) {
    const message = `no gradient of objective '${name}' reaches anything that is learned`;
    return [{ code: 'DL903', severity: 'error', message, span, ...cutBetween(program, learned, [record], places) }];
  }
  return [
    {
      code: 'DL903',
      severity: 'error',
      message: `objective '${name}' depends on nothing that is learned`,
      span,
      why: `it is the same whatever ${learned.length === 0 ? 'is learned' : listed('parameter', learned)} ${learned.length > 1 ? 'are' : 'is'}`,
      help: 'learn a parameter of what it is made of, or leave it out',
    },
  ];
}

const paramsIn = (nodes: ReadonlySet<Expr>): Set<string> =>
  new Set([...nodes].flatMap((node) => (node.op === 'param' ? [argOf(node, 'param')] : [])));

function listed(noun: string, names: readonly string[]): string {
  const shown = names.slice(0, mostPlaces).map((name) => `'${name}'`);
  return `${noun}${names.length === 1 ? '' : 's'} ${shown.join(', ')}${names.length > mostPlaces ? ', …' : ''}`;
}

/** Why nothing comes through: the flat operations that derivatives by the parameters reach and that the records depend on. */
function cutBetween(program: Program, learned: readonly string[], records: readonly number[], places: NodePlaces): Partial<Diagnostic> {
  const { nodes: active } = activityOf(program, new Set(learned));
  const needed = reachOf(program, records, 'value');
  const cuts = [...needed].filter((node) => !active.has(node) && node.src.some((operand) => active.has(operand)) && isCut(node));
  const surrogates = silentSurrogates(program);
  const found = new Map<string, { readonly place: NodePlace; readonly node: Expr }>();
  for (const node of cuts) {
    const place = places.placeOf(node);
    if (place !== undefined && !found.has(place.instance?.path ?? place.signal))
      found.set(place.instance?.path ?? place.signal, { place, node });
  }
  const [last, ...others] = [...found.values()].slice(0, mostPlaces);
  if (last === undefined) return { why: 'every way to it passes an operation whose derivative is 0' };
  const cut = describeCut(last.place, last.node, surrogates);
  const why = found.size === 1 ? `the only way is cut: ${cut}` : `all ways are cut, in ${found.size} places, last where ${cut}`;
  const related = [last, ...others].map(({ place, node }) => ({
    message: describeCut(place, node, surrogates),
    span: place.instance?.span,
  }));
  return { why, help: helpFor(last.place), ...(found.size > 1 ? { related } : {}) };
}

/** A choice between values is not where a derivative ends: that is at what the choice is made of. */
const isCut = (node: Expr): boolean => isFlat(node) || node.op === 'surrogate' || node.type === 'int';

/** Nodes that are values of surrogates whose derivative is 0 by form. */
function silentSurrogates(program: Program): ReadonlySet<Expr> {
  const silent = [...programNodes(program)].filter(({ op, src }) => op === 'surrogate' && (isFlat(src[1]!) || src[1]!.op === 'const'));
  return new Set(silent.map(({ src }) => src[0]!));
}

function describeCut({ signal, instance }: NodePlace, node: Expr, surrogates: ReadonlySet<Expr>): string {
  const block = instance?.kind === 'block' ? `${instance.block.type} '${instance.path}'` : `'${signal}'`;
  const named = gradientChoice(instance);
  if (named?.value === 'none' || surrogates.has(node)) return `${block} passes no gradient (${named?.name ?? 'gradient'}: none)`;
  if (node.op === 'surrogate') return `the gradient of ${block} does not depend on it`;
  return `${block} ${flatness(node)}, and no gradient is declared for that`;
}

function flatness({ op }: Expr): string {
  if (op === 'lt' || op === 'le' || op === 'eq') return 'decides';
  return op === 'floor' || op === 'round' ? 'rounds' : 'counts in whole numbers';
}

function helpFor({ instance }: NodePlace): string {
  const named = gradientChoice(instance);
  if (instance !== undefined && named !== undefined) return `give '${instance.path}' a gradient, such as ${named.name}: ${named.example}`;
  return 'learn what reaches the objective by another way, or use a block that declares a gradient';
}

/** The block's own choice of a gradient for what is flat in it. */
function gradientChoice(
  instance: NodePlace['instance'],
): { readonly name: string; readonly value: unknown; readonly example: string } | undefined {
  if (instance?.kind !== 'block') return undefined;
  const isGradient = (name: string): boolean => name === 'gradient' || (name.endsWith('_gradient') && !name.startsWith('saturation'));
  for (const [name, param] of Object.entries(instance.block.params)) {
    if (param.kind !== 'choice' || !isGradient(name)) continue;
    const example = param.choices.find((choice) => choice !== 'none');
    if (example !== undefined) return { name, value: instance.params[name], example };
  }
  return undefined;
}
