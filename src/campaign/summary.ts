// What a campaign found, in figures: statistics of every measure, yield of every check, the worst point. It follows from
// the manifest and the rows in order, so it is the same bytes however the points were run.

import { wilsonInterval } from '../numeric/wilson.js';
import { planOf, type CampaignManifest } from './campaign-manifest.js';
import { makePlan } from './make-plan.js';
import { pointStates, type PointState } from './point-row.js';
import { eachPoint } from './result-table.js';
import { Distribution, RunningStatistics, type Bins, type Extreme } from './statistics.js';
import { WorstOfCheck, type WorstPoint } from './worst-point.js';

/** A share of points, with Wilson's interval of 95 %. */
export interface Yield {
  readonly passed: number;
  readonly total: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface CheckSummary extends Yield {
  readonly text: string;
  readonly worst: WorstPoint;
}

/** Figures of a measure over the points where it was taken; null where there are too few. */
export interface MeasureSummary {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  /** Points where it could not be taken, and where it was infinite. */
  readonly missing: number;
  readonly infinite: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly min: Extreme | null;
  readonly max: Extreme | null;
  /** Percentiles, and by how much they may be off. */
  readonly percentiles: Readonly<Record<string, number | null>>;
  readonly resolution: number;
  readonly histogram: Bins;
}

/** Those of every measure. */
export const percentilesTaken = [1, 5, 25, 50, 75, 95, 99] as const;

export interface CampaignSummary {
  readonly points: number;
  /** How many points ended in each state. */
  readonly states: Readonly<Record<PointState, number>>;
  /** Points with a warning of a measure. */
  readonly warned: number;
  readonly measures: readonly MeasureSummary[];
  readonly checks: readonly CheckSummary[];
  /** Points that were done and passed every check. */
  readonly overall: Yield;
  /** The worst point of the check that fails most often; absent without checks. */
  readonly worst?: {
    readonly point: number;
    readonly check: string;
    readonly state: PointState;
    readonly parameters: Readonly<Record<string, number>>;
    readonly measures: Readonly<Record<string, number | null>>;
  };
}

function yieldOf(passed: number, total: number): Yield {
  return { passed, total, share: passed / total, ...wilsonInterval(passed, total) };
}

export function summarize(manifest: CampaignManifest, tiles: Iterable<Float64Array>): CampaignSummary {
  const { points, measures, checks } = manifest.campaign;
  const running = measures.map(() => new RunningStatistics());
  const states = pointStates.map(() => 0);
  const passed = checks.map(() => 0);
  const followers = checks.map(() => new WorstOfCheck());
  let warned = 0;
  let good = 0;
  for (const [point, result] of eachPoint(manifest, tiles)) {
    states[pointStates.indexOf(result.state)]!++;
    if (result.warnings > 0) warned++;
    result.measures.forEach((value, i) => running[i]!.add(point, value));
    result.checks.forEach((outcome, i) => {
      if (outcome.pass) passed[i]!++;
      followers[i]!.see(point, outcome);
    });
    if (result.state === 'done' && result.checks.every(({ pass }) => pass)) good++;
  }
  const distributions = running.map((first) => new Distribution(first));
  for (const [, result] of eachPoint(manifest, tiles)) result.measures.forEach((value, i) => distributions[i]!.add(value));
  const worst = checks.length === 0 ? undefined : passed.indexOf(Math.min(...passed));
  return {
    points,
    states: Object.fromEntries(pointStates.map((state, i) => [state, states[i]!])) as Record<PointState, number>,
    warned,
    measures: measures.map((measure, i) => ({ ...measure, ...figuresOf(running[i]!, distributions[i]!) })),
    checks: checks.map((text, i) => ({ text, ...yieldOf(passed[i]!, points), worst: followers[i]!.worst! })),
    overall: yieldOf(good, points),
    ...(worst === undefined ? {} : { worst: describePoint(manifest, tiles, followers[worst]!.worst!.point, checks[worst]!) }),
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function figuresOf(running: RunningStatistics, distribution: Distribution): Omit<MeasureSummary, 'name' | 'unit'> {
  const { count, missing, infinite, min = null, max = null } = running;
  const bins = distribution.histogram();
  return {
    count,
    missing,
    infinite,
    mean: finiteOrNull(running.mean),
    standardDeviation: finiteOrNull(running.standardDeviation),
    min,
    max,
    percentiles: Object.fromEntries(percentilesTaken.map((percent) => [percent, finiteOrNull(distribution.percentile(percent))])),
    resolution: count === 0 ? 0 : distribution.resolution,
    histogram: count === 0 ? { start: 0, width: 0, counts: [] } : bins,
  };
}

function describePoint(
  manifest: CampaignManifest,
  tiles: Iterable<Float64Array>,
  wanted: number,
  check: string,
): NonNullable<CampaignSummary['worst']> {
  const values = makePlan(planOf(manifest)).valuesAt(wanted);
  const { axes, measures } = manifest.campaign;
  for (const [point, { state, measures: taken }] of eachPoint(manifest, tiles)) {
    if (point !== wanted) continue;
    return {
      point,
      check,
      state,
      parameters: Object.fromEntries(axes.map(({ name }, i) => [name, values[i]!])),
      measures: Object.fromEntries(measures.map(({ name }, i) => [name, finiteOrNull(taken[i]!)])),
    };
  }
  throw new Error(`internal: there is no row of point ${wanted}`);
}
