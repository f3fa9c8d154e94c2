// What a method of optimization is to netlists and pages: one definition from which options are checked, the reference
// page is written and the method itself is made. Options are typed from their declaration.

import type { Method, MethodDraws } from './method.js';

interface NumberOption {
  /** `whole`: a whole number. */
  readonly kind: 'number' | 'whole';
  readonly default?: number;
  /** Range: at least `min`, or greater than `above`; at most `max`, or less than `below`. */
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
  readonly doc: string;
}

interface ChoiceOption {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly default: string;
  readonly doc: string;
}

/** A number without a unit, or one of several words. */
export type MethodOption = NumberOption | ChoiceOption;
export type MethodOptionValue = number | string;

export interface MethodDefinition {
  readonly name: string;
  readonly doc: string;
  readonly cites: string;
  /** What it asks the problem for. */
  readonly needs: 'gradient' | 'loss' | 'residuals';
  /** Numbers that it can learn at most, if its memory or time grows with their square or more. */
  readonly mostCoordinates?: number;
  readonly options: Readonly<Record<string, MethodOption>>;
  /** Makes the method from checked options; called by `prepareMethod` alone. */
  readonly make: (options: Readonly<Record<string, MethodOptionValue>>, draws: MethodDraws) => Method;
}

type ValueOf<Option extends MethodOption> = Option extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : number | (Option extends { readonly default: number } ? never : undefined);

interface TypedDefinition<Options extends Readonly<Record<string, MethodOption>>> extends Omit<MethodDefinition, 'options' | 'make'> {
  readonly options: Options;
  readonly make: (options: { readonly [Name in keyof Options]: ValueOf<Options[Name]> }, draws: MethodDraws) => Method;
}

/** Declares a method; `make` sees each option with its type. */
export function defineMethod<const Options extends Readonly<Record<string, MethodOption>>>(
  definition: TypedDefinition<Options>,
): MethodDefinition {
  // `prepareMethod` checks the type and range of every option before it calls `make`.
  return definition as unknown as MethodDefinition;
}

/** The option that says how many steps are done at most. */
export const stepsOption = <const Default extends number>(steps: Default) =>
  ({ kind: 'whole', default: steps, min: 1, doc: 'Steps at most.' }) as const;

/** The option that says which draw of data and noise a step sees. */
export const batchOption = <const Default extends 'fresh' | 'fixed'>(batch: Default) =>
  ({
    kind: 'choice',
    choices: ['fresh', 'fixed'],
    default: batch,
    doc: '`fresh`: each step has a batch of data and noise of its own, step s the one of number s, from 0; `fixed`: all have number 0.',
  }) as const;

/** Number of the batch that a step sees. */
export const batchOf = (batch: 'fresh' | 'fixed', step: number): number => (batch === 'fresh' ? step : 0);
