// A histogram: how often values fell into bins of one width. They were counted elsewhere.

import { axisTitle, bottomAxis, horizontalGrid, leftAxis, makeAxis, widestLabel } from './axes.js';
import { figureSvg } from './figure.js';
import { paint } from './palette.js';
import { linearScale, paddedDomain } from './scale.js';
import { element, formatNumber, textElement } from './svg.js';
import { formatQuantity } from '../units/engineering.js';

/** Bin i holds what lies from start + i*width to start + (i+1)*width. */
export interface Bins {
  readonly start: number;
  /** 0 where all values are one: a bar at `start` stands for them. */
  readonly width: number;
  readonly counts: readonly number[];
}

export interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  /** Unit of the values without prefix; '' for plain numbers. */
  readonly unit: string;
  readonly caption?: string | undefined;
  readonly bins: Bins;
}

const widthPx = 880;
const heightPx = 220;
const rightPx = 22;
const topPx = 20;
/** Of the bar of values that are all one. */
const lineWidthPx = 4;

/** SVG text of the histogram. */
export function binsFigure({ title, xLabel, unit, caption: given = '', bins }: Histogram): string {
  const { start, width, counts } = bins;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const yAxis = makeAxis(linearScale([0, Math.max(1, most) * 1.05], [topPx + heightPx, topPx]), '', 38);
  const left = widestLabel(yAxis) + 20;
  const end = start + counts.length * width;
  const domain = width > 0 ? paddedDomain(start, end, 0.02) : paddedDomain(start, start, 0);
  const xAxis = makeAxis(linearScale(domain, [left, widthPx - rightPx]), unit, 95);
  const base = formatNumber(topPx + heightPx);
  const gap = width > 0 && widthPx / counts.length > 6 ? 1 : 0;
  const bars = counts.map((count, i) => {
    if (count === 0) return '';
    const [from, to] = [xAxis.scale.toPixel(start + i * width), xAxis.scale.toPixel(start + (i + 1) * width)];
    const inset = width > 0 ? gap / 2 : -lineWidthPx / 2;
    return `M${formatNumber(from + inset)} ${base}V${formatNumber(yAxis.scale.toPixel(count))}H${formatNumber(to - inset)}V${base}z`;
  });
  const equal = width === 0 && most > 0 ? `all values are ${formatQuantity(start, unit).replace('-', '\u2212')}` : '';
  const caption = [given, equal].filter((part) => part !== '').join('; ');
  const body = [
    horizontalGrid(yAxis, left, widthPx - rightPx),
    leftAxis(yAxis, left),
    textElement(left, 10, yAxis.text.unit === '' ? 'count' : `count (${yAxis.text.unit})`, {
      'font-weight': 600,
      ...paint({ fill: 'ink' }),
    }),
    element('path', { d: bars.join(''), 'fill-opacity': 0.85, ...paint({ fill: 'c0' }) }),
    bottomAxis(xAxis, topPx + heightPx),
    textElement((left + widthPx - rightPx) / 2, topPx + heightPx + 32, xLabel, { 'text-anchor': 'middle', ...paint({ fill: 'ink' }) }),
  ];
  const description = `Histogram of ${axisTitle(xLabel, unit)}. ${caption}`;
  return figureSvg({ title, description, caption, width: widthPx, height: topPx + heightPx + 42, body });
}
