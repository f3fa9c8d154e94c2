// The strategy parameters of CMA-ES, which follow from the dimension and the size of the population: N. Hansen, "The CMA evolution
// strategy: a tutorial", arXiv:1604.00772 (2016), table 1 and equations 49 to 58 around it. No state.

import { evaluateIntrinsic } from '../../ir/evaluate-intrinsic.js';

export interface CmaEsStrategy {
  /** Size of the population, and how many of it move the mean. */
  readonly population: number;
  readonly parents: number;
  /** By rank, the best first: those of the parents are positive and have sum 1, those of the rest are negative or 0. */
  readonly weights: Float64Array;
  /** (sum w)^2 / sum w^2 of the parents. */
  readonly effectiveParents: number;
  /** Learning rates: of the path of the covariance, its rank-one and its rank-mu update, the path of the step size; its damping. */
  readonly pathRate: number;
  readonly rankOneRate: number;
  readonly rankMuRate: number;
  readonly sigmaRate: number;
  readonly sigmaDamping: number;
  /** Expected length of a vector of independent standard normal numbers. */
  readonly expectedNorm: number;
}

const log = (x: number): number => evaluateIntrinsic('log', [x]);

export const defaultPopulation = (dimension: number): number => 4 + Math.floor(3 * log(dimension));

/** @param population at least 4 */
export function cmaEsStrategy(dimension: number, population: number): CmaEsStrategy {
  const n = dimension;
  const parents = Math.floor(population / 2);
  const raw = Float64Array.from({ length: population }, (_, i) => log((population + 1) / 2) - log(i + 1));
  const effective = (part: Float64Array): number => sum(part) ** 2 / part.reduce((total, w) => total + w * w, 0);
  const effectiveParents = effective(raw.subarray(0, parents));
  const effectiveRest = effective(raw.subarray(parents));

  const pathRate = (4 + effectiveParents / n) / (n + 4 + (2 * effectiveParents) / n);
  const rankOneRate = 2 / ((n + 1.3) * (n + 1.3) + effectiveParents);
  const rankMu = (2 * (0.25 + effectiveParents + 1 / effectiveParents - 2)) / ((n + 2) * (n + 2) + effectiveParents);
  const rankMuRate = Math.min(1 - rankOneRate, rankMu);
  const sigmaRate = (effectiveParents + 2) / (n + effectiveParents + 5);
  const sigmaDamping = 1 + 2 * Math.max(0, Math.sqrt((effectiveParents - 1) / (n + 1)) - 1) + sigmaRate;

  // Negative weights: as much as the positive ones and the rank-one update give, and never so much that the matrix could
  // lose its definiteness.
  const negativeSum = Math.min(
    1 + rankOneRate / rankMuRate,
    1 + (2 * effectiveRest) / (effectiveParents + 2),
    (1 - rankOneRate - rankMuRate) / (n * rankMuRate),
  );
  const positiveTotal = sum(raw.filter((w) => w > 0));
  const negativeTotal = -sum(raw.filter((w) => w < 0));
  return {
    population,
    parents,
    weights: raw.map((w) => (w >= 0 ? w / positiveTotal : (negativeSum * w) / negativeTotal)),
    effectiveParents,
    pathRate,
    rankOneRate,
    rankMuRate,
    sigmaRate,
    sigmaDamping,
    expectedNorm: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
