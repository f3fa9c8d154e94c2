// Incremental converters as recurrent networks (RCNet): the encoder, switched-capacitor cells that every signal may reach
// by a weight. Its decoders are in decoders.ts.
//
// Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903. The order of a cycle (section III, figure 4) is our reading of it:
// the delayed values are those at the cycle's begin, the others change cell by cell.

import { abs, add, addAll, bit, div, eq, gt, max, mul, neg, not, or, real, select, sqrt } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { quantizeUp } from './converters.js';
import { srnnDecoder, firDecoder } from './decoders.js';
import { choice, defineBlock, integer, matrix, number, port, realState, tunable, tunables, vectorPort, type Shapes } from './define.js';
import { gradientParam, saturate, saturationGradientParam, withSignGradient, withStaircaseGradient } from './surrogate-gradients.js';

/** J/K, exact. */
export const boltzmann = 1.380649e-23;
/** V^2; a cell without weights has none, where the root has no derivative. */
const leastVariance = 1e-40;

/** Whether a weight is written as 0: no connection. */
export const isZero = (weight: Expr): boolean => weight.op === 'const' && weight.arg === 0;
const cellsOf = (s: Shapes): number => s.rows('weights');

export type Reading = 'in_place' | 'strict';

/** Whether cell n (from 0) reads column j: the strict reading has no v and q of cells that are not yet evaluated. */
export function isRead(j: number, n: number, cells: number, reading: Reading): boolean {
  return reading === 'in_place' || j === 0 || j > 2 * cells || (j - 1) % cells < n;
}

/** Whether column j is the cell's own value, delayed or not. */
export const isOwn = (j: number, n: number, cells: number): boolean => j === 1 + n || j === 1 + 2 * cells + n;

interface Wiring {
  readonly weights: readonly (readonly Expr[])[];
  readonly reading: Reading;
}
const isConnected = (weight: Expr): Expr => not(eq(weight, 0));
const countOf = (bits: readonly Expr[]): Expr => addAll(bits.map((one) => select(one, 1, 0)));

/** The weights of each cell that are read. */
const readWeights = ({ weights, reading }: Wiring, wanted: (j: number, n: number) => boolean): Expr[][] =>
  weights.map((row, n) => row.filter((weight, j) => !isZero(weight) && isRead(j, n, weights.length, reading) && wanted(j, n)));

const countPaths = (p: Wiring): Expr =>
  countOf(
    readWeights(p, () => true)
      .flat()
      .map(isConnected),
  );

const countStages = (p: Wiring): Expr =>
  countOf(readWeights(p, (j, n) => isOwn(j, n, p.weights.length)).map((own) => own.map(isConnected).reduce(or, bit(false))));

function checkEncoder(s: Shapes): string | undefined {
  const cells = cellsOf(s);
  if (cells < 1 || cells > 16) return `${cells} cells: there are 1 to 16`;
  if (s.columns('weights') !== 4 * cells + 1)
    return `weights need ${4 * cells + 1} columns for ${cells} cells (input, then v, q, delayed v and delayed q of each cell), not ${s.columns('weights')}`;
  for (const name of ['unit_capacitors', 'steps'])
    if (s.length(name) !== 0 && s.length(name) !== cells) return `${name} needs a value for each of ${cells} cells, not ${s.length(name)}`;
  if (!(s.number('gradient_width') > 0)) return 'gradient_width must be positive';
  return s.length('unit_capacitors') === s.length('steps') ? undefined : 'unit_capacitors and steps go together';
}

