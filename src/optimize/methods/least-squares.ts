// Nonlinear least squares by damped Gauss-Newton steps. D. W. Marquardt, "An algorithm for least-squares estimation of nonlinear
// parameters", J. SIAM 11 (1963) 431-441, with damping from the radius of a region that is trusted: J. J. Moré, "The Levenberg-
// Marquardt algorithm: implementation and theory", LNM 630 (1978) 105-116. The first step is free, so it solves a linear problem.

import { allFinite } from '../../numeric/all-finite.js';
import { triangularize } from '../../numeric/least-squares.js';
import { clampPoint, heldCoordinates } from './bounds.js';
import { begin } from './begin.js';
import { batchOf, batchOption, defineMethod, stepsOption } from './define-method.js';
import { findFailure } from './failure.js';
import { MethodError } from './method-error.js';
import type { Method, MethodState, Problem } from './method.js';
import { type LinearPart, trustedMove } from './trusted-move.js';

interface LeastSquaresState extends MethodState, LinearPart {
  readonly lanes: number;
  /** Longest step that is trusted, as the norm of its entries times `scales`; Infinity until a step was rejected. */
  readonly radius: number;
  /** Largest norm of each column of the Jacobian so far, which makes steps independent of units. */
  readonly scales: Float64Array;
}

interface LeastSquaresOptions {
  readonly steps: number;
  readonly batch: 'fresh' | 'fixed';
  readonly tolerance: number;
}

/** Share of the predicted decrease that a step must have to count, below which the radius shrinks, and from which it grows. */
const [enoughGain, poorGain, goodGain] = [1e-4, 0.25, 0.75];

export const leastSquares = defineMethod({
  name: 'least_squares',
  doc: 'Levenberg-Marquardt: minimizes the mean square of residuals, one a lane, from their derivatives.',
  cites: 'Marquardt 1963; Moré, The Levenberg-Marquardt algorithm: implementation and theory, 1978.',
  needs: 'residuals',
  mostCoordinates: 4096,
  options: {
    steps: { ...stepsOption(200), doc: 'Steps at most; a step that is rejected counts.' },
    batch: batchOption('fixed'),
    tolerance: {
      kind: 'number',
      default: 1e-10,
      min: 0,
      doc: 'Done when the cosine between the residuals and every derivative, or every relative change of a step, is at most this.',
    },
  },
  make: (options) => makeLeastSquares(options),
});

function makeLeastSquares({ steps, batch, tolerance }: LeastSquaresOptions): Method<LeastSquaresState> {
  return {
    start: (x, problem) => {
      if (problem.residuals === undefined) throw new MethodError("'least_squares' needs residuals, which this problem has not");
      const none = new Float64Array(0);
      return {
        ...begin(x, problem),
        triangle: none,
        rotated: none,
        lanes: 0,
        radius: Infinity,
        scales: new Float64Array(x.length),
      };
    },

    advance: async (state, problem) => {
      const { step } = state;
      const batchNumber = batchOf(batch, step);
      let reached = { ...state, step: step + 1 };
      if (batch === 'fresh' || step === 0) {
        const value = await linearize(problem, state.x, batchNumber);
        const scales = state.scales.map((scale, j) => Math.max(scale, columnNorm(value.triangle, j, state.x.length)));
        reached = { ...reached, ...value, scales, evaluations: state.evaluations + 1 };
        const failure = findFailure(step, value.loss, value.triangle);
        if (failure !== undefined) return { ...reached, done: true, failure };
      }
      const slopes = slopesOf(reached);
      const held = heldCoordinates(state.x, slopes, problem).map((isHeld, j) => (isHeld === 1 || reached.scales[j] === 0 ? 1 : 0));
      if (largestCosine(reached, slopes, held) <= tolerance) return { ...reached, done: true };

      const move = trustedMove({ ...reached, held, ...problem });
      const length = Math.sqrt(move.reduce((sum, value, j) => sum + (value * reached.scales[j]!) ** 2, 0));
      const point = clampPoint(
        state.x.map((value, j) => value + move[j]!),
        problem,
      );
      const trial = await linearize(problem, point, batchNumber);
      const evaluations = reached.evaluations + 1;
      const isSmall = point.every((value, j) => Math.abs(value - state.x[j]!) <= tolerance * Math.abs(value));
      const isFinite = Number.isFinite(trial.loss) && allFinite(trial.triangle);
      const gain = isFinite ? (reached.loss - trial.loss) / (reached.loss - predictedLoss(reached, move)) : -Infinity;
      const slope = (2 * slopes.reduce((sum, value, j) => sum + value * move[j]!, 0)) / reached.lanes;
      const radius =
        gain < poorGain
          ? shorterShare(reached.loss, slope, isFinite ? trial.loss : Infinity) * Math.min(length, reached.radius)
          : gain >= goodGain
            ? Math.max(reached.radius, 2 * length)
            : reached.radius;
      const isLast = isSmall || step + 1 >= steps;
      if (!(gain >= enoughGain)) return { ...reached, evaluations, radius, done: isLast };
      const scales = reached.scales.map((scale, j) => Math.max(scale, columnNorm(trial.triangle, j, point.length)));
      const next = { ...reached, ...trial, x: point, evaluations, scales, radius };
      const nextSlopes = slopesOf(next);
      const isFlat = largestCosine(next, nextSlopes, heldCoordinates(point, nextSlopes, problem)) <= tolerance;
      return { ...next, done: isLast || isFlat };
    },
  };
}

