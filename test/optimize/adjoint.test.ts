// The adjoint of a Program against central differences of the Program itself.

import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../src/backends/compile.js';
import { createMachine } from '../../src/backends/kernel.js';
import { loadText } from '../../src/index.js';
import { specialize } from '../../src/ir/specialize.js';
import type { Program } from '../../src/ir/program.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { adjointProgram } from '../../src/optimize/adjoint-program.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';

/** Sum of squares of all rows of a record. */
function objective(program: Program, ticks: number, params: ReadonlyMap<string, number>): number {
  const fixed = specialize(program, params, new Set());
  const columns = program.records.map(() => new Float64Array(ticks + 1));
  compileKernel(fixed, 'interpret').run(createMachine(fixed, columns), ticks * program.clocks[0]!.period);
  return columns[0]!.reduce((sum, value) => sum + value * value, 0);
}

function gradientOf(program: Program, ticks: number, learned: readonly string[]): Map<string, number> {
  const record = program.records[0]!.name;
  const perHyper = program.timeline.kind === 'table' ? program.timeline.length / program.clocks[0]!.period : 1;
  const adjoint = adjointProgram(program, { learned, objectives: [record], hyperperiods: ticks / perHyper });
  verifyProgram(adjoint.program);
  const columns = program.records.map(() => new Float64Array(ticks + 1));
  const machine = createMachine(adjoint.program, columns);
  const kernel = compileKernel(adjoint.program, 'js');
  kernel.run(machine, adjoint.length);
  const seed = machine.layout.offsets.get(adjoint.seeds.get(record)!)!;
  const { timeline } = program;
  if (timeline.kind !== 'table') throw new Error('no table');
  let row = -1;
  for (let i = 0; i < adjoint.entries; i++) {
    const event = program.events[timeline.entries[i % timeline.entries.length]!.event]!;
    if (event.begins.includes(0)) row++;
    if (event.actions.some((action) => action.do === 'record' && action.record === 0)) machine.states[seed + i] = 2 * columns[0]![row]!;
  }
  kernel.run(machine, 2 * adjoint.length + 1);
  return new Map([...adjoint.gradients].map(([name, state]) => [name, machine.states[machine.layout.offsets.get(state)!]!]));
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
      x = integrator((x > 1 ? (1 - x)*a + b : b) + max(a*b, x*0.1) - min(x, b) + abs(x - a), gain: 0.2, leak: 0.95)
      y = x * a + (x > 0.5 ? x*x : 0.5*x)
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

  it('agrees with central differences', () => {
    expect(learned.length).toBeGreaterThan(1);
    const gradients = gradientOf(program, ticks, learned);
    for (const name of learned) {
      const { value } = program.params.find((param) => param.name === name)!;
      const step = 1e-5 * Math.max(1, Math.abs(value));
      const at = (delta: number): number => objective(program, ticks, new Map([[name, value + delta * step]]));
      // Fourth order
      const difference = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
      expect([name, Math.abs(gradients.get(name)! - difference) / Math.max(1e-3, Math.abs(difference)) < 1e-6, gradients.get(name), difference]).toEqual([name, true, gradients.get(name), difference]);
    }
  });
});
