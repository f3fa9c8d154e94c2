// The measures and checks of one point, from its waveforms and its parameters.

import { evaluateCheck, type CheckedMeasure, type CheckResult } from '../analysis/evaluate-check.js';
import type { MeasureOptionValue } from '../analysis/define-measure.js';
import { MeasureError } from '../analysis/measure-error.js';
import { measures } from '../analysis/measures.js';
import type { TakenMeasure } from '../analysis/run-bench.js';
import { takeMeasure } from '../analysis/take-measure.js';
import { DiagnosticBag, NetlistError, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Value } from '../graph/value.js';
import { describeRange } from '../graph/params.js';
import { decodeExprs } from '../ir/encode-program.js';
import { evaluatorOf } from '../ir/interpret.js';
import type { RecordedWaveform } from '../simulate/recording.js';
import { formatQuantity } from '../units/engineering.js';
import type { CampaignJob, JobCheck, JobMeasure, JobNumber, JobOption, JobValue } from './campaign-job.js';
import type { PointResult, PointState } from './point-row.js';

export interface JudgedPoint extends PointResult {
  /** The measures that could be taken, with what came with their values. */
  readonly taken: readonly TakenMeasure[];
  readonly checks: readonly (CheckResult & { readonly margin: number })[];
  /** Warnings of measures, measures that could not be taken, values out of range. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Judges points of one campaign; formulas are ordered once. */
export class PointJudge {
  private readonly job: CampaignJob;
  private readonly evaluate: (param: (name: string) => number) => number[];

  constructor(job: CampaignJob) {
    this.job = job;
    this.evaluate = evaluatorOf(decodeExprs(job.formulas));
  }

  /** `values`: one for each axis of the plan. `waveforms`: undefined where the run diverged. */
  judge(values: readonly number[], waveforms: readonly RecordedWaveform[] | undefined): JudgedPoint {
    const { job } = this;
    const bag = new DiagnosticBag();
    const varied = new Map(job.plan.axes.map(({ name }, i) => [name, values[i]!]));
    const formulas = this.evaluate((name) => varied.get(name) ?? job.constants.get(name) ?? NaN);
    const outside = job.limits.filter(({ formula, min, max }) => !(formulas[formula]! >= min && formulas[formula]! <= max));
    for (const { name, formula, min, max, unit, varied: from } of outside) {
      const shown = (value: number): string => formatQuantity(value, unit);
      const given = from.filter((other) => other !== name).map((other) => `${other} = ${varied.get(other)}`);
      bag.error('DL303', undefined, `'${name}' is ${shown(formulas[formula]!)}${given.length === 0 ? '' : ` for ${given.join(', ')}`}`, {
        why: `'${name}' takes ${describeRange(min, max, unit)}`,
        help: `take other values of ${from.join(' or ')}`,
      });
    }
    const early: PointState | undefined = outside.length > 0 ? 'out of range' : waveforms === undefined ? 'diverged' : undefined;
    if (early !== undefined || waveforms === undefined) {
      const checks = job.checks.map(unjudged);
      return { state: early!, warnings: 0, measures: job.measures.map(() => NaN), taken: [], checks, diagnostics: bag.list };
    }
    const taken = job.measures.map((measure) => take(measure, formulas, waveforms, bag));
    const known = taken.filter((measure) => measure !== undefined);
    const names = job.measures.map(({ name }) => name);
    const checks = job.checks.map((check) => judgeCheck(check, names, known, formulas, bag));
    return {
      state: bag.hasErrors ? 'unmeasured' : 'done',
      warnings: bag.warnings.length,
      measures: taken.map((measure) => measure?.value ?? NaN),
      taken: known,
      checks,
      diagnostics: bag.list,
    };
  }
}

const numberAt = (value: JobNumber, formulas: readonly number[]): number => (typeof value === 'number' ? value : formulas[value.formula]!);

function optionAt(option: JobOption, formulas: readonly number[]): MeasureOptionValue {
  switch (option.kind) {
    case 'choice':
      return option.value;
    case 'number':
      return numberAt(option.value, formulas);
    case 'numbers':
      return option.values.map((value) => numberAt(value, formulas));
  }
}

function take(
  { name, function: called, signals, unit, options, span }: JobMeasure,
  formulas: readonly number[],
  waveforms: readonly RecordedWaveform[],
  bag: DiagnosticBag,
): TakenMeasure | undefined {
  try {
    const result = takeMeasure(
      measures.get(called)!,
      signals.map((signal) => waveforms.find((waveform) => waveform.name === signal)!),
      Object.fromEntries(options.map(([key, option]) => [key, optionAt(option, formulas)])),
    );
    for (const warning of result.warnings ?? []) bag.warn('DL504', span, `measure '${name}': ${warning}`);
    return { ...result, name, function: called, unit, signals };
  } catch (error) {
    if (!(error instanceof MeasureError)) throw error;
    bag.error('DL503', span, `measure '${name}': ${error.message}`, {
      why: 'what was recorded at this point does not allow it',
      help: error.help ?? 'look at its records: --lane with --wave records.csv',
    });
    return undefined;
  }
}

function judgeCheck(
  { text, condition, constants }: JobCheck,
  names: readonly string[],
  taken: readonly CheckedMeasure[],
  formulas: readonly number[],
  bag: DiagnosticBag,
): JudgedPoint['checks'][number] {
  const constant = (name: string): Value | undefined => {
    const value = constants.get(name);
    return value === undefined ? undefined : valueAt(value, formulas);
  };
  try {
    const result = evaluateCheck({ text, condition, constant }, names, taken);
    return { ...result, margin: result.margin ?? NaN };
  } catch (error) {
    if (!(error instanceof NetlistError)) throw error;
    bag.absorb(error);
    return unjudged({ text });
  }
}

/** A check that nothing could be compared for. */
const unjudged = ({ text }: Pick<JobCheck, 'text'>): JudgedPoint['checks'][number] => ({ text, pass: false, unit: '', margin: NaN });

function valueAt(value: JobValue, formulas: readonly number[]): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => valueAt(item, formulas)) };
  if (value.kind !== 'quantity' || value.formula === undefined) return value;
  const { formula, ...rest } = value;
  return { ...rest, value: formulas[formula]! };
}
