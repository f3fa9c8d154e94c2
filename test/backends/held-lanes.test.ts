// Lanes that a kernel holds have, bit for bit, what the lanes of a tile have that the interpreter runs: however they are run
// on, jump, are written, read and put back to their beginnings, on random Programs, and whatever parameters they share.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneByLane, type BatchKernel } from '../../src/backends/batch.js';
import { compileBatch } from '../../src/backends/compile-batch.js';
import { holdLanes, type HeldLanes } from '../../src/backends/held-lanes.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { emitLanes } from '../../src/backends/wasm/lanes/emit-lanes.js';
import { emitLargeLanes } from '../../src/backends/wasm/lanes/emit-lanes-large.js';
import { LaneMachine } from '../../src/backends/wasm/lanes/lane-machine.js';
import { laneShape } from '../../src/backends/wasm/lanes/lane-shape.js';
import { windowsOf } from '../../src/backends/wasm/lanes/lane-windows.js';
import { splitProgram } from '../../src/backends/wasm/lanes/split-program.js';
import { wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import * as build from '../../src/ir/build.js';
import { withArena } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';
import { anyProgram, edgeReals } from '../ir/arbitrary-program.js';
import { bitsOf } from './run-pieces.js';

type Shared = ReadonlySet<string>;
const forms: readonly { readonly form: string; readonly compile: (program: Program, shared: Shared) => BatchKernel }[] = [
  { form: 'as compiled', compile: (program, shared) => wasmBatchKernel(program, 'f64', shared) },
  {
    form: 'in one function, in spans of 20 and windows of 5 events',
    compile: (program, shared) =>
      new LaneMachine(program, emitLanes(splitProgram(program, shared), laneShape('f64', 4), windowsOf(program, 20, 5))),
  },
  {
    form: 'in functions of 7, in spans of 5 and windows of 20 events',
    compile: (program, shared) =>
      new LaneMachine(program, emitLargeLanes(splitProgram(program, shared), laneShape('f64', 2), windowsOf(program, 5, 20), 7)),
  },
];

const rows = 150;
const anyValue = fc.oneof(fc.constantFrom(...edgeReals), fc.double({ min: -1e3, max: 1e3 }));
/** What is done before a run: parameters get values, some states others, some their first ones; the lanes jump to an entry of the table. */
const anyStep = fc.record({
  values: fc.array(anyValue, { minLength: 6, maxLength: 6 }),
  written: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  reset: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  jump: fc.option(fc.record({ period: fc.nat(2), entry: fc.nat(100) })),
  ticks: fc.nat(70),
});
const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 3 });
const anyShared = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

const sizeOf = (state: StateRef, lanes: number): number => Math.max(1, state.length) * lanes;
const startOf = ({ timeline }: Program, { position }: HeldLanes): number => (timeline.kind === 'table' ? position[0]! : 0);

function jump({ timeline }: Program, held: HeldLanes, { period, entry }: { readonly period: number; readonly entry: number }): void {
  if (timeline.kind !== 'table') return;
  held.position[0] = period * timeline.length;
  held.position[1] = entry % timeline.entries.length;
}

/** All that can be seen of the lanes after each of the steps. */
async function outcomes(
  program: Program,
  kernel: BatchKernel,
  shared: Shared,
  lanes: number,
  steps: readonly (typeof anySteps extends fc.Arbitrary<(infer T)[]> ? T : never)[],
): Promise<unknown[]> {
  const records = program.records.map(() => Array.from({ length: lanes }, (_, lane) => new Float64Array(rows).fill(-lane)));
  const held = holdLanes(kernel, lanes, records);
  const seen: unknown[] = [];
  let end = 0;
  for (const step of steps) {
    program.params.forEach(({ name }, param) => {
      const value = step.values[param]!;
      if (shared.has(name)) held.setParam(param, value);
      else if (param % 2 === 0)
        held.setParam(
          param,
          Float64Array.from({ length: lanes }, (_, lane) => (lane % 2 === 0 ? value : lane / 8)),
        );
      else held.setParam(param, value);
    });
    program.states.forEach((state, i) => {
      if (!step.written[i]!) return;
      const value = state.type === 'real' ? step.values[5]! : state.type === 'int' ? i - 3 : 1;
      held.write(state, new Float64Array(sizeOf(state, lanes)).fill(value));
    });
    held.reset(program.states.filter((_, i) => step.reset[i]!));
    if (step.jump !== null) jump(program, held, step.jump);
    end = Math.max(end, startOf(program, held)) + step.ticks;
    await held.run(end);
    const states = program.states.map((state) => {
      const values = new Float64Array(sizeOf(state, lanes));
      held.read(state, values);
      return bitsOf(values);
    });
    seen.push({ states, records: records.map((columns) => columns.map(bitsOf)), position: bitsOf(held.position) });
  }
  return seen;
}

describe.each(forms)('held lanes $form', ({ compile }) => {
  it('agree with tiles of the interpreter', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, anySteps, anyShared, fc.integer({ min: 1, max: 20 }), async (program, steps, isShared, lanes) => {
        const shared = new Set(program.params.flatMap(({ name }, i) => (isShared[i]! ? [name] : [])));
        const expected = await outcomes(program, laneByLane(interpretKernel(program)), shared, lanes, steps);
        expect(await outcomes(program, compile(program, shared), shared, lanes, steps)).toEqual(expected);
      }),
      { numRuns: 80 },
    );
  });
});

