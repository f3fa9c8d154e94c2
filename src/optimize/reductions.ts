// What an objective makes of a signal: one number of all lanes of a batch, and the derivative by each lane's value.

import type { MeasureOption, MeasureOptionValue } from '../analysis/define-measure.js';

export interface Reduced {
  readonly value: number;
  /** Derivative of the value by each of the values. */
  readonly slopes: Float64Array;
}

export interface Reduction {
  readonly name: string;
  readonly doc: string;
  readonly cites?: string;
  readonly options: Readonly<Record<string, MeasureOption>>;
  readonly reduce: (values: Float64Array, options: Readonly<Record<string, MeasureOptionValue>>) => Reduced;
}

/** Options that every reduction has. */
export const commonReductionOptions = {
  over: {
    unit: '',
    kind: 'choice',
    choices: ['last', 'run'],
    default: 'last',
    doc: 'Which values are taken of each lane: the last row, or all rows of the run.',
  },
} as const satisfies Readonly<Record<string, MeasureOption>>;

const mean: Reduction = {
  name: 'mean',
  doc: 'Mean over the lanes.',
  options: {},
  reduce: (values) => ({
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    slopes: new Float64Array(values.length).fill(1 / values.length),
  }),
};

const rms: Reduction = {
  name: 'rms',
  doc: 'Root mean square over the lanes.',
  options: {},
  reduce: (values) => {
    const value = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    return { value, slopes: values.map((x) => (value === 0 ? 0 : x / (value * values.length))) };
  },
};

const largest: Reduction = {
  name: 'largest',
  doc: 'Largest magnitude of all lanes. Its derivative is that of this lane alone: log_sum_exp learns from all.',
  options: {},
  reduce: (values) => {
    let at = 0;
    values.forEach((x, i) => {
      if (Math.abs(x) > Math.abs(values[at]!)) at = i;
    });
    const slopes = new Float64Array(values.length);
    slopes[at] = Math.sign(values[at]!);
    return { value: Math.abs(values[at]!), slopes };
  },
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
  reduce: (values, { temperature, relative_to: relativeTo, normalize }) => {
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
  },
};

export const reductions: ReadonlyMap<string, Reduction> = new Map([mean, rms, largest, logSumExp].map((one) => [one.name, one]));
