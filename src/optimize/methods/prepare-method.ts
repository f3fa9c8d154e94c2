// Makes a method from its definition: checks the options it was given, fills in defaults.

import { didYouMean } from '../../diagnostics/suggest.js';
import type { MethodDefinition, MethodOption, MethodOptionValue } from './define-method.js';
import { MethodError } from './method-error.js';
import type { Method, MethodDraws } from './method.js';

/** Throws MethodError for the first option that does not fit the definition. */
export function prepareMethod(
  definition: MethodDefinition,
  options: Readonly<Record<string, MethodOptionValue>>,
  draws: MethodDraws,
): Method {
  const values: Record<string, MethodOptionValue> = {};
  for (const [key, value] of Object.entries(options)) {
    const fault = findOptionFault(definition, key, value);
    if (fault !== undefined) throw fault;
    values[key] = value;
  }
  for (const [key, option] of Object.entries(definition.options)) if (option.default !== undefined) values[key] ??= option.default;
  return definition.make(values, draws);
}

/** What is wrong with one option of a method; undefined if it fits. */
export function findOptionFault(definition: MethodDefinition, key: string, value: MethodOptionValue): MethodError | undefined {
  const { name, options } = definition;
  if (!Object.hasOwn(options, key)) return new MethodError(`'${name}' has no option '${key}'`, didYouMean(key, Object.keys(options)));
  const option = options[key]!;
  if (option.kind === 'choice') {
    if (typeof value === 'string' && option.choices.includes(value)) return undefined;
    return new MethodError(
      `option '${key}' is not one of ${option.choices.join(', ')}`,
      typeof value === 'string' ? didYouMean(value, option.choices) : undefined,
    );
  }
  if (typeof value !== 'number') return new MethodError(`option '${key}' is not a number`);
  if (option.kind === 'whole' && !Number.isInteger(value)) return new MethodError(`option '${key}' is ${value}, not a whole number`);
  if (!Number.isFinite(value)) return new MethodError(`option '${key}' is ${value}`);
  const { min = -Infinity, above = -Infinity, max = Infinity, below = Infinity } = option;
  if (value >= min && value > above && value <= max && value < below) return undefined;
  return new MethodError(`option '${key}' is ${value}, not ${rangeText(option)}`);
}

/** `greater than 0 and at most 1`; '' if every number fits. */
export function rangeText(option: MethodOption): string {
  if (option.kind === 'choice') return '';
  const parts = [
    option.min === undefined ? [] : `at least ${option.min}`,
    option.above === undefined ? [] : `greater than ${option.above}`,
    option.max === undefined ? [] : `at most ${option.max}`,
    option.below === undefined ? [] : `less than ${option.below}`,
  ];
  return parts.flat().join(' and ');
}
