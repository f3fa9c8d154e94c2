// Switched-capacitor circuits: charge is taken in one phase and moved in another.

import { abs, add, addAll, clip, div, gt, int, lt, mul, real, select, sqrt, sub, surrogate } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import {
  bitPort,
  bitVectorPort,
  choice,
  defineBlock,
  integer,
  number,
  port,
  realState,
  tunable,
  tunables,
  type NoiseSource,
  type Shapes,
} from './define.js';
import { perturb } from './perturb.js';
import { saturate, saturationGradientParam, withDecisionGradient } from './surrogate-gradients.js';

/** Boltzmann's constant in J/K, exact in the SI since 2019. */
const boltzmann = 1.380649e-23;

/**
 * A charge on the capacitor c over c_fb, with the noise that switching it leaves: charge of variance k*T*c, which is the voltage
 * noise k*T/c times c^2.
 */
function withThermalNoise(charge: Expr, c: Expr, c_fb: Expr, temperature: Expr, draw: Expr): Expr {
  const sigma = div(sqrt(mul(mul(boltzmann, temperature), abs(c))), c_fb);
  return perturb(charge, sigma, draw, gt(temperature, 0));
}

/**
 * v + q with an op-amp of dc gain A, whose virtual ground is at -v/A. In the transfer the charge of that node is kept:
 *   -c*v+/A - c_fb*(v+ + v+/A) = -c_fb*q - c_fb*(v- + v-/A)
 *   v+ * (1 + (1 + c/c_fb)/A) = v- * (1 + 1/A) + q
 */
function transferred(v: Expr, q: Expr, c: Expr, c_fb: Expr, gain: Expr): Expr {
  const lossy = div(add(mul(v, add(1, div(1, gain))), q), add(1, div(add(1, div(c, c_fb)), gain)));
  return select(lt(gain, Infinity), lossy, add(v, q));
}

const scIntegrator = defineBlock({
  type: 'sc_integrator',
  doc: 'Switched-capacitor integrator: in the sample phase the input capacitor is charged to the input, in the transfer phase its charge moves to the feedback capacitor. Within the transfer event the output already shows the new value.',
  equation:
    'sample: c = c_in, q = in*c/c_fb + sqrt(k*temperature*c)/c_fb*g1[n];  transfer: q = q + sqrt(k*temperature*c)/c_fb*g2[n];  v = (v*(1 + 1/opamp_gain) + q)/(1 + (1 + c/c_fb)/opamp_gain);  v = clip(v, low, high), q = 0;  out = v',
  example: 'y = sc_integrator(u, c_in: 10fF, c_fb: 100fF, sample: clk.p1, transfer: clk.p2)',
  cites:
    'Noise: R. Schreier, J. Silva, J. Steensgaard, G. C. Temes: Design-oriented estimation of thermal noise in switched-capacitor circuits. IEEE Trans. Circuits Syst. I 52(11), 2005; k*T/C in each phase, the noise of the switches. Gain: K. Martin, A. S. Sedra: Effects of the op amp finite gain and bandwidth on the performance of switched-capacitor filters. IEEE Trans. Circuits Syst. 28(8), 1981.',
  inputs: { in: port('V', 'Input voltage.'), c_in: port('F', 'Input capacitance: a constant or an array.') },
  outputs: { out: port('V', 'Output voltage.') },
  params: {
    c_fb: tunable(undefined, 'Feedback capacitance.', { unit: 'F', min: Number.MIN_VALUE }),
    low: tunable(-Infinity, 'Lower end of the output range.', { unit: 'V', effect: 'saturation' }),
    high: tunable(Infinity, 'Upper end of the output range.', { unit: 'V', effect: 'saturation' }),
    saturation_gradient: saturationGradientParam,
    temperature: tunable(
      0,
      'T, the temperature of the switches, whose thermal noise adds an input of variance 2*k*T/c_in; 0 is no noise.',
      {
        unit: 'K',
        min: 0,
        effect: 'noise',
      },
    ),
    opamp_gain: tunable(Infinity, 'The dc gain of the op-amp.', { min: Number.MIN_VALUE, effect: 'gain' }),
    initial: number(0, 'Output before the first transfer.', 'V'),
  },
  // c: the input capacitor as it was sampled, which is the one that the transfer empties.
  state: (p) => ({ v: realState(p.initial), q: realState(), c: realState() }),
  events: {
    sample: ({ in: u, c_in }, _, p, { noise }) => {
      const charge = div(mul(u, c_in), p.c_fb);
      return { next: { q: withThermalNoise(charge, c_in, p.c_fb, p.temperature, noise.perTick('sample')), c: c_in } };
    },
    transfer: (_, { v, q, c }, p, { noise }) => {
      const charge = withThermalNoise(q, c, p.c_fb, p.temperature, noise.perTick('transfer'));
      const moved = saturate(transferred(v, charge, c, p.c_fb, p.opamp_gain), p.low, p.high, p.saturation_gradient);
      return { out: moved, next: { v: moved, q: real(0) } };
    },
  },
  rest: ({ v }) => ({ out: v }),
});

