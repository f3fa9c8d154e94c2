import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagram, DiagramEdge, DiagramNode, NodeKind } from '../../src/plot/diagram/diagram.js';
import { diagramFigure } from '../../src/plot/diagram/diagram-figure.js';
import { layoutDiagram, type DiagramLayout } from '../../src/plot/diagram/layout.js';
import type { Point, Segment } from '../../src/plot/diagram/level.js';
import { assignTracks } from '../../src/plot/diagram/tracks.js';
import { expectGolden } from './golden.js';
import { checkWellFormed } from './well-formed.js';

const node = (id: string, inputs: string[] = ['in'], extra: Partial<DiagramNode> = {}): DiagramNode => ({
  id,
  label: id,
  kind: 'block',
  inputs,
  outputs: ['out'],
  ...extra,
});

/** `a -> b.port`, one a line. */
function edges(text: string): DiagramEdge[] {
  return text.split(',').map((line) => {
    const [, from, to, port] = /^\s*(\w+) -> (\w+)(?:\.(\w+))?\s*$/.exec(line)!;
    return { from: { node: from!, port: 'out' }, to: { node: to!, port: port ?? 'in' } };
  });
}

const adm: Diagram = {
  title: 'adm',
  nodes: [
    node('vin', [], { kind: 'input' }),
    node('up', ['plus', 'minus'], { label: 'comparator', clock: 'clk.p2' }),
    node('last', ['in'], { label: 'register', kind: 'register', clock: 'clk.p2' }),
    node('grow', ['a', 'b'], { label: 'xnor' }),
    node('count', ['in'], { label: 'temperature_counter', detail: 'bits: 8', clock: 'clk.p2' }),
    node('c1', ['in'], { label: 'capacitor_array', detail: 'unit: 10 fF, size: 8' }),
    node('sel', ['last'], { label: 'last ? +unit : -unit', kind: 'expression' }),
    node('vapp', ['in', 'c_in'], { label: 'sc_integrator', clock: 'clk.p1, clk.p2' }),
    node('y', ['in'], { label: 'vapp', kind: 'output', outputs: [] }),
  ],
  edges: edges(
    'vin -> up.plus, vapp -> up.minus, up -> last, up -> grow.a, last -> grow.b, grow -> count, count -> c1, c1 -> vapp.c_in, last -> sel.last, sel -> vapp.in, vapp -> y',
  ),
};

const inside = (low: number, value: number, high: number): boolean => value > low + 0.01 && value < high - 0.01;

/** Boxes apart, frames around their own, every wire whole, off the boxes and off other wires. */
function expectSound(diagram: Diagram, layout: DiagramLayout): void {
  const boxes = layout.nodes.map(({ x, y, size }) => ({ x1: x, y1: y, x2: x + size.width, y2: y + size.height }));
  boxes.forEach((a, i) => {
    expect(Math.min(a.x1, a.y1)).toBeGreaterThanOrEqual(-0.01);
    expect(a.x2).toBeLessThanOrEqual(layout.width + 0.01);
    expect(a.y2).toBeLessThanOrEqual(layout.height + 0.01);
    for (const b of boxes.slice(i + 1)) expect(a.x2 < b.x1 || b.x2 < a.x1 || a.y2 < b.y1 || b.y2 < a.y1).toBe(true);
  });
  for (const { x, y, width, height, path } of layout.frames) {
    diagram.nodes.forEach(({ group = '' }, i) => {
      const box = boxes[i]!;
      const isMember = group === path || group.startsWith(`${path}.`);
      const isWithin = box.x1 > x && box.y1 > y && box.x2 < x + width && box.y2 < y + height;
      const isApart = box.x2 < x || box.x1 > x + width || box.y2 < y || box.y1 > y + height;
      expect(isMember ? isWithin : isApart).toBe(true);
    });
  }
  let ends = 0;
  for (const { wire, start, ends: targets } of layout.nets) {
    ends += targets.length;
    for (const target of targets) expect(isConnected(wire.segments, start, target)).toBe(true);
    for (const { x1, y1, x2, y2 } of wire.segments) {
      expect(x1 === x2 || y1 === y2).toBe(true);
      for (const box of boxes) {
        const through =
          x1 === x2
            ? inside(box.x1, x1, box.x2) && y1 < box.y2 && y2 > box.y1
            : inside(box.y1, y1, box.y2) && Math.min(x1, x2) < box.x2 - 0.01 && Math.max(x1, x2) > box.x1 + 0.01;
        expect(through).toBe(false);
      }
    }
  }
  expect(ends).toBe(new Set(diagram.edges.map(({ from, to }) => JSON.stringify([from, to]))).size);
  expect(findOverlaps(layout)).toEqual([]);
}

