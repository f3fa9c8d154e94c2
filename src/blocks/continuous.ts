// Continuous-time blocks. Between two events of their clock they advance by the exact solution for an
// input that is held (zoh) or a straight line (foh).

import { add, div, exp, lt, mul, neg, real, select, sub } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { choice, defineBlock, number, port, realState, tunable } from './define.js';

const lowPass = defineBlock({
  type: 'low_pass',
  doc: 'First-order RC low-pass, advanced exactly from event to event. With `zoh` the input is held since the event before; with `foh` it goes on a straight line to its present value, which then feeds through.',
  equation: "y' = 2*pi*corner*(u - y);  a = exp(-2*pi*corner*T);  zoh: out[n] = a*out[n-1] + (1-a)*in[n-1]",
  example: 'y = low_pass(u, corner: 4kHz) @ clk.p1',
  inputs: { in: port('*', 'Signal.') },
  outputs: { out: port('*', 'Filtered signal.') },
  params: {
    corner: tunable(undefined, 'Frequency of -3 dB, 1/(2*pi*R*C).', { unit: 'Hz', min: 0 }),
    interpolation: choice(['zoh', 'foh'], 'zoh', 'How the input goes between two events.'),
    initial: number(0, 'Output at t = 0, and the input until the first event.', '*'),
  },
  state: (p) => ({ y: realState(p.initial), u: realState(p.initial) }),
  step: ({ in: u }, { y, u: last }, p, { periodSeconds }) => {
    const advanced = advance(y, last, u, mul(p.corner, 2 * Math.PI * periodSeconds), p.interpolation);
    return { out: advanced, next: { y: advanced, u } };
  },
});

/** Taylor coefficients of 1 - (1 - exp(-x))/x = x/2! - x^2/3! + …, highest order first; 2^-53 relative for x < 1/16. */
const rampSeries: readonly number[] = [1 / 3628800, -1 / 362880, 1 / 40320, -1 / 5040, 1 / 720, -1 / 120, 1 / 24, -1 / 6, 1 / 2];

/** 1 - (1-a)/x; by its series where the difference would cancel, and be NaN at 0. */
function rampResponse(x: Expr, a: Expr): Expr {
  const series = rampSeries.reduce((sum: Expr, coefficient) => mul(add(sum, coefficient), x), real(-0));
  return select(lt(x, 1 / 16), series, sub(1, div(sub(1, a), x)));
}

/**
 * y after one period of y' = (u - y)/tau, with x = T/tau and a = exp(-x).
 * zoh: a*y + (1-a)*u0.  foh: the same plus (u1 - u0)*(1 - (1-a)/x), the response to a ramp.
 */
function advance(y: Expr, u0: Expr, u1: Expr, x: Expr, interpolation: 'zoh' | 'foh'): Expr {
  const a = exp(neg(x));
  const held = add(mul(a, y), mul(sub(1, a), u0));
  if (interpolation === 'zoh') return held;
  return add(held, mul(sub(u1, u0), rampResponse(x, a)));
}

export const continuous = { title: 'Continuous time', blocks: [lowPass] };