const matchingParams = {
  unit: tunable(undefined, 'Unit capacitance.', { unit: 'F', min: 0 }),
  pelgrom: tunable(
    0,
    'Matching coefficient: the relative standard deviation of one capacitor times the root of its area, such as 0.5%*1um. A coefficient of the difference of two is larger by sqrt(2).',
    { unit: 'm', min: 0, effect: 'mismatch' },
  ),
  density: tunable(0, 'Capacitance by area, such as 2fF/(1um*1um), which gives the areas for the mismatch.', {
    unit: 'F/m^2',
    min: 0,
    effect: 'mismatch',
  }),
};

/** More would make the program long: each capacitor has a term of its own, its error drawn before the run. */
const mostMismatched = 1024;

const pelgromCitation =
  'M. J. M. Pelgrom, A. C. J. Duinmaijer, A. P. G. Welbers: Matching properties of MOS transistors. IEEE J. Solid-State Circuits 24(5), 1989.';

type Matching = { readonly [K in keyof typeof matchingParams]: Expr };

/** The errors are drawn unless this holds: a coefficient that is stated can be varied, though it be 0 at present. */
const isIdeal = ({ pelgrom }: Matching): boolean => pelgrom.op === 'const' && pelgrom.arg === 0;

function checkMatching(shapes: Shapes, p: Matching, count: number): string | undefined {
  if (isIdeal(p)) return undefined;
  if (shapes.number('pelgrom') > 0 && shapes.number('density') === 0)
    return 'a mismatch needs the density: the matching coefficient is relative to an area';
  return count <= mostMismatched ? undefined : `${count} capacitors have a mismatch, but at most ${mostMismatched} may`;
}

/** Where there is a mismatch the density is above 0. */
const limitDensity = (p: Matching): { density?: { expr: Expr; min: number } } =>
  isIdeal(p) ? {} : { density: { expr: select(gt(p.pelgrom, 0), p.density, 1), min: Number.MIN_VALUE } };

/**
 * A capacitance with mismatch. `errors` is the sum of a normal draw for each capacitor that is on, times the root of its units:
 * a capacitor of w units has the standard deviation unit*w * pelgrom/sqrt(w*unit/density) = pelgrom*sqrt(density*unit) * sqrt(w).
 */
function withMismatch(capacitance: Expr, p: Matching, errors: () => Expr): Expr {
  return isIdeal(p) ? capacitance : perturb(capacitance, mul(p.pelgrom, sqrt(mul(p.density, p.unit))), errors());
}

const errorOf = (noise: NoiseSource, i: number): Expr => noise.perRun('unit', int(i));

