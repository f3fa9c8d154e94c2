// Between analogue and digital: quantizers, comparators, sample-and-hold.

import { add, clip, div, floor, ge, gt, mul, neg, select, sub } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import {
  bitPort,
  bitState,
  choice,
  defineBlock,
  flexNumber,
  flexPort,
  integer,
  number,
  port,
  tunable,
  type NoiseSource,
  type Shapes,
} from './define.js';
import { perturb } from './perturb.js';
import { gradientParam, withDecisionGradient, withSignGradient, withStaircaseGradient, type GradientKind } from './surrogate-gradients.js';

/** Parameters of what shifts a threshold for the whole run. */
const offsetParams = {
  offset: tunable(0, 'Input offset.', { unit: '*', effect: 'offset' }),
  offset_sigma: tunable(0, 'Standard deviation of a further offset that is drawn once a run.', { unit: '*', min: 0, effect: 'offset' }),
};
const decisionParams = {
  ...offsetParams,
  noise: tunable(0, 'Input noise: standard deviation at each decision.', { unit: '*', min: 0, effect: 'noise' }),
  gradient: gradientParam,
  gradient_width: number(1, 'How far from the threshold the gradient of the decision reaches; its slope is 1/(2*gradient_width).', '*'),
};
const checkDecision = (s: Shapes): string | undefined => (s.number('gradient_width') > 0 ? undefined : 'gradient_width must be positive');
type Values<P> = { readonly [K in keyof P]: Expr };

const offsetOf = (p: Values<typeof offsetParams>, source: NoiseSource): Expr => perturb(p.offset, p.offset_sigma, source.perRun('offset'));
/** What a decision's input is compared with, in place of 0. */
const thresholdOf = (p: Values<typeof offsetParams> & { readonly noise: Expr }, source: NoiseSource): Expr =>
  perturb(offsetOf(p, source), p.noise, source.perTick('noise'));

/** x > threshold, with the gradient that is declared for it. */
const isAbove = (x: Expr, threshold: Expr, p: { readonly gradient: GradientKind; readonly gradient_width: number }): Expr =>
  withDecisionGradient(gt(x, threshold), sub(x, threshold), p.gradient_width, p.gradient);

/** Uniform quantizer whose thresholds belong to the level above: x on a threshold goes up. */
export function quantizeUp(x: Expr, levels: number, fullScale: Expr): Expr {
  if (levels === 2) return select(ge(x, 0), fullScale, neg(fullScale));
  const lsb = mul(fullScale, 2 / (levels - 1));
  const level = levels % 2 === 0 ? add(floor(div(x, lsb)), 0.5) : floor(add(div(x, lsb), 0.5));
  return clip(mul(lsb, level), neg(fullScale), fullScale);
}

function nearestLevel(x: Expr, levels: number, fullScale: Expr, atThreshold: 'up' | 'down'): Expr {
  if (atThreshold === 'up') return quantizeUp(x, levels, fullScale);
  if (levels === 2) return select(gt(x, 0), fullScale, neg(fullScale));
  return neg(quantizeUp(neg(x), levels, fullScale));
}

