// Who runs the step of rcnet-step.mjs, and what they share: the converter, the objective and Adam. Each contestant gives
// `run(step)`: loss and gradient at its weights, which it then moves; step 1 is the first, and the seed of its noise is its number.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadText } from '../../dist/index.node.js';
import { DiagnosticBag } from '../../dist/diagnostics/diagnostic.js';
import { elaborate } from '../../dist/graph/elaborate.js';
import { openBatchGradient } from '../../dist/optimize/open-batch-gradient.js';
import { lowerDifferentiable } from '../../dist/schedule/lower.js';

export const lanes = 512;
export const ticks = 80;
export const rate = 1e-3;
export const noisePath = 'enc.noise';

/** Inputs of the lanes, in V: an even grid over the range. */
export const inputs = Float64Array.from({ length: lanes }, (_, lane) => 0.25 * ((2 * lane + 1) / lanes - 1));

/** The converter as a Program with surrogates, and the names and values of its 39 weights. */
export function makeConverter() {
  const text = readFileSync(fileURLToPath(new URL('netlists/rcnet3.loom', import.meta.url)), 'utf8');
  const bag = new DiagnosticBag();
  const elaboration = elaborate(loadText(text), { openInputs: true }, bag);
  const program = lowerDifferentiable(elaboration, bag);
  const weights = program.params.filter(({ name }) => name.startsWith('enc.weights['));
  if (weights.length !== 39) throw new Error(`the converter has ${weights.length} weights`);
  return { program, learned: weights.map(({ name }) => name), weights: weights.map(({ value }) => value) };
}

/** tau log(mean(exp(|e| / tau))) with tau = mean|e| / 2, held constant in the derivatives by the errors, which take their place. */
export function logSumExp(errors) {
  let [mean, most, sum] = [0, 0, 0];
  for (const error of errors) {
    mean += Math.abs(error) / errors.length;
    most = Math.max(most, Math.abs(error));
  }
  const tau = 0.5 * mean;
  for (let i = 0; i < errors.length; i++) {
    const share = Math.exp((Math.abs(errors[i]) - most) / tau);
    sum += share;
    errors[i] = errors[i] < 0 ? -share : share;
  }
  for (let i = 0; i < errors.length; i++) errors[i] /= sum;
  return most + tau * Math.log(sum / errors.length);
}

/** Adam (Kingma and Ba 2015): moves the weights. */
export function startAdam(weights) {
  const [first, second] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  const [beta1, beta2] = [0.9, 0.999];
  return (gradient, step) => {
    const [correct1, correct2] = [1 - beta1 ** step, 1 - beta2 ** step];
    for (let i = 0; i < weights.length; i++) {
      first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
      second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] ** 2;
      weights[i] -= (rate * (first[i] / correct1)) / (Math.sqrt(second[i] / correct2) + 1e-8);
    }
  };
}

/** The step on a backend of ours. */
export async function startOurs({ program, learned, weights: initial }, options) {
  const gradient = await openBatchGradient(program, { learned, perLane: ['u'], finals: ['uh'], clock: 0, ticks, lanes, ...options });
  const weights = Float64Array.from(initial);
  const move = startAdam(weights);
  const errors = new Float64Array(lanes);
  return {
    run(step) {
      const { finals } = gradient.forward(weights, { perLane: [inputs], seed: step });
      for (let lane = 0; lane < lanes; lane++) errors[lane] = finals[0][lane] - inputs[lane];
      const loss = logSumExp(errors);
      const { learned: byWeight } = gradient.backward({ finals: [errors], rows: [] });
      move(byWeight, step);
      return { loss, gradient: byWeight };
    },
    close: () => gradient.close(),
  };
}
