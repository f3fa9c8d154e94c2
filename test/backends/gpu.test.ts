// The gpu backend on the modes of gpu.js that Node has: smooth systems follow the interpreter within floats, modulators
// keep their means, launches and groups of lanes leave no seam. Other modes: test/browser/gpu.test.ts.

import { describe, expect, it } from 'vitest';
import { compileBatch } from '../../src/backends/compile-batch.js';
import { gpuBatchKernel } from '../../src/backends/gpu/kernel.js';
import * as build from '../../src/ir/build.js';
import { withArena } from '../../src/ir/expr.js';
import type { Action, Program } from '../../src/ir/program.js';
import type { DataRef, StateRef } from '../../src/ir/types.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { loadNetlist } from '../netlists/bench.js';
import { runSystem, sweptProgram, sweptValue, systems } from './gpu-systems.js';
import { interpretLane, runTile, tileOf } from './run-batch.js';

const chain = systems.find(({ name }) => name === 'chain')!;
const frames = systems.find(({ name }) => name === 'frames')!;
const endOf = (ticks: number, { period }: { period: number }): number => ticks * period;
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(['webasm', 'cpu'] as const)('mode %s', (mode) => {
  it.each(systems)('follows the interpreter: $name', async (system) => {
    const { ran, differences } = await runSystem(system, mode, 7);
    expect(ran).toBe(mode);
    expect(Object.values(differences).length).toBeGreaterThan(2);
    for (const [record, difference] of Object.entries(differences)) expect(difference, record).toBeLessThan(system.bound);
  });

  it('keeps the mean of a modulator, whose bits differ after a while', async () => {
    const text = `system mod2 {
  clock clk = 1MHz
  input u : V
  x1 = integrator(u - v, gain: 0.5)
  x2 = integrator(x1 - v, gain: 0.5)
  v  = quantizer(x2, levels: 2, full_scale: 1V)
  output v
}
bench mod2 {
  u = dc(value: 0.4V)
  run 4096 ticks of clk
  record v, x1
}
`;
    const program = sweptProgram({ name: 'mod2', text, swept: ['u.value'] });
    const tile = tileOf(program, 16, 4096, sweptValue(program));
    await runTile(await gpuBatchKernel(program, mode), tile, [endOf(4096, program.clocks[0]!)]);
    for (let lane = 0; lane < 16; lane++) {
      const [v, x1] = tile.records.map((columns) => columns[lane]!) as [Float64Array, Float64Array];
      expect(new Set(v)).toEqual(new Set([-1, 1]));
      // x1 sums half the difference of input and output, so that the sum of u - v is twice the last x1, at most 1/2 off the last record.
      const reach = x1.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(reach).toBeLessThan(4);
      expect(Math.abs(mean(v) - sweptValue(program)('u.value', lane))).toBeLessThan((2 * (reach + 1)) / 4096);
    }
  });
});

