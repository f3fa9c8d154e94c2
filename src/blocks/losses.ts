// Losses: what each sample or state of a lane costs, for optimizing. Their means over lanes and time are not blocks.

import { abs, addAll, clip, div, max, mul, neg, sub } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { defineBlock, port, tunable, vectorPort } from './define.js';

/** The mean of what the elements cost. */
const meanOf = (elements: readonly Expr[], cost: (x: Expr) => Expr): Expr => div(addAll(elements.map(cost)), elements.length);
const squareOf = (x: Expr): Expr => mul(x, x);

const atLeastOne = { in: vectorPort('*', 'Signals: one or a vector.') };

const l2Loss = defineBlock({
  type: 'l2_loss',
  doc: 'Mean of the squares of a signal or vector.',
  equation: 'out = mean_i in[i]^2',
  example: 'y = l2_loss([u, 2*u])',
  inputs: { in: vectorPort('any', 'Signals: one or a vector.') },
  outputs: { out: port('any', 'The loss.') },
  params: {},
  step: ({ in: x }) => ({ out: meanOf(x, squareOf) }),
});

const absoluteLoss = defineBlock({
  type: 'absolute_loss',
  doc: 'Mean of the magnitudes of a signal or vector.',
  equation: 'out = mean_i |in[i]|',
  example: 'y = absolute_loss([u, 2*u])',
  inputs: atLeastOne,
  outputs: { out: port('*', 'The loss.') },
  params: {},
  step: ({ in: x }) => ({ out: meanOf(x, abs) }),
});

const skimLoss = defineBlock({
  type: 'skim_loss',
  doc: 'Mean of the squares of what exceeds a magnitude: 0 while all elements are within. It keeps the states of a converter away from their saturation.',
  equation: 'out = mean_i (in[i] - clip(in[i], -limit, limit))^2',
  example: 'y = skim_loss([u, 2*u], limit: 0.3V)',
  cites: 'Verdant, Guicquero, Chossat: RCNet, arXiv 2506.16903, equation 7, before the mean over the batch.',
  inputs: { in: vectorPort('any', 'Signals: one or a vector.') },
  outputs: { out: port('any', 'The loss.') },
  params: { limit: tunable(1, 'Magnitude that is free.', { unit: 'any', min: 0 }) },
  step: ({ in: x }, _, p) => ({ out: meanOf(x, (one) => squareOf(sub(one, clip(one, neg(p.limit), p.limit)))) }),
});

const hingeLoss = defineBlock({
  type: 'hinge_loss',
  doc: 'Mean of what exceeds a limit: a linear price of too much, such as of capacitance.',
  equation: 'out = mean_i max(0, in[i] - limit)',
  example: 'y = hinge_loss(u, limit: 0.3V)',
  inputs: atLeastOne,
  outputs: { out: port('*', 'The loss.') },
  params: { limit: tunable(1, 'What is free.', { unit: '*' }) },
  step: ({ in: x }, _, p) => ({ out: meanOf(x, (one) => max(0, sub(one, p.limit))) }),
});

export const losses = { title: 'Losses', blocks: [l2Loss, absoluteLoss, skimLoss, hingeLoss] };
