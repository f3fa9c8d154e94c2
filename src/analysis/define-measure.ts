// What a measure is: one definition from which the checker of netlists, the reference pages and `takeMeasure` work.
// Options are typed from their declaration.

import type { Spectrum } from './spectrum.js';
import type { Waveform } from './waveform.js';

export interface MeasureOption {
  /** Unit of the value, such as `Hz`; '' for plain numbers; `same`: the unit of the first signal. */
  readonly unit: string;
  readonly kind: 'number' | 'numbers' | 'choice';
  readonly choices?: readonly string[];
  readonly default?: number | string;
  readonly doc: string;
}

export type MeasureOptionValue = number | readonly number[] | string;

export interface MeasureResult {
  readonly value: number;
  readonly warnings?: readonly string[];
  readonly spectrum?: Spectrum;
  /** Figures that come with the value, such as the gain of a fit. */
  readonly details?: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
}

export interface MeasureDefinition {
  readonly name: string;
  readonly doc: string;
  readonly cites?: string;
  /** Positional waveforms. */
  readonly signals: readonly MeasureSignal[];
  /** Named options besides `commonOptions`. */
  readonly options: Readonly<Record<string, MeasureOption>>;
  /** Unit of the result; `same`: the unit of the first signal. */
  readonly unit: string;
  /** Computes the measure from checked input; called by `takeMeasure` alone. Throws MeasureError. */
  readonly take: (waves: readonly Waveform[], options: Readonly<Record<string, MeasureOptionValue>>) => MeasureResult;
}

export interface MeasureSignal {
  readonly name: string;
  readonly doc: string;
}

/** Options that every measure has and that `takeMeasure` applies. */
export const commonOptions = {
  skip: { unit: '', kind: 'number', default: 0, doc: 'Rows left out at the start, for settling.' },
  count: { unit: '', kind: 'number', doc: 'Rows kept after those skipped; default: all.' },
} as const satisfies Readonly<Record<string, MeasureOption>>;

type ValueOf<Option extends MeasureOption> =
  | (Option['kind'] extends 'number' ? number : Option['kind'] extends 'numbers' ? readonly number[] : ChoiceOf<Option>)
  | (Option extends { readonly default: number | string } ? never : undefined);

type ChoiceOf<Option extends MeasureOption> = Option extends { readonly choices: readonly (infer Choice)[] } ? Choice : string;

interface TypedDefinition<Signals extends readonly MeasureSignal[], Options extends Readonly<Record<string, MeasureOption>>> extends Omit<
  MeasureDefinition,
  'signals' | 'options' | 'take'
> {
  readonly signals: Signals;
  readonly options: Options;
  readonly take: (
    waves: { readonly [Index in keyof Signals]: Waveform },
    options: { readonly [Name in keyof Options]: ValueOf<Options[Name]> },
  ) => MeasureResult;
}

/** Declares a measure; `take` sees as many waves as there are signals and each option with its type. */
export function defineMeasure<
  const Signals extends readonly MeasureSignal[],
  const Options extends Readonly<Record<string, MeasureOption>>,
>(definition: TypedDefinition<Signals, Options>): MeasureDefinition {
  // `takeMeasure` checks the number of waves and the type of every option before it calls `take`.
  return definition as unknown as MeasureDefinition;
}
