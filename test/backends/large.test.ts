// Large Programs compile, agree with the interpreter, and grow linearly: twice the blocks, twice the code.

import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/backends/backend-error.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { jsKernel, jsSource } from '../../src/backends/js/compile.js';
import { wasmCode, wasmKernel } from '../../src/backends/wasm/compile.js';
import { laneCode, wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import { printProgram } from '../../src/ir/print.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { runBatch, runLanesAlone } from './batch-outcome.js';
import { ringOfIntegrators } from './large-program.js';
import { runPieces } from './run-pieces.js';

const ticks = 4;

const backends = { js: jsKernel, wasm: wasmKernel };
const rings = [20_000, 40_000].flatMap((count) => Object.entries(backends).map(([name, compile]) => ({ count, name, compile })));

describe.each(rings)('a ring of $count integrators in $name', ({ count, compile }) => {
  it('agrees with the interpreter', () => {
    const program = ringOfIntegrators(count);
    verifyProgram(program);
    expect(runPieces(program, compile(program), [1, ticks], ticks)).toEqual(runPieces(program, interpretKernel(program), [ticks], ticks));
  });

  it('agrees once its parameters are constants', () => {
    const special = specialize(ringOfIntegrators(count), new Map(), new Set(['b7.gain']));
    verifyProgram(special);
    expect(special.params.map(({ name }) => name)).toEqual(['b7.gain']);
    expect(runPieces(special, compile(special), [ticks], ticks)).toEqual(runPieces(special, interpretKernel(special), [ticks], ticks));
  });
});

describe('lanes of a ring of 3000 integrators', () => {
  it('agree with the interpreter, each with its own gains', async () => {
    const program = ringOfIntegrators(3000);
    const lanes = 5;
    const params = { lanes, params: Float64Array.from({ length: 3000 * lanes }, (_, i) => 0.3 + (i % 1021) / 4096) };
    const expected = runLanesAlone(program, interpretKernel(program), params, ticks, ticks);
    expect(await runBatch(program, wasmBatchKernel(program, 'f64'), params, [1, ticks], ticks)).toEqual(expected);
  });
});

describe('emitted code', () => {
  it('grows with the number of blocks, in functions of bounded length', () => {
    const lengthOf = (count: number): number => jsSource(ringOfIntegrators(count)).source.length;
    expect(lengthOf(20_000) / lengthOf(10_000)).toBeLessThan(2.2);
    const { source } = jsSource(ringOfIntegrators(10_000));
    const longest = Math.max(...source.split(/^function /m).map((text) => text.split('\n').length));
    expect(longest).toBeLessThan(1000);
  });

  it('grows alike as a module of WebAssembly', () => {
    const lengthOf = (count: number): number => wasmCode(ringOfIntegrators(count)).bytes.length;
    expect(lengthOf(20_000) / lengthOf(10_000)).toBeLessThan(2.2);
  });

  it('grows alike for lanes', () => {
    const lengthOf = (count: number): number => laneCode(ringOfIntegrators(count), 'f64').bytes.length;
    expect(lengthOf(4000) / lengthOf(2000)).toBeLessThan(2.2);
  });

  it('is printed in as many lines as there is to say', () => {
    const program = ringOfIntegrators(20_000);
    expect(printProgram(program).split('\n').length).toBeLessThan(11 * program.states.length);
  });
});

describe('a Program beyond 32-bit addresses', () => {
  it('is refused by wasm with DL801', () => {
    const ring = ringOfIntegrators(2);
    const delay: Program['states'][number] = { kind: 'state', name: 'delay', type: 'real', length: 2 ** 29, init: 0 };
    expect(() => wasmKernel({ ...ring, states: [...ring.states, delay] })).toThrow(
      new BackendError(
        'the wasm backend is not available: states, records and samples of this system take more than 4 GiB',
        'use the backend js',
      ),
    );
  });
});