function isConnected(segments: readonly Segment[], start: Point, end: Point): boolean {
  const near = 0.02;
  const touches = (a: Segment, b: Segment): boolean =>
    Math.min(a.x1, a.x2) <= Math.max(b.x1, b.x2) + near &&
    Math.min(b.x1, b.x2) <= Math.max(a.x1, a.x2) + near &&
    Math.min(a.y1, a.y2) <= Math.max(b.y1, b.y2) + near &&
    Math.min(b.y1, b.y2) <= Math.max(a.y1, a.y2) + near;
  const at = ({ x, y }: Point): Segment => ({ x1: x, y1: y, x2: x, y2: y });
  const reached = [at(start)];
  const rest = new Set(segments);
  for (let segment = reached[0]; segment !== undefined; segment = reached.shift()) {
    if (touches(segment, at(end))) return true;
    for (const other of rest) {
      if (!touches(segment, other)) continue;
      rest.delete(other);
      reached.push(other);
    }
  }
  return false;
}

/** Pairs of nets that run on top of each other; ports driven by two nets are let off. */
function findOverlaps({ nets }: DiagramLayout): string[] {
  const found: string[] = [];
  nets.forEach((a, i) =>
    nets.slice(i + 1).forEach((b, j) => {
      const shared = a.ends.some((p) => b.ends.some((q) => p.x === q.x && p.y === q.y));
      if (shared) return;
      for (const s of a.wire.segments) {
        for (const t of b.wire.segments) {
          const vertical = s.x1 === s.x2 && t.x1 === t.x2 && Math.abs(s.x1 - t.x1) < 1 && Math.min(s.y2, t.y2) - Math.max(s.y1, t.y1) > 0.5;
          const horizontal =
            s.y1 === s.y2 && t.y1 === t.y2 && Math.abs(s.y1 - t.y1) < 1 && Math.min(s.x2, t.x2) - Math.max(s.x1, t.x1) > 0.5;
          if (vertical || horizontal) found.push(`nets ${i} and ${i + 1 + j}: ${JSON.stringify([s, t])}`);
        }
      }
    }),
  );
  return found;
}

const kinds: readonly NodeKind[] = ['source', 'block', 'expression', 'input', 'output', 'register'];

/** Up to 24 nodes with up to three inputs, each driven by any node at all, in up to six nested groups. */
const anyDiagram = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      drivers: fc.array(fc.nat(), { maxLength: 3 }),
      group: fc.constantFrom('', '', '', 'a', 'a.b', 'c', 'c.d.e'),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((specs): Diagram => {
    const nodes = specs.map(({ kind, drivers, group }, i) =>
      node(
        `n${i}`,
        drivers.map((_, port) => `p${port}`),
        { kind, group },
      ),
    );
    const list = specs.flatMap(({ drivers }, i) =>
      drivers.map((driver, port) => ({
        from: { node: `n${driver % specs.length}`, port: 'out' },
        to: { node: `n${i}`, port: `p${port}` },
      })),
    );
    return { title: 'any', nodes, edges: list };
  });

describe('layout', () => {
  test('is sound for the adaptive delta modulator, with one wire around for the feedback', () => {
    const layout = layoutDiagram(adm);
    expectSound(adm, layout);
    const x = (id: string): number => layout.nodes[adm.nodes.findIndex((each) => each.id === id)]!.x;
    for (const { from, to } of adm.edges) expect(x(from.node) < x(to.node)).toBe(!(from.node === 'vapp' && to.node === 'up'));
  });

  test('is sound for any graph: loops, self-loops, groups, nodes on their own', () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        expectSound(diagram, layoutDiagram(diagram));
        checkWellFormed(diagramFigure(diagram));
      }),
      { numRuns: 150 },
    );
  });

  test('a chain runs straight', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const { nets } = layoutDiagram({ title: '', nodes: ids.map((id) => node(id)), edges: edges('a -> b, b -> c, c -> d') });
    for (const { wire } of nets) expect(wire.segments.length).toBe(1);
  });

  test('nodes without wires stand in rows', () => {
    const nodes = Array.from({ length: 40 }, (_, i) => node(`lonely${i}`));
    const layout = layoutDiagram({ title: '', nodes, edges: [] });
    expectSound({ title: '', nodes, edges: [] }, layout);
    expect(layout.width).toBeLessThan(900);
  });

  test('2,000 nodes finish: a chain with a loop around it, a star, a dense web', () => {
    const nodes = Array.from({ length: 2000 }, (_, i) => node(`n${i}`, ['in', 'more']));
    const link = (from: number, to: number, port = 'in'): DiagramEdge => ({
      from: { node: `n${from}`, port: 'out' },
      to: { node: `n${to}`, port },
    });
    const chain = nodes.slice(1).map((_, i) => link(i, i + 1));
    const graphs = [
      [...chain, link(1999, 0)],
      nodes.slice(1).map((_, i) => link(0, i + 1)),
      [...chain, ...nodes.slice(1).map((_, i) => link((i * 7919) % 2000, i + 1, 'more'))],
      [...chain, ...nodes.slice(1, 1999).map((_, i) => link(i + 1, 1999, 'more'))],
    ];
    for (const list of graphs) {
      const layout = layoutDiagram({ title: '', nodes, edges: list });
      for (const { wire, start, ends } of layout.nets.slice(0, 50))
        for (const end of ends.slice(0, 3)) expect(isConnected(wire.segments, start, end)).toBe(true);
    }
  });
});

