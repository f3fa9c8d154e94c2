// What a bench found, as cells of text: measures and checks with engineering units. The report and the
// command line print the same ones.

import type { BenchResult, TakenMeasure } from '../analysis/run-bench.js';
import { effects } from '../blocks/effects.js';
import { formatQuantity } from '../units/engineering.js';

export interface MeasureCells {
  readonly name: string;
  readonly value: string;
  readonly function: string;
  readonly signals: string;
  readonly details: string;
}

export interface CheckCells {
  readonly text: string;
  readonly verdict: 'pass' | 'fail';
  /** Value of the comparison's left side; '' where there is none. */
  readonly value: string;
}

/** `digits`: those of the values. */
export function measureCells({ measures }: Pick<BenchResult, 'measures'>, digits = 4): MeasureCells[] {
  return measures.map((measure) => ({
    name: measure.name,
    value: formatQuantity(measure.value, measure.unit, digits),
    function: measure.function,
    signals: measure.signals.join(', '),
    details: detailsText(measure),
  }));
}

function detailsText({ details = {} }: TakenMeasure): string {
  return Object.entries(details)
    .map(([name, { value, unit }]) => `${name} ${formatQuantity(value, unit)}`)
    .join(', ');
}

export function checkCells({ checks }: Pick<BenchResult, 'checks'>): CheckCells[] {
  return checks.map(({ text, pass, value, unit }) => {
    const shown = value === undefined ? '' : Number.isNaN(value) ? 'not taken' : formatQuantity(value, unit);
    return { text, verdict: pass ? 'pass' : 'fail', value: shown };
  });
}

/** Length of the run in words: `367400 ticks of clk, 2.2 s`. */
export function runLengthText({ compiled, ticks }: Pick<BenchResult, 'compiled' | 'ticks'>): string {
  const { graph, bench, program } = compiled;
  const name = graph.clocks[bench?.run.clock ?? 0]!.name;
  const clock = program.clocks.find((candidate) => candidate.name === name) ?? program.clocks[0]!;
  const seconds = (ticks * clock.period * program.grid.numerator) / program.grid.denominator;
  return `${ticks} tick${ticks === 1 ? '' : 's'} of ${name}, ${formatQuantity(seconds, 's')}`;
}

/** Whose noise a run had and what was switched off: `seed 0`, `seed 7, lane 3, without noise, jitter`. */
export function effectsText({ seed, lane, compiled: { ideal } }: BenchResult): string {
  const off = ideal.length === effects.length ? 'effects' : ideal.join(', ');
  return [`seed ${seed}`, ...(lane === 0 ? [] : [`lane ${lane}`]), ...(off === '' ? [] : [`without ${off}`])].join(', ');
}
