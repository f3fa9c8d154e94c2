// What an objective makes of a signal: one number of all lanes of a batch, and the derivative by each lane's value.

import type { MeasureOption, MeasureOptionValue } from '../analysis/define-measure.js';
import { fitLinearly } from './best-linear-error.js';

export interface Reduced {
  readonly value: number;
  /** By signal: derivative of the value by each of its values. */
  readonly slopes: readonly Float64Array[];
}

/** Which values of each lane: those of the last row, or of all rows of the run. */
export type Over = 'last' | 'run';

export interface Reduction {
  readonly name: string;
  readonly doc: string;
  readonly cites?: string;
  readonly options: Readonly<Record<string, MeasureOption>>;
  /** Which values of each of its signals it takes; without it, it takes those of one signal that its option `over` says. */
  readonly over?: readonly Over[];
  /** Row r of lane l of a signal is at `r * lanes + l`. The value is in the unit of the last signal. */
  readonly reduce: (signals: readonly Float64Array[], options: Readonly<Record<string, MeasureOptionValue>>) => Reduced;
}

/** Options of reductions of one signal. */
export const commonReductionOptions = {
  over: {
    unit: '',
    kind: 'choice',
    choices: ['last', 'run'],
    default: 'last',
    doc: 'Which values are taken of each lane: the last row, or all rows of the run.',
  },
} as const satisfies Readonly<Record<string, MeasureOption>>;

/** Of one signal. */
const reduceOne =
  (reduce: (values: Float64Array, options: Readonly<Record<string, MeasureOptionValue>>) => { value: number; slopes: Float64Array }) =>
  ([values]: readonly Float64Array[], options: Readonly<Record<string, MeasureOptionValue>>): Reduced => {
    const { value, slopes } = reduce(values!, options);
    return { value, slopes: [slopes] };
  };

const mean: Reduction = {
  name: 'mean',
  doc: 'Mean over the lanes.',
  options: {},
  reduce: reduceOne((values) => ({
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    slopes: new Float64Array(values.length).fill(1 / values.length),
  })),
};

const rms: Reduction = {
  name: 'rms',
  doc: 'Root mean square over the lanes.',
  options: {},
  reduce: reduceOne((values) => {
    const value = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    return { value, slopes: values.map((x) => (value === 0 ? 0 : x / (value * values.length))) };
  }),
};

const largest: Reduction = {
  name: 'largest',
  doc: 'Largest magnitude of all lanes. Its derivative is that of this lane alone: log_sum_exp learns from all.',
  options: {},
  reduce: reduceOne((values) => {
    let at = 0;
    values.forEach((x, i) => {
      // Not a number is the largest of all.
      if (!Number.isNaN(values[at]!) && !(Math.abs(x) <= Math.abs(values[at]!))) at = i;
    });
    const slopes = new Float64Array(values.length);
    slopes[at] = Math.sign(values[at]!);
    return { value: Math.abs(values[at]!), slopes };
  }),
};

/**
 * t*log(1/B * sum_b exp(|x_b|/t)): between the mean magnitude (t large) and the largest (t to 0). The paper's equation (6) is
 * the form with t = 1 and without 1/B.
 */
const logSumExp: Reduction = {
  name: 'log_sum_exp',
  doc: 'A smooth largest magnitude of all lanes: t*log(mean(exp(|x|/t))), from the mean magnitude (t large) to the largest (t to 0).',
  cites: 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903, equation (6); the temperature is ours',
  options: {
    temperature: { unit: '', kind: 'number', default: 0.5, doc: 't, by what `relative_to` says.' },
    relative_to: {
      unit: '',
      kind: 'choice',
      choices: ['mean', 'one'],
      default: 'mean',
      doc: 'Whether t is in mean magnitudes of the present batch, held constant in the derivative, or in units of the signal (V, …).',
    },
    normalize: {
      unit: '',
      kind: 'choice',
      choices: ['mean', 'sum'],
      default: 'mean',
      doc: 'The mean or the sum of exponentials; with `temperature: 1`, "one" and "sum" it is the literal equation (6).',
    },
  },
  reduce: reduceOne((values, { temperature, relative_to: relativeTo, normalize }) => {
    const magnitudes = values.map(Math.abs);
    const count = values.length;
    const meanMagnitude = magnitudes.reduce((sum, x) => sum + x, 0) / count;
    if (meanMagnitude === 0) return { value: 0, slopes: new Float64Array(count) };
    const t = (temperature as number) * (relativeTo === 'mean' ? meanMagnitude : 1);
    const most = magnitudes.reduce((max, x) => Math.max(max, x), 0);
    const powers = magnitudes.map((x) => Math.exp((x - most) / t));
    const sum = powers.reduce((total, x) => total + x, 0);
    return {
      value: most + t * Math.log(sum / (normalize === 'mean' ? count : 1)),
      slopes: powers.map((power, i) => (power / sum) * Math.sign(values[i]!)),
    };
  }),
};

/**
 * sqrt(|u - F(bits)|^2/(B - unknowns)), F the least-squares decoder of the batch. By the envelope theorem the fit's own derivatives
 * vanish: d error/d bit[r, b] = -taps[r]*e_b/((B - unknowns)*error), and without the minus and the tap by u_b.
 */
const bestLinearError: Reduction = {
  name: 'best_linear_error',
  doc: 'Takes two signals, `best_linear_error(bits, u)`: what the best linear decoder of the batch leaves of u at the last row, as root mean square. The decoder is an offset and a weight for each row of the bits, fitted to the lanes of the batch; what it could fit by chance is allowed for, and lanes must outnumber weights.',
  over: ['run', 'last'],
  options: {
    degree: {
      unit: '',
      kind: 'number',
      default: Infinity,
      doc: 'Weights are a polynomial of that degree over the rows: few lanes are enough then. Without it each row has a weight of its own.',
    },
  },
  reduce: ([bits, target], { degree }) => {
    const { error, residual, taps, freedom } = fitLinearly(bits!, target!, degree as number);
    const byTarget = residual.map((e) => (error === 0 ? 0 : e / (freedom * error)));
    const byBits = new Float64Array(bits!.length);
    for (let r = 0, at = 0; r < taps.length; r++) {
      const tap = taps[r]!;
      for (let lane = 0; lane < byTarget.length; lane++, at++) byBits[at] = -tap * byTarget[lane]!;
    }
    return { value: error, slopes: [byBits, byTarget] };
  },
};

export const reductions: ReadonlyMap<string, Reduction> = new Map(
  [mean, rms, largest, logSumExp, bestLinearError].map((one) => [one.name, one]),
);