describe('tracks', () => {
  test('nets that trade heights get a dogleg', () => {
    const tracked = assignTracks([
      { net: 0, lefts: [0], rights: [100] },
      { net: 1, lefts: [100], rights: [0] },
    ]);
    expect(tracked.length).toBe(3);
    const double = tracked.filter(({ net }) => tracked.filter((each) => each.net === net).length === 2).sort((a, b) => a.track - b.track);
    const single = tracked.find((bar) => !double.includes(bar))!;
    expect(double[0]!.rights).toEqual(double[1]!.lefts);
    expect(double[0]!.track).toBeLessThan(single.track);
    expect(single.track).toBeLessThan(double[1]!.track);
  });

  test('wires that need no turn take no track, and nested turns do not cross', () => {
    const tracked = assignTracks([
      { net: 0, lefts: [5], rights: [5] },
      { net: 1, lefts: [20], rights: [80] },
      { net: 2, lefts: [40], rights: [100] },
    ]);
    expect(tracked.map(({ net, track }) => [net, track])).toEqual([[0, -1], [2, 0], [1, 1]]); // prettier-ignore
  });
});

describe('figure', () => {
  test('golden', () => {
    const svg = diagramFigure(adm);
    checkWellFormed(svg);
    expectGolden('adm', svg);
    const stage = (k: number): DiagramNode[] => [
      node(`q${k}`, ['in'], { group: `s${k}`, clock: 'clk' }),
      node(`r${k}`, ['x', 'y'], { group: `s${k}.core`, kind: 'expression', label: 'x - y' }),
    ];
    const nested = diagramFigure({
      title: 'nested',
      nodes: [node('u', [], { kind: 'source' }), ...stage(0), ...stage(1)],
      edges: edges('u -> q0, u -> r0.x, q0 -> r0.y, r0 -> q1, r0 -> r1.x, q1 -> r1.y'),
    });
    checkWellFormed(nested);
    expectGolden('nested', nested);
  });

  test('draws every edge: an arrow head for each', () => {
    expect(diagramFigure(adm).match(/l-7 -3\.5v7z/g)!.length).toBe(adm.edges.length);
  });

  test('hostile text is text', () => {
    const hostile = `<script>alert("x")</script>' onload='y' & \u0000`;
    const nodes = kinds.map((kind, i) =>
      node(`${hostile}${i}`, [hostile, `${hostile}2`], { kind, label: hostile, detail: hostile, clock: hostile, group: hostile }),
    );
    const edge = { from: { node: `${hostile}0`, port: 'out' }, to: { node: `${hostile}1`, port: hostile }, label: hostile };
    const texts = checkWellFormed(diagramFigure({ title: hostile, nodes, edges: [edge] }));
    expect(texts.some((text) => text.includes('&lt;script&gt;'))).toBe(true);
  });

  test('an empty diagram is a figure', () => {
    checkWellFormed(diagramFigure({ title: 'nothing', nodes: [], edges: [] }));
  });

  test('refuses edges to nowhere and repeated nodes', () => {
    expect(() => diagramFigure({ title: '', nodes: [node('a')], edges: edges('a -> b') })).toThrow(
      "the diagram has no port 'in' among the inputs of 'b'",
    );
    expect(() => diagramFigure({ title: '', nodes: [node('a'), node('a')], edges: [] })).toThrow("two nodes of the diagram are called 'a'");
  });
});
