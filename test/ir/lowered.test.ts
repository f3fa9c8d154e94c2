// What lowering and specialization make of the netlists is whole: the verifier passes it.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import { jsKernelOf } from '../../src/backends/js/compile.js';
import { emitJs } from '../../src/backends/js/emit.js';
import { emitLargeJs } from '../../src/backends/js/emit-large.js';
import { loadFile } from '../../src/index.node.js';
import { printProgram } from '../../src/ir/print.js';
import type { Program } from '../../src/ir/program.js';
import { specialize } from '../../src/ir/specialize.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { runPieces } from '../backends/run-pieces.js';

const folder = new URL('../../netlists/', import.meta.url);
const benches = readdirSync(folder)
  .filter((name) => /\.(loom|ya?ml)$/.test(name))
  .flatMap((file) => {
    const library = loadFile(new URL(file, folder).pathname);
    return library.benches.map(({ name }) => ({ file, bench: name.name, library }));
  });

/** A grid tick by which some hundred events have passed. */
const someTicks = ({ timeline }: Program): number =>
  timeline.kind === 'table'
    ? Math.ceil(200 / timeline.entries.length) * timeline.length
    : 100 * Math.min(...timeline.edges.map(({ period }) => period));

describe.each(benches)('$file, bench $bench', ({ bench, library }) => {
  it('is whole after lowering and after specialization, and the same on every form of emitted code', () => {
    const { program } = compileNetlist(library, { bench });
    verifyProgram(program);
    const special = specialize(program, new Map(), new Set());
    verifyProgram(special);
    const end = someTicks(program);
    const rows = 1000;
    const expected = runPieces(program, interpretKernel(program), [end], rows);
    for (const one of [program, special]) {
      for (const source of [emitJs(one), emitLargeJs(one, 10)])
        expect(runPieces(one, jsKernelOf(one, source), [end >> 1, end], rows)).toEqual(expected);
    }
    expect(printProgram(program)).toContain(`record ${program.records[0]!.name}: `);
  });
});
