// Lanes side by side in compiled C give the interpreter's bits, lane by lane: random Programs, operations at the edges of
// the numbers, and every bench of netlists/.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTile, laneOf, type BatchKernel } from '../../src/backends/batch.js';
import { emitLanes } from '../../src/backends/native/emit-lanes.js';
import { makeUnit } from '../../src/backends/native/unit.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { jsKernel } from '../../src/backends/js/compile.js';
import { createMachine, type Kernel } from '../../src/backends/kernel.js';
import { nativeBatchKernels } from '../../src/backends/native/native.node.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { goldenIn } from '../golden.js';
import { anyProgram, edgeReals } from '../ir/arbitrary-program.js';
import { examplePrograms } from '../ir/example-programs.js';
import { loadNetlist, netlistFiles } from '../netlists/bench.js';
import { hasCompiler, useOwnCache } from './compiler.js';
import { ringOfIntegrators } from './large-program.js';
import { cases, edges, elementaryCases, op, product, R, type Case } from './operation-cases.js';
import { bitsOf } from './run-pieces.js';

useOwnCache();
const expectGolden = goldenIn(new URL('./golden/', import.meta.url), 'c');

/** Runs a tile up to each of `ends` in turn; every lane must end as the single run of `reference` with its parameters does. */
async function expectLanes(
  kernel: BatchKernel,
  reference: Kernel,
  params: Float64Array,
  lanes: number,
  ends: readonly number[],
  rows: number,
): Promise<void> {
  const { program } = kernel;
  const tile = createTile(
    program,
    lanes,
    program.records.map(() => Array.from({ length: lanes }, () => new Float64Array(rows))),
    params,
  );
  for (const end of ends) await kernel.run(tile, end);
  for (let lane = 0; lane < lanes; lane++) {
    const own = laneOf(tile, lane);
    const machine = createMachine(
      program,
      program.records.map(() => new Float64Array(rows)),
      own.params,
    );
    reference.run(machine, ends.at(-1)!);
    expect(own.position).toEqual(machine.position);
    expect(bitsOf(own.states), `states of lane ${lane}`).toEqual(bitsOf(machine.states));
    machine.records.forEach((column, i) => expect(bitsOf(own.records[i]!), `record ${i} of lane ${lane}`).toEqual(bitsOf(column)));
  }
}

const anyParams = (count: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.oneof(fc.constantFrom(...edgeReals), fc.double({ min: -1e3, max: 1e3 })), { minLength: count, maxLength: count })
    .map((values) => Float64Array.from(values));

describe('emitted lanes', () => {
  it.each(['fir-loop', 'one-bit-loop', 'two-phase-hold'])('of %s are loops over the lanes', (name) => {
    const unit = makeUnit(examplePrograms.get(name)!(), 'p0', new Map());
    expectGolden(`${name}-lanes`, `${emitLanes(unit, { lanes: 64, rows: 128 }).functions.join('\n')}\n`);
  });
});

describe.skipIf(!hasCompiler)('lanes of the native backend', () => {
  it.each([
    { form: 'as its size wants', options: { optimization: 1 }, lanes: 11, ends: [1, 40, 90], seed: 1 },
    { form: 'eight together', options: { optimization: 3, shape: { lanes: 8, rows: 64 } }, lanes: 19, ends: [90], seed: 2 },
  ] as const)('agree with the interpreter on random Programs, $form', async ({ options, lanes, ends, seed }) => {
    const programs = fc.sample(anyProgram, { numRuns: 14, seed });
    const kernels = nativeBatchKernels(programs, options);
    for (const [i, program] of programs.entries()) {
      const [params] = fc.sample(anyParams(program.params.length * lanes), { numRuns: 1, seed: seed + i });
      await expectLanes(kernels[i]!, interpretKernel(program), params!, lanes, ends, 100);
    }
  });

  it('mean the same by every operation at the edges of the numbers', async () => {
    const all = [...cases, ...elementaryCases, op('roots', [R], build.sqrt, Math.sqrt)];
    const kernels = nativeBatchKernels(all.map(programByLane));
    for (const [i, { operands }] of all.entries()) {
      const rows = product(operands.map((type) => edges[type]));
      const params = Float64Array.from(operands.flatMap((_, k) => rows.map((row) => row[k]!)));
      const { program } = kernels[i]!;
      await expectLanes(kernels[i]!, interpretKernel(program), params, rows.length, [1, 2], 0);
    }
  });

  it('agree on the examples of emitted code, several tiles at a time', async () => {
    const programs = [...examplePrograms.values()].map((make) => make());
    const kernels = nativeBatchKernels(programs, { optimization: 1 });
    await Promise.all(
      programs.flatMap((program, i) =>
        [70, 3].map((lanes) => expectLanes(kernels[i]!, jsKernel(program), nearby(program, lanes), lanes, [7, 1000], 150)),
      ),
    );
  });

  it('agree on large Programs, one after the other', async () => {
    const program = ringOfIntegrators(6000);
    const [kernel] = nativeBatchKernels([program], { optimization: 0 });
    await expectLanes(kernel!, interpretKernel(program), nearby(program, 2), 2, [1, 4], 4);
  });

  it.each(netlistFiles)('agree on every bench of %s', async (file) => {
    const programs = loadNetlist(file).benches.map((bench) => compileNetlist(loadNetlist(file), { bench: bench.name.name }).program);
    const kernels = nativeBatchKernels(programs, { optimization: 1 });
    for (const [i, program] of programs.entries()) {
      const ends = [1, 250, 300].map((tick) => tick * program.clocks[0]!.period);
      await expectLanes(kernels[i]!, jsKernel(program), nearby(program, 3), 3, ends, 700);
    }
  });
});

/** Values of the parameters around the Program's own, others for each lane. */
function nearby({ params }: Program, lanes: number): Float64Array {
  return Float64Array.from({ length: params.length * lanes }, (_, i) => params[Math.floor(i / lanes)]!.value * (1 + 0.01 * (i % lanes)));
}

/** A Program of one state that takes what the operation gives for parameters. */
function programByLane({ operands, build: make }: Case): Program {
  return withArena(() => {
    const values = operands.map((type, i): Expr => {
      const value = build.param(`p${i}`);
      return type === 'real' ? value : type === 'int' ? build.toInt(value) : build.not(build.eq(value, 0));
    });
    const value = make(...values);
    const state: StateRef = { kind: 'state', name: 'y', type: value.type, length: 0, init: 0 };
    return {
      name: 'operation',
      grid: { numerator: 1, denominator: 1 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: operands.map((_, i) => ({ name: `p${i}`, value: 0, unit: '' })),
      states: [state],
      records: [],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [{ do: 'set', state, value }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}
