// Random signals: white noise, and the jitter of sampling instants.

import { gt, mul, select } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { defineBlock, port, tunable } from './define.js';

const scaled = (rms: Expr, draw: Expr): Expr => select(gt(rms, 0), mul(rms, draw), 0);

const noise = defineBlock({
  type: 'noise',
  doc: 'White Gaussian noise: a new value at each event, held until the next.',
  equation: 'out[n] = rms * g[n];  g: normal, mean 0, variance 1',
  example: 'y = noise(rms: 10uV) @ clk.p1',
  inputs: {},
  outputs: { out: port('*', 'The noise.') },
  params: { rms: tunable(undefined, 'Standard deviation.', { unit: '*', min: 0, effect: 'noise', ideal: 0 }) },
  clocked: true,
  step: (_, __, p, { noise: source }) => ({ out: scaled(p.rms, source.perTick('noise')) }),
});

const jitter = defineBlock({
  type: 'jitter',
  doc: 'White jitter: how late each sampling instant is. Connected to `shift` of a source it is the aperture uncertainty of the sampling; of a sine of frequency f it leaves a signal-to-noise ratio of -20*log10(2*pi*f*rms).',
  equation: 'out[n] = rms * g[n];  g: normal, mean 0, variance 1',
  example: 'y = jitter(rms: 10ps) @ clk.p1',
  cites: 'M. Shinagawa, Y. Akazawa, T. Wakimoto: Jitter analysis of high-speed sampling systems. IEEE J. Solid-State Circuits 25(1), 1990.',
  inputs: {},
  outputs: { out: port('s', 'The error of the sampling instant.') },
  params: { rms: tunable(undefined, 'Standard deviation.', { unit: 's', min: 0, effect: 'jitter', ideal: 0 }) },
  clocked: true,
  step: (_, __, p, { noise: source }) => ({ out: scaled(p.rms, source.perTick('jitter')) }),
});

export const noises = { title: 'Noise', blocks: [noise, jitter] };
