// The step of least_squares: the minimum of the linear part of the residuals within bounds and within a radius. J. J. Moré, "The
// Levenberg-Marquardt algorithm: implementation and theory", LNM 630 (1978) 105-116, section 5, with a search for the damping in
// the reciprocal of the length (M. D. Hebden 1973). Nothing is evaluated here: trials cost a small triangle each.

import { solveLeastSquares } from '../../numeric/least-squares.js';
import type { Problem } from './method.js';

/** Residuals near a point: |triangle d + rotated|^2 and the sum of squares of their linear part at x + d differ by a constant. */
export interface LinearPart {
  /** Upper, row-major, dimension by dimension. */
  readonly triangle: Float64Array;
  readonly rotated: Float64Array;
}

interface Region extends LinearPart, Pick<Problem, 'min' | 'max' | 'rate'> {
  readonly x: Float64Array;
  /** Positive where a coordinate is not held. */
  readonly scales: Float64Array;
  /** 1: the coordinate stays. */
  readonly held: Uint8Array;
  readonly radius: number;
}

/** The length of a step may miss the radius by this share. */
const slack = 0.1;
const mostTrials = 30;
/** Damping where the radius asks for none and columns are dependent: so little that the others hardly feel it. */
const leastDamping = 1e-12;

export function trustedMove(region: Region): Float64Array {
  const { radius, scales, rate, held, triangle, rotated } = region;
  const n = rotated.length;
  const lengthOf = (move: Float64Array): number =>
    Math.sqrt(move.reduce((sum, value, j) => sum + (held[j] === 1 ? 0 : (value * scales[j]!) ** 2 / rate[j]!), 0));
  const undamped = boundedMove(region, 0);
  let lowLength = undamped === undefined ? Infinity : lengthOf(undamped);
  if (undamped !== undefined && lowLength <= (1 + slack) * radius) return undamped;
  if (radius === Infinity) return leastMove(region);

  // |D d| <= |D^-1 J^T r| / damping.
  let slopeSquares = 0;
  for (let j = 0; j < n; j++) {
    let slope = 0;
    for (let i = 0; i <= j; i++) slope += triangle[i * n + j]! * rotated[i]!;
    if (held[j] === 0) slopeSquares += (slope / scales[j]!) ** 2 * rate[j]!;
  }
  let [low, high] = [0, Math.sqrt(slopeSquares) / radius];
  let highLength = 0;
  let best: Float64Array | undefined;
  for (let trial = 0; trial < mostTrials; trial++) {
    // The reciprocal of the length is nearly a line of the damping.
    const [below, above] = [1 / lowLength, highLength === 0 ? NaN : 1 / highLength];
    const secant = low + ((1 / radius - below) / (above - below)) * (high - low);
    const damping = secant > low && secant < high ? secant : Math.max(1e-3 * high, Math.sqrt(low * high));
    const move = boundedMove(region, damping);
    if (move === undefined) {
      low = damping;
      continue;
    }
    const length = lengthOf(move);
    if (length <= (1 + slack) * radius) best = move;
    if (Math.abs(length - radius) <= slack * radius) break;
    if (length > radius) [low, lowLength] = [damping, length];
    else [high, highLength] = [damping, length];
  }
  return best ?? boundedMove(region, high) ?? new Float64Array(n);
}

/** The move with the least damping that makes columns independent. */
function leastMove(region: Region): Float64Array {
  for (let damping = leastDamping; ; damping *= 100) {
    const move = boundedMove(region, damping);
    if (move !== undefined) return move;
  }
}

/**
 * The minimum of |triangle d + rotated|^2 + damping |D d|^2, D^2 = scales^2 / rate, over the coordinates that are not held: those
 * that it takes out of bounds are put on their bound, and the others are solved for again. Undefined where columns are dependent.
 */
function boundedMove({ x, min, max, rate, triangle, rotated, scales, held }: Region, damping: number): Float64Array | undefined {
  const n = x.length;
  const move = new Float64Array(n);
  const isFixed = Uint8Array.from(held);
  for (;;) {
    const free = [...isFixed.keys()].filter((j) => isFixed[j] === 0);
    const rows = damping > 0 ? n + free.length : n;
    const target = new Float64Array(rows);
    for (let i = 0; i < n; i++) {
      let value = -rotated[i]!;
      for (let j = i; j < n; j++) if (isFixed[j] === 1) value -= triangle[i * n + j]! * move[j]!;
      target[i] = value;
    }
    const columns = free.map((j, k) => {
      const column = new Float64Array(rows);
      for (let i = 0; i <= j; i++) column[i] = triangle[i * n + j]!;
      if (damping > 0) column[n + k] = Math.sqrt(damping / rate[j]!) * scales[j]!;
      return column;
    });
    const solution = solveUnlessDependent(columns, target);
    if (solution === undefined) return undefined;
    free.forEach((j, k) => (move[j] = solution[k]!));
    const outside = free.filter((j) => x[j]! + move[j]! < min[j]! || x[j]! + move[j]! > max[j]!);
    if (outside.length === 0) return move;
    for (const j of outside) {
      isFixed[j] = 1;
      move[j] = (move[j]! < 0 ? min[j]! : max[j]!) - x[j]!;
    }
  }
}

function solveUnlessDependent(columns: readonly Float64Array[], target: Float64Array): Float64Array | undefined {
  try {
    return solveLeastSquares(columns, target).solution;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
