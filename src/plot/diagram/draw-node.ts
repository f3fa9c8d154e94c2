// Draws one node: a shape for its kind, its clock's colour, its text and the names of its ports.

import { monoFamily } from '../figure.js';
import { paint, type Color } from '../palette.js';
import { element, escapeText, formatNumber, group, textElement } from '../svg.js';
import type { DiagramNode, NodeKind } from './diagram.js';
import type { PlacedNode } from './layout.js';
import { detailLinePx, detailPx, labelLinePx, labelPx, portPx } from './node-size.js';

/** Markup of a node in its clock's colour; `dash` tells clocks of one colour apart. */
export function drawNode(node: DiagramNode, placed: PlacedNode, color: Color, dash: string | undefined): string {
  const { x, y, size } = placed;
  const { width, height, details } = size;
  const body = { 'fill-opacity': 0.13, 'stroke-width': 1.3, 'stroke-dasharray': dash, ...paint({ fill: color, stroke: color }) };
  const outline = element('path', { d: outlinePath(node.kind, x, y, width, height), ...body });
  const clockMark =
    node.kind === 'register'
      ? element('path', {
          d: `M${formatNumber(x + width / 2 - 5)} ${formatNumber(y + height)}l5 -6l5 6`,
          'stroke-width': 1.3,
          ...paint({ stroke: color }),
        })
      : '';

  const tip = node.kind === 'input' || node.kind === 'output' ? -3 : 0;
  const center = x + (width + size.inputPx - size.outputPx) / 2 + tip;
  const first = y + (height - labelLinePx - details.length * detailLinePx) / 2 + 12;
  const isExpression = node.kind === 'expression';
  const font = isExpression ? { 'font-family': monoFamily } : { 'font-weight': 600 };
  const label = textElement(center, first, size.label, { 'font-size': labelPx, ...font, ...paint({ fill: 'ink' }) });
  const small = details.map((line, i) => textElement(center, first + 1.5 + (i + 1) * detailLinePx, line));
  const names = [
    ...size.inputNames.map((name, i) => (name === '' ? '' : textElement(x + 5, y + size.inputs[i]! + 3, name, { 'text-anchor': 'start' }))),
    ...size.outputNames.map((name, i) =>
      name === '' ? '' : textElement(x + width - 5, y + size.outputs[i]! + 3, name, { 'text-anchor': 'end' }),
    ),
  ];
  return group({ 'text-anchor': 'middle' }, [
    `<title>${escapeText(describeNode(node))}</title>`,
    outline,
    clockMark,
    label,
    group({ 'font-size': detailPx, ...(isExpression ? font : {}), ...paint({ fill: 'dim' }) }, small),
    group({ 'font-size': portPx, ...paint({ fill: 'dim' }) }, names),
  ]);
}

/** The full text, for the tooltip: what is drawn may be cut. */
function describeNode(node: DiagramNode): string {
  const detail = node.detail ? `: ${node.detail}` : '';
  const clock = node.clock === undefined ? '' : ` @ ${node.clock}`;
  return `${node.id} = ${node.label}${detail}${clock}`;
}

function outlinePath(kind: NodeKind, x: number, y: number, width: number, height: number): string {
  const n = formatNumber;
  const tip = Math.min(9, height / 2);
  if (kind === 'input' || kind === 'output') {
    return `M${n(x)} ${n(y)}h${n(width - tip)}l${n(tip)} ${n(height / 2)}l${n(-tip)} ${n(height / 2)}h${n(tip - width)}z`;
  }
  const radius = kind === 'source' ? Math.min(14, height / 2) : kind === 'expression' ? 8 : 2.5;
  const [w, h] = [width - 2 * radius, height - 2 * radius];
  const arc = (dx: number, dy: number): string => `a${n(radius)} ${n(radius)} 0 0 1 ${n(dx)} ${n(dy)}`;
  return `M${n(x + radius)} ${n(y)}h${n(w)}${arc(radius, radius)}v${n(h)}${arc(-radius, radius)}h${n(-w)}${arc(-radius, -radius)}v${n(-h)}${arc(radius, -radius)}z`;
}
