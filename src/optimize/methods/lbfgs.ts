// L-BFGS: a quasi-Newton method that keeps the last few steps. J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed.,
// algorithms 7.4 and 7.5. Bounds by two-metric projection: coordinates held by a bound take no part, and the line search follows
// the projected line (D. P. Bertsekas, "Projected Newton methods for optimization problems with simple constraints", SIAM J.
// Control Optim. 20 (1982) 221-246).

import { begin } from './begin.js';
import { clampPoint, heldCoordinates, largestFree } from './bounds.js';
import { batchOf, batchOption, defineMethod, stepsOption } from './define-method.js';
import { findFailure } from './failure.js';
import type { Method, MethodState, Problem } from './method.js';
import { searchStrongWolfe, type Probe } from './strong-wolfe.js';

interface LbfgsState extends MethodState {
  /** At x, on the batch of the last step; empty before the first. */
  readonly gradient: Float64Array;
  /** Steps kept, and what they changed of the gradient, the oldest first, each of one entry a coordinate. */
  readonly moves: Float64Array;
  readonly changes: Float64Array;
}

interface LbfgsOptions {
  readonly steps: number;
  readonly batch: 'fresh' | 'fixed';
  readonly memory: number;
  readonly tolerance: number;
  readonly probes: number;
}

export const lbfgs = defineMethod({
  name: 'lbfgs',
  doc: 'Quasi-Newton method for smooth losses: curvature from the last steps, and a line search for the strong Wolfe conditions.',
  cites: 'Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 3.5, 3.6, 7.4 and 7.5; Bertsekas 1982 for bounds.',
  needs: 'gradient',
  options: {
    steps: stepsOption(200),
    batch: batchOption('fixed'),
    memory: { kind: 'whole', default: 10, min: 1, doc: 'Steps that are kept.' },
    tolerance: { kind: 'number', default: 1e-10, min: 0, doc: 'Largest derivative by a coordinate at which the method is done.' },
    probes: { kind: 'whole', default: 25, min: 1, doc: 'Gradients at most in the line search of a step.' },
  },
  make: (options) => makeLbfgs(options),
});

function makeLbfgs({ steps, batch, memory, tolerance, probes }: LbfgsOptions): Method<LbfgsState> {
  return {
    start: (x, problem) => ({
      ...begin(x, problem),
      gradient: new Float64Array(0),
      moves: new Float64Array(0),
      changes: new Float64Array(0),
    }),
    advance: async (state, problem) => {
      const { x, step } = state;
      const batchNumber = batchOf(batch, step);
      let { loss, gradient, evaluations } = state;
      if (batch === 'fresh' || step === 0) {
        const value = await problem.gradient(x, batchNumber);
        [loss, gradient] = [value.loss, Float64Array.from(value.gradient)];
        evaluations++;
      }
      const reached = { ...state, step: step + 1, loss, gradient, evaluations };
      const failure = findFailure(step, loss, gradient);
      if (failure !== undefined) return { ...reached, done: true, failure };

      const held = heldCoordinates(x, gradient, problem);
      if (largestFree(gradient, held) <= tolerance) return { ...reached, done: true };
      const direction = quasiNewtonDirection(gradient, held, state, problem.rate);
      const hasMemory = state.moves.length > 0;
      const origin = { length: 0, loss, slope: feasibleSlope(x, gradient, direction, problem) };
      const first = hasMemory
        ? 1
        : 1 /
          Math.max(
            1,
            direction.reduce((sum, value) => sum + Math.abs(value), 0),
          );
      const found = origin.slope < 0 ? await searchStrongWolfe(origin, first, probeLine, probes) : undefined;
      if (found === undefined) {
        // Without memory the direction was that of the gradient: nothing lower can be found. With it the gradient's is next.
        const done = !hasMemory || step + 1 >= steps;
        return { ...reached, evaluations, moves: new Float64Array(0), changes: new Float64Array(0), done };
      }
      const kept = keepPair(
        state,
        found.x.map((value, i) => value - x[i]!),
        found.gradient.map((value, i) => value - gradient[i]!),
        memory,
      );
      const isFlat = largestFree(found.gradient, heldCoordinates(found.x, found.gradient, problem)) <= tolerance;
      const done = step + 1 >= steps || isFlat;
      return { ...reached, ...kept, x: found.x, loss: found.loss, gradient: found.gradient, evaluations, done };

      async function probeLine(length: number): Promise<Probe & { readonly x: Float64Array; readonly gradient: Float64Array }> {
        const point = clampPoint(
          x.map((value, i) => value + length * direction[i]!),
          problem,
        );
        const value = await problem.gradient(point, batchNumber);
        evaluations++;
        const slope = feasibleSlope(point, value.gradient, direction, problem);
        return { length, loss: value.loss, slope, x: point, gradient: Float64Array.from(value.gradient) };
      }
    },
  };
}

