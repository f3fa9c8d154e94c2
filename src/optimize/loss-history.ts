// Losses of a long training, thinned out as it grows: enough for a plot, whatever its length.

export interface LossHistory {
  /** Steps from one kept loss to the next. */
  readonly stride: number;
  /** Steps seen. */
  readonly steps: number;
  readonly losses: readonly number[];
}

const mostLosses = 512;

export const emptyHistory: LossHistory = { stride: 1, steps: 0, losses: [] };

export function addLoss({ stride, steps, losses }: LossHistory, loss: number): LossHistory {
  const next = steps % stride === 0 ? [...losses, loss] : losses;
  if (next.length <= mostLosses) return { stride, steps: steps + 1, losses: next };
  return { stride: 2 * stride, steps: steps + 1, losses: next.filter((_, i) => i % 2 === 0) };
}
