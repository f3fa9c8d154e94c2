// Incremental converters as recurrent networks (RCNet): an encoder of switched-capacitor cells that every signal may
// reach by a weight, and the decoder that turns its bit-stream into a number.
//
// Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903. The order of a cycle (section III, figure 4) is our reading of it:
// the delayed values are those at the cycle's begin, the others change cell by cell.

import { abs, add, addAll, div, gt, int, max, mul, real, select, sqrt } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { quantizeUp } from './converters.js';
import { choice, defineBlock, integer, matrix, port, realState, tunable, tunables, vectorPort, type Shapes } from './define.js';
import { gradientKinds, saturate, withSignGradient, withStaircaseGradient } from './surrogate-gradients.js';

/** J/K, exact. */
const boltzmann = 1.380649e-23;
/** V^2; a cell without weights has none, where the root has no derivative. */
const leastVariance = 1e-40;

const isZero = (weight: Expr): boolean => weight.op === 'const' && weight.arg === 0;
const cellsOf = (s: Shapes): number => s.rows('weights');

function checkEncoder(s: Shapes): string | undefined {
  const cells = cellsOf(s);
  if (cells < 1 || cells > 16) return `${cells} cells: there are 1 to 16`;
  if (s.columns('weights') !== 4 * cells + 1)
    return `weights need ${4 * cells + 1} columns for ${cells} cells (input, then v, q, delayed v and delayed q of each cell), not ${s.columns('weights')}`;
  for (const name of ['unit_capacitors', 'steps'])
    if (s.length(name) !== 0 && s.length(name) !== cells) return `${name} needs a value for each of ${cells} cells, not ${s.length(name)}`;
  return s.length('unit_capacitors') === s.length('steps') ? undefined : 'unit_capacitors and steps go together';
}

const encoder = defineBlock({
  type: 'rcnet_encoder',
  doc: 'Recurrent encoder of an incremental converter: in each cycle its cells are evaluated one after the other, each a weighted sum of the input and of all cells, quantized and not, delayed by a cycle and not. Weights written as 0 are no connection.',
  equation:
    'vd = v[i-1], qd = q[i-1];  for n = 1..N: x = [in, v, q, vd, qd], v_n = clip(weights_n . x + noise_n, -saturation, saturation), q_n = quantize(v_n);  noise_n^2 = k*temperature*steps_n/unit_capacitors_n * sum_j |weights_nj|',
  example: 'y = rcnet_encoder(u, weights: [[1, 0, 0, 1, -1]]) @ clk.p1',
  cites: 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903, section III',
  inputs: { in: port('V', 'Input voltage.') },
  outputs: {
    out: port('V', 'Quantized output of the last cell.'),
    v: vectorPort('V', 'Outputs of the cells.', cellsOf),
    q: vectorPort('V', 'Quantized outputs of the cells.', cellsOf),
    capacitance: port('F', 'Sum of all capacitors: each weight has |weight|/step unit capacitors.'),
  },
  params: {
    weights: matrix(undefined, 'A row for each cell n: weight of the input, then of v, q, delayed v and delayed q of every cell.'),
    saturation: tunable(0.4, 'Largest magnitude of a cell.', { unit: 'V', min: 0 }),
    full_scale: tunable(0.4, 'Largest quantized value.', { unit: 'V', min: 0 }),
    levels: integer(2, 'Levels of the quantizer.', { min: 2, max: 1 << 16 }),
    unit_capacitors: tunables([], 'Unit capacitor of each cell; none: no capacitors.', 'F'),
    steps: tunables([], 'Weight of one unit capacitor, for each cell.'),
    temperature: tunable(0, 'Absolute temperature (K) of the thermal noise; 0 is no noise.', { min: 0 }),
    saturation_gradient: choice(['clipped', 'straight'], 'clipped', 'Gradient of the saturation outside its range.'),
    quantizer_gradient: choice(gradientKinds, 'clipped', 'Gradient of the quantizer.'),
    gradient_width: tunable(0.4, 'Where the gradient of a two-level quantizer ends.', { unit: 'V', min: Number.MIN_VALUE }),
  },
  check: checkEncoder,
  state: (p) =>
    Object.fromEntries(
      p.weights.flatMap((_, n) => [
        [`v${n + 1}`, realState()],
        [`q${n + 1}`, realState()],
      ]),
    ),
  step: ({ in: u }, state, p, { noise }) => {
    const cells = p.weights.length;
    const before = (name: string): Expr[] => p.weights.map((_, n) => state[`${name}${n + 1}`]!);
    const [vd, qd] = [before('v'), before('q')];
    const [v, q] = [[...vd], [...qd]];
    const capacitors: Expr[] = [];
    for (let n = 0; n < cells; n++) {
      const x = [u, ...v, ...q, ...vd, ...qd];
      const row = p.weights[n]!;
      const connected = row.flatMap((weight, j) => (isZero(weight) ? [] : [mul(weight, x[j]!)]));
      const total = addAll(row.filter((weight) => !isZero(weight)).map((weight) => abs(weight)));
      const [unit, step] = [p.unit_capacitors[n], p.steps[n]];
      let z = addAll(connected);
      if (unit !== undefined && step !== undefined) {
        capacitors.push(mul(unit, div(total, step)));
        // Each weight w has w/step unit capacitors and the noise charge of all of them.
        const variance = mul(mul(mul(boltzmann, p.temperature), div(step, unit)), total);
        const sigma = sqrt(max(variance, leastVariance));
        z = select(gt(p.temperature, 0), add(z, mul(sigma, noise.perTick('noise', int(n)))), z);
      }
      const kept = saturate(z, p.saturation, p.saturation_gradient);
      const decided = quantizeUp(kept, p.levels, p.full_scale);
      v[n] = kept;
      q[n] =
        p.levels === 2
          ? withSignGradient(decided, kept, p.full_scale, p.gradient_width, p.quantizer_gradient)
          : withStaircaseGradient(decided, kept, p.full_scale, p.quantizer_gradient);
    }
    const next = Object.fromEntries(
      v.flatMap((value, n) => [
        [`v${n + 1}`, value],
        [`q${n + 1}`, q[n]!],
      ]),
    );
    return { out: q[cells - 1]!, v, q, capacitance: capacitors.length === 0 ? real(0) : addAll(capacitors), next };
  },
});

