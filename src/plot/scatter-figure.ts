// A scatter figure: one number against another, a dot each, its colour and shape by what it belongs to. Far outliers are left
// out and counted; the best dot is always in sight.

import { axisTitle, bottomAxis, horizontalGrid, leftAxis, makeAxis, verticalGrid, widestLabel } from './axes.js';
import { fencedRange, innerFence, outerFence } from './fences.js';
import { figureSvg } from './figure.js';
import { drawLegend, type LegendItem } from './legend.js';
import { markPath } from './mark-shapes.js';
import { paint, seriesColor } from './palette.js';
import { linearScale, logScale, paddedDomain, type Scale } from './scale.js';
import { element, escapeText, group, textElement } from './svg.js';

export interface ScatterDot {
  /** Not drawn where one is not finite. */
  readonly x: number;
  readonly y: number;
  /** Index of its series. */
  readonly series: number;
  /** Larger, with a rim. */
  readonly isRimmed?: boolean | undefined;
}

export interface ScatterSeries {
  readonly name: string;
  /** Indices of colour and shape. */
  readonly color: number;
  readonly shape: number;
}

export interface Scatter {
  readonly title: string;
  readonly xLabel: string;
  /** Units without prefix; '' for plain numbers. */
  readonly xUnit: string;
  readonly yLabel: string;
  readonly yUnit: string;
  /** What the series are: heading of the legend. */
  readonly legend: string;
  readonly series: readonly ScatterSeries[];
  readonly dots: readonly ScatterDot[];
  /** Name of rimmed dots in the legend. */
  readonly rimmed: string;
  /** Index of the dot that is encircled. */
  readonly best?: number | undefined;
  readonly caption?: string | undefined;
}

const [widthPx, heightPx, rightPx] = [880, 380, 22];
/** Positive values whose range spans more than the first, and not more than the second, are shown by decades. */
const logRatios = [50, 1e100] as const;
/** A legend of more series than this is cut. */
const mostNames = 24;
const padding = 0.04;
const manyDots = 100;
/** Whole numbers within so wide a range are counts: dots of one count are spread over this share of the way to the next. */
const mostCounts = 60;
const countSpread = 0.7;

/** SVG text of the scatter; one without dots says so. */
export function scatterFigure(scatter: Scatter): string {
  const { title, xLabel, xUnit, yLabel, yUnit, dots, best } = scatter;
  const all = dots.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const encircled = best === undefined ? undefined : dots[best];
  const ranges = { x: rangeOf(all, encircled, 'x'), y: rangeOf(all, encircled, 'y') };
  const isWithin = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;
  const shown = all.filter(({ x, y }) => isWithin(x, ranges.x) && isWithin(y, ranges.y));
  const outside = all.length - shown.length;

  const legend = drawLegend(scatter.legend, legendItems(scatter, shown), 12, 0, widthPx - rightPx);
  const top = legend.heightPx + 28;
  const yAxis = makeAxis(linearScale(paddedDomain(...ranges.y, padding), [top + heightPx, top]), yUnit, 38);
  const left = widestLabel(yAxis) + 20;
  const spread = countOffsets(shown, scatter.series.length);
  const xAxis = makeAxis(
    scaleOf(spread === undefined ? ranges.x : [ranges.x[0] - 0.5, ranges.x[1] + 0.5], [left, widthPx - rightPx]),
    xUnit,
    95,
  );
  const place = (dot: ScatterDot): [number, number] => [xAxis.scale.toPixel(dot.x + (spread?.get(dot) ?? 0)), yAxis.scale.toPixel(dot.y)];
  const radius = shown.length > 500 ? 2.4 : shown.length > 100 ? 3 : 3.8;

  const body = [
    legend.markup,
    verticalGrid(xAxis, top, top + heightPx),
    horizontalGrid(yAxis, left, widthPx - rightPx),
    leftAxis(yAxis, left),
    textElement(left, top - 10, axisTitle(yLabel, yAxis.text.unit), { 'font-weight': 600, ...paint({ fill: 'ink' }) }),
    ...scatter.series.flatMap(({ color, shape }, series) => {
      const own = shown.filter((dot) => dot.series === series);
      const draw = (some: readonly ScatterDot[], r: number): string[] =>
        some.map((dot) => element('path', { d: markPath(shape, ...place(dot), r) }));
      const fill = seriesColor(color);
      return [
        group(
          { 'fill-opacity': 0.55, ...paint({ fill }) },
          draw(own.filter((dot) => dot.isRimmed !== true), radius),
        ),
        group(
          { 'stroke-width': 1.1, ...paint({ fill, stroke: 'ink' }) },
          draw(own.filter((dot) => dot.isRimmed === true), radius + 1),
        ),
      ];
    }),
    encircled === undefined || !shown.includes(encircled) ? '' : ring(...place(encircled), radius),
    shown.length === 0
      ? textElement((left + widthPx - rightPx) / 2, top + heightPx / 2, 'no finite values', { 'text-anchor': 'middle', ...paint({ fill: 'dim' }) })
      : '',
    bottomAxis(xAxis, top + heightPx),
    textElement((left + widthPx - rightPx) / 2, top + heightPx + 34, xLabel, { 'text-anchor': 'middle', 'font-weight': 600, ...paint({ fill: 'ink' }) }),
  ]; // prettier-ignore
  const missing = dots.length - all.length;
  const caption = [
    scatter.caption ?? '',
    missing === 0 ? '' : `${missing} without a finite value are not drawn`,
    spread === undefined ? '' : 'dots of one whole number stand side by side',
    outside === 0 ? '' : `${outside} far from the rest lie outside the figure`,
  ]
    .filter((part) => part !== '')
    .join('; ');
  const description = `${yLabel} against ${xLabel}, ${shown.length} dots`;
  return figureSvg({ title, description, caption, width: widthPx, height: top + heightPx + 44, body });
}

