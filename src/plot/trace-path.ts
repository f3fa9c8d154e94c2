// Path text of a trace: straight lines between samples, or steps that hold each sample until the next.

import { decimateTrace, timeAt, visibleRange, type Points, type SampleTimes } from './decimate.js';
import { formatNumber } from './svg.js';

export interface TraceView {
  /** Visible times. */
  readonly from: number;
  readonly to: number;
  /** Pixel columns for decimation. */
  readonly columns: number;
  readonly xOf: (t: number) => number;
  readonly yOf: (value: number) => number;
}

/** The `d` of a path; '' if no sample is visible. With `hold` a sample lasts until the next one, the last one for one `dt`. */
export function tracePath(times: SampleTimes, y: Float64Array, view: TraceView, hold: boolean): string {
  const points = decimateTrace(times, y, view.from, view.to, view.columns);
  addBorders(points, times, y, view, hold);
  let path = '';
  let lastX = '';
  let lastY = '';
  let drawn = 0;
  const finish = (): void => {
    if (drawn === 1) path += 'h0';
    drawn = 0;
  };
  points.t.forEach((t, i) => {
    const value = points.y[i]!;
    if (Number.isNaN(value)) return finish();
    const x = formatNumber(view.xOf(t));
    const yText = formatNumber(view.yOf(value));
    if (drawn === 0) path += `M${x} ${yText}`;
    else if (hold) path += (x === lastX ? '' : `H${x}`) + (yText === lastY ? '' : `V${yText}`);
    else if (x === lastX) path += yText === lastY ? '' : `V${yText}`;
    else path += yText === lastY ? `H${x}` : `L${x} ${yText}`;
    lastX = x;
    lastY = yText;
    drawn++;
  });
  finish();
  return path;
}

/** Adds the points where the trace enters and leaves the visible times. */
function addBorders(points: Points, times: SampleTimes, y: Float64Array, view: TraceView, hold: boolean): void {
  const { from, to } = view;
  const [first, end] = visibleRange(times, y.length, from, to);
  const valueAt = (t: number, before: number): number => {
    const y0 = y[before]!;
    if (hold) return y0;
    const t0 = timeAt(times, before);
    return y0 + ((y[before + 1]! - y0) * (t - t0)) / (timeAt(times, before + 1) - t0);
  };
  if (first > 0 && first < y.length && timeAt(times, first) > from) {
    const value = valueAt(from, first - 1);
    if (Number.isFinite(value)) {
      points.t.unshift(from);
      points.y.unshift(value);
    }
  } else if (hold && first === y.length && first > 0 && Number.isFinite(y[first - 1]!)) {
    if (from > traceEnd(times, y.length, hold)) return;
    points.t.push(from);
    points.y.push(y[first - 1]!);
  }
  const isLast = end === y.length;
  const stop = isLast ? Math.min(to, traceEnd(times, y.length, hold)) : to;
  if (end === 0 || (isLast && !hold) || timeAt(times, end - 1) >= stop) return;
  const value = valueAt(stop, end - 1);
  if (!Number.isFinite(value)) return;
  points.t.push(stop);
  points.y.push(value);
}

/** Time at which the trace ends: the last sample, or one `dt` after it when samples are held. */
export function traceEnd(times: SampleTimes, count: number, hold: boolean): number {
  return timeAt(times, count - 1) + (hold && !(times instanceof Float64Array) ? times.dt : 0);
}
