// The figures of an optimization: histories of losses, and the score against each measure of the judging bench.

import type { OptimizationOutline } from '../../optimize/plan/outline-optimization.js';
import type { OptimizationPlan } from '../../optimize/plan/plan-optimization.js';
import type { LossHistory } from '../../optimize/loss-history.js';
import { historyFigure, type HistoryCurve } from '../../plot/history-figure.js';
import { scatterFigure, type ScatterSeries } from '../../plot/scatter-figure.js';
import { variedText } from './optimization-summary.js';
import { rank, type OptimizationResults, type RestartResult } from './restart-result.js';
import { scoreWords } from './score-words.js';

export interface NamedFigure {
  /** Of its file. */
  readonly name: string;
  readonly svg: string;
}

const mostOthers = 10;

/** `plans` by variant. */
export function optimizationFigures(
  outline: OptimizationOutline,
  plans: readonly OptimizationPlan[],
  results: OptimizationResults,
): NamedFigure[] {
  const histories = historyOf(plans, results);
  return [...(histories === undefined ? [] : [histories]), ...scattersOf(outline, plans, results)];
}

/** The names that `optimizationFigures` may give. */
export const isFigureName = (name: string): boolean => /^(history|score-by-\w+)\.svg$/.test(name);

/** Undefined where nothing was trained. */
function historyOf(plans: readonly OptimizationPlan[], { restarts, finished }: OptimizationResults): NamedFigure | undefined {
  const all = [...restarts, ...finished];
  const [best = restarts[0]] = rank(all);
  if (best === undefined || all.every(({ history }) => history.losses.length === 0)) return undefined;
  const partsOf = ({ restart, phase }: RestartResult): RestartResult[] =>
    all.filter((one) => one.restart === restart && (phase === 'finish' || one.phase === 'restart'));
  const ranked = rank(restarts);
  const median = ranked[Math.floor(ranked.length / 2)];
  const left = (ranked.length > 0 ? ranked : restarts).filter(({ restart }) => restart !== best.restart && restart !== median?.restart);
  const others = evenlySpread(left, mostOthers);
  const curve = (kind: HistoryCurve['kind'], name: string, result: RestartResult): HistoryCurve => {
    const points = joinHistories(partsOf(result).map(({ history }) => history));
    return { kind, name, steps: Float64Array.from(points, ([step]) => step), losses: Float64Array.from(points, ([, loss]) => loss) };
  };
  const othersName = others.length === 1 ? `restart ${others[0]!.restart}` : `${others.length} others, evenly spread in rank`;
  const bestParts = partsOf(best);
  const plan = plans[best.variant]!;
  const stages = [...plan.stages, ...(bestParts.length > 1 ? plan.finish : [])];
  const starts = [0, ...stageEnds(bestParts.map(({ history }) => history))];
  const count = `${restarts.length} restart${restarts.length === 1 ? '' : 's'}${finished.length === 0 ? '' : `, ${finished.length} finished`}`;
  const svg = historyFigure({
    title: 'Losses while training',
    unit: '',
    curves: [
      ...others.map((result) => curve('other', othersName, result)),
      ...(median === undefined || median.restart === best.restart ? [] : [curve('median', `median: restart ${median.restart}`, median)]),
      curve('best', `best: restart ${best.restart}${best.phase === 'finish' ? ', finished' : ''}`, best),
    ],
    stages: stages.flatMap(({ definition }, i) => (starts[i] === undefined ? [] : [{ step: starts[i], name: definition.name }])),
    caption: `${count}; dashed: stages of the best, ${stages.map(({ text }) => text).join(', ')}`,
  });
  return { name: 'history.svg', svg };
}

/** Points of histories one after the other. */
function joinHistories(histories: readonly LossHistory[]): [step: number, loss: number][] {
  let offset = 0;
  return histories.flatMap(({ losses, stride, steps }) => {
    const points = losses.map((loss, i): [number, number] => [offset + i * stride, loss]);
    offset += steps;
    return points;
  });
}

function stageEnds(histories: readonly LossHistory[]): number[] {
  let offset = 0;
  return histories.flatMap(({ ends, steps }) => {
    const own = ends.map((end) => offset + end);
    offset += steps;
    return own;
  });
}

/** At most `most` of the items, the first and the last among them. */
function evenlySpread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

function scattersOf(
  outline: OptimizationOutline,
  plans: readonly OptimizationPlan[],
  { restarts, finished }: OptimizationResults,
): NamedFigure[] {
  const results = [...restarts, ...finished];
  const judged = results.filter(({ failure, measures }) => failure === undefined && measures.length > 0);
  const score = scoreWords(outline, results);
  const [best] = rank(results);
  const failures = restarts.filter(({ failure }) => failure !== undefined).length;
  const measures = (judged[0]?.measures ?? []).filter(({ name }) => name !== score.measure);
  return measures.map(({ name, unit }) => ({
    name: `score-by-${name}.svg`,
    svg: scatterFigure({
      title: `${score.name} against ${name}`,
      xLabel: name,
      xUnit: unit,
      yLabel: score.name,
      yUnit: score.unit,
      legend: [...plans[0]!.varied.keys()].join(', '),
      series: seriesOf(plans),
      dots: judged.map(({ variant, phase, score: y, measures: own }) => ({
        x: own.find((measure) => measure.name === name)?.value ?? NaN,
        y,
        series: variant,
        isRimmed: phase === 'finish',
      })),
      rimmed: 'finished',
      best: best === undefined ? undefined : judged.indexOf(best),
      caption: `${restarts.length} restart${restarts.length === 1 ? '' : 's'}${failures === 0 ? '' : `, ${failures} failed`}${finished.length === 0 ? '' : `; ${finished.length} finished`}`,
    }),
  }));
}

/** Of two or more names that are varied the first gives the colour and the others the shape; of one both. */
function seriesOf(plans: readonly OptimizationPlan[]): ScatterSeries[] {
  const keys = plans.map(({ varied }) => {
    const [first, ...others] = [...varied.values()].map(({ value }) => value);
    return { first: String(first), others: others.join(' ') };
  });
  const indexIn = (all: readonly string[], one: string): number => [...new Set(all)].indexOf(one);
  return plans.map((plan, i) => {
    const color = indexIn(
      keys.map(({ first }) => first),
      keys[i]!.first,
    );
    const shape =
      plan.varied.size < 2
        ? color
        : indexIn(
            keys.map(({ others }) => others),
            keys[i]!.others,
          );
    return { name: variedText(plan), color, shape };
  });
}
