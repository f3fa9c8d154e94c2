// Gradients of a batch by what is learned: the preparation before and after those of its lanes.

import { argOf, withArena, type Expr } from '../ir/expr.js';
import { Rewriter } from '../ir/rewrite.js';
import type { BatchCotangents, BatchGradient, BatchGradientOptions, BatchGradients, BatchValues, LaneInputs } from './batch-gradient.js';
import type { CutProgram } from './cut-parameters.js';
import type { LanesGradient } from './lanes-gradient.js';
import { Preparation } from './preparation.js';

export class PreparedGradient implements BatchGradient {
  readonly learned: readonly string[];
  readonly lanes: number;
  readonly close: () => Promise<void>;
  private readonly cut: CutProgram['prepared'];
  private readonly ofLanes: LanesGradient;
  private readonly prepared: Float64Array;
  private preparation!: Preparation;

  constructor(
    { learned, lanes, formulas = new Map() }: BatchGradientOptions,
    cut: CutProgram['prepared'],
    ofLanes: LanesGradient,
    close: () => Promise<void>,
  ) {
    this.learned = learned;
    this.lanes = lanes;
    this.cut = cut;
    this.ofLanes = ofLanes;
    this.close = close;
    this.prepared = new Float64Array(cut.length);
    this.prepare(formulas);
  }

  prepare(formulas: ReadonlyMap<string, Expr>): void {
    this.preparation = withArena(() => {
      const rewriter = new Rewriter((leaf) => (leaf.op === 'param' ? formulas.get(argOf(leaf, 'param')) : undefined));
      const own = new Rewriter(() => undefined);
      return new Preparation(
        this.learned,
        this.cut.map(({ value }) => own.rewrite(rewriter.rewrite(value))),
      );
    });
  }

  forward(values: ArrayLike<number>, inputs: LaneInputs = {}): BatchValues {
    this.preparation.forward(values, this.prepared);
    return this.ofLanes.forward(this.prepared, inputs);
  }

  backward(cotangents: BatchCotangents): BatchGradients {
    const { sums, ...ofLanes } = this.ofLanes.backward(cotangents);
    const total = new Float64Array(this.cut.length);
    for (let at = 0; at < sums.length; at += total.length) for (let i = 0; i < total.length; i++) total[i]! += sums[at + i]!;
    return { learned: this.preparation.backward(total), ...ofLanes };
  }

  jacobian(final: number): Float64Array {
    const { lanes, learned, cut } = this;
    const byPrepared = this.ofLanes.jacobian(final);
    const jacobian = new Float64Array(lanes * learned.length);
    // The preparation is the same for all lanes: its own Jacobian, a row at a time.
    const unit = new Float64Array(cut.length);
    cut.forEach((_, i) => {
      unit[i] = 1;
      this.preparation.backward(unit).forEach((slope, j) => {
        if (slope === 0) return;
        for (let lane = 0; lane < lanes; lane++) jacobian[lane * learned.length + j]! += slope * byPrepared[i * lanes + lane]!;
      });
      unit[i] = 0;
    });
    return jacobian;
  }
}
