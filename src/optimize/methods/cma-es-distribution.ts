// One generation's change of the distribution of CMA-ES, from the points in the order of their rank: N. Hansen, "The CMA evolution
// strategy: a tutorial", arXiv:1604.00772 (2016), figure 6. Nothing is drawn or evaluated here.

import { evaluateIntrinsic } from '../../ir/evaluate-intrinsic.js';
import type { CmaEsStrategy } from './cma-es-strategy.js';

export interface CmaEsDistribution {
  /** Of z; its covariance is sigma^2 times `covariance`, row-major. */
  readonly mean: Float64Array;
  readonly sigma: number;
  readonly covariance: Float64Array;
  /** Evolution paths p_c and p_sigma. */
  readonly covariancePath: Float64Array;
  readonly sigmaPath: Float64Array;
  /** (1 - c_sigma)^(2 generations): how much of the first path is left, as a product. */
  readonly sigmaMemory: number;
}

/** A point mean + sigma `move`, where `move` is basis * axes * `draw` and the draw is standard normal. */
export interface RankedPoint {
  readonly move: Float64Array;
  readonly draw: Float64Array;
}

export function advanceDistribution(
  state: CmaEsDistribution,
  ranked: readonly RankedPoint[],
  basis: Float64Array,
  strategy: CmaEsStrategy,
): CmaEsDistribution {
  const { weights, parents, effectiveParents, pathRate, rankOneRate, rankMuRate, sigmaRate, sigmaDamping, expectedNorm } = strategy;
  const n = state.mean.length;
  const selected = ranked.slice(0, parents);
  const weightedSum = (pick: (point: RankedPoint) => Float64Array): Float64Array =>
    state.mean.map((_, j) => selected.reduce((sum, point, i) => sum + weights[i]! * pick(point)[j]!, 0));
  const move = weightedSum((point) => point.move);
  const draw = weightedSum((point) => point.draw);
  const mean = state.mean.map((value, j) => value + state.sigma * move[j]!);

  // C^(-1/2) move = basis * draw, since move = basis * axes * draw.
  const sigmaGain = Math.sqrt(sigmaRate * (2 - sigmaRate) * effectiveParents);
  const sigmaPath = state.sigmaPath.map((value, i) => {
    const whitened = draw.reduce((sum, d, j) => sum + basis[i * n + j]! * d, 0);
    return (1 - sigmaRate) * value + sigmaGain * whitened;
  });
  const pathNorm = Math.sqrt(squareNorm(sigmaPath));
  const sigma = state.sigma * evaluateIntrinsic('exp', [(sigmaRate / sigmaDamping) * (pathNorm / expectedNorm - 1)]);

  // A path that is too long comes from a step size that is too small: then the covariance is not stretched as well.
  const sigmaMemory = state.sigmaMemory * (1 - sigmaRate) * (1 - sigmaRate);
  const isPathShort = pathNorm / Math.sqrt(1 - sigmaMemory) < (1.4 + 2 / (n + 1)) * expectedNorm;
  const pathGain = isPathShort ? Math.sqrt(pathRate * (2 - pathRate) * effectiveParents) : 0;
  const covariancePath = state.covariancePath.map((value, j) => (1 - pathRate) * value + pathGain * move[j]!);
  const lostVariance = isPathShort ? 0 : pathRate * (2 - pathRate);

  // Negative weights are scaled so that a move takes away the same in all directions, however long it is.
  const shares = ranked.map((point, i) => {
    const weight = weights[i]!;
    return rankMuRate * (weight >= 0 ? weight : (weight * n) / squareNorm(point.draw));
  });
  const weightTotal = weights.reduce((sum, weight) => sum + weight, 0);
  const kept = 1 + rankOneRate * lostVariance - rankOneRate - rankMuRate * weightTotal;
  const covariance = state.covariance.map((value) => kept * value);
  addOuterProduct(covariance, covariancePath, rankOneRate);
  ranked.forEach((point, i) => addOuterProduct(covariance, point.move, shares[i]!));
  return { mean, sigma, covariance, covariancePath, sigmaPath, sigmaMemory };
}

const squareNorm = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** matrix += share v v^T; products in the same order on both sides of the diagonal, so the matrix stays symmetric. */
function addOuterProduct(matrix: Float64Array, v: Float64Array, share: number): void {
  const n = v.length;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j]! += share * (v[i]! * v[j]!);
}
