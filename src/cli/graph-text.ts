// The flat graph of a system as text: one line an instance, with what it reads and when it acts.

import { signalName, type Graph, type Instance } from '../graph/graph.js';
import { isOpenInput } from '../plot/graph-diagram.js';
import { alignColumns } from './terminal.js';

export function graphText(graph: Graph): string {
  const rows = graph.instances.map((instance) => [instance.path, whatOf(instance), edgesOf(instance, graph)]);
  const outputs = graph.outputs.map(({ name, signals }) => [`output ${name}`, signals.map(signalName).join(', ')]);
  return alignColumns([...rows, ...outputs].map(([name, ...rest]) => [name!, '=', ...rest])).join('\n');
}

function whatOf(instance: Instance): string {
  if (isOpenInput(instance)) return 'open input';
  if (instance.kind === 'formula') {
    const reads = instance.inputs.map(signalName).join(', ');
    return reads === instance.text ? reads : `${instance.text}${reads === '' ? '' : ` of ${reads}`}`;
  }
  const inputs = [...instance.inputs].map(
    ([port, refs]) => `${port}: ${refs.length === 1 ? signalName(refs[0]!) : `[${refs.map(signalName).join(', ')}]`}`,
  );
  return `${instance.block.type}(${[...inputs, ...instance.settings].join(', ')})`;
}

function edgesOf(instance: Instance, { clocks }: Graph): string {
  if (instance.kind === 'formula') return '';
  const edges = [...instance.edges].map(([name, { clock, phase }]) => {
    const { name: clockName, phases } = clocks[clock]!;
    const edge = phases[phase]!.name === '' ? clockName : `${clockName}.${phases[phase]!.name}`;
    return name === '' ? edge : `${name}: ${edge}`;
  });
  return edges.length === 0 ? '' : `@ ${edges.join(', ')}`;
}