/** Within the fences, widened to the dot that has to be seen. */
function rangeOf(dots: readonly ScatterDot[], best: ScatterDot | undefined, axis: 'x' | 'y'): [number, number] {
  // Among few dots those far from the rest are of interest, too.
  const fence = dots.length < manyDots ? outerFence : innerFence;
  const [low, high] = fencedRange(
    dots.map((dot) => dot[axis]),
    fence,
  );
  const wanted = best === undefined || !Number.isFinite(best[axis]) ? undefined : best[axis];
  return wanted === undefined ? [low, high] : [Math.min(low, wanted), Math.max(high, wanted)];
}

function scaleOf([low, high]: readonly [number, number], range: readonly [number, number]): Scale {
  if (!(low > 0 && high > logRatios[0] * low && high < logRatios[1] * low)) return linearScale(paddedDomain(low, high, padding), range);
  const factor = (high / low) ** padding;
  return logScale([low / factor, high * factor], range);
}

/** Where dots stand beside their whole number: a column for each series, and over its width by the golden ratio. Undefined where `x` is no count. */
function countOffsets(shown: readonly ScatterDot[], series: number): Map<ScatterDot, number> | undefined {
  const xs = shown.map(({ x }) => x);
  const span = xs.reduce((a, b) => Math.max(a, b), -Infinity) - xs.reduce((a, b) => Math.min(a, b), Infinity);
  if (shown.length < manyDots || !xs.every(Number.isInteger) || span > mostCounts) return undefined;
  const column = countSpread / Math.max(1, series);
  const golden = (Math.sqrt(5) - 1) / 2;
  return new Map(shown.map((dot, i) => [dot, column * (dot.series + ((i * golden) % 1)) - countSpread / 2]));
}

const ring = (x: number, y: number, radius: number): string =>
  element(
    'circle',
    { cx: x, cy: y, r: radius + 6, 'stroke-width': 1.8, ...paint({ stroke: 'ink' }) },
    element('title', {}, escapeText('the best')),
  );

function legendItems({ series, rimmed, best }: Scatter, shown: readonly ScatterDot[]): LegendItem[] {
  const items =
    series.length < 2
      ? []
      : series.map(({ name, color, shape }): LegendItem => ({ name, color: seriesColor(color), mark: shape, shape: 'dot' }));
  const cut = items.length > mostNames ? [...items.slice(0, mostNames), { name: `and ${items.length - mostNames} more`, color: 'dim', shape: 'dot' } as const] : items; // prettier-ignore
  return [
    ...cut,
    ...(shown.some(({ isRimmed }) => isRimmed === true) ? [{ name: rimmed, color: 'plain', shape: 'dot', hasRim: true } as const] : []),
    ...(best === undefined ? [] : [{ name: 'best', color: 'paper', shape: 'dot', hasRim: true } as const]),
  ];
}
