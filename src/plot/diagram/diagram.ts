// What a block diagram shows: nodes with ports, edges between ports. Plain data, checked here once;
// where things stand is decided by the layout.

export type NodeKind = 'source' | 'block' | 'expression' | 'input' | 'output' | 'register';

export interface DiagramNode {
  readonly id: string;
  readonly label: string;
  /** Parameters, in small text. */
  readonly detail?: string | undefined;
  readonly kind: NodeKind;
  /** Clock domain, such as `clk.p2`; nodes of one domain have one colour. */
  readonly clock?: string | undefined;
  /** Names of the ports from top to bottom. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Dotted instance path of the enclosing sub-system; '' or absent at the top. */
  readonly group?: string | undefined;
}

export interface DiagramPort {
  readonly node: string;
  readonly port: string;
}

export interface DiagramEdge {
  /** An output port. */
  readonly from: DiagramPort;
  /** An input port. */
  readonly to: DiagramPort;
  readonly label?: string | undefined;
}

export interface Diagram {
  readonly title: string;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/** A port as indices: node in `diagram.nodes`, port in its inputs or outputs. */
export interface PortIndex {
  readonly node: number;
  readonly port: number;
}

/** One output port with everything it drives. */
export interface DiagramNet {
  readonly from: PortIndex;
  readonly to: readonly PortIndex[];
  /** The distinct labels of its edges; '' without any. */
  readonly label: string;
}

/** Edges by driving port, in order of first mention. Throws RangeError on a repeated node id and on an edge to an unknown node or port. */
export function collectNets(diagram: Diagram): DiagramNet[] {
  const indexOf = new Map<string, number>();
  diagram.nodes.forEach((node, index) => {
    if (indexOf.has(node.id)) throw new RangeError(`two nodes of the diagram are called '${node.id}'`);
    indexOf.set(node.id, index);
  });
  const portIndex = ({ node, port }: DiagramPort, side: 'inputs' | 'outputs'): PortIndex => {
    const index = indexOf.get(node);
    const found = index === undefined ? -1 : diagram.nodes[index]![side].indexOf(port);
    if (index === undefined || found < 0) throw new RangeError(`the diagram has no port '${port}' among the ${side} of '${node}'`);
    return { node: index, port: found };
  };
  const nets = new Map<string, { from: PortIndex; to: Map<string, PortIndex>; labels: Set<string> }>();
  for (const edge of diagram.edges) {
    const from = portIndex(edge.from, 'outputs');
    const to = portIndex(edge.to, 'inputs');
    const key = `${from.node}:${from.port}`;
    const net = nets.get(key) ?? { from, to: new Map<string, PortIndex>(), labels: new Set<string>() };
    nets.set(key, net);
    net.to.set(`${to.node}:${to.port}`, to);
    if (edge.label) net.labels.add(edge.label);
  }
  return [...nets.values()].map(({ from, to, labels }) => ({ from, to: [...to.values()], label: [...labels].join(', ') }));
}