/** Derivative of the loss along the projected line: coordinates that the direction presses against their bound do not move. */
function feasibleSlope(x: Float64Array, gradient: Float64Array, direction: Float64Array, { min, max }: Problem): number {
  return gradient.reduce((sum, slope, i) => {
    const isPressed = direction[i]! < 0 ? x[i]! <= min[i]! : x[i]! >= max[i]!;
    return direction[i] === 0 || isPressed ? sum : sum + slope * direction[i]!;
  }, 0);
}

/**
 * Minus the product of the gradient with the approximate inverse of the Hessian, both of the coordinates that are not held, by the
 * two-loop recursion. Pairs without curvature among those are left out. The first approximation is diagonal, in proportion to the
 * coordinates' rates.
 */
function quasiNewtonDirection(gradient: Float64Array, held: Uint8Array, { moves, changes }: LbfgsState, rate: Float64Array): Float64Array {
  const n = gradient.length;
  const freeOf = (values: Float64Array): Float64Array => values.map((value, i) => (held[i] === 1 ? 0 : value));
  const pairs = Array.from({ length: moves.length / n }, (_, k) => {
    const [move, change] = [moves, changes].map((all) => freeOf(all.subarray(k * n, (k + 1) * n))) as [Float64Array, Float64Array];
    return { move, change, product: dot(move, change), share: 0 };
  }).filter(({ move, change }) => hasCurvature(move, change));

  const result = freeOf(gradient).map((slope) => -slope);
  for (const pair of pairs.toReversed()) {
    pair.share = dot(pair.move, result) / pair.product;
    pair.change.forEach((value, i) => (result[i]! -= pair.share * value));
  }
  const last = pairs.at(-1);
  const weighted = last?.change.map((value, i) => value * rate[i]!);
  const scale = last === undefined ? 1 : last.product / dot(last.change, weighted!);
  result.forEach((value, i) => (result[i] = scale * rate[i]! * value));
  for (const { move, change, product, share } of pairs) {
    const factor = share - dot(change, result) / product;
    move.forEach((value, i) => (result[i]! += factor * value));
  }
  return result;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** The condition s·y > 0, away from rounding: without it the approximation would not stay positive definite. */
const hasCurvature = (move: Float64Array, change: Float64Array): boolean =>
  dot(move, change) > 1e-10 * Math.sqrt(dot(move, move)) * Math.sqrt(dot(change, change));

/** The pairs with one more, without the oldest if there were as many as are kept. */
function keepPair(
  { moves, changes }: LbfgsState,
  move: Float64Array,
  change: Float64Array,
  memory: number,
): Pick<LbfgsState, 'moves' | 'changes'> {
  if (!hasCurvature(move, change)) return { moves, changes };
  const append = (all: Float64Array, added: Float64Array): Float64Array =>
    Float64Array.from([...all.subarray(Math.max(0, all.length - (memory - 1) * added.length)), ...added]);
  return { moves: append(moves, move), changes: append(changes, change) };
}
