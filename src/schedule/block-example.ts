// A block's own example line as a system of its own: what is said about blocks is read off what becomes of it.

import type { Block } from '../blocks/define.js';
import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { elaborate, type Elaboration } from '../graph/elaborate.js';
import { memoryHost } from '../netlist/host.js';
import { loadSource } from '../netlist/library.js';

/** Files that examples read. */
const exampleHost = memoryHost({
  'data/step.csv': 't,x\n0,0\n1,1\n',
  'data/speech.wav': Uint8Array.from(
    'RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x04\0\0\0\0\0\0\0',
    (char) => char.charCodeAt(0),
  ),
});

/** A system around the example line of a block. */
const exampleSystem = ({ example }: Block): string =>
  `system example {\n  clock clk = 1kHz phases [p1, p2]\n  input u\n  input b : bit\n  ${example}\n  output ${example.split(' ')[0]}\n}\n`;

/** The example, elaborated with its inputs open. */
export function elaborateExample(block: Block): Elaboration {
  const bag = new DiagnosticBag();
  const library = loadSource({ name: `${block.type}.loom`, text: exampleSystem(block) }, exampleHost, bag);
  return elaborate(library, { openInputs: true }, bag);
}