const encoder = defineBlock({
  type: 'rcnet_encoder',
  doc: 'Recurrent encoder of an incremental converter: in each cycle its cells are evaluated one after the other, each a weighted sum of the input and of all cells, quantized and not, delayed by a cycle and not. Weights written as 0 are no connection. Its states are those of a conversion: `frame` puts them back to 0.',
  equation:
    'vd = v[i-1], qd = q[i-1];  for n = 1..N: x = [in, v, q, vd, qd], v_n = clip(weights_n . x + noise_n, -saturation, saturation), q_n = quantize(v_n);  noise_n^2 = noise_phases*k*temperature*steps_n/unit_capacitors_n * sum_j |weights_nj|',
  example: 'y = rcnet_encoder(u, weights: [[1, 0, 0, 1, -1]], unit_capacitors: [0.1pF], steps: [0.05]) @ clk.p1',
  cites: 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903, section III',
  inputs: { in: port('V', 'Input voltage.') },
  outputs: {
    out: port('V', 'Quantized output of the last cell.'),
    v: vectorPort('V', 'Outputs of the cells.', cellsOf),
    q: vectorPort('V', 'Quantized outputs of the cells.', cellsOf),
    capacitance: port('F', 'Sum of all capacitors: each weight has |weight|/step unit capacitors.'),
    paths: port('', 'Number of weights that are not 0.'),
    stages: port('', 'Number of integrating cells: those whose own value, delayed or not, has a weight that is not 0.'),
  },
  params: {
    weights: matrix(undefined, 'A row for each cell n: weight of the input, then of v, q, delayed v and delayed q of every cell.'),
    saturation: tunable(0.4, 'Largest magnitude of a cell.', { unit: 'V', min: 0 }),
    full_scale: tunable(0.4, 'Largest quantized value.', { unit: 'V', min: 0 }),
    levels: integer(2, 'Levels of the quantizer.', { min: 2, max: 1 << 16 }),
    unit_capacitors: tunables([], 'Unit capacitor of each cell; none: no capacitors.', 'F'),
    steps: tunables([], 'Weight of one unit capacitor, for each cell.'),
    temperature: tunable(0, 'Temperature of the thermal noise; 0 is no noise.', { unit: 'K', min: 0, effect: 'noise' }),
    noise_phases: integer(1, 'How often a switched branch samples thermal noise in a cycle: k*T/C for 1, 2*k*T/C for 2.', {
      min: 1,
      max: 2,
    }),
    hold_capacitors: choice(
      ['yes', 'no'],
      'yes',
      "Whether the weight of a cell's own value, which a feedback capacitor holds, counts as capacitors and samples noise.",
    ),
    reading: choice(
      ['in_place', 'strict'],
      'in_place',
      'What v and q of a cell are before it is evaluated: those of the last cycle, or (strict) no connection.',
    ),
    saturation_gradient: saturationGradientParam,
    quantizer_gradient: gradientParam,
    gradient_width: number(0.4, 'Where the gradient of a two-level quantizer ends.', 'V'),
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
    const draws = p.unit_capacitors.length === 0 ? [] : noise.normalsPerTick('noise', cells);
    for (let n = 0; n < cells; n++) {
      const x = [u, ...v, ...q, ...vd, ...qd];
      const weights = p.weights[n]!.map((weight, j) => ({ weight, j })).filter(
        ({ weight, j }) => !isZero(weight) && isRead(j, n, cells, p.reading),
      );
      const [unit, step, draw] = [p.unit_capacitors[n], p.steps[n], draws[n]];
      let z = addAll(weights.map(({ weight, j }) => mul(weight, x[j]!)));
      if (unit !== undefined && step !== undefined && draw !== undefined) {
        const switched = weights.filter(({ j }) => p.hold_capacitors === 'yes' || !isOwn(j, n, cells));
        const total = addAll(switched.map(({ weight }) => abs(weight)));
        capacitors.push(mul(unit, div(total, step)));
        // Each weight w has w/step unit capacitors and the noise charge of all of them.
        const variance = mul(mul(mul(p.noise_phases * boltzmann, p.temperature), div(step, unit)), total);
        const sigma = sqrt(max(variance, leastVariance));
        z = select(gt(p.temperature, 0), add(z, mul(sigma, draw)), z);
      }
      const kept = saturate(z, neg(p.saturation), p.saturation, p.saturation_gradient);
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
    const capacitance = capacitors.length === 0 ? real(0) : addAll(capacitors);
    return { out: q[cells - 1]!, v, q, capacitance, paths: countPaths(p), stages: countStages(p), next };
  },
});

export const rcnet = { title: 'Recurrent converters', blocks: [encoder, srnnDecoder, firDecoder] };
