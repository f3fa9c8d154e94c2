// Losses of a long training, thinned out as it grows: enough for a plot, whatever its length.

export interface LossHistory {
  /** Steps from one kept loss to the next. */
  readonly stride: number;
  /** Steps seen. */
  readonly steps: number;
  readonly losses: readonly number[];
  /** Steps after which each stage ended. */
  readonly ends: readonly number[];
}

const mostLosses = 512;

export const emptyHistory: LossHistory = { stride: 1, steps: 0, losses: [], ends: [] };

export function addLoss({ stride, steps, losses, ends }: LossHistory, loss: number): LossHistory {
  const next = steps % stride === 0 ? [...losses, loss] : losses;
  if (next.length <= mostLosses) return { stride, steps: steps + 1, losses: next, ends };
  return { stride: 2 * stride, steps: steps + 1, losses: next.filter((_, i) => i % 2 === 0), ends };
}

export const endStage = (history: LossHistory): LossHistory => ({ ...history, ends: [...history.ends, history.steps] });
