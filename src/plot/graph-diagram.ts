// A graph as a block diagram: instances become nodes, wires become edges. A formula that only passes a
// signal on (an input of a sub-system) is drawn as the wire that it is.

import { signalName, type BlockInstance, type Graph, type Instance, type SignalRef } from '../graph/graph.js';
import type { Diagram, DiagramEdge, DiagramNode, NodeKind } from './diagram/diagram.js';

/** Throws nothing; vectors of one source become one edge that says how many elements it has. */
export function graphDiagram(graph: Graph): Diagram {
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  const wire = (refs: readonly SignalRef[], port: string, node: string): string[] => {
    const sources = refs.map(skipPassing);
    const [first] = sources;
    const isWhole = sources.every(({ instance, port: from }) => instance === first?.instance && from === first.port);
    if (first !== undefined && isWhole && sources.length > 1) {
      edges.push({ from: outputOf(first), to: { node, port }, label: `${sources.length} wires` });
      return [port];
    }
    return sources.map((source, i) => {
      const to = sources.length === 1 ? port : `${port}[${i}]`;
      edges.push({ from: outputOf(source), to: { node, port: to }, label: elementLabel(source) });
      return to;
    });
  };
  const read = readInstances(graph);
  for (const instance of graph.instances) {
    if (instance.kind === 'formula' && (isPassing(instance) || !read.has(instance))) continue;
    const { path, group } = instance;
    const outputs = instance.kind === 'formula' ? ['out'] : Object.keys(instance.block.outputs);
    if (isOpenInput(instance)) nodes.push({ id: path, label: path, kind: 'input', inputs: [], outputs, group });
    else if (instance.kind === 'formula') {
      const inputs = instance.inputs.flatMap((ref, i) => wire([ref], `${i}`, path));
      nodes.push({ id: path, label: instance.text, kind: 'expression', inputs, outputs, group });
    } else {
      const inputs = Object.keys(instance.block.inputs).flatMap((port) => wire(instance.inputs.get(port) ?? [], port, path));
      const detail = [instance.block.type, ...instance.settings].join('; ');
      nodes.push({
        id: path,
        label: localName(instance),
        detail,
        kind: kindOf(instance),
        clock: clockOf(instance, graph),
        inputs,
        outputs,
        group,
      });
    }
  }
  for (const { name, signals } of graph.outputs) {
    const id = `output ${name}`;
    nodes.push({ id, label: name, kind: 'output', inputs: wire(signals, 'in', id), outputs: [] });
  }
  return { title: '', nodes, edges };
}

/** An input of the top system that nothing drives: a parameter under a name that no netlist can write. */
export const isOpenInput = (instance: Instance): boolean =>
  instance.kind === 'formula' && instance.group === '' && instance.text === '(value)';

const isPassing = (instance: Instance): boolean => instance.kind === 'formula' && instance.formula.kind === 'input';

/** Formulas that no block and no output reads are what a bench records: no part of the system. */
function readInstances({ instances, outputs }: Graph): ReadonlySet<Instance> {
  const inputs = instances.flatMap((instance) => (instance.kind === 'formula' ? instance.inputs : [...instance.inputs.values()].flat()));
  return new Set([...inputs, ...outputs.flatMap(({ signals }) => signals)].map(({ instance }) => instance));
}

function skipPassing(ref: SignalRef): SignalRef {
  let source = ref;
  while (source.instance.kind === 'formula' && source.instance.formula.kind === 'input') {
    source = source.instance.inputs[source.instance.formula.index]!;
  }
  return source;
}

const outputOf = ({ instance, port }: SignalRef): DiagramEdge['from'] => ({
  node: instance.path,
  port: instance.kind === 'formula' ? 'out' : port,
});

/** `[3]` where one element of a vector is taken. */
const elementLabel = (ref: SignalRef): string | undefined => /\[\d+\]$/.exec(signalName(ref))?.[0];

const localName = ({ path, group }: Instance): string => (group === '' ? path : path.slice(group.length + 1));

function kindOf({ block }: BlockInstance): NodeKind {
  // What needs no input, though it may take one, such as the shift of a sine.
  if (Object.values(block.inputs).every((port) => port.default !== undefined)) return 'source';
  return block.type === 'register' || block.type === 'delay' ? 'register' : 'block';
}

/** The edges at which the block acts, such as `clk.p1, clk.p2`. */
function clockOf({ edges }: BlockInstance, { clocks }: Graph): string | undefined {
  const names = [...edges.values()].map(({ clock, phase }) => {
    const { name, phases } = clocks[clock]!;
    return phases[phase]!.name === '' ? name : `${name}.${phases[phase]!.name}`;
  });
  return names.length === 0 ? undefined : [...new Set(names)].sort().join(', ');
}
