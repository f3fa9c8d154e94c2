// The adjoint of a Program against central differences of the Program itself.

import { describe, expect, it } from 'vitest';
import type { BatchBackendName } from '../../src/backends/compile-batch.js';
import { compileKernel } from '../../src/backends/compile.js';
import { createMachine } from '../../src/backends/kernel.js';
import { loadText } from '../../src/index.js';
import { specialize } from '../../src/ir/specialize.js';
import type { Program } from '../../src/ir/program.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';

/** Sum of squares of all rows of a record. */
function objective(program: Program, ticks: number, params: ReadonlyMap<string, number>): number {
  const fixed = specialize(program, params, new Set());
  const columns = program.records.map(() => new Float64Array(ticks + 1));
  compileKernel(fixed, 'interpret').run(createMachine(fixed, columns), ticks * program.clocks[0]!.period);
  return columns[0]!.reduce((sum, value) => sum + value * value, 0);
}

/** Gradients of lanes with different parameters, each with the objective of all rows. */
async function gradientsOf(
  program: Program,
  ticks: number,
  learned: readonly string[],
  lanes: readonly ReadonlyMap<string, number>[],
  hyperperiods: number,
  backend: BatchBackendName,
) {
  const gradients = await laneGradients(program, {
    learned,
    objectives: [program.records[0]!.name],
    clock: 0,
    ticks,
    hyperperiods,
    backend,
  });
  verifyProgram(gradients.adjoint.program);
  const params = Float64Array.from(
    gradients.adjoint.program.params.flatMap(({ name, value }) => lanes.map((lane) => lane.get(name) ?? value)),
  );
  return gradients.run(lanes.length, params, ([rows]) => [rows!.map((column) => column.map((value) => 2 * value))]);
}

const systems: Readonly<Record<string, string>> = {
  chain: `
    system s(a = 0.9, b = 0.3, c = 1.5) {
      clock clk = 1MHz
      x1 = integrator(sin(x2) + b, gain: a, leak: 0.8) @ clk
      x2 = integrator(exp(-x1*x1) * c - x2 / (1 + x1*x1), gain: 0.5, leak: 0.9)
      y = tanh(c*x2) + sqrt(1 + x1*x1)
      output y
    }
    bench s {
      run 40 ticks of clk
      record y
    }`,
  selects: `
    system s(a = 0.7, b = 0.3) {
      clock clk = 1MHz
      x = integrator((x > -9 ? a*x : b) + max(a*b, x - 9) - min(x + 9, b) + abs(x - 9*a) + (x > 9 ? x : b), gain: 0.1, leak: 0.8)
      y = x * a + (x > -1 ? x*x : b) - (x > 9 ? x : min(b*x, 9))
      output y
    }
    bench s {
      run 60 ticks of clk
      record y
    }`,
  phases: `
    system s(a = 0.7, b = 0.3) {
      clock clk = 1MHz phases [p1, p2]
      c = integrator(a*1V - 0.2*d, leak: 0.9) @ clk.p1
      d = integrator(c*b, leak: 0.8) @ clk.p2
      e = sc_integrator(c - 0.1*e, c_in: 10fF, c_fb: 30fF, sample: clk.p1, transfer: clk.p2)
      y = d*0.7 + e*b
      output y
    }
    bench s {
      run 50 ticks of clk
      record y
    }`,
  arrays: `
    system s(a = 0.7, b = 0.3) {
      clock clk = 1MHz
      x = integrator(a - b*z, leak: 0.9)
      w = fir(x, taps: [0.5, 0.3, -0.2, 0.1])
      z = delay(w*x, ticks: 3)
      y = z + w*a
      output y
    }
    bench s {
      run 30 ticks of clk
      record y
    }`,
};

describe.each(Object.entries(systems))('the adjoint of %s', (_, text) => {
  const { program } = compileNetlist(loadText(text), {});
  const ticks = 30;
  const learned = program.params.map(({ name }) => name).filter((name) => /^[abc]$|gain|leak/.test(name));
  const nominal = program.params.map(({ name, value }) => [name, value] as const);
  const lanes = [0, 0.01, -0.02].map(
    (shift) => new Map(nominal.map(([name, value]) => [name, learned.includes(name) ? value * (1 + shift) : value])),
  );

  it.each([
    ['js', 30],
    ['js', 7],
    ['wasm', 4],
    ['interpret', 30],
  ] as const)('agrees with central differences on %s, in segments of %i ticks', async (backend, hyperperiods) => {
    expect(learned.length).toBeGreaterThan(1);
    const gradients = await gradientsOf(program, ticks, learned, lanes, hyperperiods, backend);
    lanes.forEach((lane, i) => {
      learned.forEach((name, p) => {
        const value = lane.get(name)!;
        const step = 1e-4 * Math.max(1, Math.abs(value));
        const at = (delta: number): number => objective(program, ticks, new Map([...lane, [name, value + delta * step]]));
        // Fourth order in the step
        const difference = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
        expect(Math.abs(gradients[p]![i]! - difference)).toBeLessThan(1e-6 * Math.max(1e-2, Math.abs(difference)));
      });
    });
  });
});
