// A Program that went to another thread and came back is the same one: it prints the same and runs to the same bits.

import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import { loadFile } from '../../src/index.node.js';
import { add, param } from '../../src/ir/build.js';
import { decodeExprs, decodeProgram, encodeExprs, encodeProgram } from '../../src/ir/encode-program.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import { printProgram } from '../../src/ir/print.js';
import type { Program } from '../../src/ir/program.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';
import { runPieces } from '../backends/run-pieces.js';
import { anyProgram } from './arbitrary-program.js';

const netlists = fileURLToPath(new URL('../../netlists', import.meta.url));
const sent = (program: Program): Program => decodeProgram(structuredClone(encodeProgram(program)));

describe('encodeProgram', () => {
  it('keeps random Programs, bit for bit', () => {
    fc.assert(
      fc.property(anyProgram, (program) => {
        const back = sent(program);
        verifyProgram(back);
        expect(printProgram(back)).toBe(printProgram(program));
        expect(runPieces(back, interpretKernel(back), [60], 100)).toEqual(runPieces(program, interpretKernel(program), [60], 100));
      }),
      { numRuns: 100 },
    );
  });

  const files = readdirSync(netlists).filter((name) => /\.(loom|yaml)$/.test(name));
  it.each(files)('keeps %s', (file) => {
    const library = loadFile(join(netlists, file));
    for (const bench of library.benches) {
      const { program } = compileNetlist(library, { bench: bench.name.name });
      const back = sent(program);
      expect(printProgram(back)).toBe(printProgram(program));
      expect([...back.signalNames.values()]).toEqual([...program.signalNames.values()]);
      const end = program.clocks[0]!.offset + 50 * program.clocks[0]!.period;
      expect(runPieces(back, interpretKernel(back), [end], 5000)).toEqual(runPieces(program, interpretKernel(program), [end], 5000));
    }
  });

  it('takes expressions that are deeper than any stack', () => {
    const deep = withArena(() => {
      let expr: Expr = param('a');
      for (let i = 0; i < 100_000; i++) expr = add(expr, param(`p${i % 3}`));
      return expr;
    });
    const encoded = structuredClone(encodeExprs([deep, deep.src[0]!]));
    const [back, inner] = decodeExprs(encoded);
    expect(back!.src[0]).toBe(inner);
    expect(encodeExprs([back!, inner!])).toEqual(encoded);
  });
});
