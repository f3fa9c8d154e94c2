// CMA-ES: evolution strategy with adaptation of the covariance matrix, for losses without a gradient. N. Hansen, "The CMA evolution
// strategy: a tutorial", arXiv:1604.00772 (2016), figure 6, negative weights included. It works in coordinates z = (x - start) /
// scale, those at rate 0 left out, so that it begins with the unit matrix.

import { evaluateIntrinsic } from '../../ir/evaluate-intrinsic.js';
import { normalQuantile } from '../../numeric/normal-quantile.js';
import { decomposeSymmetric } from '../../numeric/symmetric-eigen.js';
import { uniformOf } from '../../random/philox.js';
import { advancePenalty, noPenalty, penaltyOf, type BoundPenalty } from './bound-penalty.js';
import { clampPoint } from './bounds.js';
import { cmaEsStrategy, defaultPopulation } from './cma-es-strategy.js';
import { begin } from './begin.js';
import { batchOf, batchOption, defineMethod, stepsOption } from './define-method.js';
import { wordsOf } from './draw-words.js';
import { findFailure } from './failure.js';
import type { Method, MethodDraws, MethodState, Problem } from './method.js';
import { advanceDistribution, type CmaEsDistribution } from './cma-es-distribution.js';

/** x and loss are the best point so far on a fixed batch, the mean on fresh ones. */
interface CmaEsState extends MethodState, CmaEsDistribution, BoundPenalty {
  /** Where z = 0 lies. */
  readonly origin: Float64Array;
  /** Eigenvectors of the covariance, row-major, and roots of its eigenvalues, as of the generation `decomposed`. */
  readonly basis: Float64Array;
  readonly axes: Float64Array;
  readonly decomposed: number;
  /** Best losses of the last generations. */
  readonly recent: Float64Array;
}

interface CmaEsOptions {
  readonly steps: number;
  readonly batch: 'fresh' | 'fixed';
  readonly sigma: number;
  readonly population: number | undefined;
  readonly tolerance: number;
  readonly loss_tolerance: number;
}

/** Condition of the covariance beyond which nothing more is to be gained in double precision. */
const worstCondition = 1e14;

export const cmaEs = defineMethod({
  name: 'cma_es',
  doc: 'Evolution strategy for losses without a gradient, rugged ones too: draws points, and learns the shape of their distribution from which are good.',
  cites:
    'Hansen, The CMA evolution strategy: a tutorial, arXiv:1604.00772; Hansen, Niederberger, Guzzella and Koumoutsakos 2009 for bounds.',
  needs: 'loss',
  mostCoordinates: 1000,
  options: {
    steps: { ...stepsOption(1000), doc: 'Generations at most; each takes as many losses as the population has points.' },
    batch: batchOption('fixed'),
    sigma: {
      kind: 'number',
      default: 0.3,
      above: 0,
      doc: 'Standard deviation at first, times the factor of a coordinate; half the distance of its bounds at most.',
    },
    population: { kind: 'whole', min: 4, max: 65536, doc: 'Points of a generation; default: 4 + 3 ln(dimension), rounded down.' },
    tolerance: { kind: 'number', default: 1e-11, min: 0, doc: 'Done when every standard deviation is below this share of the first.' },
    loss_tolerance: { kind: 'number', default: 1e-12, min: 0, doc: 'Done when the best losses of many generations differ by less.' },
  },
  make: (options, draws) => makeCmaEs(options, draws),
});

