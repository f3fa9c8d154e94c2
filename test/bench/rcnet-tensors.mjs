// The step of rcnet-step.mjs op by op in tfjs, of which tfjs itself takes the gradients: by hand, where per cell the inputs are
// put side by side and multiplied by the cell's weights, and lowered from the Program. By hand, the noise is made
// before the clock starts.

import { hashPath } from '../../dist/random/path-hash.js';
import { philox4x32, uniformOf } from '../../dist/random/philox.js';
import { keyOfSeed } from '../../dist/random/seed-key.js';
import { inputs, lanes, noisePath, rate, ticks } from './rcnet-contestants.mjs';

const cells = 3;
const limit = 0.4;
const kT = 1.380649e-23 * 300;
const varianceByWeight = (kT * 0.05) / 0.1e-12;

/** tfjs with its backends that are installed, and the lowering to it; undefined without it. */
export async function findTensors() {
  const load = async (name) => {
    try {
      return await import(name);
    } catch (error) {
      if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
      throw error;
    }
  };
  const tf = await load('@tensorflow/tfjs-core');
  // The layers register the gradients of the core's operations.
  if (tf === undefined || (await load('@tensorflow/tfjs-layers')) === undefined) return undefined;
  // Its advice to use another package goes to the console otherwise.
  tf.enableProdMode();
  const backends = [];
  for (const name of ['cpu', 'wasm']) if ((await load(`@tensorflow/tfjs-backend-${name}`)) !== undefined) backends.push(name);
  const lowering = await load('../../dist/backends/tfjs/to-tensors.js');
  return { tf, backends, forms: [startByHand, ...(lowering === undefined ? [] : [startLowered])], toTensors: lowering?.toTensors };
}

/** Normal numbers of a step: `[tick][cell]`, one for each lane. */
function drawNormals(step) {
  const { low, high } = hashPath(noisePath);
  const key = keyOfSeed(step);
  const normals = Array.from({ length: ticks }, () => Array.from({ length: cells }, () => new Float32Array(lanes)));
  for (let tick = 0; tick < ticks; tick++)
    for (let lane = 0; lane < lanes; lane++)
      for (let cell = 0; cell < cells; cell += 2) {
        const words = philox4x32([lane, tick, low, (high << 16) + cell / 2], key);
        const radius = Math.sqrt(-2 * Math.log(uniformOf(words, 0)));
        const angle = 2 * Math.PI * uniformOf(words, 1);
        normals[tick][cell][lane] = radius * Math.cos(angle);
        if (cell + 1 < cells) normals[tick][cell + 1][lane] = radius * Math.sin(angle);
      }
  return normals;
}

/** tau log(mean(exp(|e| / tau))) with tau = mean|e| / 2 held constant. */
function logSumExp(tf, errors) {
  const sizes = tf.abs(errors);
  const tau = tf.scalar(0.5 * tf.mean(sizes).dataSync()[0]);
  return tf.mul(tau, tf.sub(tf.logSumExp(tf.div(sizes, tau)), Math.log(lanes)));
}

/** A step that takes the loss's gradients and moves the weights, on one of tfjs's backends. */
async function startStep(tf, { name, backend, weights, loss, prepare }) {
  const optimizer = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  return {
    name,
    async prepare(step) {
      await tf.setBackend(backend);
      prepare(step);
    },
    run(step) {
      const { value, grads } = tf.variableGrads(() => loss(step), weights);
      const result = { loss: value.dataSync()[0], gradient: weights.flatMap(({ name: weight }) => [...grads[weight].dataSync()]) };
      optimizer.applyGradients(grads);
      tf.dispose([value, grads]);
      return result;
    },
  };
}

async function startLowered({ tf, toTensors }, backend, { program, learned, weights: initial }) {
  await tf.setBackend(backend);
  const lowered = toTensors(program, { clock: 0, ticks });
  const u = tf.tensor1d(Float32Array.from(inputs));
  const weights = initial.map((value) => tf.variable(tf.scalar(value)));
  const loss = (step) => {
    const params = { u, ...Object.fromEntries(learned.map((name, i) => [name, weights[i]])) };
    return logSumExp(tf, tf.sub(u, lowered.run(params, { lanes, seed: step }).finals.uh));
  };
  return startStep(tf, { name: `toTensors, ${backend}`, backend, weights, loss, prepare: () => undefined });
}

async function startByHand({ tf }, backend, { weights: initial }) {
  await tf.setBackend(backend);
  const width = 4 * cells + 1;
  const weights = Array.from({ length: cells }, (_, n) => tf.variable(tf.tensor2d(initial.slice(n * width, (n + 1) * width), [width, 1])));
  const u = tf.tensor2d(Float32Array.from(inputs), [lanes, 1]);
  // The sign, with the derivative of a clipped line through 0.
  const quantize = tf.customGrad((v, save) => {
    save([v]);
    const value = tf.sub(tf.mul(tf.cast(tf.greaterEqual(v, 0), 'float32'), 2 * limit), limit);
    return { value, gradFunc: (d, [kept]) => tf.mul(d, tf.cast(tf.lessEqual(tf.abs(kept), limit), 'float32')) };
  });
  const zero = tf.zeros([lanes, 1]);
  let noise;
  const loss = () => {
    const sigmas = weights.map((row) => tf.sqrt(tf.mul(tf.sum(tf.abs(row)), varianceByWeight)));
    let [v, q] = [Array(cells).fill(zero), Array(cells).fill(zero)];
    const y = Array(cells).fill(zero);
    for (let tick = 0; tick < ticks; tick++) {
      const [vd, qd] = [v, q];
      [v, q] = [[...v], [...q]];
      for (let n = 0; n < cells; n++) {
        const z = tf.add(tf.matMul(tf.concat([u, ...v, ...q, ...vd, ...qd], 1), weights[n]), tf.mul(sigmas[n], noise[tick][n]));
        v[n] = tf.clipByValue(z, -limit, limit);
        q[n] = quantize(v[n]);
      }
      for (let m = 0; m < cells; m++) y[m] = tf.add(y[m], m === 0 ? q[cells - 1] : y[m - 1]);
    }
    return logSumExp(tf, tf.sub(u, tf.div(y[cells - 1], (ticks * (ticks + 1) * (ticks + 2)) / 6)));
  };
  const prepare = (step) => {
    noise?.flat().forEach((tensor) => tensor.dispose());
    noise = drawNormals(step).map((row) => row.map((normals) => tf.tensor2d(normals, [lanes, 1])));
  };
  return startStep(tf, { name: `by hand, ${backend}`, backend, weights, loss, prepare });
}
