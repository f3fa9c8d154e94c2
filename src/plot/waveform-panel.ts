// One panel of a waveform figure: legend row, analog area with its value axis, lanes of bits.

import { axisTitle, horizontalGrid, leftAxis, makeAxis, tickSizePx, widestLabel, type Axis } from './axes.js';
import { visibleRange } from './decimate.js';
import { drawLegend, type LegendItem } from './legend.js';
import { paint, seriesColor, seriesDash } from './palette.js';
import { linearScale, paddedDomain } from './scale.js';
import { element, escapeText, textElement } from './svg.js';
import { estimateTextWidth, truncateText } from './text-width.js';
import { tracePath, type TraceView } from './trace-path.js';
import type { Panel, Trace } from './waveform-figure.js';

export interface PanelView {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  readonly xOf: (t: number) => number;
}

export interface DrawnPanel {
  /** Of the data area, without the legend row. */
  readonly top: number;
  readonly bottom: number;
  readonly body: readonly string[];
}

const analogHeightPx = 128;
const laneHeightPx = 26;
const bitHeightPx = 15;
const laneNameMaxPx = 130;

const isAnalog = (trace: Trace): boolean => trace.style !== 'bits';

/** Width in px that the panel needs left of its data. */
export function panelMargin(panel: Panel, from: number, to: number): number {
  const axis = analogAxis(panel, from, to, 0);
  const lanes = panel.traces.filter((trace) => !isAnalog(trace));
  const names = lanes.map((lane) => Math.min(laneNameMaxPx, estimateTextWidth(lane.name, 11)));
  return Math.max(axis === undefined ? 0 : widestLabel(axis), ...names) + 16;
}

export function drawPanel(panel: Panel, view: PanelView, top: number): DrawnPanel {
  const { left, right, from, to } = view;
  const traces = panel.traces.map((trace, index) => ({ trace, color: seriesColor(index), dash: seriesDash(index) }));
  const items = traces
    .filter(({ trace }) => isAnalog(trace))
    .map(({ trace, color, dash }): LegendItem => ({ name: trace.name, color, dash, shape: 'line' }));
  const [only] = panel.traces;
  const isNamedInLane = items.length === 0 && panel.traces.length === 1 && only!.name === panel.label;
  const unit = analogAxis(panel, from, to, 0)?.text.unit ?? '';
  const legend = drawLegend(isNamedInLane ? '' : axisTitle(panel.label, unit), items, left, top, right);

  const body = [legend.markup];
  const dataTop = top + legend.heightPx + 2;
  let y = dataTop;
  const axis = analogAxis(panel, from, to, y);
  if (axis !== undefined) {
    body.push(horizontalGrid(axis, left, right), leftAxis(axis, left));
    y += analogHeightPx;
  }
  const columns = Math.ceil(right - left);
  for (const { trace, color, dash } of traces) {
    const line = {
      'stroke-width': 1.4,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
      'stroke-dasharray': dash,
      ...paint({ stroke: color }),
    };
    if (trace.style === 'bits') {
      const base = y + laneHeightPx - 5;
      const traceView: TraceView = { from, to, columns, xOf: view.xOf, yOf: (bit) => base - bit * bitHeightPx };
      const d = tracePath(trace.t, toBits(trace.y), traceView, true);
      const name = truncateText(trace.name, 11, laneNameMaxPx);
      const text = { 'text-anchor': 'end', 'font-size': 11, ...paint({ fill: 'ink' }) };
      body.push(textElement(left - 6, base - 4, name, text));
      if (d !== '') body.push(tracedPath(trace.name, { d, ...line, 'stroke-width': 1.2 }));
      y += laneHeightPx;
    } else {
      const traceView: TraceView = { from, to, columns, xOf: view.xOf, yOf: axis!.scale.toPixel };
      const d = tracePath(trace.t, trace.y, traceView, trace.style === 'step');
      if (d !== '') body.push(tracedPath(trace.name, { d, ...line }));
    }
  }
  if (axis !== undefined && !hasData(panel, from, to)) {
    const text = { 'text-anchor': 'middle', 'font-size': tickSizePx, ...paint({ fill: 'dim' }) };
    body.push(textElement((left + right) / 2, dataTop + analogHeightPx / 2, 'no finite samples', text));
  }
  return { top: dataTop, bottom: y, body };
}

function tracedPath(name: string, attributes: Parameters<typeof element>[1]): string {
  return element('path', attributes, `<title>${escapeText(name)}</title>`);
}

function toBits(y: Float64Array): Float64Array {
  return y.map((value) => (Number.isNaN(value) ? NaN : value > 0.5 ? 1 : 0));
}

/** The value axis of the analog traces below `top`, undefined if there are none. */
function analogAxis(panel: Panel, from: number, to: number, top: number): Axis | undefined {
  if (!panel.traces.some(isAnalog)) return undefined;
  const [low, high] = valueExtremes(panel, from, to);
  return makeAxis(linearScale(paddedDomain(low, high, 0.06), [top + analogHeightPx, top]), panel.unit, 30);
}

function hasData(panel: Panel, from: number, to: number): boolean {
  const [low, high] = valueExtremes(panel, from, to);
  return low <= high;
}

/** Extremes of the finite analog samples in sight, and of the two that border them: lines cross the edges on the way there. */
function valueExtremes(panel: Panel, from: number, to: number): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { t, y } of panel.traces.filter(isAnalog)) {
    const [first, end] = visibleRange(t, y.length, from, to);
    for (let i = Math.max(0, first - 1); i < Math.min(y.length, end + 1); i++) {
      const value = y[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
