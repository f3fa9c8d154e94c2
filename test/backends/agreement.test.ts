// Every backend gives the interpreter's bits on random Programs, in one run or in pieces, specialized or not.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import type { Kernel } from '../../src/backends/kernel.js';
import { jsKernel, jsKernelOf } from '../../src/backends/js/compile.js';
import { emitJs } from '../../src/backends/js/emit.js';
import { emitLargeJs } from '../../src/backends/js/emit-large.js';
import { wasmKernel, wasmKernelOf } from '../../src/backends/wasm/compile.js';
import { emitWasm } from '../../src/backends/wasm/emit.js';
import { emitLargeWasm } from '../../src/backends/wasm/emit-large.js';
import { windowOf } from '../../src/backends/wasm/windows.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { anyProgram } from '../ir/arbitrary-program.js';
import { runPieces } from './run-pieces.js';

const backends: readonly { readonly name: string; readonly compile: (program: Program) => Kernel }[] = [
  { name: 'js', compile: jsKernel },
  { name: 'js in one function', compile: (program) => jsKernelOf(program, emitJs(program)) },
  ...[1, 3, 600].map((size) => ({
    name: `js in functions of ${size}`,
    compile: (program: Program) => jsKernelOf(program, emitLargeJs(program, size)),
  })),
  { name: 'wasm', compile: wasmKernel },
  { name: 'wasm in one function', compile: (program) => wasmKernelOf(program, emitWasm(program)) },
  ...[1, 3, 600].map((size) => ({
    name: `wasm in functions of ${size}`,
    compile: (program: Program) => wasmKernelOf(program, emitLargeWasm(program, size)),
  })),
  { name: 'wasm in windows of 5 events', compile: (program) => wasmKernelOf(program, emitWasm(program, windowOf(program, 5))) },
  {
    name: 'wasm in functions of 10 and windows of 5 events',
    compile: (program) => wasmKernelOf(program, emitLargeWasm(program, 10, windowOf(program, 5))),
  },
];

const rows = 100;
const lastTick = 90;
const anyPieces = fc.array(fc.nat(lastTick), { maxLength: 4 }).map((cuts) => [...cuts.sort((a, b) => a - b), lastTick]);

describe.each(backends)('$name', ({ compile }) => {
  it('agrees with the interpreter on random Programs, however the run is cut', () => {
    fc.assert(
      fc.property(anyProgram, anyPieces, (program, ends) => {
        verifyProgram(program);
        const expected = runPieces(program, interpretKernel(program), [lastTick], rows);
        expect(runPieces(program, compile(program), ends, rows)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('agrees after parameters became constants', () => {
    const anyValues = fc.array(fc.double(), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(anyProgram, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), anyValues, (program, isFree, chosen) => {
        const params = Float64Array.from(program.params, (_, i) => chosen[i]!);
        const free = new Set(program.params.filter((_, i) => isFree[i]).map(({ name }) => name));
        const special = specialize(program, new Map(program.params.map(({ name }, i) => [name, params[i]!])), free);
        verifyProgram(special);
        const expected = runPieces(program, interpretKernel(program), [lastTick], rows, params);
        const left = params.filter((_, i) => isFree[i]);
        expect(runPieces(special, interpretKernel(special), [lastTick], rows, left)).toEqual(expected);
        expect(runPieces(special, compile(special), [lastTick], rows, left)).toEqual(expected);
      }),
      { numRuns: 80 },
    );
  });
});

describe('the interpreter', () => {
  it('gives the same in pieces as in one run', () => {
    fc.assert(
      fc.property(anyProgram, anyPieces, (program, ends) => {
        const kernel = interpretKernel(program);
        expect(runPieces(program, kernel, ends, rows)).toEqual(runPieces(program, kernel, [lastTick], rows));
      }),
      { numRuns: 60 },
    );
  });
});
