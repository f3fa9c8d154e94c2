// Problems for tests of methods, and running a method to its end.

import { expect } from 'vitest';
import type { MethodOptionValue } from '../../../src/optimize/methods/define-method.js';
import type { MethodState, Problem } from '../../../src/optimize/methods/method.js';
import { methods } from '../../../src/optimize/methods/methods.js';
import { prepareMethod } from '../../../src/optimize/methods/prepare-method.js';

type Loss = (x: Float64Array, batch: number) => number;
type Gradient = (x: Float64Array, batch: number) => ArrayLike<number>;

export interface CountedProblem extends Problem {
  /** Points that were asked for, in order, and with which batch. */
  readonly asked: { readonly x: Float64Array; readonly batch: number }[];
}

/** A problem from plain functions. It holds that no point out of bounds is asked for and hands out arrays that it overwrites. */
export function problemOf(
  dimension: number,
  loss: Loss,
  gradient: Gradient = () => expect.unreachable('no gradient'),
  more: Partial<Problem> = {},
): CountedProblem {
  const filled = (value: number): Float64Array => new Float64Array(dimension).fill(value);
  const asked: CountedProblem['asked'] = [];
  const shared = new Float64Array(dimension);
  const bounds = { min: filled(-Infinity), max: filled(Infinity) };
  const problem: CountedProblem = {
    dimension,
    ...bounds,
    rate: filled(1),
    grid: filled(0),
    asked,
    gradient: (x, batch) => {
      ask(x, batch);
      shared.set(gradient(x, batch));
      return Promise.resolve({ loss: loss(x, batch), gradient: shared });
    },
    loss: (x, batch) => {
      ask(x, batch);
      return Promise.resolve(loss(x, batch));
    },
    ...more,
  };
  function ask(x: Float64Array, batch: number): void {
    const isInside = x.length === dimension && x.every((value, i) => value >= problem.min[i]! && value <= problem.max[i]!);
    if (!isInside) expect.unreachable(`${x.join()} is out of bounds`);
    asked.push({ x: Float64Array.from(x), batch });
  }
  return problem;
}

/** A method by name. */
export const methodOf = (name: string, options: Readonly<Record<string, MethodOptionValue>> = {}, seed = 1, restart = 0) =>
  prepareMethod(methods.get(name)!, options, { seed, restart });

/** All states from the first to the one that is done. */
export async function runMethod(method: ReturnType<typeof methodOf>, problem: Problem, x: readonly number[]): Promise<MethodState[]> {
  const states = [method.start(Float64Array.from(x), problem)];
  while (!states.at(-1)!.done) states.push(await method.advance(states.at(-1)!, problem));
  return states;
}

export const lastState = async (...args: Parameters<typeof runMethod>): Promise<MethodState> => (await runMethod(...args)).at(-1)!;

/** Rosenbrock's valley in n dimensions, minimum 0 at (1, …, 1). */
export function rosenbrock(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2;
  return sum;
}

export function rosenbrockGradient(x: Float64Array): Float64Array {
  const gradient = new Float64Array(x.length);
  for (let i = 0; i + 1 < x.length; i++) {
    const bend = x[i + 1]! - x[i]! ** 2;
    gradient[i]! += -400 * x[i]! * bend - 2 * (1 - x[i]!);
    gradient[i + 1]! += 200 * bend;
  }
  return gradient;
}

/** 10 n + sum x^2 - 10 cos(2 pi x): minimum 0 at 0 among a lattice of others about 1 apart. */
export const rastrigin = (x: Float64Array): number =>
  x.reduce((sum, value) => sum + 10 + value * value - 10 * Math.cos(2 * Math.PI * value), 0);

/** sum w (x - center)^2 with weights from 1 to `condition`, in equal ratios. */
export function ellipsoid(n: number, condition: number, center: (i: number) => number = () => 0) {
  const weight = (i: number): number => condition ** (n === 1 ? 0 : i / (n - 1));
  return {
    loss: (x: Float64Array): number => x.reduce((sum, value, i) => sum + weight(i) * (value - center(i)) ** 2, 0),
    gradient: (x: Float64Array): Float64Array => x.map((value, i) => 2 * weight(i) * (value - center(i))),
  };
}