const capacitorArray = defineBlock({
  type: 'capacitor_array',
  doc: 'Array of equal capacitors of which a code switches some on, the first ones. With mismatch each has an error of its own, drawn once a run.',
  equation: 'n = min(max(count, 0), size);  out = unit*n + unit*sigma * sum_{i<n} g_i;  sigma = pelgrom/sqrt(unit/density)',
  cites: pelgromCitation,
  example: 'c = capacitor_array(3, unit: 10fF, size: 8)',
  inputs: { count: port('', 'How many capacitors are on.') },
  outputs: { out: port('F', 'Capacitance switched on.') },
  params: {
    ...matchingParams,
    size: integer(undefined, 'Number of unit capacitors.', { min: 1, max: 1 << 20 }),
  },
  check: (shapes, p) => checkMatching(shapes, p, shapes.integer('size')),
  limits: limitDensity,
  step: ({ count }, _, p, { noise }) => {
    const on = clip(count, 0, p.size);
    const errors = (): Expr => addAll(Array.from({ length: p.size }, (_, i) => select(lt(i, on), errorOf(noise, i), 0)));
    return { out: withMismatch(mul(p.unit, on), p, errors) };
  },
});

const weightedArray = defineBlock({
  type: 'weighted_array',
  doc: 'Binary-weighted or otherwise weighted capacitor array, one switch for each weight. With mismatch each capacitor has an error of its own, drawn once a run.',
  equation: 'out = unit * sum_i bits[i] * weights[i] * (1 + sigma/sqrt(weights[i])*g_i);  sigma = pelgrom/sqrt(unit/density)',
  cites: pelgromCitation,
  example: 'c = weighted_array([b, !b], unit: 10fF, weights: [1, 2])',
  inputs: { bits: bitVectorPort('Switches.', (s) => s.length('weights')) },
  outputs: { out: port('F', 'Capacitance switched on.') },
  params: {
    ...matchingParams,
    weights: tunables(undefined, 'Units of each switch.'),
  },
  check: (shapes, p) => checkMatching(shapes, p, shapes.length('weights')),
  limits: limitDensity,
  step: ({ bits }, _, p, { noise }) => {
    const on = addAll(bits.map((bit, i) => select(bit, p.weights[i]!, 0)));
    const errors = (): Expr => addAll(bits.map((bit, i) => select(bit, mul(sqrt(abs(p.weights[i]!)), errorOf(noise, i)), 0)));
    return { out: withMismatch(mul(p.unit, on), p, errors) };
  },
});

/** A count limited to 1 .. bits. */
function counted(sum: Expr, bits: number, gradient: 'clipped' | 'straight' | 'none'): Expr {
  return gradient === 'none' ? surrogate(clip(sum, 1, bits), mul(0, sum)) : saturate(sum, 1, bits, gradient);
}

const temperatureCounter = defineBlock({
  type: 'temperature_counter',
  doc: 'Thermometer-code up/down counter: a row of ones that grows or shrinks by one place each event; the least significant bit is always 1.',
  equation: 'count[n+1] = up[n] ? min(count[n] + 1, bits) : max(count[n] - 1, 1);  out[n] = count[n]',
  example: 'y = temperature_counter(b, bits: 8) @ clk.p2',
  inputs: { up: bitPort('Grows when 1, shrinks when 0.') },
  outputs: {
    out: port('', 'Number of ones, 1 to bits.'),
    code: bitVectorPort('The thermometer code, least significant bit first.', (s) => s.integer('bits')),
  },
  params: {
    bits: integer(8, 'Length of the code.', { min: 1, max: 1024 }),
    initial: integer(1, 'Count before the first event.', { min: 1, max: 1024 }),
    gradient: choice(
      ['clipped', 'straight', 'none'],
      'clipped',
      'Gradient of the count and of its code, for optimizing: `clipped` ends where the count does; `straight` goes on; `none`: 0.',
    ),
  },
  check: (s) => (s.integer('initial') <= s.integer('bits') ? undefined : 'the initial count is above the length of the code'),
  // A real that holds whole numbers: gradients pass through reals alone.
  state: (p) => ({ count: realState(p.initial) }),
  step: ({ up }, { count }, p) => ({
    out: count,
    // At a whole count the two nearest bits share a slope of 1, so that the gradient of their sum is that of the count.
    code: Array.from({ length: p.bits }, (_, i) => withDecisionGradient(gt(count, i), sub(count, i + 0.5), 1, p.gradient)),
    next: { count: counted(add(count, select(up, 1, -1)), p.bits, p.gradient) },
  }),
});

export const switchedCapacitor = {
  title: 'Switched capacitors',
  blocks: [scIntegrator, capacitorArray, weightedArray, temperatureCounter],
};