const quantizer = defineBlock({
  type: 'quantizer',
  doc: 'Uniform quantizer from -full_scale to +full_scale: mid-rise for an even number of levels, mid-tread for an odd one. It has no clock; it follows its input. Noise at its input is added before it: `u + noise(rms: 1mV)`.',
  equation:
    'lsb = 2*full_scale/(levels-1);  x = in - offset - offset_sigma*g;  out = clip(lsb*(floor(x/lsb) + 1/2), -full_scale, full_scale)  (even), clip(lsb*floor(x/lsb + 1/2), …)  (odd)',
  example: 'y = quantizer(u, levels: 4, full_scale: 1V)',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'The level nearest to it.') },
  params: {
    levels: integer(2, 'Number of output levels.', { min: 2, max: 1 << 24 }),
    full_scale: tunable(1, 'Highest output level; the lowest is its negative.', { unit: '*', min: 0 }),
    at_threshold: choice(['up', 'down'], 'up', 'Where an input exactly on a threshold goes.'),
    ...offsetParams,
    gradient: gradientParam,
    gradient_width: number(0, 'Two levels: how far from the threshold the gradient reaches; 0: as far as full_scale.', '*'),
  },
  check: (s) => (s.number('gradient_width') >= 0 ? undefined : 'gradient_width is negative'),
  step: ({ in: u }, _, p, { noise }) => {
    const x = sub(u, offsetOf(p, noise));
    const level = nearestLevel(x, p.levels, p.full_scale, p.at_threshold);
    if (p.levels > 2) return { out: withStaircaseGradient(level, x, p.full_scale, p.gradient) };
    return { out: withSignGradient(level, x, p.full_scale, p.gradient_width === 0 ? p.full_scale : p.gradient_width, p.gradient) };
  },
});

const comparator = defineBlock({
  type: 'comparator',
  doc: 'Latched comparator: decides at its event and holds the decision. `a > b` in an expression is one without a latch.',
  equation: 'out[n] = plus[n] - minus[n] > offset + offset_sigma*g0 + noise*g[n];  g: normal, mean 0, variance 1',
  example: 'y = comparator(u, 0.5V) @ clk.p1',
  inputs: { plus: port('*', 'Positive input.'), minus: port('*', 'Negative input.', { default: 0 }) },
  outputs: { out: bitPort('1 when the positive input is above the negative one.') },
  params: {
    ...decisionParams,
    initial: choice(['low', 'high'], 'low', 'Output before the first event.'),
  },
  clocked: true,
  check: checkDecision,
  initially: (p) => ({ out: p.initial === 'high' ? 1 : 0 }),
  step: ({ plus, minus }, _, p, { noise }) => ({ out: isAbove(sub(plus, minus), thresholdOf(p, noise), p) }),
});

const schmitt = defineBlock({
  type: 'schmitt',
  doc: 'Latched comparator with hysteresis.',
  equation: 'x[n] = plus[n] - minus[n] - offset - offset_sigma*g0 - noise*g[n];  out[n] = x[n] > (out[n-1] ? -hysteresis : hysteresis)',
  example: 'y = schmitt(u, 0.5V, hysteresis: 10mV) @ clk.p1',
  inputs: { plus: port('*', 'Positive input.'), minus: port('*', 'Negative input.', { default: 0 }) },
  outputs: { out: bitPort('The decision.') },
  params: {
    hysteresis: tunable(0, 'Half the distance between the thresholds.', { unit: '*', min: 0 }),
    ...decisionParams,
    initial: choice(['low', 'high'], 'low', 'Decision before the first event.'),
  },
  check: checkDecision,
  state: (p) => ({ last: bitState(p.initial === 'high') }),
  step: ({ plus, minus }, { last }, p, { noise }) => {
    const decision = isAbove(sub(sub(plus, minus), thresholdOf(p, noise)), select(last, neg(p.hysteresis), p.hysteresis), p);
    return { out: decision, next: { last: decision } };
  },
});

const sampleHold = defineBlock({
  type: 'sample_hold',
  doc: 'Sample-and-hold: passes its input at its event and holds it from then on.',
  equation: 'out[n] = in[n], held until the next event',
  example: 'y = sample_hold(u) @ clk.p1',
  inputs: { in: flexPort('Bit or real signal.') },
  outputs: { out: flexPort('The sample.') },
  params: { initial: flexNumber(0, 'Output before the first event; true or false for a bit.') },
  clocked: true,
  initially: (p) => ({ out: p.initial }),
  step: ({ in: u }) => ({ out: u }),
});

export const converters = { title: 'Converters', blocks: [quantizer, comparator, schmitt, sampleHold] };
