// Lanes side by side in compiled C give the interpreter's bits, lane by lane: random Programs, operations at the edges of
// the numbers, and every bench of netlists/.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTile, laneOf, type BatchKernel } from '../../src/backends/batch.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { jsKernel } from '../../src/backends/js/compile.js';
import { createMachine, type Kernel } from '../../src/backends/kernel.js';
import { nativeBatchKernel, nativeBatchKernels } from '../../src/backends/native/native.node.js';
import * as build from '../../src/ir/build.js';
import { param } from '../../src/ir/build.js';
import type { Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { anyProgram, edgeReals } from '../ir/arbitrary-program.js';
import { examplePrograms } from '../ir/example-programs.js';
import { loadNetlist, netlistFiles } from '../netlists/bench.js';
import { hasCompiler, useOwnCache } from './compiler.js';
import { ringOfIntegrators } from './large-program.js';
import { cases, edges, op, product, programOf, R } from './operation-cases.js';
import { bitsOf } from './run-pieces.js';

useOwnCache();

/** Runs a tile up to each of `ends` in turn; every lane must end as the single run of `reference` with its parameters does. */
async function expectLanes(kernel: BatchKernel, reference: Kernel, params: Float64Array, lanes: number, ends: readonly number[], rows: number): Promise<void> {
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
});
