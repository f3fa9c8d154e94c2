// Block diagrams: layered from left to right, wires at right angles, sub-systems framed, one colour a
// clock domain.

import { figureSvg } from '../figure.js';
import { drawLegend, type LegendItem } from '../legend.js';
import { paint, seriesColor, seriesDash, type Color } from '../palette.js';
import { element, escapeText, formatNumber, group, textElement } from '../svg.js';
import { estimateTextWidth, truncateText, boldFactor } from '../text-width.js';
import type { Diagram } from './diagram.js';
import { drawNode } from './draw-node.js';
import { frameTitlePx, layoutDiagram, wireLabelPx, type PlacedFrame, type PlacedNet } from './layout.js';

const marginPx = 16;
const leastWidthPx = 320;

interface ClockStyle {
  readonly color: Color;
  readonly dash: string | undefined;
}

/** SVG text of the diagram, as large as it needs to be. Throws RangeError on a repeated node id and on an edge to an unknown port. */
export function diagramFigure(diagram: Diagram): string {
  const layout = layoutDiagram(diagram);
  const clocks = new Map<string, ClockStyle>();
  for (const { clock } of diagram.nodes) {
    if (clock !== undefined && !clocks.has(clock)) clocks.set(clock, { color: seriesColor(clocks.size), dash: seriesDash(clocks.size) });
  }
  const unclocked: ClockStyle = { color: 'plain', dash: undefined };
  const titleWidth = estimateTextWidth(diagram.title, 14 * boldFactor);
  const width = Math.ceil(Math.max(layout.width, leastWidthPx, titleWidth) + 2 * marginPx);
  const items = [...clocks].map(([name, style]): LegendItem => ({ name, ...style, shape: 'box' }));
  if (diagram.nodes.some((node) => node.clock === undefined) && items.length > 0)
    items.push({ name: 'no clock', ...unclocked, shape: 'box' });
  const legend = drawLegend(items.length > 0 ? 'clock' : '', items, 12, 0, width - marginPx);
  const top = legend.heightPx + (legend.heightPx > 0 ? 14 : 4);
  const nodes = diagram.nodes.map((node, i) => {
    const { color, dash } = node.clock === undefined ? unclocked : clocks.get(node.clock)!;
    return drawNode(node, layout.nodes[i]!, color, dash);
  });
  const body = [
    legend.markup,
    group({ transform: `translate(${marginPx} ${formatNumber(top)})` }, [
      ...layout.frames.map(drawFrame),
      group({ 'stroke-width': 1.2, 'stroke-linejoin': 'round', ...paint({ stroke: 'wire' }) }, layout.nets.map(drawWire)),
      group(paint({ fill: 'wire' }), layout.nets.map(drawEnds)),
      group({ 'font-size': wireLabelPx, ...paint({ fill: 'dim' }) }, layout.nets.map(drawLabel)),
      ...nodes,
    ]),
  ];
  const description = `Block diagram of ${count(diagram.nodes.length, 'block')} and ${count(diagram.edges.length, 'connection')}`;
  return figureSvg({ title: diagram.title, description, width, height: top + layout.height + marginPx, body });
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function drawFrame({ x, y, width, height, name, path }: PlacedFrame): string {
  const box = { x, y, width, height, rx: 6, 'fill-opacity': 0.045, 'stroke-dasharray': '4 3', ...paint({ fill: 'dim', stroke: 'axis' }) };
  const title = truncateText(name, frameTitlePx * boldFactor, width - 16);
  const text = { 'font-size': frameTitlePx, 'font-weight': 600, ...paint({ fill: 'dim' }) };
  return [element('rect', box, `<title>${escapeText(path)}</title>`), textElement(x + 8, y + 14, title, text)].join('\n');
}

function drawWire({ wire }: PlacedNet): string {
  const n = formatNumber;
  const d = wire.segments.map(({ x1, y1, x2, y2 }) => `M${n(x1)} ${n(y1)}${y1 === y2 ? `H${n(x2)}` : `V${n(y2)}`}`).join('');
  return d === '' ? '' : element('path', { d });
}

/** Arrow heads at input ports, dots where the wire branches. */
function drawEnds({ wire, ends }: PlacedNet): string {
  const n = formatNumber;
  const arrows = ends.map(({ x, y }) => `M${n(x)} ${n(y)}l-7 -3.5v7z`);
  const dots = wire.dots.map(({ x, y }) => `M${n(x - 2.6)} ${n(y)}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z`);
  return element('path', { d: [...arrows, ...dots].join('') });
}

function drawLabel({ start, label }: PlacedNet): string {
  return label === '' ? '' : textElement(start.x + 3, start.y - 3, label);
}
