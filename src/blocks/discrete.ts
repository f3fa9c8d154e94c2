// Discrete-time dynamics: registers, delays, integrators, state space, FIR.

import { abs, add, addAll, div, eq, int, load, lt, mul, neg, select, sub, sumOver } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import {
  bitPort,
  defineBlock,
  flexArray,
  flexNumber,
  flexPort,
  flexState,
  integer,
  intState,
  matrix,
  number,
  port,
  put,
  realArray,
  realState,
  table,
  tunable,
  vectorPort,
  type NoiseSource,
  type Shapes,
} from './define.js';
import { perturb } from './perturb.js';
import { saturate, saturationGradientParam, type SaturationGradient } from './surrogate-gradients.js';

/** The pointer of a circular buffer after this event. */
const advance = (pointer: Expr, length: number): Expr => select(eq(pointer, int(length - 1)), int(0), add(pointer, int(1)));

const register = defineBlock({
  type: 'register',
  doc: 'D flip-flop: takes its input at the event and shows it from then on.',
  equation: 'x[n+1] = in[n];  out[n] = x[n]',
  example: 'y = register(u) @ clk.p1',
  inputs: { in: flexPort('Bit or real signal.') },
  outputs: { out: flexPort('The input of the event before.') },
  params: { initial: flexNumber(0, 'Value before the first event; true or false for a bit.') },
  state: (p) => ({ x: flexState(p.initial) }),
  step: ({ in: d }, { x }) => ({ out: x, next: { x: d } }),
});

const delay = defineBlock({
  type: 'delay',
  doc: 'Delay by a whole number of events.',
  equation: 'out[n] = in[n - ticks]',
  example: 'y = delay(u, ticks: 4) @ clk.p1',
  inputs: { in: flexPort('Bit or real signal.') },
  outputs: { out: flexPort('The input of `ticks` events ago.') },
  params: {
    ticks: integer(1, 'Length of the delay.', { min: 1, max: 1 << 24 }),
    initial: flexNumber(0, 'Output until the first input arrives; true or false for a bit.'),
  },
  state: (p) => ({ line: flexArray(p.ticks, p.initial), pointer: intState() }),
  step: ({ in: u }, { line, pointer }, p) => ({
    out: load(line, pointer),
    next: { line: put(pointer, u), pointer: advance(pointer, p.ticks) },
  }),
});

const integratorParams = {
  gain: tunable(1, 'Factor of the input.'),
  leak: tunable(1, 'Part of the state that is kept each tick.', { min: 0, max: 1 }),
  limit: tunable(Infinity, 'Saturation of the output at plus and minus this value.', { unit: '*', min: 0, effect: 'saturation' }),
  saturation_gradient: saturationGradientParam,
  opamp_gain: tunable(Infinity, 'A, the dc gain of the op-amp, where `gain` is a ratio of capacitors.', {
    min: Number.MIN_VALUE,
    effect: 'gain',
  }),
  noise: tunable(0, 'Input noise: standard deviation at each event.', { unit: '*', min: 0, effect: 'noise' }),
  initial: number(0, 'Value before the first event.', '*'),
};
const opampEquation = '  (finite A: (leak*(1 + 1/A)*x[n] + gain*u[n])/(1 + (1 + |gain|)/A))';

type IntegratorValues = { readonly [K in 'gain' | 'leak' | 'limit' | 'opamp_gain' | 'noise']: Expr } & {
  readonly saturation_gradient: SaturationGradient;
};

/** The state with the next input; see sc_integrator for a finite gain of the op-amp. */
function integrate(x: Expr, u: Expr, p: IntegratorValues, noise: NoiseSource): Expr {
  const input = mul(p.gain, perturb(u, p.noise, noise.perTick('noise')));
  const kept = mul(p.leak, x);
  const part = div(1, p.opamp_gain);
  const lossy = div(add(mul(kept, add(1, part)), input), add(1, mul(add(1, abs(p.gain)), part)));
  return saturate(select(lt(p.opamp_gain, Infinity), lossy, add(kept, input)), neg(p.limit), p.limit, p.saturation_gradient);
}

const integrator = defineBlock({
  type: 'integrator',
  doc: 'Delaying discrete-time integrator, z^-1 / (1 - z^-1), with optional leak and saturation.',
  equation: `u[n] = in[n] + noise*g[n];  x[n+1] = clip(leak*x[n] + gain*u[n], -limit, limit)${opampEquation};  out[n] = x[n]`,
  example: 'y = integrator(u, gain: 0.5) @ clk.p1',
  inputs: { in: port('*', 'Signal to integrate.') },
  outputs: { out: port('*', 'The state before this event.') },
  params: integratorParams,
  state: (p) => ({ x: realState(p.initial) }),
  step: ({ in: u }, { x }, p, { noise }) => ({ out: x, next: { x: integrate(x, u, p, noise) } }),
});

