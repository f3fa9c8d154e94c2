// Waveforms: panels of traces one above the other on one time axis. Analog traces share the panel's
// value axis; traces of style 'bits' get a lane each below it, as in a timing diagram.

import { axisTitle, bottomAxis, makeAxis, verticalGrid } from './axes.js';
import { timeAt, type SampleTimes } from './decimate.js';
import { figureSvg } from './figure.js';
import { linearScale } from './scale.js';
import { traceEnd } from './trace-path.js';
import { drawPanel, panelMargin, type PanelView } from './waveform-panel.js';

export interface Trace {
  readonly name: string;
  /** In `xUnit`: one time a sample, nondecreasing, or evenly spaced. */
  readonly t: SampleTimes;
  /** In the panel's unit; NaN and infinities leave a gap. Of style 'bits': high above 0.5, low otherwise. */
  readonly y: Float64Array;
  readonly style: 'line' | 'step' | 'bits';
}

export interface Panel {
  /** What the values are, such as `integrator output`; may be ''. */
  readonly label: string;
  /** Unit without prefix, such as `V`; '' for plain numbers. */
  readonly unit: string;
  readonly traces: readonly Trace[];
}

export interface Waveforms {
  readonly title: string;
  /** Unit of the time axis without prefix: `s`, `ticks`. */
  readonly xUnit: string;
  readonly panels: readonly Panel[];
  /** Visible times in `xUnit`; without them all samples are in sight. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly caption?: string | undefined;
}

const widthPx = 880;
const rightPx = 22;

/** SVG text of the waveforms. Throws RangeError when a trace has other than one time a sample, or `from` is not below `to`. */
export function waveformFigure(waveforms: Waveforms): string {
  const { title, xUnit, panels } = waveforms;
  const [from, to] = timeDomain(waveforms);
  const left = panels.reduce((width, panel) => Math.max(width, panelMargin(panel, from, to)), 40);
  const scale = linearScale([from, to], [left, widthPx - rightPx]);
  const axis = makeAxis(scale, xUnit, 95);
  const view: PanelView = { from, to, left, right: widthPx - rightPx, xOf: scale.toPixel };
  const body: string[] = [];
  let y = 4;
  for (const panel of panels) {
    const drawn = drawPanel(panel, view, y);
    body.push(verticalGrid(axis, drawn.top, drawn.bottom), ...drawn.body);
    y = drawn.bottom + 10;
  }
  body.push(bottomAxis(axis, y - 4));
  const names = panels.map((panel) => `${axisTitle(panel.label, panel.unit)}: ${panel.traces.map((trace) => trace.name).join(', ')}`);
  const description = `Waveforms over time. ${names.join('; ')}`;
  return figureSvg({ title, description, caption: waveforms.caption, width: widthPx, height: y + 24, body });
}

function timeDomain(waveforms: Waveforms): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { name, t, y, style } of waveforms.panels.flatMap((panel) => panel.traces)) {
    if (t instanceof Float64Array && t.length !== y.length) {
      throw new RangeError(`trace '${name}' has ${t.length} times and ${y.length} samples`);
    }
    if (y.length === 0) continue;
    low = Math.min(low, timeAt(t, 0));
    high = Math.max(high, traceEnd(t, y.length, style !== 'line'));
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) high = low + (Math.abs(low) || 1);
  const from = waveforms.from ?? low;
  const to = waveforms.to ?? high;
  if (!(from < to)) throw new RangeError(`visible times from ${from} to ${to} are empty`);
  return [from, to];
}