function makeCmaEs(options: CmaEsOptions, draws: MethodDraws): Method<CmaEsState> {
  const { steps, batch, sigma } = options;
  const words = wordsOf('cma_es', draws);
  const normal = (step: number, index: number): number =>
    normalQuantile(uniformOf(words(step, index >>> 1), (index & 1) as 0 | 1), (x) => evaluateIntrinsic('log', [x]));

  return {
    start: (x, problem) => {
      const first = begin(x, problem);
      const n = scalesOf(problem, sigma).free.length;
      return {
        ...first,
        done: n === 0,
        origin: first.x,
        mean: new Float64Array(n),
        sigma,
        covariance: unitMatrix(n),
        covariancePath: new Float64Array(n),
        sigmaPath: new Float64Array(n),
        sigmaMemory: 1,
        basis: unitMatrix(n),
        axes: new Float64Array(n).fill(1),
        decomposed: 0,
        recent: new Float64Array(0),
        ...noPenalty(n),
      };
    },

    advance: async (state, problem) => {
      const { step } = state;
      const batchNumber = batchOf(batch, step);
      const { free, scale } = scalesOf(problem, sigma);
      const n = free.length;
      const strategy = cmaEsStrategy(n, options.population ?? defaultPopulation(n));
      let { evaluations } = state;

      const place = (z: Float64Array): Float64Array => {
        const x = Float64Array.from(state.origin);
        free.forEach((i, j) => (x[i] = state.origin[i]! + scale[j]! * z[j]!));
        return clampPoint(x, problem);
      };
      const unplace = (x: Float64Array): Float64Array => Float64Array.from(free, (i, j) => (x[i]! - state.origin[i]!) / scale[j]!);
      /** The nearest z within the bounds: z itself where no bound is passed, whatever rounding does to x. */
      const repair = (z: Float64Array, x: Float64Array): Float64Array => {
        const inner = unplace(x);
        return z.map((value, j) => {
          const [low, high] = [problem.min[free[j]!]!, problem.max[free[j]!]!];
          const reached = state.origin[free[j]!]! + scale[j]! * value;
          return reached < low || reached > high ? inner[j]! : value;
        });
      };

      const points = [];
      for (let k = 0; k < strategy.population; k++) {
        const draw = Float64Array.from({ length: n }, (_, j) => normal(step, k * n + j));
        const move = multiply(
          state.basis,
          draw.map((value, j) => value * state.axes[j]!),
        );
        const z = state.mean.map((value, j) => value + state.sigma * move[j]!);
        const x = place(z);
        const loss = await problem.loss(x, batchNumber);
        evaluations++;
        points.push({ move, draw, z, x, loss: Number.isFinite(loss) ? loss : Infinity, given: loss });
      }
      const finite = points.filter(({ loss }) => loss < Infinity);
      if (finite.length < strategy.parents) {
        const failure = findFailure(step, points.find(({ loss }) => loss === Infinity)!.given)!;
        return { ...state, step: step + 1, evaluations, done: true, failure: `${failure} for ${points.length - finite.length} points` };
      }

      const distribution = {
        mean: state.mean,
        feasibleMean: repair(state.mean, place(state.mean)),
        sigma: state.sigma,
        variances: Float64Array.from({ length: n }, (_, j) => state.covariance[j * n + j]!),
      };
      const losses = points.map(({ loss }) => loss);
      const penalty = advancePenalty(state, distribution, losses, step, strategy);
      const ranked = points
        .map((point) => ({ ...point, rank: point.loss + penaltyOf(penalty, point.z, repair(point.z, point.x)) }))
        .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank));
      const adapted = advanceDistribution(state, ranked, state.basis, strategy);
      const next = { ...state, ...adapted, ...penalty, step: step + 1 };

      const best = finite.reduce((least, point) => (point.loss < least.loss ? point : least));
      const isBetter = !(state.loss <= best.loss);
      let { x, loss } = isBetter ? best : state;
      if (batch === 'fresh') {
        x = place(next.mean);
        loss = await problem.loss(x, batchNumber);
        evaluations++;
      }
      const remembered = 10 + Math.ceil((30 * n) / strategy.population);
      const recent = Float64Array.from([...state.recent, best.loss].slice(-remembered));
      const isFlat = recent.length === remembered && range([...recent, ...losses]) < options.loss_tolerance;
      const decomposition = decompose(next, strategy.rankOneRate + strategy.rankMuRate);
      const done = step + 1 >= steps || decomposition === undefined || isFlat || isNarrow(next, options.tolerance * sigma);
      const failure = batch === 'fresh' ? findFailure(step, loss) : undefined;
      return { ...next, ...decomposition, x, loss, evaluations, recent, done: done || failure !== undefined, ...(failure && { failure }) };
    },
  };
}

const range = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value)) - values.reduce((least, value) => Math.min(least, value));

/** Whether the distribution, and how it last moved, are below `width` in every coordinate. */
const isNarrow = ({ mean, sigma, covariance, covariancePath }: CmaEsState, width: number): boolean =>
  covariancePath.every((value, j) => sigma * Math.max(Math.abs(value), Math.sqrt(covariance[j * mean.length + j]!)) < width);

/** The free coordinates, and the length of z's unit in each: its rate, or less so that the first deviation fits between the bounds. */
function scalesOf({ min, max, rate }: Problem, sigma: number): { readonly free: readonly number[]; readonly scale: readonly number[] } {
  const scales = Array.from(rate, (value, i) => Math.min(value, (max[i]! - min[i]!) / (2 * sigma)));
  const free = scales.flatMap((scale, i) => (scale > 0 ? [i] : []));
  return { free, scale: free.map((i) => scales[i]!) };
}

/**
 * The eigenvectors of the covariance and the lengths of its axes, renewed as seldom as costs little (tutorial, appendix B.2);
 * undefined when the matrix is singular in double precision.
 */
function decompose(
  { covariance, mean, step, basis, axes, decomposed }: CmaEsState,
  learningRate: number,
): Pick<CmaEsState, 'covariance' | 'basis' | 'axes' | 'decomposed'> | undefined {
  const n = mean.length;
  if (step - decomposed < 1 / (10 * n * learningRate)) return { covariance, basis, axes, decomposed };
  const { values, vectors } = decomposeSymmetric(covariance, n);
  if (!(values[0]! > 0 && values[n - 1]! / values[0]! < worstCondition)) return undefined;
  return { covariance, basis: vectors, axes: values.map(Math.sqrt), decomposed: step };
}

function unitMatrix(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

const multiply = (matrix: Float64Array, vector: Float64Array): Float64Array =>
  vector.map((_, i) => vector.reduce((sum, value, j) => sum + matrix[i * vector.length + j]! * value, 0));
