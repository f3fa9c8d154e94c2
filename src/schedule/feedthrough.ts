// Which outputs of a block depend on which of its inputs at the same instant: read off the trace of the
// block's own example.

import type { Block } from '../blocks/define.js';
import { DiagnosticBag } from '../diagnostics/diagnostic.js';
import { elaborate } from '../graph/elaborate.js';
import type { BlockInstance } from '../graph/graph.js';
import { memoryHost } from '../netlist/host.js';
import { loadSource } from '../netlist/library.js';
import { inputsOfExpr, traceInstance } from './trace.js';

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

/** Ports of inputs, each once, by output port; an output without any is absent. */
export function feedthroughOf(block: Block): ReadonlyMap<string, readonly string[]> {
  const bag = new DiagnosticBag();
  const library = loadSource({ name: `${block.type}.loom`, text: exampleSystem(block) }, exampleHost, bag);
  const { graph } = elaborate(library, { openInputs: true }, bag);
  const instance = graph.instances.find((candidate) => candidate.kind === 'block' && candidate.block === block) as
    BlockInstance | undefined;
  if (instance === undefined) throw new Error(`internal: the example of ${block.type} does not use it`);
  const { rest, events } = traceInstance(withAllInputs(instance), graph);
  const portOf = (key: string): string => key.replace(/\[\d+\]$/, '');
  const found = new Map<string, Set<string>>();
  for (const outputs of [rest, ...[...events.values()].map((event) => event.outputs)]) {
    for (const [output, expr] of outputs) {
      for (const input of inputsOfExpr(expr)) {
        const inputs = found.get(portOf(output)) ?? new Set();
        found.set(portOf(output), inputs.add(portOf(input)));
      }
    }
  }
  return new Map([...found].map(([output, inputs]) => [output, [...inputs].sort()]));
}

/** The instance with the inputs connected that its example leaves open; to what is no matter. */
function withAllInputs(instance: BlockInstance): BlockInstance {
  const { block } = instance;
  const some = [{ instance, port: Object.keys(block.outputs)[0]!, element: 0 }];
  return { ...instance, inputs: new Map(Object.keys(block.inputs).map((name) => [name, instance.inputs.get(name) ?? some])) };
}
