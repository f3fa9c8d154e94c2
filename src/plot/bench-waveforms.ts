// The waveform figures of a bench's report: how records are grouped into panels, and which stretches of
// the run are shown.

import type { BenchResult } from '../analysis/run-bench.js';
import type { RecordedWaveform } from '../simulate/recording.js';
import { formatQuantity } from '../units/engineering.js';
import type { ReportFigure } from './report.js';
import { waveformFigure, type Panel, type Trace } from './waveform-figure.js';

/** Traces in one figure; more cannot be told apart. */
const mostTraces = 24;
const mostTracesPerPanel = 6;
/** Signals whose sizes differ by more than this do not share an axis. */
const largestSizeRatio = 8;
/** Rows shown whole in one figure. */
const shortRun = 240;
const zoomRows = 100;
/** Rows beyond which a signal of two values is a solid block. */
const mostToggleRows = 800;

interface TraceGroup {
  readonly unit: string;
  /** Spread of the first trace's values. */
  readonly size: number;
  readonly kind: 'bits' | 'two' | 'analog';
  readonly traces: Trace[];
}

/** The whole run, its start-up, then a stretch short enough to see single ticks; the end instead where the run diverged. None without rows. */
export function waveformFigures(result: BenchResult): ReportFigure[] {
  const shown = result.waveforms.filter((waveform) => waveform.values.length > 0).slice(0, mostTraces);
  const [first] = shown;
  if (first === undefined) return [];
  const groups = groupTraces(shown);
  const fastest = shown.reduce((a, b) => (b.sampleRateHz > a.sampleRateHz ? b : a), first);
  const rows = fastest.values.length;
  const left = result.waveforms.length - shown.length;
  const draw = (title: string, from: number, to: number): ReportFigure => {
    const timeOf = (row: number): number => fastest.startSeconds + row / fastest.sampleRateHz;
    const [start, end] = [timeOf(from), timeOf(to)].map((time) => formatQuantity(time, 's', 7));
    const visible =
      to - from > mostToggleRows && groups.some(({ kind }) => kind === 'analog') ? groups.filter(({ kind }) => kind === 'analog') : groups;
    const hidden = groups.filter((group) => !visible.includes(group)).flatMap(({ traces }) => traces.map(({ name }) => name));
    const notes = [
      `${from === 0 && to === rows ? 'The whole run' : `Rows ${from} to ${to - 1} of ${rows}`}, ${start} to ${end}.`,
      ...(hidden.length > 0 ? [`Not drawn, since they change too often: ${hidden.join(', ')}.`] : []),
      ...(left > 0 ? [`${left} more records are in the data files.`] : []),
    ];
    const svg = waveformFigure({ title: '', xUnit: 's', panels: visible.map(panelOf), from: timeOf(from), to: timeOf(to) });
    return { title, svg, caption: notes.join(' ') };
  };
  if (rows <= shortRun) return [draw('Waveforms', 0, rows)];
  const startRows = Math.min(rows, startUpRows(result, fastest));
  const start = draw(startRows === rows ? 'Waveforms' : 'Start-up', 0, startRows);
  if (result.status === 'diverged') return [draw('Before the divergence', rows - zoomRows, rows), start];
  const middle = Math.floor((rows - zoomRows) / 2);
  const whole = startRows === rows ? [] : [draw('Whole run', 0, rows)];
  return [...whole, start, draw('In detail', middle, middle + zoomRows)];
}

/** Three periods of the slowest tone that a measure found, within 200 to 4000 rows; 400 rows where there is none. */
function startUpRows({ measures }: BenchResult, { sampleRateHz }: RecordedWaveform): number {
  const freqs = measures.flatMap(({ details = {} }) =>
    Object.entries(details).flatMap(([name, { value, unit }]) => (unit === 'Hz' && /^freq(_\d+)?$/.test(name) && value > 0 ? [value] : [])),
  );
  if (freqs.length === 0) return 400;
  return Math.min(4000, Math.max(200, Math.ceil((3 * sampleRateHz) / Math.min(...freqs))));
}

/** Bits share a panel of lanes, a signal of two values has its own, others share one when unit and size agree. */
function groupTraces(waveforms: readonly RecordedWaveform[]): TraceGroup[] {
  const groups: TraceGroup[] = [];
  for (const waveform of waveforms) {
    const { unit, type } = waveform;
    const kind = type === 'bit' ? 'bits' : hasTwoValues(waveform.values) ? 'two' : 'analog';
    const size = kind === 'bits' ? 1 : spreadOf(waveform.values);
    const trace: Trace = {
      name: waveform.name,
      t: { t0: waveform.startSeconds, dt: 1 / waveform.sampleRateHz },
      y: waveform.values,
      style: kind === 'bits' ? 'bits' : 'step',
    };
    const fits = (group: TraceGroup): boolean => {
      if (group.kind !== kind || kind === 'two') return false;
      if (kind === 'bits') return true;
      const ratio = size / group.size;
      return group.unit === unit && group.traces.length < mostTracesPerPanel && ratio <= largestSizeRatio && ratio >= 1 / largestSizeRatio;
    };
    const group = groups.find(fits);
    if (group === undefined) groups.push({ unit, size, kind, traces: [trace] });
    else group.traces.push(trace);
  }
  return groups;
}

const panelOf = ({ unit, traces, kind }: TraceGroup): Panel => ({
  label: traces.length === 1 && kind !== 'bits' ? traces[0]!.name : '',
  unit,
  traces,
});

function hasTwoValues(values: Float64Array): boolean {
  let other: number | undefined;
  for (const value of values) {
    if (value === values[0] || value === other) continue;
    if (other !== undefined) return false;
    other = value;
  }
  return other !== undefined;
}

/** From the least to the greatest finite value; 1 for a constant, which fits anywhere its value is near. */
function spreadOf(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? high - low : Math.abs(high) || 1;
}
