// A legend that stands in a row above the data and never on it: a title in ink, then a swatch and a
// name each, wrapping to further rows.

import { markPath } from './mark-shapes.js';
import { paint, type Color } from './palette.js';
import { element, formatNumber, group, textElement } from './svg.js';
import { boldFactor, estimateTextWidth, truncateText } from './text-width.js';

export interface LegendItem {
  readonly name: string;
  readonly color: Color;
  readonly dash?: string | undefined;
  readonly shape: 'line' | 'box' | 'dot';
  /** Of a dot: index of its shape, and whether it has a rim. */
  readonly mark?: number | undefined;
  readonly hasRim?: boolean | undefined;
}

export interface Legend {
  readonly markup: string;
  readonly heightPx: number;
}

const sizePx = 11;
const rowHeightPx = 18;
const swatchPx = 16;
const gapPx = 14;

/** Lays a legend out from (left, top) to the right edge; empty when there is neither title nor item. */
export function drawLegend(title: string, items: readonly LegendItem[], left: number, top: number, right: number): Legend {
  if (title === '' && items.length === 0) return { markup: '', heightPx: 0 };
  const shownTitle = truncateText(title, sizePx * boldFactor, right - left);
  const parts: string[] = [];
  let x = left;
  let row = 0;
  if (title !== '') {
    parts.push(textElement(x, top + 12, shownTitle, { 'font-weight': 600 }));
    x += estimateTextWidth(shownTitle, sizePx * boldFactor) + gapPx;
  }
  for (const item of items) {
    const name = truncateText(item.name, sizePx, Math.min(260, right - left - swatchPx - gapPx));
    const width = swatchPx + 5 + estimateTextWidth(name, sizePx);
    if (x > left && x + width > right) {
      x = left;
      row++;
    }
    const y = top + row * rowHeightPx;
    parts.push(drawSwatch(item, x, y + 8), textElement(x + swatchPx + 5, y + 12, name));
    x += width + gapPx;
  }
  return { markup: group({ 'font-size': sizePx, ...paint({ fill: 'ink' }) }, parts), heightPx: (row + 1) * rowHeightPx };
}

function drawSwatch(item: LegendItem, x: number, y: number): string {
  if (item.shape === 'box') {
    const box = { x: x + 1, y: y - 5, width: 13, height: 10, rx: 2, 'fill-opacity': 0.18, 'stroke-dasharray': item.dash };
    return element('rect', { ...box, ...paint({ fill: item.color, stroke: item.color }) });
  }
  if (item.shape === 'dot') {
    const rim = item.hasRim === true ? paint({ fill: item.color, stroke: 'ink' }) : paint({ fill: item.color });
    return element('path', { d: markPath(item.mark ?? 0, x + swatchPx / 2, y, 4), ...rim });
  }
  const line = `M${formatNumber(x)} ${formatNumber(y)}h${swatchPx}`;
  return element('path', { d: line, ...paint({ stroke: item.color }), 'stroke-width': 2, 'stroke-dasharray': item.dash });
}
