// A system says the same in both languages: .loom to YAML and back runs to the same bits.

import fc from 'fast-check';
import { test } from 'vitest';
import { convertNetlist } from '../../src/netlist/convert.js';
import { randomNetlists } from './arbitrary-netlist.js';
import { parse } from './netlist-text.js';
import { expectSameBits, runText } from './run-netlist.js';

test('a random system runs to the same bits from YAML and from .loom made of that', () => {
  fc.assert(
    fc.property(randomNetlists, ({ text }) => {
      const yaml = convertNetlist(parse(text), 'yaml');
      const loom = convertNetlist(parse(yaml, 'dut.yaml'), 'loom');
      const plain = runText(text);
      expectSameBits(runText(yaml, { name: 'dut.yaml' }), plain, yaml);
      expectSameBits(runText(loom), plain, loom);
    }),
    { numRuns: 40 },
  );
});
