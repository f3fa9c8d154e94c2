// Surrogates: the gradient through a quantizer is that of the smooth function put in its place, and a long run of a modulator has
// the same bits however time is cut, in reverse, and the same gradient forwards.

import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Program } from '../../src/ir/program.js';
import { withArena } from '../../src/ir/expr.js';
import { rewriteProgram } from '../../src/ir/rewrite-program.js';
import { Rewriter } from '../../src/ir/rewrite.js';
import { programNodes } from '../../src/ir/roots.js';
import { gradientsOf, type GradientsOptions } from '../../src/optimize/gradients.js';
import { gradientKinds } from '../../src/blocks/surrogate-gradients.js';
import { compileDifferentiable } from './compile-differentiable.js';
import { withSignSurrogates } from './with-sign-surrogates.js';

/** A linear objective: its slopes do not depend on values. */
async function gradient(program: Program, options: Pick<GradientsOptions, 'learned' | 'objectives' | 'ticks' | 'mode' | 'hyperperiods'>) {
  const gradients = await gradientsOf(program, { clock: 0, backend: 'js', ...options });
  const params = Float64Array.from(program.params, ({ value }) => value);
  const result = await gradients.run(1, params, (rows) => rows.map(([column]) => [column!.map((_, row) => Math.cos(0.01 * row))]));
  return result.map(([value]) => value!);
}

const smoothed = (program: Program): Program =>
  withArena(() => rewriteProgram(program, new Rewriter((node, [, smooth]) => (node.op === 'surrogate' ? smooth : undefined))));

describe.each([2, 5])('a quantizer of %i levels', (levels) => {
  test.each(gradientKinds)('has the gradient of its smooth function: %s', async (kind) => {
    const { program } = compileDifferentiable(`system s(a = 0.8) {
      clock clk = 1MHz
      input u : V
      enc = rcnet_encoder(a*u, weights: [[1, 0, 0, 0, 0]], levels: ${levels}, saturation: 1V, gradient_width: 0.6V,
        quantizer_gradient: "${kind}") @ clk
      y = low_pass(enc.out, corner: 20kHz) @ clk
      output y
    }
    bench s {
      u = sine(freq: 31kHz, amplitude: 0.9V)
      run 200 ticks of clk
      record y
    }`);
    expect([...programNodes(program)].some(({ op }) => op === 'surrogate')).toBe(true);
    const options = { learned: ['a', 'enc.weights[0][0]', 'u.amplitude'], objectives: ['y'], ticks: 200, hyperperiods: 60 };
    const found = await gradient(program, options);
    expect(found.every((value) => (value === 0) === (kind === 'none'))).toBe(true);
    expect(found).toEqual(await gradient(smoothed(program), options));
    const forward = await gradient(program, { ...options, mode: 'forward' });
    forward.forEach((value, i) => expect(Math.abs(value - found[i]!)).toBeLessThanOrEqual(1e-12 * Math.abs(found[i]!)));
  });
});

it('differentiate a modulator over many ticks, however they are cut', async () => {
  const text = readFileSync(new URL('../../netlists/mod2.loom', import.meta.url), 'utf8');
  const program = withSignSurrogates(compileDifferentiable(text).program, 4);
  const options = { learned: ['x1.gain', 'x2.gain', 'u.amplitude'], objectives: ['v'], ticks: 20000 };
  const found = await gradient(program, options);
  expect(found.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
  for (const hyperperiods of [1, 100, 777, 20000]) expect(await gradient(program, { ...options, hyperperiods })).toEqual(found);
  const forward = await gradient(program, { ...options, mode: 'forward' });
  forward.forEach((value, i) => expect(Math.abs(value / found[i]! - 1)).toBeLessThan(1e-9));
});
