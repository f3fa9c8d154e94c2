// Histories of losses: a few curves over the steps of their training, by decades where that fits, with the beginnings of
// stages marked. Losses far above the rest are drawn at the upper edge.

import { axisTitle, bottomAxis, horizontalGrid, leftAxis, makeAxis, verticalGrid, widestLabel } from './axes.js';
import { fencedRange, outerFence } from './fences.js';
import { figureSvg } from './figure.js';
import { drawLegend, type LegendItem } from './legend.js';
import { paint, type Color } from './palette.js';
import { linearScale, logScale, paddedDomain, type Scale } from './scale.js';
import { element, formatNumber, group, textElement } from './svg.js';
import { truncateText } from './text-width.js';
import { tracePath } from './trace-path.js';

export interface HistoryCurve {
  /** In the legend; curves of one name are there once. */
  readonly name: string;
  readonly kind: 'best' | 'median' | 'other';
  /** Ascending, and the loss at each. */
  readonly steps: Float64Array;
  readonly losses: Float64Array;
}

export interface History {
  readonly title: string;
  readonly unit: string;
  /** Later ones are drawn over earlier ones. */
  readonly curves: readonly HistoryCurve[];
  /** Where a stage begins, and its name. */
  readonly stages: readonly { readonly step: number; readonly name: string }[];
  readonly caption?: string | undefined;
}

const [widthPx, heightPx, rightPx] = [880, 300, 22];
/** Losses that are all positive and span more than the first, and not more than the second, are shown by decades. */
const logRatios = [30, 1e100] as const;
const styles: Readonly<Record<HistoryCurve['kind'], { readonly color: Color; readonly width: number; readonly opacity: number }>> = {
  best: { color: 'c0', width: 1.8, opacity: 1 },
  median: { color: 'c1', width: 1.6, opacity: 1 },
  other: { color: 'plain', width: 1, opacity: 0.55 },
};

/** SVG text of the histories; without a finite loss the figure says so. */
export function historyFigure({ title, unit, curves, stages, caption: given = '' }: History): string {
  const losses = curves.flatMap((curve) => [...curve.losses].filter(Number.isFinite));
  const lowest = losses.reduce((a, b) => Math.min(a, b), Infinity);
  const ratio = losses.reduce((a, b) => Math.max(a, b), 0) / lowest;
  const isLog = lowest > 0 && ratio > logRatios[0] && ratio < logRatios[1];
  const highest = isLog ? Math.exp(fencedRange(losses.map(Math.log), outerFence)[1]) : fencedRange(losses, outerFence)[1];
  const last = curves.reduce((most, { steps }) => Math.max(most, steps.at(-1) ?? 0), 1);

  const legend = drawLegend('', legendItems(curves), 12, 0, widthPx - rightPx);
  const top = legend.heightPx + 28;
  const yAxis = makeAxis(lossScale([lowest, highest], isLog, [top + heightPx, top]), unit, 38);
  const left = widestLabel(yAxis) + 20;
  const xAxis = makeAxis(linearScale([0, last], [left, widthPx - rightPx]), '', 95);
  const [, ceiling] = yAxis.scale.domain;
  const yOf = (loss: number): number => yAxis.scale.toPixel(Math.min(loss, ceiling));
  const view = { from: 0, to: last, columns: widthPx - rightPx - left, xOf: xAxis.scale.toPixel, yOf };
  const isAbove = losses.some((loss) => loss > ceiling);
  const middle = (left + widthPx - rightPx) / 2;
  const body = [
    legend.markup,
    verticalGrid(xAxis, top, top + heightPx),
    horizontalGrid(yAxis, left, widthPx - rightPx),
    leftAxis(yAxis, left),
    textElement(left, top - 10, axisTitle('loss', yAxis.text.unit), { 'font-weight': 600, ...paint({ fill: 'ink' }) }),
    ...curves.map(({ kind, steps, losses: y }) => {
      const { color, width, opacity } = styles[kind];
      const d = tracePath(steps, y, view, false);
      const line = { d, 'stroke-width': width, 'stroke-opacity': opacity, 'stroke-linejoin': 'round', ...paint({ stroke: color }) };
      const [x, loss] = [steps[0] ?? NaN, y[0] ?? NaN];
      if (steps.length === 1 && Number.isFinite(loss))
        return element('circle', { cx: formatNumber(xAxis.scale.toPixel(x)), cy: formatNumber(yOf(loss)), r: 3, ...paint({ fill: color }) });
      return d === '' ? '' : element('path', line);
    }),
    drawStages(stages, xAxis.scale, top, widthPx - rightPx),
    losses.length === 0 ? textElement(middle, top + heightPx / 2, 'no finite losses', { 'text-anchor': 'middle', ...paint({ fill: 'dim' }) }) : '',
    bottomAxis(xAxis, top + heightPx),
    textElement(middle, top + heightPx + 34, axisTitle('step', xAxis.text.unit), { 'text-anchor': 'middle', 'font-weight': 600, ...paint({ fill: 'ink' }) }),
  ]; // prettier-ignore
  const caption = [given, isAbove ? 'losses above the axis are drawn at its upper edge' : ''].filter((part) => part !== '').join('; ');
  const description = `Losses of ${curves.length} trainings over ${last} steps`;
  return figureSvg({ title, description, caption, width: widthPx, height: top + heightPx + 44, body });
}

function lossScale([low, high]: readonly [number, number], isLog: boolean, range: readonly [number, number]): Scale {
  if (!isLog || !(high > low)) return linearScale(paddedDomain(low, high, 0.05), range);
  const factor = (high / low) ** 0.05;
  return logScale([low / factor, high * factor], range);
}

/** Dashed lines, each with a name that is cut where the next stage begins. */
function drawStages(stages: History['stages'], scale: Scale, top: number, right: number): string {
  const parts = stages.flatMap(({ step, name }, i) => {
    const x = scale.toPixel(step);
    const end = stages[i + 1] === undefined ? right : scale.toPixel(stages[i + 1]!.step);
    const label = truncateText(name, 10.5, end - x - 8);
    const line = { d: `M${formatNumber(x)} ${formatNumber(top)}v${heightPx}`, 'stroke-dasharray': '4 3', ...paint({ stroke: 'axis' }) };
    return [step === 0 ? '' : element('path', line), end - x < 24 ? '' : textElement(x + 4, top + 12, label, paint({ fill: 'dim' }))];
  });
  return group({ 'font-size': 10.5 }, parts);
}

function legendItems(curves: readonly HistoryCurve[]): LegendItem[] {
  const names = new Map(curves.map(({ name, kind }) => [name, kind]));
  return [...names].reverse().map(([name, kind]) => ({ name, color: styles[kind].color, shape: 'line' }));
}
