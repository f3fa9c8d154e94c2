// Lanes in WebAssembly: each lane of a batch whose lanes differ in their parameters has the bits of the interpreter's
// run of that lane alone, on random Programs, for any number of lanes, however the run is cut.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchKernel } from '../../src/backends/batch.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { emitLanes } from '../../src/backends/wasm/lanes/emit-lanes.js';
import { emitLargeLanes } from '../../src/backends/wasm/lanes/emit-lanes-large.js';
import { LaneMachine } from '../../src/backends/wasm/lanes/lane-machine.js';
import { laneShape } from '../../src/backends/wasm/lanes/lane-shape.js';
import { windowsOf } from '../../src/backends/wasm/lanes/lane-windows.js';
import { splitProgram } from '../../src/backends/wasm/lanes/split-program.js';
import { wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import type { Program } from '../../src/ir/program.js';
import { anyProgram, edgeReals } from '../ir/arbitrary-program.js';
import { runBatch, runLanesAlone } from './batch-outcome.js';

const forms: readonly { readonly form: string; readonly compile: (program: Program) => BatchKernel }[] = [
  { form: 'as compiled', compile: (program) => wasmBatchKernel(program, 'f64') },
  ...([2, 4, 8] as const).map((count) => ({
    form: `in one function, ${count} vectors a group, in spans of 20 and windows of 5 events`,
    compile: (program: Program) =>
      new LaneMachine(program, emitLanes(splitProgram(program), laneShape('f64', count), windowsOf(program, 20, 5))),
  })),
  ...[1, 7, 600].map((size) => ({
    form: `in functions of ${size}, in spans of 5 and windows of 20 events`,
    compile: (program: Program) =>
      new LaneMachine(program, emitLargeLanes(splitProgram(program), laneShape('f64', 2), windowsOf(program, 5, 20), size)),
  })),
];

const rows = 100;
const lastTick = 90;
const anyPieces = fc.array(fc.nat(lastTick), { maxLength: 4 }).map((cuts) => [...cuts.sort((a, b) => a - b), lastTick]);
const anyValue = fc.oneof(fc.constantFrom(...edgeReals), fc.double({ min: -1e3, max: 1e3 }));

describe.each(forms)('lanes $form', ({ compile }) => {
  it('agree with the interpreter, each with its own parameters', async () => {
    const anyLanes = fc
      .integer({ min: 1, max: 35 })
      .chain((lanes) => fc.array(anyValue, { minLength: 4 * lanes, maxLength: 4 * lanes }).map((values) => ({ lanes, values })));
    await fc.assert(
      fc.asyncProperty(anyProgram, anyLanes, anyPieces, async (program, { lanes, values }, ends) => {
        const params = { lanes, params: Float64Array.from(values.slice(0, program.params.length * lanes)) };
        const expected = runLanesAlone(program, interpretKernel(program), params, lastTick, rows);
        expect(await runBatch(program, compile(program), params, ends, rows)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