/** A counter that all lanes share drives the index of arrays: `tape` of the lanes' sums, `clicks` of what is shared, `given` from outside. */
function counting(): Program & { readonly states: readonly [StateRef, StateRef, StateRef, StateRef, StateRef] } {
  const count: StateRef = { kind: 'state', name: 'count', type: 'int', length: 0, init: 0 };
  const sum: StateRef = { kind: 'state', name: 'sum', type: 'real', length: 0, init: 0.5 };
  const tape: StateRef = { kind: 'state', name: 'tape', type: 'real', length: 8, init: 0 };
  const clicks: StateRef = { kind: 'state', name: 'clicks', type: 'real', length: 8, init: -1 };
  const given: StateRef = { kind: 'state', name: 'given', type: 'real', length: 8, init: 0, perLane: true };
  return withArena(() => {
    const at = build.state(count);
    const back = build.sub(at, build.int(1));
    const forward = build.add(build.mul(build.param('gain'), build.state(sum)), build.param('step'));
    const backward = build.add(
      build.state(sum),
      build.mul(build.load(tape, back), build.add(build.load(given, back), build.load(clicks, back))),
    );
    return {
      name: 'counting',
      grid: { numerator: 1, denominator: 1 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: ['gain', 'step'].map((name) => ({ name, value: 0.25, unit: '' })),
      states: [count, sum, tape, clicks, given],
      records: [{ name: 'y', unit: '', type: 'real', clock: 0, offset: 0 }],
      events: [
        {
          edges: ['forward'],
          begins: [0],
          resets: [],
          actions: [
            { do: 'set', state: count, value: build.add(at, build.int(1)) },
            { do: 'set', state: sum, value: forward },
            { do: 'put', state: tape, index: at, value: build.state(sum) },
            { do: 'put', state: clicks, index: at, value: build.tick('clk') },
            { do: 'record', record: 0, value: forward },
          ],
        },
        {
          edges: ['backward'],
          begins: [],
          resets: [],
          actions: [
            { do: 'set', state: count, value: back },
            { do: 'set', state: sum, value: backward },
          ],
        },
      ],
      timeline: { kind: 'table', length: 16, entries: Array.from({ length: 16 }, (_, at) => ({ at, event: at < 8 ? 0 : 1 })) },
      signalNames: new Map(),
    };
  });
}

describe.each(['f64', 'f32'] as const)('held lanes in %s', (precision) => {
  const program = counting();
  const [count, sum, tape, clicks, given] = program.states;

  it.each([1, 4, 150])('keep tapes over runs and jumps: %i of them', async (lanes) => {
    const kernel = await compileBatch(program, { precision, shared: new Set(['gain']) });
    const columns = Array.from({ length: lanes }, () => new Float64Array(20));
    const held = holdLanes(kernel, lanes, [columns]);
    const round = precision === 'f32' ? Math.fround : (x: number): number => x;
    const steps = Float64Array.from({ length: lanes }, (_, lane) => round(lane / 64));
    const seeds = Float64Array.from({ length: 8 * lanes }, (_, i) => round((i % 23) / 16));
    held.setParam(0, 0.5);
    held.setParam(1, steps);
    for (let time = 0; time < 2; time++) {
      held.reset([count, sum]);
      held.write(given, seeds);
      held.position[0] = 0;
      held.position[1] = 0;
      held.position[2] = 0;
      // Five of the eight events, then backwards from there.
      await held.run(5);
      held.position[1] = 11;
      await held.run(16);
      const result = new Float64Array(lanes);
      held.read(sum, result);
      const expected = Float64Array.from(steps, (step, lane) => {
        const sums = [0.5];
        for (let i = 0; i < 5; i++) sums.push(0.5 * sums[i]! + step);
        let total = sums[5]!;
        for (let i = 4; i >= 0; i--) total += sums[i]! * (seeds[i * lanes + lane]! + i);
        expect(columns[lane]![4]).toBeCloseTo(sums[5]!, 5);
        return total;
      });
      for (let lane = 0; lane < lanes; lane++) expect(result[lane]! / expected[lane]!).toBeCloseTo(1, precision === 'f64' ? 14 : 6);
      expect([...held.position]).toEqual([16, 0, 5]);
    }
    const counted = new Float64Array(lanes);
    held.read(count, counted);
    expect(counted).toEqual(new Float64Array(lanes));
    const ticks = new Float64Array(8 * lanes);
    held.read(clicks, ticks);
    expect([...ticks.filter((_, i) => i % lanes === lanes - 1)]).toEqual([0, 1, 2, 3, 4, -1, -1, -1]);
    const kept = new Float64Array(8 * lanes);
    held.read(tape, kept);
    expect([...kept.subarray(0, lanes)]).toEqual(Array.from({ length: lanes }, () => 0.5));
  });
});

describe('what lanes share', () => {
  const program = counting();
  const [count, sum] = program.states;

  it('is one value, and another for a lane is our mistake', async () => {
    const held = holdLanes(await compileBatch(program, { shared: new Set(['gain']) }), 3, [[1, 2, 3].map(() => new Float64Array(20))]);
    expect(() => held.setParam(0, Float64Array.of(1, 2, 3))).toThrow("internal: the lanes share parameter 'gain'");
    expect(() => held.write(count, Float64Array.of(1, 2, 3))).toThrow("internal: the lanes share state 'count'");
    expect(() => held.write(sum, Float64Array.of(1, 2, 3))).not.toThrow();
  });

  it('may be no lane at all', async () => {
    const held = holdLanes(await compileBatch(program), 0, [[]]);
    held.setParam(0, new Float64Array(0));
    await held.run(16);
    expect([...held.position]).toEqual([16, 0, 8]);
  });
});
