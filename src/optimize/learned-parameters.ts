// What is learned, as coordinates of an optimizer: scales, bounds, binary masks and quantization of parameters, as
// expressions of the coordinates with the derivatives that surrogates declare.

import { clip, div, exp, gt, mul, neg, param, real, round, select, surrogate } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { drawNormals, drawUniforms } from './start-draws.js';
import { Preparation } from './preparation.js';

/** Where a parameter starts. `given`: at the netlist's value. `fit`: of a quantizer's step, at the largest weight by the levels. */
export type Start =
  | { readonly kind: 'given' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sigma: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'fit' };

/** Equal steps: w is step * k, |k| <= levels. */
export interface Quantizer {
  /** Positive values beside 0. */
  readonly levels: number;
  /** The step, or for each row the name of the learned parameter that is it, or its value; one for all rows. */
  readonly step: number | readonly (number | string)[];
}

/** The elements of one parameter: a number, a list or a matrix. */
export interface LearnedGroup {
  /** `enc.weights`. */
  readonly target: string;
  readonly elements: readonly LearnedElement[];
  readonly start: Start;
  /** Standard deviation of what is added to the start; in log scale, to its logarithm. */
  readonly spread: number;
  readonly scale: 'linear' | 'log';
  /** Bounds of the values. */
  readonly min: number;
  readonly max: number;
  /** Factor on a method's rate. */
  readonly rate: number;
  readonly quantizer?: Quantizer | undefined;
  /** A learned binary factor for each element: start of the number that is compared with 0. */
  readonly mask?: Start | undefined;
}

export interface LearnedElement {
  /** Name of the Program's parameter. */
  readonly name: string;
  /** Of a matrix; 0 otherwise. */
  readonly row: number;
  /** The netlist's. */
  readonly value: number;
}

/**
 * `continuous`: weights as they are. `quantized`: rounded to their grid, straight-through. `integer`: the coordinates of
 * quantized weights are their numbers of steps.
 */
export type WeightMode = 'continuous' | 'quantized' | 'integer';

export interface Coordinate {
  readonly name: string;
  readonly kind: 'value' | 'mask';
  readonly group: LearnedGroup;
  readonly element: LearnedElement;
}

const maskName = (element: string): string => `mask of ${element}`;

export class LearnedParameters {
  readonly groups: readonly LearnedGroup[];
  readonly coordinates: readonly Coordinate[];
  private readonly evaluators = new Map<WeightMode, Preparation>();
  private indices: ReadonlyMap<string, number> | undefined;

  constructor(groups: readonly LearnedGroup[]) {
    this.groups = groups;
    this.coordinates = groups.flatMap((group) => [
      ...group.elements.map((element): Coordinate => ({ name: element.name, kind: 'value', group, element })),
      ...(group.mask === undefined
        ? []
        : group.elements.map((element): Coordinate => ({ name: maskName(element.name), kind: 'mask', group, element }))),
    ]);
  }

  get names(): string[] {
    return this.coordinates.map(({ name }) => name);
  }

  /** Of the Program's parameters, in the order of `elements`. */
  get elements(): LearnedElement[] {
    return this.groups.flatMap(({ elements }) => elements);
  }

  /** Where a restart starts, in continuous coordinates. */
  start(seed: number, restart: number): Float64Array {
    const normal = drawNormals(seed, restart);
    const uniform = drawUniforms(seed, restart);
    const drawn = (start: Start, given: number, i: number): number => {
      switch (start.kind) {
        case 'number':
          return start.value;
        case 'normal':
          return start.mean + start.sigma * normal(i, 0);
        case 'uniform':
          return start.low + (start.high - start.low) * uniform(i);
        case 'given':
        case 'fit':
          return given;
      }
    };
    const x = Float64Array.from(this.coordinates, ({ kind, group, element }, i) => {
      if (kind === 'mask') return drawn(group.mask!, 1, i);
      const value = drawn(group.start, element.value, i);
      const spread = group.spread * normal(i, 1);
      return group.scale === 'log' ? Math.log(value) + spread : value + spread;
    });
    this.fitSteps(x);
    return this.within(x, 'continuous');
  }