const decoder = defineBlock({
  type: 'srnn_decoder',
  doc: 'Decoder of an incremental converter: a cascade of first-order recurrent stages. Normalized, its output is the weighted mean of the inputs so far: a constant input comes out as it is at every cycle.',
  equation:
    'y_1[i] = a_1*y_1[i-1] + b_1*in[i];  y_m[i] = a_m*y_m[i-1] + b_m*y_(m-1)[i];  out = y_M (normalize: no), y_M/e_M (yes), e the same cascade driven by 1',
  example: 'y = srnn_decoder(u, a: [1, 1], b: [1, 1]) @ clk.p1',
  cites: 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903, section III, figure 4',
  inputs: { in: port('*', 'Bit-stream.') },
  outputs: { out: port('*', 'The number it stands for.'), y: vectorPort('*', 'Outputs of the stages.', (s) => s.length('a')) },
  params: {
    a: tunables(undefined, 'Part of its output that each stage keeps.'),
    b: tunables(undefined, 'Gain of each stage.'),
    normalize: choice(['yes', 'no'], 'yes', 'Whether the output is divided by that of a constant 1.'),
  },
  check: (s) => (s.length('a') === s.length('b') && s.length('a') > 0 ? undefined : 'a and b need a value for each stage'),
  state: (p) =>
    Object.fromEntries(
      p.a.flatMap((_, m) => [[`y${m + 1}`, realState()], ...(p.normalize === 'yes' ? [[`e${m + 1}`, realState()] as const] : [])]),
    ),
  step: ({ in: u }, state, p) => {
    const cascade = (name: string, input: Expr): Expr[] => {
      const outputs: Expr[] = [];
      p.a.forEach((a, m) => outputs.push(add(mul(a, state[`${name}${m + 1}`]!), mul(p.b[m]!, outputs[m - 1] ?? input))));
      return outputs;
    };
    const keep = (name: string, values: readonly Expr[]): Record<string, Expr> =>
      Object.fromEntries(values.map((value, m) => [`${name}${m + 1}`, value]));
    const y = cascade('y', u);
    if (p.normalize === 'no') return { out: y.at(-1)!, y, next: keep('y', y) };
    const e = cascade('e', real(1));
    return { out: div(y.at(-1)!, e.at(-1)!), y, next: { ...keep('y', y), ...keep('e', e) } };
  },
});

export const rcnet = { title: 'Recurrent converters', blocks: [encoder, decoder] };
