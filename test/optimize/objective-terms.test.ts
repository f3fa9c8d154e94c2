// What an optimize item may say of objectives with two signals, and of what a method minimizes.

import { describe, expect, it } from 'vitest';
import { NetlistError } from '../../src/diagnostics/diagnostic.js';
import { loadText } from '../../src/index.js';
import { outlineOptimization } from '../../src/optimize/plan/outline-optimization.js';
import { planOptimization, type OptimizationPlan } from '../../src/optimize/plan/plan-optimization.js';
import { Training } from '../../src/optimize/training.js';

const netlist = (objective: string, method: string): string => `system loop(gain = 0.7) {
  clock clk = 1MHz
  clock runs = clk/16
  input u : V
  frame 16 ticks of clk
  x = integrator(u - q, gain: gain) @ clk
  q = quantizer(x, levels: 2, full_scale: 1V)
  output q
}
optimize loop of loop {
  u = uniform(low: -0.5V, high: 0.5V) @ runs
  run 16 ticks of clk
  learn gain(min: 0.1, max: 2)
  objective e = ${objective}
  objective size = rms(x)
  minimize log(e/1V)
  batch 64
  method ${method}
}`;

function planOf(objective: string, method: string): OptimizationPlan {
  const library = loadText(netlist(objective, method), 'loop.loom');
  const outline = outlineOptimization(library, 'loop');
  return planOptimization(library, outline, outline.variants[0]!);
}

function codesOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof NetlistError) return error.diagnostics.map(({ code, message }) => `${code}: ${message}`);
    throw error;
  }
  return [];
}

describe('objectives of two signals', () => {
  it('take all rows of the first and the last row of the second, in the unit of that', () => {
    const { terms } = planOf('best_linear_error(q, u)', 'adam(steps: 1)');
    expect(terms[0]!.signals.map(({ over }) => over)).toEqual(['run', 'last']);
    expect(terms[1]!.signals.map(({ over }) => over)).toEqual(['last']);
    expect(terms[0]!.unit).toBe('V');
  });

  it('need both, and have no rows to choose', () => {
    expect(codesOf(() => planOf('best_linear_error(q)', 'adam(steps: 1)'))).toContain("DL503: 'best_linear_error' takes 2 signals, not 1");
    expect(codesOf(() => planOf('rms(q, u)', 'adam(steps: 1)'))).toContain("DL503: 'rms' takes 1 signal, not 2");
    expect(codesOf(() => planOf('best_linear_error(q, u, over: "last")', 'adam(steps: 1)'))).toHaveLength(1);
  });

  it('are judged and differentiated in a training', async () => {
    const plan = planOf('best_linear_error(q, u)', 'adam(steps: 3, rate: 0.01)');
    const training = new Training(plan, { seed: 1 });
    let state = training.start(0);
    while (state.stage < plan.stages.length) state = await training.advance(state, plan.stages, 0);
    expect(state.failure).toBeUndefined();
    const { terms, loss } = await training.judge(state, plan.stages, 512, 7);
    // A first-order loop of 16 ticks tells its input to some 3 bits; without any, 0.29 V were left.
    expect(terms[0]!).toBeLessThan(0.1);
    expect(loss).toBeCloseTo(Math.log(terms[0]!), 12);
    expect(state.x[0]).not.toBe(0.7);
  });
});

describe('what a method minimizes', () => {
  it('is its own where it says so', async () => {
    const plan = planOf('best_linear_error(q, u)', 'adam(steps: 1, minimize: size/1V)');
    const training = new Training(plan, { seed: 1 });
    const state = await training.advance(training.start(0), plan.stages, 0);
    const { terms } = await training.judge(training.start(0), plan.stages, 64, 7);
    expect(state.history.losses[0]).toBeGreaterThan(0);
    expect(Math.abs(state.history.losses[0]! - terms[1]!)).toBeLessThan(0.2 * terms[1]!);
  });

  it('has an objective in it', () => {
    expect(codesOf(() => planOf('rms(x)', 'adam(steps: 1, minimize: 3)'))).toEqual(['DL505: what is minimized has no objective in it']);
    expect(codesOf(() => planOf('rms(x)', 'adam(steps: 1, minimize: nothing)'))).toEqual(["DL201: 'nothing' is no objective"]);
  });
});
