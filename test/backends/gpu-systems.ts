// Systems whose lanes differ in parameters, run in a mode of gpu.js and, lane by lane, on the interpreter; browser-safe.

import { gpuBatchKernel } from '../../src/backends/gpu/kernel.js';
import type { GpuMode } from '../../src/backends/gpu/gpu-js.js';
import { loadText } from '../../src/index.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { interpretLane, runTile, tileOf } from './run-batch.js';

/** A system with a bench of the same name, and the parameters that differ: lane l has (1 - l/100) times the value. */
export interface SweptSystem {
  readonly name: string;
  readonly text: string;
  readonly swept: readonly string[];
  readonly ticks: number;
  /** Largest difference from doubles, as a fraction of the record's peak. */
  readonly bound: number;
}

const bench = (name: string, lines: string): string => `bench ${name} {\n  run 600 ticks of clk\n  ${lines}\n}\n`;

export const systems: readonly SweptSystem[] = [
  {
    name: 'chain',
    text: `system chain(leak = 0.9, gain = 0.1) {
  clock clk = 1MHz
  input u : V
  a = integrator(u, leak: leak, gain: gain)
  b = integrator(a, leak: 0.8, gain: 0.2)
  d = delay(b, ticks: 5)
  s = b > 0V
  w = s ? 1V : -2V
  output a, b, d, s, w
}
${bench('chain', 'u = sine(freq: 1.7kHz, amplitude: 0.5V)\n  record u, a, b, d, s, w')}`,
    swept: ['leak', 'gain'],
    ticks: 600,
    bound: 2e-6,
  },
  {
    name: 'filters',
    text: `system filters(corner = 3kHz, c = 0.7) {
  clock clk = 1MHz
  input u : V
  y = low_pass(u, corner: corner)
  z = low_pass(y, corner: 2*corner)
  f = fir(z, taps: [0.25, 0.5, -0.125, 0.3, 0.2, 0.1, -0.4, 0.05])
  h = tanh(3*z) + exp(-c*y*y)
  output y, z, f, h
}
${bench('filters', 'u = sine(freq: 1.7kHz, amplitude: 0.5V)\n  record y, z, f, h')}`,
    swept: ['corner', 'c'],
    ticks: 600,
    bound: 2e-6,
  },
  {
    name: 'frames',
    text: `system frames(gain = 0.3) {
  clock clk = 1MHz phases [p1, p2]
  frame 40 ticks of clk
  input u : V
  s = sample_hold(u*gain) @ clk.p1
  x = integrator(s, initial: 0.25) @ clk.p2
  t = integrator(x, gain: 0.05, limit: 3V) @ clk.p2
  m = accumulator(s - 0.1) @ clk.p2
  output s, x, t, m
}
${bench('frames', 'u = dc(value: 0.3V)\n  record s @ clk.p1\n  record x, t, m @ clk.p2')}`,
    swept: ['gain'],
    ticks: 600,
    bound: 3e-6,
  },
  {
    name: 'clocks',
    text: `system clocks(corner = 2kHz) {
  clock clk = 167kHz
  clock audio = 44.1kHz
  clock slow = clk / 16
  input u : V
  y = low_pass(u, corner: corner) @ clk
  pcm = sample_hold(y) @ audio
  rare = sample_hold(y*y) @ slow
  output y, pcm, rare
}
${bench('clocks', 'u = sine(freq: 400Hz, amplitude: 0.5V)\n  record y, pcm, rare')}`,
    swept: ['corner'],
    ticks: 600,
    bound: 2e-6,
  },
  {
    name: 'counter',
    text: `system counter(gain = 1) {
  clock clk = 1MHz
  input u : V
  up = comparator(u*gain, 0.1V) @ clk
  last = register(up) @ clk
  grow = xnor(up, last)
  count = temperature_counter(grow, bits: 6)
  c1 = capacitor_array(count, unit: 10fF, size: 6)
  output up, last, count, c1
}
${bench('counter', 'u = sine(freq: 31kHz, amplitude: 0.5V)\n  record up, last, count, c1')}`,
    swept: ['gain'],
    ticks: 600,
    bound: 1e-7,
  },
];

/** The Program with the swept parameters left open. */
export function sweptProgram({ name, text, swept }: Pick<SweptSystem, 'name' | 'text' | 'swept'>): Program {
  const { program } = compileNetlist(loadText(text, `${name}.loom`));
  return specialize(program, new Map(), new Set(swept));
}

export const sweptValue =
  (program: Program) =>
  (name: string, lane: number): number =>
    program.params.find((param) => param.name === name)!.value * (1 - lane / 100);

export interface SystemReport {
  readonly name: string;
  readonly ran: string;
  /** Largest difference of each record over the lanes, as a fraction of its peak; NaN where rows lack on one side. */
  readonly differences: Readonly<Record<string, number>>;
}

export async function runSystem(system: SweptSystem, mode: 'async' | GpuMode, lanes: number): Promise<SystemReport> {
  const program = sweptProgram(system);
  const end = system.ticks * program.clocks.find(({ name }) => name === 'clk')!.period;
  const tile = tileOf(program, lanes, system.ticks, sweptValue(program));
  const kernel = await gpuBatchKernel(program, mode);
  const expected = Array.from({ length: lanes }, (_, lane) => interpretLane(program, tile, lane, end));
  await runTile(kernel, tile, [end]);
  const differences = program.records.map(({ name }, record) => {
    let worst = 0;
    let peak = 0;
    for (let lane = 0; lane < lanes; lane++) {
      expected[lane]!.records[record]!.forEach((value, row) => {
        const got = tile.records[record]![lane]![row]!;
        if (Number.isNaN(value) && Number.isNaN(got)) return;
        peak = Math.max(peak, Math.abs(value));
        worst = Math.max(worst, Math.abs(got - value));
      });
    }
    return [name, worst / peak] as const;
  });
  return { name: system.name, ran: kernel.detail!, differences: Object.fromEntries(differences) };
}
