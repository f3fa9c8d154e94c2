// Axes as text that reads back to the same axis, bit for bit, for manifests and tables.

import { findUnit, takesPrefix } from '../units/unit.js';
import { axisParts } from './axis-fault.js';
import type { Axis } from './plan.js';

/** `log(1kHz, 1MHz, 20)`: what `readAxis` reads, for a parameter in `unit` ('' for plain numbers). */
export function printAxis(axis: Axis, unit: string): string {
  if (axis.kind === 'list') return `list(${axis.values.map((value) => printNumber(value, unit)).join(', ')})`;
  const numbers = Object.entries(axis).filter(([key]) => (axisParts[axis.kind] as readonly string[]).includes(key));
  const byPart = Object.fromEntries(numbers) as Readonly<Record<string, number>>;
  const texts = axisParts[axis.kind].map((part) => printNumber(byPart[part]!, part === 'count' ? '' : unit));
  return `${axis.kind}(${texts.join(', ')})`;
}

const prefixes: ReadonlyMap<number, string> = new Map([
  [-18, 'a'],
  [-15, 'f'],
  [-12, 'p'],
  [-9, 'n'],
  [-6, 'u'],
  [-3, 'm'],
  [0, ''],
  [3, 'k'],
  [6, 'M'],
  [9, 'G'],
  [12, 'T'],
]);

/**
 * The shortest digits that read back to the same float, with the unit and a prefix where the unit takes one: prefixes move the
 * decimal point of the literal and so cost no digit. Units that no literal can have, such as `V/s`, are left out.
 */
function printNumber(value: number, unit: string): string {
  const known = unit === '' ? undefined : findUnit(unit);
  if (known === undefined) return plainDigits(value);
  if (value === 0 || !takesPrefix(unit)) return `${plainDigits(value)}${unit}`;
  const [mantissa, exponentText] = Math.abs(value).toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  const power = 3 * Math.floor(exponent / 3);
  const prefix = prefixes.get(power);
  if (prefix === undefined) return `${plainDigits(value)}${unit}`;
  const digits = mantissa.replace('.', '').padEnd(exponent - power + 1, '0');
  const [whole, fraction] = [digits.slice(0, exponent - power + 1), digits.slice(exponent - power + 1)];
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}${prefix}${unit}`;
}

/** String() drops the sign of -0. */
const plainDigits = (value: number): string => (Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e'));
