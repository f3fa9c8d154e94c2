// A histogram: how often values fall into bins of one width. Integer values get bins that are whole
// numbers wide and centred, so that codes are never split or shared.

import { formatQuantity } from '../units/engineering.js';
import { axisTitle, bottomAxis, horizontalGrid, leftAxis, makeAxis, widestLabel } from './axes.js';
import { figureSvg } from './figure.js';
import { paint } from './palette.js';
import { linearScale, paddedDomain } from './scale.js';
import { element, formatNumber, textElement } from './svg.js';
import { linearTicks } from './ticks.js';

export interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  /** Unit of the values without prefix; '' for plain numbers. */
  readonly unit: string;
  /** NaN and infinities are left out and counted in the caption. */
  readonly values: Float64Array;
  /** Number of equal bins from the least to the greatest value; without it the Freedman-Diaconis width, rounded to 1, 2 or 5. */
  readonly bins?: number | undefined;
  readonly caption?: string | undefined;
}

/** Bin i holds what lies from start + i*width to start + (i+1)*width. */
export interface Bins {
  readonly start: number;
  /** 0 where all values are one: a bar at `start` stands for them. */
  readonly width: number;
  readonly counts: readonly number[];
}

/** A histogram whose values were counted elsewhere. */
export type BinnedHistogram = Pick<Histogram, 'title' | 'xLabel' | 'unit' | 'caption'> & { readonly bins: Bins };

const widthPx = 880;
const heightPx = 220;
const rightPx = 22;
const topPx = 20;
const mostBins = 200;
/** Of the bar of values that are all one. */
const lineWidthPx = 4;

/** SVG text of the histogram. */
export function histogramFigure(histogram: Histogram): string {
  const { title, xLabel, unit } = histogram;
  const values = histogram.values.filter((value) => Number.isFinite(value)).sort();
  const skipped = histogram.values.length - values.length;
  const caption = [histogram.caption ?? '', describeValues(values, unit), skipped > 0 ? `${skipped} not finite, left out` : '']
    .filter((part) => part !== '')
    .join('. ');
  return binsFigure({ title, xLabel, unit, caption, bins: countBins(values, histogram.bins) });
}

/** SVG text of bins that are counted already. */
export function binsFigure({ title, xLabel, unit, caption: given = '', bins }: BinnedHistogram): string {
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

/** `values` ascending. The greatest value belongs to the last bin. */
function countBins(values: Float64Array, wanted: number | undefined): Bins {
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1)) throw new RangeError(`${wanted} is no number of bins`);
  const { start, width, count } = chooseBins(values, wanted);
  const counts: number[] = Array.from({ length: count }, () => 0);
  for (const value of values) {
    const index = Math.min(count - 1, Math.max(0, Math.floor((value - start) / width)));
    counts[index] = counts[index]! + 1;
  }
  return { start, width, counts };
}

function chooseBins(values: Float64Array, wanted: number | undefined): { start: number; width: number; count: number } {
  const low = values[0] ?? 0;
  const high = values.at(-1) ?? 1;
  if (wanted !== undefined) {
    const [from, to] = low === high ? paddedDomain(low, high, 0) : [low, high];
    return { start: from, width: (to - from) / wanted, count: wanted };
  }
  if (values.every((value) => Number.isInteger(value))) {
    const width = Math.max(1, Math.ceil((high - low + 1) / mostBins));
    return { start: low - 0.5, width, count: Math.ceil((high - low + 1) / width) };
  }
  const [from, to] = paddedDomain(low, high, 0);
  // Freedman & Diaconis 1981: width = 2 * IQR / n^(1/3).
  const spread = values[Math.floor(0.75 * values.length)]! - values[Math.floor(0.25 * values.length)]!;
  const ideal = (2 * spread) / Math.cbrt(values.length);
  const estimate = ideal > 0 ? (to - from) / ideal : Math.log2(values.length) + 1;
  const count = Math.min(mostBins, Math.max(5, Math.round(estimate)));
  const width = linearTicks(from, to, count).step!;
  const start = Math.floor(from / width) * width;
  return { start, width, count: Math.max(1, Math.ceil((to - start) / width)) };
}

function describeValues(values: Float64Array, unit: string): string {
  if (values.length === 0) return 'no values';
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  return `n = ${values.length}, mean ${formatQuantity(mean, unit, 4).replace('-', '\u2212')}, standard deviation ${formatQuantity(Math.sqrt(variance), unit, 4)}`;
}