const accumulator = defineBlock({
  type: 'accumulator',
  doc: 'Non-delaying discrete-time integrator, 1 / (1 - z^-1), with optional leak and saturation.',
  equation: `u[n] = in[n] + noise*g[n];  out[n] = clip(leak*out[n-1] + gain*u[n], -limit, limit)${opampEquation.replace('x[n]', 'out[n-1]')}`,
  example: 'y = accumulator(u, gain: 0.5) @ clk.p1',
  inputs: { in: port('*', 'Signal to add up.') },
  outputs: { out: port('*', 'The sum with this input.') },
  params: integratorParams,
  state: (p) => ({ x: realState(p.initial) }),
  step: ({ in: u }, { x }, p, { noise }) => {
    const sum = integrate(x, u, p, noise);
    return { out: sum, next: { x: sum } };
  },
});

const differentiator = defineBlock({
  type: 'differentiator',
  doc: 'First difference, 1 - z^-1.',
  equation: 'out[n] = gain*(in[n] - in[n-1])',
  example: 'y = differentiator(u) @ clk.p1',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Its change since the event before.') },
  params: { gain: tunable(1, 'Factor.'), initial: number(0, 'Input before the first event.', '*') },
  state: (p) => ({ last: realState(p.initial) }),
  step: ({ in: u }, { last }, p) => ({ out: mul(p.gain, sub(u, last)), next: { last: u } }),
});

const isZero = (coefficient: Expr): boolean => coefficient.op === 'const' && coefficient.arg === 0;
/** Row times vector; entries written as 0 are no connection. */
const rowTimes = (row: readonly Expr[], vector: readonly Expr[]): Expr[] =>
  row.flatMap((coefficient, j) => (isZero(coefficient) ? [] : [mul(coefficient, vector[j]!)]));

function checkStateSpace(s: Shapes): string | undefined {
  const n = s.rows('A');
  if (s.columns('A') !== n) return `A must be square, not ${n} x ${s.columns('A')}`;
  if (s.rows('B') !== n) return `B needs ${n} rows as A has, not ${s.rows('B')}`;
  if (s.columns('C') !== n) return `C needs ${n} columns as A has, not ${s.columns('C')}`;
  const empty = s.rows('D') === 0;
  if (!empty && (s.rows('D') !== s.rows('C') || s.columns('D') !== s.columns('B'))) {
    return `D must be ${s.rows('C')} x ${s.columns('B')} (outputs x inputs), not ${s.rows('D')} x ${s.columns('D')}`;
  }
  return n <= 64 ? undefined : `order ${n} is above 64`;
}

const stateSpace = defineBlock({
  type: 'state_space',
  doc: 'Discrete-time linear system; `reset` puts the state to zero instead of updating it. Entries written as 0 are no connection.',
  equation: 'x[n+1] = reset[n] ? 0 : A*x[n] + B*in[n];  out[n] = C*x[n] + D*in[n];  x[0] = 0',
  example: 'y = state_space(u, A: [[1, 0], [1, 1]], B: [[1], [0]], C: [[0, 1]]) @ clk.p1',
  inputs: {
    in: vectorPort('any', 'Input vector, one element for each column of B.', (s) => s.columns('B')),
    reset: bitPort('Clears the state at this event.', { default: 0 }),
  },
  outputs: { out: vectorPort('any', 'Output vector, one element for each row of C.', (s) => s.rows('C')) },
  params: {
    A: matrix(undefined, 'State matrix, n x n.'),
    B: matrix(undefined, 'Input matrix, n x inputs.'),
    C: matrix(undefined, 'Output matrix, outputs x n.'),
    D: matrix([], 'Feedthrough matrix, outputs x inputs; none means 0.'),
  },
  check: checkStateSpace,
  state: (p) => Object.fromEntries(p.A.map((_, i) => [`x${i + 1}`, realState()])),
  step: ({ in: u, reset }, state, p) => {
    const x = p.A.map((_, i) => state[`x${i + 1}`]!);
    const next = p.A.map((row, i) => select(reset, 0, addAll([...rowTimes(row, x), ...rowTimes(p.B[i]!, u)])));
    return {
      out: p.C.map((row, i) => addAll([...rowTimes(row, x), ...rowTimes(p.D[i] ?? [], u)])),
      next: Object.fromEntries(next.map((value, i) => [`x${i + 1}`, value])),
    };
  },
});

const fir = defineBlock({
  type: 'fir',
  doc: 'Finite impulse response filter; the sum is a loop, so thousands of taps are as short in code as three.',
  equation: 'out[n] = sum_i taps[i] * in[n - i]',
  example: 'y = fir(u, taps: [0.25, 0.5, 0.25]) @ clk.p1',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Filtered signal.') },
  params: { taps: table('Impulse response.') },
  state: (p) => ({ line: realArray(p.taps.values.length), pointer: intState() }),
  // line[(pointer - i) mod N] = in[n - i] for i >= 1; slot `pointer` is the oldest and takes in[n].
  step: ({ in: u }, { line, pointer }, { taps }) => {
    const length = taps.values.length;
    const past = sumOver(length, (i) => {
      const back = sub(pointer, i);
      const slot = select(lt(back, int(0)), add(back, int(length)), back);
      return mul(load(taps, i), select(eq(i, int(0)), u, load(line, slot)));
    });
    return { out: past, next: { line: put(pointer, u), pointer: advance(pointer, length) } };
  },
});

export const discrete = {
  title: 'Discrete time',
  blocks: [register, delay, integrator, accumulator, differentiator, stateSpace, fir],
};
