// The JavaScript of five tiny Programs as golden text; and that the text does what the interpreter does.

import { describe, expect, it } from 'vitest';
import { interpretKernel } from '../../src/backends/interpret.js';
import { jsKernelOf } from '../../src/backends/js/compile.js';
import { emitJs } from '../../src/backends/js/emit.js';
import { emitLargeJs } from '../../src/backends/js/emit-large.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { goldenIn } from '../golden.js';
import { examplePrograms } from '../ir/example-programs.js';
import { runPieces } from './run-pieces.js';

const expectGolden = goldenIn(new URL('./golden/', import.meta.url), 'js');
const emitters = [
  { form: 'one function', suffix: '', emit: emitJs },
  { form: 'many functions', suffix: '-large', emit: emitLargeJs },
];

describe.each([...examplePrograms])('%s', (name, make) => {
  it.each(emitters)('is emitted as $form', ({ suffix, emit }) => {
    const program = make();
    verifyProgram(program);
    const source = emit(program);
    expectGolden(`${name}${suffix}`, source.source);
    const ends = [7, 100, 20_000];
    expect(runPieces(program, jsKernelOf(program, source), ends, 200)).toEqual(runPieces(program, interpretKernel(program), [20_000], 200));
  });
});