  /** Puts the steps that start by `fit` to where the largest weight of each row is the last level. */
  fitSteps(x: Float64Array): void {
    for (const group of this.groups) {
      const { quantizer } = group;
      if (quantizer === undefined || typeof quantizer.step === 'number') continue;
      const { step, levels } = quantizer;
      step.forEach((name, i) => {
        if (typeof name === 'number') return;
        const at = this.indexOf(name);
        const owner = this.coordinates[at]?.group;
        if (owner?.start.kind !== 'fit') return;
        const weights = group.elements.filter(({ row }) => step.length === 1 || row === i).map((element) => x[this.indexOf(element.name)]!);
        const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
        const value = largest > 0 ? largest / levels : owner.elements.find((element) => element.name === name)!.value;
        x[at] = owner.scale === 'log' ? Math.log(value) : value;
      });
    }
  }

  /** Bounds, and the spacing of what a coordinate may be (0: any). */
  limits(mode: WeightMode): { readonly min: Float64Array; readonly max: Float64Array; readonly grid: Float64Array } {
    const isCounted = (coordinate: Coordinate): boolean => mode === 'integer' && isQuantized(coordinate);
    const bound = (coordinate: Coordinate, sign: 1 | -1): number => {
      const { group, kind } = coordinate;
      if (kind === 'mask') return sign * Infinity;
      if (isCounted(coordinate)) return sign * group.quantizer!.levels;
      const value = sign > 0 ? group.max : group.min;
      return group.scale === 'log' ? Math.log(Math.max(0, value)) : value;
    };
    return {
      min: Float64Array.from(this.coordinates, (coordinate) => bound(coordinate, -1)),
      max: Float64Array.from(this.coordinates, (coordinate) => bound(coordinate, 1)),
      grid: Float64Array.from(this.coordinates, (coordinate) => (isCounted(coordinate) ? 1 : 0)),
    };
  }

  /** Factors on the rate: 0 for what is not among `only` (targets), and for masks where weights are counted. */
  rates(mode: WeightMode, only: readonly string[] | undefined): Float64Array {
    return Float64Array.from(this.coordinates, ({ group, kind }) => {
      const isHeld = (only !== undefined && !only.includes(group.target)) || (mode === 'integer' && kind === 'mask');
      return isHeld ? 0 : group.rate;
    });
  }

  /** The Program's parameters as expressions of the coordinates. */
  formulas(mode: WeightMode): Map<string, Expr> {
    const formulas = new Map<string, Expr>();
    // Steps first: weights are made of them.
    for (const isStep of [true, false]) {
      for (const group of this.groups) {
        if ((group.quantizer === undefined) !== isStep) continue;
        for (const element of group.elements) formulas.set(element.name, this.formulaOf(group, element, mode, formulas));
      }
    }
    return formulas;
  }

  private formulaOf(group: LearnedGroup, element: LearnedElement, mode: WeightMode, known: ReadonlyMap<string, Expr>): Expr {
    const coordinate = param(element.name);
    const value = group.scale === 'log' ? exp(coordinate) : coordinate;
    const { quantizer, mask } = group;
    const step = quantizer === undefined ? undefined : stepOf(quantizer, element.row, known);
    // The mask is decided where weights are counted: what it left out has no steps.
    if (mode === 'integer' && step !== undefined) return mul(step, coordinate);
    const masked = mask === undefined ? value : mul(value, heaviside(param(maskName(element.name))));
    return mode === 'continuous' || step === undefined ? masked : quantize(masked, step, quantizer!.levels);
  }

  /** Values of the Program's parameters at x, in the order of `elements`. */
  values(x: Float64Array, mode: WeightMode): Float64Array {
    let evaluator = this.evaluators.get(mode);
    if (evaluator === undefined) {
      const formulas = this.formulas(mode);
      evaluator = new Preparation(
        this.names,
        this.elements.map(({ name }) => formulas.get(name)!),
      );
      this.evaluators.set(mode, evaluator);
    }
    const values = new Float64Array(this.elements.length);
    evaluator.forward(x, values);
    return values;
  }

