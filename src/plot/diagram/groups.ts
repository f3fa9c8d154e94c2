// The tree of sub-systems of a diagram, and each net cut into one piece per level it passes: a wire
// that leaves a sub-system does so through a port of its frame.

import { collectNets, type Diagram, type DiagramNet } from './diagram.js';

/** What a piece of a net connects on one level. */
export type PieceEnd =
  | { readonly kind: 'node'; readonly node: number; readonly port: number }
  /** A port of a child's frame, known by its net. */
  | { readonly kind: 'child'; readonly group: Group }
  /** A port of the level's own frame. */
  | { readonly kind: 'frame' };

export interface Piece {
  readonly from: PieceEnd;
  readonly to: PieceEnd[];
}

export interface Group {
  /** Last part of the instance path; '' for the top. */
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  readonly parent: Group | undefined;
  readonly children: Group[];
  /** Indices of the nodes directly in it. */
  readonly nodes: number[];
  /** By net, in order of nets. */
  readonly pieces: Map<number, Piece>;
}

/** The top group of a diagram with everything below it, and the nets that its pieces name. */
export function buildGroups(diagram: Diagram): { top: Group; nets: DiagramNet[] } {
  const groups = new Map<string, Group>();
  const makeGroup = (path: string, name: string, parent: Group | undefined): Group => {
    const group = {
      name,
      path,
      depth: parent === undefined ? 0 : parent.depth + 1,
      parent,
      children: [],
      nodes: [],
      pieces: new Map<number, Piece>(),
    };
    groups.set(path, group);
    parent?.children.push(group);
    return group;
  };
  const top = makeGroup('', '', undefined);
  const groupAt = (path: string): Group => {
    let group = groups.get(path);
    if (group !== undefined) return group;
    group = top;
    let soFar = '';
    for (const name of path.split('.')) {
      soFar = soFar === '' ? name : `${soFar}.${name}`;
      group = groups.get(soFar) ?? makeGroup(soFar, name, group);
    }
    return group;
  };
  const groupOf = diagram.nodes.map((node, index) => {
    const group = groupAt(node.group ?? '');
    group.nodes.push(index);
    return group;
  });
  const nets = collectNets(diagram);
  nets.forEach((net, index) => cutNet(net, index, groupOf));
  return { top, nets };
}

function cutNet(net: DiagramNet, index: number, groupOf: readonly Group[]): void {
  const home = groupOf[net.from.node]!;
  for (const target of net.to) {
    const end = groupOf[target.node]!;
    const meeting = commonGroup(home, end);
    // Out of frames up to the level that holds both, then into frames down to the target.
    let from: PieceEnd = { kind: 'node', ...net.from };
    for (let group = home; group !== meeting; group = group.parent!) {
      connect(group, index, from, { kind: 'frame' });
      from = { kind: 'child', group };
    }
    const path: Group[] = [];
    for (let group = end; group !== meeting; group = group.parent!) path.unshift(group);
    let group = meeting;
    for (const child of path) {
      connect(group, index, from, { kind: 'child', group: child });
      from = { kind: 'frame' };
      group = child;
    }
    connect(group, index, from, { kind: 'node', ...target });
  }
}

function connect(group: Group, net: number, from: PieceEnd, to: PieceEnd): void {
  const piece = group.pieces.get(net) ?? { from, to: [] };
  group.pieces.set(net, piece);
  const isSame = (end: PieceEnd): boolean => {
    if (end.kind === 'node') return to.kind === 'node' && end.node === to.node && end.port === to.port;
    return end.kind === 'child' ? to.kind === 'child' && end.group === to.group : to.kind === 'frame';
  };
  if (!piece.to.some(isSame)) piece.to.push(to);
}

function commonGroup(a: Group, b: Group): Group {
  let [x, y] = [a, b];
  while (x !== y) {
    if (x.depth >= y.depth) x = x.parent!;
    else y = y.parent!;
  }
  return x;
}
