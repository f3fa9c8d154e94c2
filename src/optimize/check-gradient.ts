// Holds gradients of a Program against each other and against differences of the Program itself: the mean square of a record, by every parameter.
// Derivatives are the true ones, without surrogates: nothing passes a quantizer, and where a decision flips within the
// step of a difference there is no derivative to compare with.

import { createTile } from '../backends/batch.js';
import { compileBatch, type BatchBackendName } from '../backends/compile-batch.js';
import { noiseParams, noiseValues } from '../ir/noise.js';
import type { Program } from '../ir/program.js';
import { specialize } from '../ir/specialize.js';
import { gridEnds, rowsBefore } from '../simulate/recording.js';
import { gradientModes, gradientsOf, type GradientMode } from './gradients.js';
import type { Rows } from './lane-gradients.js';
import type { Seeds } from './sow-seeds.js';

export interface GradientCheckOptions {
  /** Index of the clock (in the Program's clocks) whose ticks are counted. */
  readonly clock: number;
  readonly ticks: number;
  /** Name of the record whose mean square is differentiated. */
  readonly record: string;
  /** Names of parameters; all of the Program without it. */
  readonly parameters?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly backend?: BatchBackendName | undefined;
  /** The mode that is held against differences; without it both are, and against each other. */
  readonly mode?: GradientMode | undefined;
}

export interface ParameterGradient {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** By reverse and by forward mode; a mode that was not asked for is absent. */
  readonly reverse?: number;
  readonly forward?: number;
  readonly difference: number;
  /** Largest distance of a mode and the difference, by the larger of them. */
  readonly distance: number;
  /** `jumps`: differences of two steps do not agree with each other, so there is nothing to hold the adjoint against. */
  readonly verdict: 'agrees' | 'differs' | 'jumps' | 'not finite';
}

/** Distances that are rounding of the differences, and of the modes. */
const mostDistance = 1e-5;
const mostModeDistance = 1e-7;
/** Steps by the value's magnitude, the second half of the first; each point of a central difference of fourth order is a lane. */
const steps = [2e-4, 1e-4] as const;
const offsets = [-2, -1, 1, 2] as const;

/** The parameters that a gradient check can look at. */
export const differentiableParams = (program: Program): Program['params'] => {
  const noise: readonly string[] = Object.values(noiseParams);
  return program.params.filter(({ name }) => !noise.includes(name));
};

/** Throws GradientError where the Program has no adjoint, BackendError. */
export async function checkGradient(program: Program, options: GradientCheckOptions): Promise<ParameterGradient[]> {
  const { clock, ticks, record, seed = 0, backend } = options;
  const wanted = options.parameters ?? differentiableParams(program).map(({ name }) => name);
  const fixed = specialize(program, noiseValues(seed), new Set(wanted));
  const own = fixed.params.map(({ value }) => value);
  const modes = options.mode === undefined ? gradientModes : [options.mode];
  const found = new Map<GradientMode, readonly Float64Array[]>();
  for (const mode of modes) {
    const gradients = await gradientsOf(fixed, { learned: wanted, objectives: [record], clock, ticks, backend, mode });
    found.set(mode, await gradients.run(1, Float64Array.from(own), slopesOfMeanSquare));
  }

  // Lane after lane: every parameter at every offset of every step.
  const stepOf = (param: number, step: number): number => steps[step]! * (own[param] === 0 ? 1 : Math.abs(own[param]!));
  const lanes = fixed.params.flatMap((_, param) =>
    steps.flatMap((__, step) => offsets.map((offset) => ({ param, shift: offset * stepOf(param, step) }))),
  );
  const values = await meanSquares(fixed, lanes, options);
  return wanted.map((name, i) => {
    const param = fixed.params.findIndex((one) => one.name === name);
    const [coarse, fine] = steps.map((_, step) => {
      const at = (param * steps.length + step) * offsets.length;
      const [low2, low, high, high2] = values.subarray(at, at + offsets.length) as unknown as [number, number, number, number];
      return (8 * (high - low) - (high2 - low2)) / (12 * stepOf(param, step));
    }) as [number, number];
    const byMode = modes.map((mode) => [mode, found.get(mode)![i]![0]!] as const);
    const gradients = byMode.map(([, gradient]) => gradient);
    const { unit, value } = fixed.params[param]!;
    // Rounding of the objective limits what a difference can tell.
    const floor = (1e-13 * Math.max(...values)) / stepOf(param, 1);
    const distanceOf = (a: number, b: number): number =>
      Math.max(0, Math.abs(a - b) - floor) / Math.max(Math.abs(a), Math.abs(b), Number.MIN_VALUE);
    const distance = Math.max(...gradients.map((gradient) => distanceOf(gradient, fine)));
    const isFinite = [...gradients, fine].every(Number.isFinite);
    const verdict = !isFinite
      ? 'not finite'
      : distanceOf(gradients[0]!, gradients.at(-1)!) > mostModeDistance
        ? 'differs'
        : distance <= mostDistance
          ? 'agrees'
          : distanceOf(coarse, fine) > mostDistance
            ? 'jumps'
            : 'differs';
    return { name, unit, value, ...Object.fromEntries(byMode), difference: fine, distance, verdict };
  });
}

/** Derivatives of the mean squares of records by their rows. */
export const slopesOfMeanSquare = (rows: Rows): Seeds =>
  rows.map((columns) => columns.map((column) => column.map((value) => (2 * value) / column.length)));

/** The mean square of the record in lanes of which each has one parameter moved. */
async function meanSquares(
  program: Program,
  lanes: readonly { readonly param: number; readonly shift: number }[],
  { clock, ticks, record, backend }: GradientCheckOptions,
): Promise<Float64Array> {
  const kernel = await compileBatch(program, { backend });
  const end = gridEnds(program, clock, ticks)(ticks);
  const rows = rowsBefore(program, end);
  const index = program.records.findIndex(({ name }) => name === record);
  const results = new Float64Array(lanes.length);
  for (let first = 0; first < lanes.length; first += kernel.tileLanes) {
    const some = lanes.slice(first, first + kernel.tileLanes);
    const columns = rows.map((count) => some.map(() => new Float64Array(count)));
    const params = program.params.flatMap(({ value }, i) => some.map(({ param, shift }) => (param === i ? value + shift : value)));
    await kernel.run(createTile(program, some.length, columns, Float64Array.from(params)), end);
    some.forEach(
      (_, lane) => (results[first + lane] = columns[index]![lane]!.reduce((sum, value) => sum + value * value, 0) / rows[index]!),
    );
  }
  return results;
}