describe('launches', () => {
  it.each([chain, frames])('leave no seam: $name', async (system) => {
    const program = sweptProgram(system);
    const end = endOf(system.ticks, program.clocks[0]!);
    const whole = tileOf(program, 3, system.ticks, sweptValue(program));
    const pieces = tileOf(program, 3, system.ticks, sweptValue(program));
    const kernel = await gpuBatchKernel(program, 'webasm');
    await runTile(kernel, whole, [end]);
    await runTile(kernel, pieces, [1, 13, 64, 64, 301, end - 1, end]);
    expect(pieces.records).toEqual(whole.records);
    expect(pieces.states).toEqual(whole.states);
    expect(pieces.position).toEqual(whole.position);
    expect(whole.position).toEqual(interpretLane(program, tileOf(program, 1, system.ticks, sweptValue(program)), 0, end).position);
  });

  it('give a lane the same in any company, in more lanes than one launch takes, too', async () => {
    const program = sweptProgram(chain);
    const end = endOf(20, program.clocks[0]!);
    const kernel = await gpuBatchKernel(program, 'webasm');
    const lanes = 4097;
    expect(kernel.tileLanes).toBeLessThan(lanes);
    const value = sweptValue(program);
    const wide = await runTile(
      kernel,
      tileOf(program, lanes, 20, (name, lane) => value(name, lane % 50)),
      [end],
    );
    const narrow = await runTile(kernel, tileOf(program, 50, 20, value), [end]);
    const column = (tile: typeof wide, lane: number): Float64Array[] => tile.records.map((columns) => columns[lane]!);
    for (const lane of [0, 1, 2047, 2048, 2049, 4096]) expect(column(wide, lane)).toEqual(column(narrow, lane % 50));
    expect(narrow.states.slice(0, 50)).toEqual(Float64Array.from({ length: 50 }, (_, lane) => wide.states[lane]!));
  });

  it('run what is the same in all lanes on the host, in doubles', async () => {
    const program = sweptProgram({ ...chain, swept: [] });
    const kernel = await gpuBatchKernel(program, 'webasm');
    expect(kernel.detail).toBeUndefined();
    const end = endOf(300, program.clocks[0]!);
    const tile = await runTile(
      kernel,
      tileOf(program, 3, 300, () => NaN),
      [100, end],
    );
    const { records } = interpretLane(program, tile, 0, end);
    for (const lane of [0, 2]) expect(tile.records.map((columns) => columns[lane])).toEqual(records);
  });
});

describe.each(['webasm', 'cpu'] as const)('arrays in mode %s', (mode) => {
  it('are read and written at an index of each lane, and limited to their ends', async () => {
    const program = tableProgram();
    const tile = tileOf(program, 9, 40, (_, lane) => (lane - 2) * 0.8125);
    const expected = Array.from({ length: 9 }, (_, lane) => interpretLane(program, tile, lane, 40));
    await runTile(await gpuBatchKernel(program, mode), tile, [40]);
    for (let lane = 0; lane < 9; lane++) {
      expect(tile.records.map((columns) => columns[lane])).toEqual(expected[lane]!.records);
      expect(Array.from(expected[lane]!.states, (_, i) => tile.states[i * 9 + lane])).toEqual([...expected[lane]!.states]);
    }
  });
});

describe('what is drawn once a run', () => {
  it('is drawn on the host, as on every backend', async () => {
    const program = drawProgram();
    const tile = tileOf(program, 5, 3, (_, lane) => lane);
    const expected = Array.from({ length: 5 }, (_, lane) => interpretLane(program, tile, lane, 3).records[0]!);
    await runTile(await gpuBatchKernel(program, 'webasm'), tile, [3]);
    expect(tile.records[0]).toEqual(expected.map((column) => Float64Array.from(column, Math.fround)));
    expect(new Set(tile.records[0]!.map((column) => column[1])).size).toBe(5);
  });
});

describe('a frequency that differs from lane to lane', () => {
  it('has the phase of a time in floats: off by 2 pi f t 2^-23 at most', async () => {
    const text =
      'system s {\n  clock clk = 1MHz\n  input u : V\n  y = gain(u, gain: 1)\n  output y\n}\nbench s {\n  u = sine(freq: 1.7kHz, coherent: "no")\n  run 20000 ticks of clk\n  record y\n}\n';
    const program = sweptProgram({ name: 's', text, swept: ['u.freq'] });
    const end = endOf(20000, program.clocks[0]!);
    const tile = tileOf(program, 2, 20000, sweptValue(program));
    const expected = interpretLane(program, tile, 1, end);
    await runTile(await gpuBatchKernel(program, 'webasm'), tile, [end]);
    const got = tile.records[0]![1]!;
    const cycles = 1.7e3 * 0.99 * 20000e-6;
    const worst = expected.records[0]!.reduce((most, value, row) => Math.max(most, Math.abs(value - got[row]!)), 0);
    expect(worst).toBeLessThan(2 * Math.PI * cycles * 2 ** -23);
    expect(worst).toBeGreaterThan(2 ** -22);
  });
});

