// The system behind a layer: its Program with surrogates, what of its parameters are weights and of which shape, its inputs and
// outputs. All that does not fit is found here, before anything is trained.

import { DiagnosticBag, fail } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { elaborate } from '../../graph/elaborate.js';
import type { Graph, GraphParam } from '../../graph/graph.js';
import { inputsOf } from '../../graph/sub-system.js';
import type { Program } from '../../ir/program.js';
import type { Library } from '../../netlist/library.js';
import { lowerDifferentiable } from '../../schedule/lower.js';
import type { LayerOptions } from './layer-document.js';

/** One weight of a layer: a parameter that is a number, a list or a matrix. */
export interface LayerWeight {
  readonly name: string;
  /** `[]`, `[n]` or `[rows, columns]`. */
  readonly shape: readonly number[];
  /** The Program's parameters, each with its place in the weight; elements that no parameter stands for are constants. */
  readonly elements: readonly { readonly param: string; readonly at: number }[];
  /** The netlist's values, in the order of the weight; 0 where no parameter stands. */
  readonly values: Float32Array;
}

export interface LayerSystem {
  readonly name: string;
  readonly program: Program;
  readonly weights: readonly LayerWeight[];
  /** Parameters that stand for open inputs, in the order of their declaration. */
  readonly inputs: readonly string[];
  /** Names of records. */
  readonly outputs: readonly string[];
}

/** Throws NetlistError: that of the netlist, DL201 for an unknown output, DL204 and DL906 for what cannot be learned, DL501, DL905. */
export function openLayerSystem(library: Library, options: LayerOptions): LayerSystem {
  const { system, set = {}, learn = [], ticks } = options;
  const bag = new DiagnosticBag();
  const elaboration = elaborate(library, { system, set: new Map(Object.entries(set)), openInputs: true }, bag);
  const { graph } = elaboration;
  const program = lowerDifferentiable(elaboration, bag);
  const inputs = declaredInputs(library, graph);
  if (inputs.length === 0) fail('DL905', undefined, `system '${graph.system}' has no input`, { why: 'a layer is a function of its input' });
  if (!(Number.isInteger(ticks) && ticks > 0)) fail('DL501', undefined, `a layer cannot run ${ticks} ticks`, { help: 'ticks: 64' });
  const known = program.records.map(({ name }) => name);
  for (const name of options.outputs ?? [])
    if (!known.includes(name))
      fail('DL201', undefined, `system '${graph.system}' has no output '${name}'`, { help: didYouMean(name, known) });
  const outputs = options.outputs ?? known;
  if (outputs.length === 0) fail('DL905', undefined, `system '${graph.system}' has no output`, { help: 'add: output y' });
  return { name: graph.system, program, weights: learn.map((name) => findWeight(name, graph)), inputs, outputs };
}

/** The graph has them in the order in which they are used. */
function declaredInputs(library: Library, { system, params }: Graph): string[] {
  const open = params.flatMap(({ name, isInput }) => (isInput ? [name] : []));
  const { item } = library.systems.get(system)!;
  return inputsOf(item).flatMap(({ declaration: { name } }) => {
    const elements = open.flatMap((param) => {
      const index = indexWithin(name.name, param);
      return index === undefined ? [] : [{ param, element: index[0] ?? 0 }];
    });
    return elements.sort((a, b) => a.element - b.element).map(({ param }) => param);
  });
}

function findWeight(name: string, graph: Graph): LayerWeight {
  const tunable = graph.params.filter(({ isInput }) => !isInput);
  const members = tunable.flatMap((param) => {
    const index = indexWithin(name, param.name);
    return index === undefined ? [] : [{ param, index }];
  });
  if (members.length === 0) return refuse(name, graph, tunable);
  const structural = members.find(({ param }) => param.structural);
  if (structural !== undefined)
    fail('DL906', undefined, `'${structural.param.name}' cannot be learned`, { why: 'it shapes the graph: a change needs a new one' });
  const shape = shapeOf(name, members[0]!.index.length, graph) ?? largest(members.map(({ index }) => index));
  const placeOf = (index: readonly number[]): number => index.reduce((place, i, axis) => place * shape[axis]! + i, 0);
  const values = new Float32Array(shape.reduce((size, length) => size * length, 1));
  for (const { param, index } of members) values[placeOf(index)] = param.value;
  return { name, shape, elements: members.map(({ param, index }) => ({ param: param.name, at: placeOf(index) })), values };
}

/** `[]` for the name itself, `[2, 0]` for `name[2][0]`; undefined for another name. */
function indexWithin(name: string, param: string): number[] | undefined {
  if (!param.startsWith(name)) return undefined;
  const rest = param.slice(name.length);
  return /^(\[\d+\])*$/.test(rest) ? [...rest.matchAll(/\d+/g)].map(([digits]) => Number(digits)) : undefined;
}

/** Of a list or matrix of a block, constants included. */
function shapeOf(name: string, rank: number, { instances }: Graph): number[] | undefined {
  const dot = name.lastIndexOf('.');
  const instance = instances.find(({ kind, path }) => kind === 'block' && path === name.slice(0, Math.max(0, dot)));
  const value = instance?.kind === 'block' ? instance.params[name.slice(dot + 1)] : undefined;
  if (rank === 0 || !Array.isArray(value)) return undefined;
  return rank === 1 ? [value.length] : [value.length, (value[0] as readonly unknown[]).length];
}

const largest = (indices: readonly (readonly number[])[]): number[] =>
  indices[0]!.map((_, axis) => Math.max(...indices.map((index) => index[axis]!)) + 1);

function refuse(name: string, graph: Graph, tunable: readonly GraphParam[]): never {
  const fixed = graph.fixed.get(name);
  if (fixed?.kind === 'follows')
    fail('DL906', undefined, `'${name}' cannot be learned`, {
      why: `it follows from ${fixed.from.map((from) => `'${from}'`).join(' and ')}`,
    });
  if (fixed !== undefined)
    fail('DL906', undefined, `'${name}' cannot be learned`, { why: 'it is a size, a choice, data, or an effect that is off' });
  const names = [...new Set(tunable.map((param) => param.name.replace(/(\[\d+\])+$/, '')))];
  return fail('DL204', undefined, `there is no parameter '${name}' to learn`, { help: didYouMean(name, names) });
}
