// The system behind a layer: its Program with surrogates, what of its parameters are weights, how they are made of them and of
// which shape they are, its inputs and outputs. All that does not fit is found here, before anything is trained.

import { DiagnosticBag, fail } from '../../diagnostics/diagnostic.js';
import { didYouMean } from '../../diagnostics/suggest.js';
import { elaborate, type Elaboration } from '../../graph/elaborate.js';
import type { Graph, GraphParam } from '../../graph/graph.js';
import { inputsOf } from '../../graph/sub-system.js';
import type { Program } from '../../ir/program.js';
import type { Library } from '../../netlist/library.js';
import { lowerDifferentiable } from '../../schedule/lower.js';
import { LearnedParameters, type Coordinate, type LearnedGroup, type WeightMode } from '../learned-parameters.js';
import { limitsOf } from '../plan/learned-groups.js';
import { elaborateLearned } from '../plan/learned-system.js';
import type { LayerOptions } from './layer-document.js';

/** One weight of a layer: what is learned of a parameter that is a number, a list or a matrix, or the masks of its elements. */
export interface LayerWeight {
  /** That of the parameter; masks: `enc.weights.mask`. */
  readonly name: string;
  /** `[]`, `[n]` or `[rows, columns]`. */
  readonly shape: readonly number[];
  /** Coordinates (by their index), each with its place in the weight; elements that no parameter stands for are constants. */
  readonly elements: readonly { readonly coordinate: number; readonly at: number }[];
  /** Where it starts, in its order; 0 where no coordinate stands. */
  readonly values: Float32Array;
}

export interface LayerSystem {
  readonly name: string;
  readonly program: Program;
  readonly learned: LearnedParameters;
  readonly mode: WeightMode;
  readonly weights: readonly LayerWeight[];
  /** Parameters that stand for open inputs, in the order of their declaration. */
  readonly inputs: readonly string[];
  /** Names of records. */
  readonly outputs: readonly string[];
}

/** Throws NetlistError: that of the netlist, DL201 for an unknown output, DL204 and DL906 for what cannot be learned, DL501, DL905. */
export function openLayerSystem(library: Library, options: LayerOptions): LayerSystem {
  const { ticks, seed = 0, quantize = true } = options;
  const bag = new DiagnosticBag();
  const { elaboration, learned } = elaborateLayer(library, options, bag);
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
  const isQuantized = quantize && learned.groups.some(({ quantizer }) => quantizer !== undefined);
  const start = learned.start(seed, 0);
  const weights = learned.groups.flatMap((group) => [
    layerWeight(group, 'value', learned, start, graph),
    ...(group.mask === undefined ? [] : [layerWeight(group, 'mask', learned, start, graph)]),
  ]);
  return { name: graph.system, program, learned, mode: isQuantized ? 'quantized' : 'continuous', weights, inputs, outputs };
}

function elaborateLayer(
  library: Library,
  { system, set = {}, learn, optimize }: LayerOptions,
  bag: DiagnosticBag,
): { readonly elaboration: Elaboration; readonly learned: LearnedParameters } {
  const values = new Map(Object.entries(set));
  if (optimize !== undefined) {
    if (learn !== undefined || system !== undefined)
      fail('DL906', undefined, `optimize item '${optimize}' says what is learned of which system`, {
        help: 'leave `learn` and `system` out, or `optimize`',
      });
    return elaborateLearned(library, optimize, values, bag);
  }
  const elaboration = elaborate(library, { system, set: values, openInputs: true }, bag);
  return { elaboration, learned: new LearnedParameters((learn ?? []).map((name) => findGroup(name, elaboration.graph))) };
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

function layerWeight(
  { target, elements }: LearnedGroup,
  kind: Coordinate['kind'],
  { coordinates }: LearnedParameters,
  start: Float64Array,
  graph: Graph,
): LayerWeight {
  const indices = elements.map(({ name }) => indexWithin(target, name)!);
  const shape = shapeOf(target, indices[0]!.length, graph) ?? largest(indices);
  const values = new Float32Array(shape.reduce((size, length) => size * length, 1));
  const places = elements.map((element, i) => ({
    coordinate: coordinates.findIndex((one) => one.element === element && one.kind === kind),
    at: indices[i]!.reduce((place, index, axis) => place * shape[axis]! + index, 0),
  }));
  for (const { coordinate, at } of places) values[at] = start[coordinate]!;
  return { name: kind === 'mask' ? `${target}.mask` : target, shape, elements: places, values };
}

/** A parameter as it is, within the block's own bounds. */
function findGroup(name: string, graph: Graph): LearnedGroup {
  const tunable = graph.params.filter(({ isInput }) => !isInput);
  const members = tunable.filter((param) => indexWithin(name, param.name) !== undefined);
  if (members.length === 0) return refuse(name, graph, tunable);
  const structural = members.find((param) => param.structural);
  if (structural !== undefined)
    fail('DL906', undefined, `'${structural.name}' cannot be learned`, { why: 'it shapes the graph: a change needs a new one' });
  const [min, max] = limitsOf(members, graph);
  const elements = members.map((param) => ({ name: param.name, row: 0, value: param.value }));
  return { target: name, elements, start: { kind: 'given' }, spread: 0, scale: 'linear', min, max, rate: 1 };
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
