// The step of training of rcnet-step.mjs in C, loaded into this process: plainly in floats and in doubles, and in floats with
// lanes innermost.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { emitModule } from '../../dist/backends/native/node-api.js';
import { loadLibrary } from '../../dist/backends/native/library.node.js';
import { hashPath } from '../../dist/random/path-hash.js';
import { keyOfSeed } from '../../dist/random/seed-key.js';

const text = (name) => readFileSync(fileURLToPath(new URL(`c/${name}`, import.meta.url)), 'utf8');
const cycles = 80;
const cells = 3;

/** A C file for one of the forms: `suffix` is libm's for the type. */
function source(file, name, type, suffix) {
  const functions = ['sqrt', 'log', 'cos', 'sin'].map((f) => `#define ${f.toUpperCase()} ${f}${suffix}`);
  return [`#define real ${type}`, `#define STEP ${name}_run`, ...functions, text('rcnet-step.h'), text(file)].join('\n');
}

/** `noisePath` is that of the encoder's noise. Each reference is one step at a time: loss and gradient at its weights, which Adam then moves. */
export function startStepReferences({ noisePath, rate }) {
  const forms = [
    ['rcnet-step.c', 'plain_f32', 'float', 'f'],
    ['rcnet-step.c', 'plain_f64', 'double', ''],
    ['rcnet-step-lanes.c', 'lanes_f32', 'float', 'f'],
  ];
  const names = forms.map(([, name]) => name);
  const { run } = loadLibrary([emitModule(names), ...forms.map((form) => source(...form))], 3);
  const stream = hashPath(noisePath);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      (initial, u) => {
        const weights = Float64Array.from(initial);
        const result = new Float64Array(1 + weights.length);
        const moments = new Float64Array(2 * weights.length);
        const work = new Float64Array(u.length * (1 + cycles * (3 * cells + 1)));
        return {
          /** Step number `step`, the first of which is 1, whose noise has that number as its seed. */
          run(step) {
            const settings = Float64Array.of(...keyOfSeed(step), stream.low, (stream.high << 16) >>> 0, rate);
            run(index, [weights, u, settings, result, moments, work], step, u.length);
            return { loss: result[0], gradient: result.subarray(1) };
          },
          close: () => Promise.resolve(),
        };
      },
    ]),
  );
}
