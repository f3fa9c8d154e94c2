// One step of training of an incremental converter of three cells (80 cycles, 512 lanes, thermal noise): forwards, backwards
// and Adam of its 39 weights, by our backends, by C and op by op in tfjs, in turn in one process. Losses and
// gradients of the first step are compared.

import { inputs, lanes, makeConverter, noisePath, rate, startOurs, ticks } from './rcnet-contestants.mjs';
import { startStepReferences } from './rcnet-reference.mjs';
import { findTensors } from './rcnet-tensors.mjs';
import { summarize } from './summarize.mjs';

const warmUps = 2;
const counted = 21;
/** Steps follow each other in a training, so each turn is of as many as take about so long: a processor that has idled is slow at first. */
const turnMs = 250;
const countedTensors = 3;

/** What the project promises of a step in floats on one thread: at most so many times C's, and so many times faster than tfjs; and what a second thread brings. */
export const stepPromises = { mostToC: 3, leastToTensors: 300, leastThreadGain: 1.7 };
/** Largest difference from the plain C in doubles, of the largest derivative. No decision of the first step is so near its threshold that floats decide otherwise. */
const mostDifference = { f32: 1e-4, f64: 1e-9 };

const ours = [
  { name: 'wasm f32', precision: 'f32', options: { backend: 'wasm', precision: 'f32' } },
  { name: 'wasm f32, 2 threads', precision: 'f32', options: { backend: 'wasm', precision: 'f32', threads: 2 } },
  { name: 'wasm f64', precision: 'f64', options: { backend: 'wasm', precision: 'f64' } },
  { name: 'native f64', precision: 'f64', options: { backend: 'native' }, needsCompiler: true },
  { name: 'js f64', precision: 'f64', options: { backend: 'js' } },
];
const references = [
  { name: 'C f32, plain', precision: 'f32', form: 'plain_f32' },
  { name: 'C f64, plain', precision: 'f64', form: 'plain_f64' },
  { name: 'C f32, lanes innermost, the hard limit', precision: 'f32', form: 'lanes_f32' },
];

async function startAll(converter, hasCompiler) {
  const contestants = [];
  if (hasCompiler) {
    const start = startStepReferences({ noisePath, rate });
    for (const { form, ...rest } of references) contestants.push({ ...rest, runner: start[form](converter.weights, inputs) });
  }
  for (const { options, needsCompiler, ...rest } of ours)
    if (hasCompiler || needsCompiler !== true) contestants.push({ ...rest, runner: await startOurs(converter, options) });
  return contestants;
}

async function timeStep(runner, step) {
  await runner.prepare?.(step);
  const started = performance.now();
  const result = await runner.run(step);
  return { ms: performance.now() - started, result };
}

/** Mean time of the steps of a turn, from `step` on. */
async function timeTurn(runner, step, count) {
  let total = 0;
  for (let i = 0; i < count; i++) total += (await timeStep(runner, step + i)).ms;
  return total / count;
}

/** The largest difference of the gradients, of the largest derivative, or that of the losses if that is larger. */
function differenceOf(result, expected) {
  const largest = Math.max(...expected.gradient.map(Math.abs));
  const apart = expected.gradient.map((value, i) => Math.abs(result.gradient[i] - value) / largest);
  return Math.max(Math.abs(result.loss / expected.loss - 1), ...apart);
}

/** Milliseconds of a step, its ratios to the plain C in floats, tfjs's to ours, and the gain of a second thread. Throws where gradients differ. */
export async function timeTrainingSteps({ hasCompiler }) {
  const converter = makeConverter();
  const contestants = await startAll(converter, hasCompiler);
  const judge = contestants.find(({ name }) => name === (hasCompiler ? 'C f64, plain' : 'js f64'));
  const copy = ({ loss, gradient }) => ({ loss, gradient: Array.from(gradient) });
  for (const contestant of contestants) contestant.first = copy((await timeStep(contestant.runner, 1)).result);
  const compare = (name, precision, first) => {
    const difference = differenceOf(first, judge.first);
    if (!(difference <= mostDifference[precision]))
      throw new Error(`${name}: the gradient differs by ${difference} of the largest derivative`);
    return difference;
  };
  for (const contestant of contestants) contestant.difference = compare(contestant.name, contestant.precision, contestant.first);
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let run = -warmUps; run < counted; run++)
    for (const contestant of contestants) {
      const { name, runner, next = 2, count = 1 } = contestant;
      const ms = await timeTurn(runner, next, count);
      contestant.next = next + count;
      contestant.count = Math.max(1, Math.round(turnMs / ms));
      if (run >= 0) times.get(name).push(ms);
    }
  const ratioOf = (name, base) => summarize(times.get(name).map((ms, i) => ms / times.get(base)[i]));
  const steps = contestants.map(({ name, precision, difference }) => ({
    name,
    precision,
    difference,
    ms: summarize(times.get(name)),
    ratioToC: hasCompiler ? ratioOf(name, 'C f32, plain') : undefined,
  }));
  const float = contestants.find(({ name }) => name === 'wasm f32').runner;
  const tensors = await timeTensors(converter, float, compare);
  await Promise.all(contestants.map(({ runner }) => runner.close()));
  return { lanes, ticks, runs: counted, steps, threadGain: ratioOf('wasm f32', 'wasm f32, 2 threads'), tensors };
}

/** tfjs's backends against ours in floats, in turn; undefined where tfjs is not installed. */
async function timeTensors(converter, float, compare) {
  const tensors = await findTensors();
  if (tensors === undefined) return undefined;
  const results = [];
  for (const backend of tensors.backends)
    for (const start of tensors.forms) {
      const runner = await start(tensors, backend, converter);
      const difference = compare(`tfjs, ${runner.name}`, 'f32', (await timeStep(runner, 1)).result);
      const pairs = [];
      for (let run = 0; run < countedTensors; run++) {
        const own = summarize((await repeat(9, () => timeStep(float, 1000 + run))).map(({ ms }) => ms)).median;
        pairs.push([own, (await timeStep(runner, 2 + run)).ms]);
      }
      const ratioToOurs = summarize(pairs.map(([own, ms]) => ms / own));
      results.push({ name: runner.name, difference, ms: summarize(pairs.map(([, ms]) => ms)), ratioToOurs });
    }
  return results;
}

async function repeat(count, work) {
  const results = [];
  for (let i = 0; i < count; i++) results.push(await work());
  return results;
}
