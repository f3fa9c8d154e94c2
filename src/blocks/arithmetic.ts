// Arithmetic as named blocks, for places where a name says more than an expression. Ordinary sums and
// products are written as expressions: u - 2*v.

import { abs as absolute, addAll, clip as limit, div, floor, mul, sub, surrogate } from '../ir/build.js';
import { choice, defineBlock, port, tunable, vectorPort } from './define.js';
import { saturate, saturationGradientParam, saturationGradients } from './surrogate-gradients.js';

const gain = defineBlock({
  type: 'gain',
  doc: 'Multiplies by a constant.',
  equation: 'out = gain * in',
  example: 'y = gain(u, gain: 0.5)',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Scaled signal.') },
  params: { gain: tunable(1, 'Factor.') },
  step: ({ in: u }, _, p) => ({ out: mul(p.gain, u) }),
});

const sum = defineBlock({
  type: 'sum',
  doc: 'Adds the elements of a vector, from the first to the last.',
  equation: 'out = in[0] + in[1] + ...',
  example: 'y = sum([u, 2*u, 3*u])',
  inputs: { in: vectorPort('*', 'Terms.') },
  outputs: { out: port('*', 'Their sum.') },
  params: {},
  step: ({ in: terms }) => ({ out: addAll(terms) }),
});

const clip = defineBlock({
  type: 'clip',
  doc: 'Limits a signal to a range (hard saturation).',
  equation: 'out = min(max(in, low), high)',
  example: 'y = clip(u, low: -1V, high: 1V)',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Limited signal.') },
  params: {
    low: tunable(-1, 'Lower limit.', { unit: '*' }),
    high: tunable(1, 'Upper limit.', { unit: '*' }),
    gradient: saturationGradientParam,
  },
  step: ({ in: u }, _, p) => ({ out: saturate(u, p.low, p.high, p.gradient) }),
});

const deadzone = defineBlock({
  type: 'deadzone',
  doc: 'Zero for small signals; beyond the zone the part that exceeds it.',
  equation: 'out = in - clip(in, -width, width)',
  example: 'y = deadzone(u, width: 10mV)',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'What exceeds the zone.') },
  params: {
    width: tunable(0, 'Half the width of the zone.', { unit: '*', min: 0 }),
    gradient: choice(
      saturationGradients,
      'clipped',
      'Gradient within the zone, for optimizing: `clipped` is 0, `straight` passes as if there were no zone.',
    ),
  },
  step: ({ in: u }, _, p) => {
    const excess = sub(u, limit(u, mul(-1, p.width), p.width));
    return { out: p.gradient === 'straight' ? surrogate(excess, u) : excess };
  },
});

const rectifier = defineBlock({
  type: 'rectifier',
  doc: 'Full-wave rectifier.',
  equation: 'out = |in|',
  example: 'y = rectifier(u)',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Its magnitude.') },
  params: {},
  step: ({ in: u }) => ({ out: absolute(u) }),
});

const wrap = defineBlock({
  type: 'wrap',
  doc: 'Folds a signal into 0 .. modulus, as a phase accumulator does.',
  equation: 'out = in - modulus * floor(in / modulus)',
  example: 'y = wrap(u, modulus: 1V)',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Folded signal.') },
  params: { modulus: tunable(1, 'Length of the range.', { unit: '*', min: Number.MIN_VALUE }) },
  step: ({ in: u }, _, p) => ({ out: sub(u, mul(p.modulus, floor(div(u, p.modulus)))) }),
});

export const arithmetic = { title: 'Arithmetic', blocks: [gain, sum, clip, deadzone, rectifier, wrap] };
