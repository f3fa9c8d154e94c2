// What is told before learning: which parameters and objectives have no gradient, and where it ends.

import { expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/format.js';
import { explainGradient } from '../../src/optimize/explain-gradient.js';
import { compileDifferentiable } from './compile-differentiable.js';

const text = (gradient: string): string => `system s(a = 0.5, spare = 2, step = 1V) {
  clock clk = 1MHz
  input u : V
  x = integrator(u - y, gain: a) @ clk
  enc = rcnet_encoder(x, weights: [[0.7, 0, 0, 0, 0]], quantizer_gradient: "${gradient}") @ clk
  up = comparator(x, step, gradient: "none") @ clk
  y = up ? 1V : 0V
  q = floor(x/0.1V)*0.1V
  smooth = enc.v[0] + 0*spare*x
  output smooth, coded = enc.out, y, q
}
bench s {
  u = sine(freq: 1kHz)
  run 100 ticks of clk
  record smooth, coded, y, q, u
}
`;

const explain = (learned: readonly string[], objectives: readonly string[], gradient = 'none'): string => {
  const { program, graph } = compileDifferentiable(text(gradient));
  return formatDiagnostics(explainGradient(program, { learned, objectives, graph }));
};

it('is nothing where all is well', () => {
  expect(explain(['a', 'enc.weights[0][0]'], ['smooth'])).toBe('');
  expect(explain(['a', 'enc.weights[0][0]', 'enc.full_scale'], ['coded', 'smooth'], 'clipped')).toBe('');
});

it('is a parameter that no objective depends on', () => {
  expect(explain(['a', 'enc.full_scale'], ['smooth'])).toBe(`\
learn.loom:5:9 warning[DL901] objective 'smooth' does not depend on learned parameter 'enc.full_scale'
  5 |   enc = rcnet_encoder(x, weights: [[0.7, 0, 0, 0, 0]], quantizer_gradient: "none") @ clk
    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  why:  its gradient is 0, so it would stay as it begins
  help: leave it out of 'learn', or make an objective of what it changes`);
});

it('is a product with 0 on the only way', () => {
  expect(explain(['a', 'spare'], ['smooth'])).toContain("no gradient reaches learned parameter 'spare'");
});

it('is a block whose gradient is declared as none, and where it is', () => {
  expect(explain(['a', 'enc.full_scale'], ['coded', 'smooth'])).toBe(`\
learn.loom:10:26 error[DL903] no gradient of objective 'coded' reaches anything that is learned
  10 |   output smooth, coded = enc.out, y, q
     |                          ^^^^^^^
  why:  all ways are cut, in 2 places, last where rcnet_encoder 'enc' passes no gradient (quantizer_gradient: none)
  help: give 'enc' a gradient, such as quantizer_gradient: clipped
  learn.loom:5:9 rcnet_encoder 'enc' passes no gradient (quantizer_gradient: none)
  learn.loom:6:8 comparator 'up' passes no gradient (gradient: none)
learn.loom:5:9 warning[DL902] no gradient reaches learned parameter 'enc.full_scale'
  5 |   enc = rcnet_encoder(x, weights: [[0.7, 0, 0, 0, 0]], quantizer_gradient: "none") @ clk
    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  why:  the only way is cut: rcnet_encoder 'enc' passes no gradient (quantizer_gradient: none)
  help: give 'enc' a gradient, such as quantizer_gradient: clipped`);
});

it('is what decides or rounds, block by block', () => {
  expect(explain(['step', 'a'], ['y', 'q'])).toBe(`\
learn.loom:7:7 error[DL903] no gradient of objective 'y' reaches anything that is learned
  7 |   y = up ? 1V : 0V
    |       ^^^^^^^^^^^^
  why:  the only way is cut: comparator 'up' passes no gradient (gradient: none)
  help: give 'up' a gradient, such as gradient: clipped
learn.loom:8:7 error[DL903] no gradient of objective 'q' reaches anything that is learned
  8 |   q = floor(x/0.1V)*0.1V
    |       ^^^^^^^^^^^^^^^^^^
  why:  all ways are cut, in 2 places, last where 'q' rounds, and no gradient is declared for that
  help: learn what reaches the objective by another way, or use a block that declares a gradient
  learn.loom:8:7 'q' rounds, and no gradient is declared for that
  learn.loom:6:8 comparator 'up' passes no gradient (gradient: none)
warning[DL902] no gradient reaches learned parameter 'step'
  why:  the only way is cut: comparator 'up' passes no gradient (gradient: none)
  help: give 'up' a gradient, such as gradient: clipped
warning[DL902] no gradient reaches learned parameter 'a'
  why:  all ways are cut, in 2 places, last where comparator 'up' passes no gradient (gradient: none)
  help: give 'up' a gradient, such as gradient: clipped
  learn.loom:6:8 comparator 'up' passes no gradient (gradient: none)
  learn.loom:8:7 'q' rounds, and no gradient is declared for that`);
});

it('is an objective that depends on nothing learned', () => {
  expect(explain(['a'], ['smooth', 'u'])).toBe(`\
learn.loom:13:7 error[DL903] objective 'u' depends on nothing that is learned
  13 |   u = sine(freq: 1kHz)
     |       ^^^^^^^^^^^^^^^^
  why:  it is the same whatever parameter 'a' is
  help: learn a parameter of what it is made of, or leave it out`);
});

it('is a parameter that cannot be learned', () => {
  expect(explain(['enc.levels'], ['q'])).toContain("error[DL306] parameter 'enc.levels' cannot be varied: it shapes the system");
});
