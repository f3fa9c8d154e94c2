// Draws axes: grid lines behind the data, ticks with labels below and to the left. Which values are
// ticked is decided in ticks.ts.

import { paint } from './palette.js';
import type { Scale } from './scale.js';
import { element, formatNumber, group, textElement } from './svg.js';
import { estimateTextWidth } from './text-width.js';
import { labelTicks, type TickLabels } from './tick-labels.js';
import { linearTicks, logTicks, type Ticks } from './ticks.js';

/** A scale with its ticks and their labels. */
export interface Axis {
  readonly scale: Scale;
  readonly ticks: Ticks;
  readonly text: TickLabels;
}

export const tickSizePx = 10.5;

/** An axis with about one tick per `spacingPx` pixels. */
export function makeAxis(scale: Scale, unit: string, spacingPx: number): Axis {
  const [low, high] = scale.domain;
  const count = Math.max(2, Math.round(Math.abs(scale.range[1] - scale.range[0]) / spacingPx));
  const ticks = scale.kind === 'log' ? logTicks(low, high, count) : linearTicks(low, high, count);
  return { scale, ticks, text: labelTicks(ticks, unit) };
}

/** Width in px of the widest tick label. */
export function widestLabel(axis: Axis): number {
  return axis.text.labels.reduce((width, label) => Math.max(width, estimateTextWidth(label, tickSizePx)), 0);
}

/** Vertical grid lines from `top` to `bottom` at the ticks of a horizontal axis. */
export function verticalGrid(axis: Axis, top: number, bottom: number): string {
  const line = (value: number): string => `M${formatNumber(axis.scale.toPixel(value))} ${formatNumber(top)}V${formatNumber(bottom)}`;
  return gridPaths(axis, line);
}

/** Horizontal grid lines from `left` to `right` at the ticks of a vertical axis. */
export function horizontalGrid(axis: Axis, left: number, right: number): string {
  const line = (value: number): string => `M${formatNumber(left)} ${formatNumber(axis.scale.toPixel(value))}H${formatNumber(right)}`;
  return gridPaths(axis, line);
}

function gridPaths(axis: Axis, line: (value: number) => string): string {
  const path = (values: readonly number[], color: 'grid' | 'minor'): string =>
    values.length === 0 ? '' : element('path', { d: values.map(line).join(''), ...paint({ stroke: color }), 'stroke-width': 1 });
  return [path(axis.ticks.minor, 'minor'), path(axis.ticks.major, 'grid')].filter((each) => each !== '').join('\n');
}

/** Base line at `y`, ticks and labels under it; labels carry the unit, and those that would touch their neighbour are left out. */
export function bottomAxis(axis: Axis, y: number): string {
  const { scale, ticks, text } = axis;
  const [left, right] = scale.range;
  const marks = ticks.major.map((value) => `M${formatNumber(scale.toPixel(value))} ${formatNumber(y)}v4`).join('');
  const labels: string[] = [];
  let free = -Infinity;
  ticks.major.forEach((value, i) => {
    const label = text.labels[i]! + (value === 0 || text.unit === '' ? '' : ` ${text.unit}`);
    const x = scale.toPixel(value);
    const half = estimateTextWidth(label, tickSizePx) / 2;
    if (x - half < free) return;
    free = x + half + 4;
    labels.push(textElement(x, y + 16, label));
  });
  return [
    element('path', { d: `M${formatNumber(left)} ${formatNumber(y)}H${formatNumber(right)}${marks}`, ...paint({ stroke: 'axis' }) }),
    group({ 'font-size': tickSizePx, 'text-anchor': 'middle', ...paint({ fill: 'dim' }) }, labels),
  ].join('\n');
}

/** Labels to the left of `x`, without a line: the grid leads the eye. */
export function leftAxis(axis: Axis, x: number): string {
  const labels = axis.ticks.major.map((value, i) => textElement(x - 6, axis.scale.toPixel(value) + 3.5, axis.text.labels[i]!));
  return group({ 'font-size': tickSizePx, 'text-anchor': 'end', ...paint({ fill: 'dim' }) }, labels);
}

/** `voltage (mV)`; the part that is empty is left out. */
export function axisTitle(label: string, unit: string): string {
  if (unit === '') return label;
  return label === '' ? unit : `${label} (${unit})`;
}
