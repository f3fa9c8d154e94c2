// Bounds in CMA-ES: a point outside has the loss of the nearest point inside and a quadratic penalty, of which the weights follow the
// spread of the losses. N. Hansen, A. Niederberger, L. Guzzella and P. Koumoutsakos, "A method for handling uncertainty in evolutionary
// optimization", IEEE Trans. Evol. Comput. 13 (2009) 180-197, section on box constraints; constants as in Hansen's cmaes.m 3.61.

import { evaluateIntrinsic } from '../../ir/evaluate-intrinsic.js';
import type { CmaEsStrategy } from './cma-es-strategy.js';

export interface BoundPenalty {
  /** Weights by coordinate: 0 until the mean has been out of bounds. */
  readonly penaltyWeights: Float64Array;
  /** Interquartile ranges of the losses of the last generations, over the mean variance of a coordinate and their number. */
  readonly spreads: Float64Array;
  readonly hasPenalty: boolean;
}

export const noPenalty = (dimension: number): BoundPenalty => ({
  penaltyWeights: new Float64Array(dimension),
  spreads: new Float64Array(0),
  hasPenalty: false,
});

export interface SearchDistribution {
  readonly mean: Float64Array;
  /** The mean moved into the bounds. */
  readonly feasibleMean: Float64Array;
  readonly sigma: number;
  /** Of the covariance, without the factor sigma^2. */
  readonly variances: Float64Array;
}

/** The penalty of a generation: `losses` are those of points in the bounds, infinite if they are not to count. */
export function advancePenalty(
  { penaltyWeights, spreads, hasPenalty }: BoundPenalty,
  { mean, feasibleMean, sigma, variances }: SearchDistribution,
  losses: readonly number[],
  generation: number,
  { effectiveParents, population }: CmaEsStrategy,
): BoundPenalty {
  const n = mean.length;
  const meanVariance = variances.reduce((sum, value) => sum + value, 0) / n;
  const sorted = losses.filter(Number.isFinite).sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const spread = (quantile(0.75) - quantile(0.25)) / (n * meanVariance * sigma * sigma);
  const kept = spread > 0 ? [...spreads, spread].slice(-Math.ceil(20 + (3 * n) / population)) : [...spreads];
  const typical = kept.toSorted((a, b) => a - b)[kept.length >> 1] ?? 1;

  const isOutside = mean.map((value, i) => (value === feasibleMean[i] ? 0 : 1));
  if (!isOutside.includes(1)) return { penaltyWeights, spreads: Float64Array.from(kept), hasPenalty };
  // The first weights are set anew while the spread is not known well.
  const weights = hasPenalty
    ? Float64Array.from(penaltyWeights)
    : variances.map((variance) => (2.0002 * typical) / (variance / meanVariance));
  const growth = evaluateIntrinsic('pow', [1.2, Math.min(1, effectiveParents / (10 * n))]);
  const reach = 3 * Math.max(1, Math.sqrt(n) / effectiveParents) * sigma;
  weights.forEach((weight, i) => {
    if (Math.abs(mean[i]! - feasibleMean[i]!) > reach * Math.sqrt(variances[i]!)) weights[i] = growth * weight;
  });
  return { penaltyWeights: weights, spreads: Float64Array.from(kept), hasPenalty: hasPenalty || (generation > 1 && kept.length > 0) };
}

/** What is added to the loss of `feasible` for the point itself. */
export const penaltyOf = ({ penaltyWeights }: BoundPenalty, point: Float64Array, feasible: Float64Array): number =>
  point.reduce((sum, value, i) => sum + penaltyWeights[i]! * (value - feasible[i]!) * (value - feasible[i]!), 0);
