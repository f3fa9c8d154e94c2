// Thins traces to what pixels can show and loses no extreme: of the samples in a pixel column the
// first, the lowest, the highest and the last stay (M4: Jugel et al., "M4: a visualization-oriented
// time series data aggregation", VLDB 2014).

/** Times of samples in seconds or another unit: one each, nondecreasing, or evenly spaced from `t0` by `dt` > 0. */
export type SampleTimes = Float64Array | { readonly t0: number; readonly dt: number };

/** Points to draw, in order; a NaN in `y` lifts the pen. */
export interface Points {
  readonly t: number[];
  readonly y: number[];
}

export function timeAt(times: SampleTimes, index: number): number {
  return times instanceof Float64Array ? times[index]! : times.t0 + index * times.dt;
}

/** The first index in [0, count] whose time is at least `t`, or beyond it with `after`. */
function findIndex(times: SampleTimes, count: number, t: number, after: boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const time = timeAt(times, middle);
    if (after ? time <= t : time < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index range [first, end) of the samples with from <= t <= to. */
export function visibleRange(times: SampleTimes, count: number, from: number, to: number): [first: number, end: number] {
  return [findIndex(times, count, from, false), findIndex(times, count, to, true)];
}

/**
 * Samples with from <= t <= to, at most four in each of `columns` equal columns; those kept are untouched samples. NaN and
 * infinite samples become one gap.
 */
export function decimateTrace(times: SampleTimes, y: Float64Array, from: number, to: number, columns: number): Points {
  const [first, end] = visibleRange(times, y.length, from, to);
  const points: Points = { t: [], y: [] };
  const perTime = columns / (to - from);
  const columnOf = (index: number): number => Math.min(columns - 1, Math.floor((timeAt(times, index) - from) * perTime));
  for (let start = first; start < end;) {
    const column = columnOf(start);
    let stop = start + 1;
    while (stop < end && columnOf(stop) === column) stop++;
    pushColumn(points, times, y, start, stop);
    start = stop;
  }
  return points;
}

/** Keeps the extremes of samples start .. stop-1, each run of finite samples on its own unless there are many. */
function pushColumn(points: Points, times: SampleTimes, y: Float64Array, start: number, stop: number): void {
  let head = -1;
  let tail = -1;
  let lowest = -1;
  let highest = -1;
  let hasGap = false;
  for (let i = start; i < stop; i++) {
    const value = y[i]!;
    if (!Number.isFinite(value)) {
      hasGap = true;
      continue;
    }
    if (head < 0) head = lowest = highest = i;
    if (value < y[lowest]!) lowest = i;
    if (value > y[highest]!) highest = i;
    tail = i;
  }
  if (hasGap) pushGap(points, timeAt(times, start));
  if (head < 0) return;
  for (const index of [...new Set([head, lowest, highest, tail])].sort((a, b) => a - b)) {
    points.t.push(timeAt(times, index));
    points.y.push(y[index]!);
  }
  if (hasGap) pushGap(points, timeAt(times, tail));
}

function pushGap(points: Points, t: number): void {
  if (points.y.length === 0 || Number.isNaN(points.y.at(-1))) return;
  points.t.push(t);
  points.y.push(NaN);
}

/** Of consecutive indices with the same `column(index)`, the one with the greatest value; values that compare to nothing (NaN) are skipped. */
export function columnMaxima(values: Float64Array, first: number, column: (index: number) => number): number[] {
  const kept: number[] = [];
  let current = -Infinity;
  for (let i = first; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const here = Math.floor(column(i));
    if (here !== current) kept.push(i);
    else if (value > values[kept.at(-1)!]!) kept[kept.length - 1] = i;
    current = here;
  }
  return kept;
}
