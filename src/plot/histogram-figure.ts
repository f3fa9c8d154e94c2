// A histogram: how often values fell into bins of one width. They were counted elsewhere.

import { axisTitle, bottomAxis, horizontalGrid, leftAxis, makeAxis, widestLabel } from './axes.js';
import { figureSvg } from './figure.js';
import { paint } from './palette.js';
import { linearScale, paddedDomain } from './scale.js';
import { element, formatNumber, textElement } from './svg.js';

/** Bin i holds what lies from start + i*width to start + (i+1)*width. */
export interface Bins {
  readonly start: number;
  /** 0 where all values are one. */
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

/** SVG text of the histogram. */
export function binsFigure({ title, xLabel, unit, caption = '', bins: given }: Histogram): string {
  const bins = given.width > 0 ? given : widened(given);
  const most = bins.counts.reduce((a, b) => Math.max(a, b), 0);
  const yAxis = makeAxis(linearScale([0, Math.max(1, most) * 1.05], [topPx + heightPx, topPx]), '', 38);
  const left = widestLabel(yAxis) + 20;
  const end = bins.start + bins.counts.length * bins.width;
  const xAxis = makeAxis(linearScale(paddedDomain(bins.start, end, 0.02), [left, widthPx - rightPx]), unit, 95);
  const base = formatNumber(topPx + heightPx);
  const gap = ((end - bins.start) / bins.counts.length) * (widthPx / (end - bins.start)) > 6 ? 1 : 0;
  const bars = bins.counts.map((count, i) => {
    if (count === 0) return '';
    const [from, to] = [xAxis.scale.toPixel(bins.start + i * bins.width), xAxis.scale.toPixel(bins.start + (i + 1) * bins.width)];
    return `M${formatNumber(from + gap / 2)} ${base}V${formatNumber(yAxis.scale.toPixel(count))}H${formatNumber(to - gap / 2)}V${base}z`;
  });
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

/** One bin around the one value there is. */
function widened({ start, counts }: Bins): Bins {
  const [from, to] = paddedDomain(start, start, 0);
  return { start: from, width: to - from, counts: counts.length === 0 ? [0] : counts };
}
