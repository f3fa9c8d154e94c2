// The objective of an optimization: reductions of signals over a batch, and an expression of them that is minimized.

import type { MeasureOptionValue } from '../analysis/define-measure.js';
import type { Expr } from '../ir/expr.js';
import type { BatchCotangents, BatchValues } from './batch-gradient.js';
import { Preparation } from './preparation.js';
import type { Over, Reduction } from './reductions.js';

/** One reduction of the values of its signals. */
export interface ObjectiveTerm {
  readonly name: string;
  /** Names of the records it is made of, and which values of each. */
  readonly signals: readonly { readonly record: string; readonly over: Over }[];
  readonly reduction: Reduction;
  /** With defaults filled in. */
  readonly options: Readonly<Record<string, MeasureOptionValue>>;
}

export interface Judged {
  readonly loss: number;
  /** Value of each term. */
  readonly terms: readonly number[];
}

export class Objective {
  /** Records whose last rows, and all of whose rows, are wanted; each once. */
  readonly finals: readonly string[];
  readonly rows: readonly string[];
  private readonly terms: readonly ObjectiveTerm[];
  private readonly formula: Preparation;
  private readonly loss = new Float64Array(1);
  /** Derivatives of each term by the values of its signals, at the last judgement. */
  private slopes: readonly (readonly Float64Array[])[] = [];
  private values: BatchValues = { finals: [], rows: [] };
  private judged: readonly number[] = [];

  /** `minimize`: an expression over parameters with the names of terms. */
  constructor(terms: readonly ObjectiveTerm[], minimize: Expr) {
    const recordsOver = (wanted: Over): string[] => [
      ...new Set(terms.flatMap(({ signals }) => signals.flatMap(({ record, over }) => (over === wanted ? [record] : [])))),
    ];
    this.terms = terms;
    this.finals = recordsOver('last');
    this.rows = recordsOver('run');
    this.formula = new Preparation(
      terms.map(({ name }) => name),
      [minimize],
    );
  }

  judge(values: BatchValues): Judged {
    const reduced = this.terms.map((term) => term.reduction.reduce(this.valuesOf(term, values), term.options));
    const terms = reduced.map(({ value }) => value);
    this.values = values;
    this.slopes = reduced.map(({ slopes }) => slopes);
    this.judged = terms;
    this.formula.forward(terms, this.loss);
    return { loss: this.loss[0]!, terms };
  }

  /** The terms that were judged last, in words. */
  describe(): string {
    return this.terms.map(({ name }, i) => `${name} = ${this.judged[i]?.toPrecision(4) ?? 'unknown'}`).join(', ');
  }

  /** Derivatives of the loss by what was judged last. */
  cotangents(): BatchCotangents {
    const weights = this.formula.backward([1]);
    const zeros = (all: readonly Float64Array[]): Float64Array[] => all.map(({ length }) => new Float64Array(length));
    const cotangents = { finals: zeros(this.values.finals), rows: zeros(this.values.rows) };
    this.terms.forEach((term, i) => {
      const weight = weights[i]!;
      this.valuesOf(term, cotangents).forEach((to, signal) => {
        const slopes = this.slopes[i]![signal]!;
        for (let at = 0; at < to.length; at++) to[at]! += weight * slopes[at]!;
      });
    });
    return cotangents;
  }

  private valuesOf({ signals }: ObjectiveTerm, { finals, rows }: BatchValues): Float64Array[] {
    return signals.map(({ record, over }) => (over === 'last' ? finals[this.finals.indexOf(record)]! : rows[this.rows.indexOf(record)]!));
  }
}
