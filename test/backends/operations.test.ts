// What every operation means at the edges of the numbers: the interpreter against the meaning written out
// here, and every form of emitted code against the interpreter.

import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import type { Kernel } from '../../src/backends/kernel.js';
import { jsKernelOf } from '../../src/backends/js/compile.js';
import { emitJs } from '../../src/backends/js/emit.js';
import { emitLargeJs } from '../../src/backends/js/emit-large.js';
import { wasmKernelOf } from '../../src/backends/wasm/compile.js';
import { emitWasm } from '../../src/backends/wasm/emit.js';
import { emitLargeWasm } from '../../src/backends/wasm/emit-large.js';
import * as build from '../../src/ir/build.js';
import type { Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { ScalarType } from '../../src/ir/types.js';
import { cases, edges, op, product, programOf, R } from './operation-cases.js';
import { bitsOf, runPieces } from './run-pieces.js';

const forms: readonly { readonly form: string; readonly compile: (program: Program) => Kernel }[] = [
  { form: 'js, one function', compile: (program) => jsKernelOf(program, emitJs(program)) },
  { form: 'js, many functions', compile: (program) => jsKernelOf(program, emitLargeJs(program)) },
  { form: 'wasm, one function', compile: (program) => wasmKernelOf(program, emitWasm(program)) },
  { form: 'wasm, many functions', compile: (program) => wasmKernelOf(program, emitLargeWasm(program)) },
];
/** The same with constants for operands: what building folds them to. */
const constant = (type: ScalarType, value: number): Expr =>
  type === 'real' ? build.real(value) : type === 'int' ? build.int(value) : build.bit(value !== 0);

describe.each(cases)('$name', (one) => {
  const rows = product(one.operands.map((type) => edges[type]));
  const expected = bitsOf(Float64Array.from(rows, (row) => one.meaning(...row)));

  it('means what is written', () => {
    const program = programOf(one, rows);
    expect(runPieces(program, interpretKernel(program), [1], 0).states.slice(0, rows.length)).toEqual(expected);
  });

  it('folds to the same', () => {
    const folded = rows.map((row) => one.build(...row.map((value, i) => constant(one.operands[i]!, value))));
    expect(folded.every((expr) => expr.op === 'const')).toBe(true);
    expect(bitsOf(Float64Array.from(folded, (expr) => expr.arg as number))).toEqual(expected);
  });

  it.each(forms)('is the same in $form', ({ compile }) => {
    const program = programOf(one, rows);
    expect(runPieces(program, compile(program), [1], 0).states.slice(0, rows.length)).toEqual(expected);
  });
});

describe('exponent', () => {
  it('is floor(log2 |x|) of a normal number', () => {
    const normals = [1, -1, 1.999, 2, 0.75, -0.4999, 1e308, -(2 ** 1023), 2 ** -1022, 3e-308, 1e15];
    const program = programOf(
      op('exponent', [R], build.exponent, (x) => x),
      normals.map((x) => [x]),
    );
    const expected = bitsOf(Float64Array.from([0, 0, 0, 1, -1, -2, 1023, 1023, -1022, -1022, 49]));
    for (const kernel of [interpretKernel(program), ...forms.map(({ compile }) => compile(program))]) {
      expect(runPieces(program, kernel, [1], 0).states.slice(0, normals.length)).toEqual(expected);
    }
  });
});
