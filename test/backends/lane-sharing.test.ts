// What lanes share is computed once for all of them, and a batch is cut into tiles of any number of lanes.

import { describe, expect, it } from 'vitest';
import { createTile } from '../../src/backends/batch.js';
import { interpretKernel } from '../../src/backends/interpret.js';
import { splitProgram } from '../../src/backends/wasm/lanes/split-program.js';
import { wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import { compileNetlist } from '../../src/index.node.js';
import { programNodes } from '../../src/ir/roots.js';
import { specialize } from '../../src/ir/specialize.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { loadNetlist, netlistFiles } from '../netlists/bench.js';
import { runBatch, runLanesAlone } from './batch-outcome.js';

const { program: open } = compileNetlist(loadNetlist('mod2.loom'));
const opsOf = (nodes: Iterable<{ readonly op: string }>): string[] => [...nodes].map(({ op }) => op);

describe('the split of a Program', () => {
  it('computes a sine once when the lanes differ behind it', () => {
    const split = splitProgram(specialize(open, new Map(), new Set(['u.amplitude', 'x1.gain'])));
    expect(opsOf(programNodes(split.shared))).toContain('sin');
    expect(opsOf(split.nodes)).not.toContain('sin');
    expect(split.traceCount).toBe(1);
    expect(split.sharedRecords).toEqual([]);
  });

  it('keeps records that all lanes share with what is shared', () => {
    const split = splitProgram(specialize(open, new Map(), new Set(['x1.gain'])));
    expect(split.sharedRecords.map((record) => open.records[record]!.name)).toEqual(['u']);
    expect(split.lanes.states.map(({ name }) => name)).toEqual(['x1.x', 'x2.x']);
  });

  it('leaves nothing to the lanes when no parameter is left', () => {
    const split = splitProgram(specialize(open, new Map(), new Set()));
    expect(split.nodes.size).toBe(0);
    expect(split.traceCount).toBe(0);
  });

  it.each(netlistFiles)('is a Program that can be verified: %s', (name) => {
    const { program } = compileNetlist(loadNetlist(name));
    for (const free of [[], program.params.slice(-2), program.params]) {
      const special = specialize(program, new Map(), new Set(free.map((param) => param.name)));
      expect(() => verifyProgram(splitProgram(special).shared)).not.toThrow();
    }
  });
});

describe('a batch', () => {
  it('of more lanes than a tile has, all different, agrees with single runs', async () => {
    const program = specialize(open, new Map(), new Set(['u.amplitude', 'x1.gain']));
    const kernel = wasmBatchKernel(program, 'f64');
    const lanes = 2 * kernel.tileLanes + 5;
    const params = { lanes, params: Float64Array.from({ length: 2 * lanes }, (_, i) => 0.3 + i / 4096) };
    expect(await runBatch(program, kernel, params, [7, 30], 30)).toEqual(runLanesAlone(program, interpretKernel(program), params, 30, 30));
  });

  it('without parameters, or without lanes, runs', async () => {
    const program = specialize(open, new Map(), new Set());
    const kernel = wasmBatchKernel(program, 'f64');
    const params = { lanes: 3, params: new Float64Array(0) };
    expect(await runBatch(program, kernel, params, [50], 50)).toEqual(runLanesAlone(program, interpretKernel(program), params, 50, 50));
    const empty = createTile(
      program,
      0,
      program.records.map(() => []),
    );
    expect(() => kernel.run(empty, 50)).not.toThrow();
  });
});
