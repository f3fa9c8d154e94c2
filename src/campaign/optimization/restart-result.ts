// What became of one restart, as plain data: what a worker answers, what is kept in the folder, and what reports are made of.

import type { WeightMode } from '../../optimize/learned-parameters.js';
import type { LossHistory } from '../../optimize/loss-history.js';
import { decodeState, encodeState } from '../../optimize/methods/state-text.js';
import type { TrainingState } from '../../optimize/training.js';

/** `restart`: the methods that every restart runs; `finish`: those of the best. */
export type Phase = 'restart' | 'finish';

export interface RestartTask {
  readonly phase: Phase;
  readonly restart: number;
  /** Index of the combination of varied values. */
  readonly variant: number;
  /** `finish`: where the restart ended. */
  readonly from?: string | undefined;
}

export interface JudgedMeasure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface RestartResult {
  readonly phase: Phase;
  readonly restart: number;
  readonly variant: number;
  /** The objective on lanes that no training saw, and its terms. */
  readonly loss: number;
  readonly terms: readonly number[];
  /** Of the judging bench; empty where there is none. */
  readonly measures: readonly JudgedMeasure[];
  /** What restarts are ranked by, the highest first: the judgement, or the negative loss; NaN for a failure. */
  readonly score: number;
  /** Whether weights that have levels are on their grid: what is not is no design yet. */
  readonly isRounded: boolean;
  /** By element of what is learned: the value it has in the netlist. */
  readonly values: readonly number[];
  readonly history: LossHistory;
  /** The state at the end, for what goes on from there. */
  readonly state: string;
  readonly failure?: string | undefined;
}

export interface OptimizationResults {
  readonly restarts: readonly RestartResult[];
  /** In the order of their restarts' ranks. */
  readonly finished: readonly RestartResult[];
}

/** The best first, behind all whose weights are rounded those whose weights are not; those of one score in their order, failures left out. */
export const rank = (results: readonly RestartResult[]): RestartResult[] =>
  results
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => Number(b.isRounded) - Number(a.isRounded) || b.score - a.score || a.restart - b.restart);

interface StateText {
  readonly stage: number;
  readonly mode: WeightMode;
  readonly isFitted: boolean;
  /** As a method's state, which keeps every bit. */
  readonly x: string;
  readonly method?: string | undefined;
  readonly history: Omit<LossHistory, 'losses'> & { readonly losses: readonly (number | string)[] };
  readonly failure?: string | undefined;
}

export function encodeTraining({ stage, x, mode, isFitted, method, history, failure }: TrainingState): string {
  const text: StateText = {
    stage,
    mode,
    isFitted,
    x: encodeState({ x, step: 0, loss: 0, evaluations: 0, done: false }),
    method: method === undefined ? undefined : encodeState(method),
    // JSON has no NaN and no infinities.
    history: { ...history, losses: history.losses.map((loss) => (Number.isFinite(loss) ? loss : String(loss))) },
    failure,
  };
  return JSON.stringify(text);
}

export function decodeTraining(text: string): TrainingState {
  const { stage, mode, isFitted, x, method, history, failure } = JSON.parse(text) as StateText;
  return {
    stage,
    mode,
    isFitted,
    x: decodeState(x).x,
    method: method === undefined ? undefined : decodeState(method),
    history: { ...history, losses: history.losses.map(Number) },
    failure,
  };
}
