// Lanes on the repository's netlists: every parameter differs from lane to lane, and each lane has the bits of the
// interpreter's run of it.

import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import { wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import { compileNetlist } from '../../src/index.node.js';
import type { Program } from '../../src/ir/program.js';
import { loadNetlist, netlistFiles } from '../netlists/bench.js';
import { runBatch, runLanesAlone, type BatchParams } from './batch-outcome.js';

const ticks = 120;

/** Lane 0 has the netlist's own values; the others are up to 2 % off. */
function spreadParams({ params }: Program, lanes: number): BatchParams {
  const values = params.flatMap(({ value }, i) =>
    Array.from({ length: lanes }, (_, lane) => (lane === 0 ? value : value * (1 + 0.02 * Math.sin(7 * lane + i)))),
  );
  return { lanes, params: Float64Array.from(values) };
}

describe.each(netlistFiles)('lanes of %s', (name) => {
  const { program } = compileNetlist(loadNetlist(name));
  const end = ticks * Math.min(...program.clocks.map(({ period }) => period));

  it.each([1, 2, 19])('agree with the interpreter: %i', async (lanes) => {
    const params = spreadParams(program, lanes);
    const expected = runLanesAlone(program, interpretKernel(program), params, end, ticks + 1);
    expect(await runBatch(program, wasmBatchKernel(program, 'f64'), params, [Math.floor(end / 3), end], ticks + 1)).toEqual(expected);
  });
});
