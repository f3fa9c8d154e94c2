// Which outputs of a block depend on which of its inputs at the same instant: read off the trace of the
// block's own example.

import type { Block } from '../blocks/define.js';
import type { BlockInstance } from '../graph/graph.js';
import { elaborateExample } from './block-example.js';
import { inputsOfExpr, traceInstance, type Trace } from './trace.js';

/** Ports of inputs, each once, by output port; an output without any is absent. */
export function feedthroughOf(block: Block): ReadonlyMap<string, readonly string[]> {
  const { rest, events } = traceExample(block).trace;
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

/** The trace of the block in its example, with all inputs connected, and its path there. */
export function traceExample(block: Block): { readonly trace: Trace; readonly path: string } {
  const { graph } = elaborateExample(block);
  const instance = graph.instances.find((candidate) => candidate.kind === 'block' && candidate.block === block) as
    BlockInstance | undefined;
  if (instance === undefined) throw new Error(`internal: the example of ${block.type} does not use it`);
  return { trace: traceInstance(withAllInputs(instance), graph), path: instance.path };
}

/** The instance with the inputs connected that its example leaves open; to what is no matter. */
function withAllInputs(instance: BlockInstance): BlockInstance {
  const { block } = instance;
  const some = [{ instance, port: Object.keys(block.outputs)[0]!, element: 0 }];
  return { ...instance, inputs: new Map(Object.keys(block.inputs).map((name) => [name, instance.inputs.get(name) ?? some])) };
}