describe('compileBatch', () => {
  const program = sweptProgram(chain);

  it('makes the gpu backend when it is asked for', async () => {
    const kernel = await compileBatch(program, { backend: 'gpu', precision: 'f32' });
    expect(kernel).toMatchObject({ backend: 'gpu', precision: 'f32', program });
    expect(kernel.detail).toMatch(/^(webgpu|webgl2|webasm|cpu)/);
  });

  it('does not give floats where doubles are wanted', async () => {
    await expect(compileBatch(program, { backend: 'gpu' })).rejects.toMatchObject({
      code: 'DL801',
      message: 'the gpu backend runs floats only',
      help: 'use --precision f32, or the backend wasm',
    });
  });
});

describe('netlists of the repository', () => {
  it('run: the adaptive delta modulator with other capacitors in each lane', async () => {
    const { program: all } = compileNetlist(loadNetlist('adm.loom'), { bench: 'tone' });
    const program = specialize(all, new Map(), new Set(['unit']));
    const end = endOf(400, program.clocks[0]!);
    const tile = tileOf(program, 4, 400, sweptValue(program));
    const expected = [0, 3].map((lane) => interpretLane(program, tile, lane, end));
    await runTile(await gpuBatchKernel(program, 'webasm'), tile, [end]);
    const up = program.records.findIndex(({ name }) => name === 'up');
    [0, 3].forEach((lane, i) => expect(tile.records[up]![lane]).toEqual(expected[i]!.records[up]));
  });
});

const everyTick = (states: readonly StateRef[], actions: readonly Action[], params: readonly string[]): Program => ({
  name: 'arrays',
  grid: { numerator: 1, denominator: 1 },
  clocks: [{ name: 'clk', period: 1, offset: 0 }],
  params: params.map((name) => ({ name, value: 0, unit: '' })),
  states,
  records: [{ name: 'y', unit: '', type: 'real', clock: 0, offset: 0 }],
  events: [{ edges: ['clk'], begins: [0], resets: [], actions }],
  timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
  signalNames: new Map(),
});

/** A place that moves by the parameter each tick, from which a table and an array are read, and to which the array is written. Its values are floats. */
function tableProgram(): Program {
  return withArena(() => {
    const place: StateRef = { kind: 'state', name: 'place', type: 'real', length: 0, init: 0 };
    const line: StateRef = { kind: 'state', name: 'line', type: 'real', length: 6, init: [1, 2, 3, 4, 5, 6] };
    const table: DataRef = { kind: 'data', name: 'table', values: Float64Array.of(0.5, -1, 2, 8, 0.25) };
    const index = build.toInt(build.floor(build.state(place)));
    const sum = build.sumOver(6, (i) => build.mul(build.load(line, i), build.load(table, i)));
    return everyTick(
      [place, line],
      [
        { do: 'set', state: place, value: build.add(build.state(place), build.param('p')) },
        { do: 'put', state: line, index, value: build.mul(build.state(place), build.real(0.5)) },
        { do: 'record', record: 0, value: build.add(build.add(build.load(table, index), build.load(line, index)), sum) },
      ],
      ['p'],
    );
  });
}

/** The first uniform of a block whose counter has the lane. */
function drawProgram(): Program {
  return withArena(() => {
    const words = [1, 2, 3, 4, 5].map((word) => build.int(word));
    const x: StateRef = { kind: 'state', name: 'x', type: 'real', length: 0, init: 0 };
    const draw = build.uniform(0, [build.toInt(build.param('lane')), ...words]);
    return everyTick(
      [x],
      [
        { do: 'set', state: x, value: draw },
        { do: 'record', record: 0, value: build.state(x) },
      ],
      ['lane'],
    );
  });
}