/** Where a parabola through the loss, its slope and the loss after the step has its minimum, as a share of the step, 0.1 to 0.5. */
function shorterShare(loss: number, slope: number, lossAfter: number): number {
  const share = -slope / (2 * (lossAfter - loss - slope));
  return share > 0 ? Math.min(Math.max(share, 0.1), 0.5) : 0.5;
}

/** The residuals and their derivatives by the coordinates that may move, reduced; a loss that is not finite where one of either is not. */
async function linearize(
  problem: Problem,
  x: Float64Array,
  batch: number,
): Promise<LinearPart & { readonly loss: number; readonly lanes: number }> {
  const { residuals, jacobian } = await problem.residuals!(x, batch);
  const [n, lanes] = [x.length, residuals.length];
  const columns = Array.from(problem.rate, (rate, j) => {
    const column = new Float64Array(lanes);
    if (rate !== 0) for (let lane = 0; lane < lanes; lane++) column[lane] = jacobian[lane * n + j]!;
    return column;
  });
  const loss = residuals.reduce((sum, value) => sum + value * value, 0) / lanes;
  return { ...triangularize(columns, residuals), lanes, loss };
}

const columnNorm = (triangle: Float64Array, j: number, n: number): number => {
  let sum = 0;
  for (let i = 0; i <= j; i++) sum += triangle[i * n + j]! * triangle[i * n + j]!;
  return Math.sqrt(sum);
};

/** Half the derivatives of the sum of squares: J^T r = R^T rotated. */
const slopesOf = ({ triangle, rotated }: LinearPart): Float64Array =>
  rotated.map((_, j) => {
    let sum = 0;
    for (let i = 0; i <= j; i++) sum += triangle[i * rotated.length + j]! * rotated[i]!;
    return sum;
  });

/** The largest cosine of the angle between the residuals and a column that is not held; 0 when the residuals are. */
function largestCosine({ triangle, loss, lanes }: LeastSquaresState, slopes: Float64Array, held: Uint8Array): number {
  const size = Math.sqrt(loss * lanes);
  return slopes.reduce((most, slope, j) => {
    const length = columnNorm(triangle, j, slopes.length) * size;
    return held[j] === 1 || length === 0 ? most : Math.max(most, Math.abs(slope) / length);
  }, 0);
}

/** Mean square of the linear part of the residuals after a move. */
function predictedLoss({ triangle, rotated, loss, lanes }: LeastSquaresState, move: Float64Array): number {
  const n = move.length;
  let change = 0;
  for (let i = 0; i < n; i++) {
    let value = 0;
    for (let j = i; j < n; j++) value += triangle[i * n + j]! * move[j]!;
    change += value * (value + 2 * rotated[i]!);
  }
  return loss + change / lanes;
}
