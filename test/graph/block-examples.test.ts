// The example of every block's reference page works where it says it does, and the backends agree on it.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { families } from '../../src/blocks/registry.js';
import { fileHost, memoryHost } from '../../src/index.node.js';
import { compileText, expectSameBits, runCompiled } from '../properties/run-netlist.js';

const recording = fileHost.readBytes(join(import.meta.dirname, '..', '..', 'netlists', 'data', 'speech.wav'));
const host = memoryHost({ 'data/speech.wav': recording, 'data/step.csv': 't,a\n0,0\n1e-3,1\n2e-3,1\n' });
const blocks = families.flatMap((family) => family.blocks);

test.each(blocks)('$type', ({ example }) => {
  const name = /^(\w+) = /.exec(example)![1]!;
  const text = `system s {\n  clock clk = 1MHz phases [p1, p2]\n  input u : V\n  input b : bit\n  ${example}\n  output ${name}, other = b ? u : 0V\n}
bench s {\n  u = sine(freq: 31kHz)\n  b = u > 0\n  run 300 ticks of clk\n  record ${name}, other\n}\n`;
  const compiled = compileText(text, { host });
  expect(compiled.warnings).toEqual([]);
  expectSameBits(runCompiled(compiled, { backend: 'interpret' }), runCompiled(compiled, { backend: 'js' }), text);
});
