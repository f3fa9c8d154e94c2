// Runs of a system for batches of any size: one kernel for each size that was lately asked for. tfjs may run a layer several
// times before it asks for the first gradient; a run that is no longer the last of its kernel is then run once more.

import type { BatchCotangents, BatchGradient, BatchGradientOptions, BatchGradients, BatchValues, LaneInputs } from '../batch-gradient.js';
import { GradientError } from '../gradient-error.js';
import { openBatchGradientNow } from '../open-batch-gradient.js';
import { fail } from '../../diagnostics/diagnostic.js';
import type { Program } from '../../ir/program.js';

/** A training has batches of one size and a last one, an evaluation others. */
const mostSizes = 4;

export interface LayerRun {
  /** To be read before the next run. */
  readonly values: BatchValues;
  backward(cotangents: BatchCotangents): BatchGradients;
}

export class LayerRuns {
  private readonly program: Program;
  private readonly options: Omit<BatchGradientOptions, 'lanes'>;
  /** By size, the one that was used last at the end. */
  private readonly opened = new Map<number, BatchGradient>();
  private readonly lastRun = new WeakMap<BatchGradient, object>();

  constructor(program: Program, options: Omit<BatchGradientOptions, 'lanes'>) {
    this.program = program;
    this.options = options;
  }

  /** The kernel for batches of this size. Throws NetlistError DL907 where the system has no gradient, BackendError. */
  open(lanes: number): BatchGradient {
    const gradient = this.opened.get(lanes) ?? this.compile(lanes);
    this.opened.delete(lanes);
    this.opened.set(lanes, gradient);
    if (this.opened.size > mostSizes) this.opened.delete(this.opened.keys().next().value!);
    return gradient;
  }

  run(lanes: number, learned: Float64Array, inputs: LaneInputs): LayerRun {
    const gradient = this.open(lanes);
    const run = {};
    const forward = (): BatchValues => {
      this.lastRun.set(gradient, run);
      return gradient.forward(learned, inputs);
    };
    return {
      values: forward(),
      backward: (cotangents) => {
        if (this.lastRun.get(gradient) !== run) forward();
        return gradient.backward(cotangents);
      },
    };
  }

  private compile(lanes: number): BatchGradient {
    try {
      return openBatchGradientNow(this.program, { ...this.options, lanes });
    } catch (error) {
      if (!(error instanceof GradientError)) throw error;
      return fail('DL907', undefined, `system '${this.program.name}' has no gradient`, { why: error.message });
    }
  }
}
