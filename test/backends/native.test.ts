// Compiled C gives the interpreter's bits: random Programs however they are cut, operations at the edges of the
// numbers, the golden examples, large Programs, and every bench of netlists/.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import type { Kernel } from '../../src/backends/kernel.js';
import { jsKernel } from '../../src/backends/js/compile.js';
import { nativeKernels } from '../../src/backends/native/native.node.js';
import * as build from '../../src/ir/build.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { anyProgram } from '../ir/arbitrary-program.js';
import { examplePrograms } from '../ir/example-programs.js';
import { loadNetlist, netlistFiles } from '../netlists/bench.js';
import { hasCompiler, useOwnCache } from './compiler.js';
import { ringOfIntegrators } from './large-program.js';
import { cases, edges, elementaryCases, op, product, programOf, R } from './operation-cases.js';
import { runPieces } from './run-pieces.js';

useOwnCache();
const rows = 100;
const lastTick = 90;
const anyPieces = fc.array(fc.nat(lastTick), { maxLength: 3 }).map((cuts) => [...cuts.sort((a, b) => a - b), lastTick]);

function expectAgreement(programs: readonly Program[], kernels: readonly Kernel[], ends: readonly (readonly number[])[]): void {
  programs.forEach((program, i) => {
    const expected = runPieces(program, interpretKernel(program), [lastTick], rows);
    expect(runPieces(program, kernels[i]!, ends[i]!, rows)).toEqual(expected);
  });
}

describe.skipIf(!hasCompiler)('native', () => {
  it.each([
    { form: 'in one function', options: { optimization: 1 }, seed: 1 },
    { form: 'in functions of 3 nodes', options: { optimization: 0, chunkNodes: 3 }, seed: 2 },
    { form: 'fully optimized', options: { optimization: 3 }, seed: 3 },
  ] as const)('agrees with the interpreter on random Programs, $form', ({ options, seed }) => {
    const programs = fc.sample(anyProgram, { numRuns: 14, seed });
    expectAgreement(programs, nativeKernels(programs, options), fc.sample(anyPieces, { numRuns: programs.length, seed }));
  });

  it.each([
    { root: 'the processor', command: 'cc' },
    { root: 'the code', command: 'cc -U__NO_MATH_ERRNO__' },
  ])('means the same by every operation at the edges of the numbers, with the square root of $root', ({ command }) => {
    const roots = op('roots', [R], build.sqrt, Math.sqrt);
    const anyPositive = fc.sample(fc.double({ min: 0, noNaN: true }), { numRuns: 400, seed: 5 });
    const subnormal = anyPositive.slice(0, 100).map((x) => (x % 1e-5) * 1e-310);
    const programs = [
      ...[...cases, ...elementaryCases].map((one) => programOf(one, product(one.operands.map((type) => edges[type])))),
      programOf(
        roots,
        [...anyPositive, ...subnormal, ...anyPositive.map(Math.sqrt)].map((x) => [x]),
      ),
    ];
    process.env['CC'] = command;
    const kernels = nativeKernels(programs, { optimization: 0 });
    delete process.env['CC'];
    programs.forEach((program, i) => {
      const expected = runPieces(program, interpretKernel(program), [1], 0);
      expect(runPieces(program, kernels[i]!, [1], 0).states).toEqual(expected.states);
    });
  });

  it('agrees on the examples of emitted code', () => {
    const programs = [...examplePrograms.values()].map((make) => make());
    const kernels = nativeKernels(programs, { optimization: 1 });
    programs.forEach((program, i) => {
      const expected = runPieces(program, interpretKernel(program), [20_000], 200);
      expect(runPieces(program, kernels[i]!, [7, 100, 20_000], 200)).toEqual(expected);
    });
  });

  it('agrees on large Programs', () => {
    const program = specialize(ringOfIntegrators(6000), new Map(), new Set(['b7.gain']));
    const [kernel] = nativeKernels([program], { optimization: 0 });
    expect(runPieces(program, kernel!, [1, 4], 4)).toEqual(runPieces(program, interpretKernel(program), [4], 4));
  });

  it('agrees on every bench of netlists/', () => {
    const benches = netlistFiles.flatMap((file) => loadNetlist(file).benches.map((bench) => ({ file, bench: bench.name.name })));
    const programs = benches.map(({ file, bench }) =>
      specialize(compileNetlist(loadNetlist(file), { bench }).program, new Map(), new Set()),
    );
    const kernels = nativeKernels(programs, { optimization: 1 });
    programs.forEach((program, i) => {
      const ticks = 3000;
      const ends = [1, 1000, ticks].map((tick) => tick * program.clocks[0]!.period);
      expect(runPieces(program, kernels[i]!, ends, 2 * ticks), benches[i]!.file).toEqual(
        runPieces(program, jsKernel(program), ends, 2 * ticks),
      );
    });
  });
});