  /**
   * Which coordinates stay where they are while a part of the weights is on the grid: the `fraction` of quantized weights that
   * is nearest to it, and the steps. The weights are put onto the grid in `x`.
   */
  hold(x: Float64Array, fraction: number): boolean[] {
    const values = this.valuesByName(x, 'continuous');
    const quantized = this.coordinates.flatMap((coordinate, i) => {
      if (!isQuantized(coordinate)) return [];
      const step = this.stepAt(coordinate, values);
      const { levels } = coordinate.group.quantizer!;
      const count = Math.max(-levels, Math.min(levels, Math.round(x[i]! / step)));
      return [{ i, onGrid: step * count, distance: Math.abs(x[i]! / step - count) }];
    });
    const nearest = [...quantized].sort((a, b) => a.distance - b.distance || a.i - b.i).slice(0, Math.ceil(fraction * quantized.length));
    const { stepNames } = this;
    const isHeld = this.coordinates.map(({ name }) => stepNames.has(name));
    for (const { i, onGrid } of nearest) {
      x[i] = onGrid;
      isHeld[i] = true;
    }
    return isHeld;
  }

  private get stepNames(): ReadonlySet<string> {
    return new Set(
      this.groups.flatMap(({ quantizer }) =>
        quantizer === undefined || typeof quantizer.step === 'number' ? [] : quantizer.step.filter((own) => typeof own === 'string'),
      ),
    );
  }

  /** The same parameters in the coordinates of another mode. */
  convert(x: Float64Array, from: WeightMode, to: WeightMode): Float64Array {
    if (from === to) return this.within(x, to);
    const next = x.slice();
    if (from === 'integer' || to === 'integer') {
      const values = this.valuesByName(next, from === 'integer' ? 'integer' : 'quantized');
      this.coordinates.forEach((coordinate, i) => {
        const value = values.get(coordinate.element.name)!;
        if (coordinate.kind === 'mask') next[i] = value === 0 ? -Math.abs(next[i]!) : Math.max(Math.abs(next[i]!), Number.MIN_VALUE);
        else if (isQuantized(coordinate)) next[i] = to === 'integer' ? Math.round(value / this.stepAt(coordinate, values)) : value;
      });
    }
    return this.within(next, to);
  }

  private stepAt({ group, element }: Coordinate, values: ReadonlyMap<string, number>): number {
    const { step } = group.quantizer!;
    if (typeof step === 'number') return step;
    const own = step[Math.min(element.row, step.length - 1)]!;
    return typeof own === 'number' ? own : values.get(own)!;
  }

  private valuesByName(x: Float64Array, mode: WeightMode): Map<string, number> {
    const values = this.values(x, mode);
    return new Map(this.elements.map(({ name }, i) => [name, values[i]!]));
  }

  private within(x: Float64Array, mode: WeightMode): Float64Array {
    const { min, max } = this.limits(mode);
    return x.map((value, i) => Math.min(max[i]!, Math.max(min[i]!, value)));
  }

  private indexOf(name: string): number {
    this.indices ??= new Map(this.coordinates.map((coordinate, i) => [coordinate.name, i]));
    return this.indices.get(name) ?? -1;
  }
}

const isQuantized = ({ group, kind }: Coordinate): boolean => kind === 'value' && group.quantizer !== undefined;

function stepOf({ step }: Quantizer, row: number, known: ReadonlyMap<string, Expr>): Expr {
  if (typeof step === 'number') return real(step);
  const own = step[Math.min(row, step.length - 1)]!;
  return typeof own === 'number' ? real(own) : known.get(own)!;
}

/** 1 above 0, 0 elsewhere; straight-through. */
const heaviside = (x: Expr): Expr => surrogate(select(gt(x, 0), real(1), real(0)), x);

/**
 * step * round(clip(w/step, -levels, levels)), straight-through within the levels. The derivative by the step is then that of
 * learned step size quantization: round(w/step) - w/step inside, -levels or levels outside (Esser et al., ICLR 2020, equation 3).
 */
function quantize(w: Expr, step: Expr, levels: number): Expr {
  const scaled = clip(div(w, step), neg(real(levels)), real(levels));
  return mul(step, surrogate(round(scaled), scaled));
}
