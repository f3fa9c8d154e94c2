// The spelling of units: SI prefixes (case-sensitive), unit names, and compound units of ports (`V/s`).
// A unit is a decimal exponent, a dimension and, for degrees, a factor that is no power of ten.

import { nearestName } from '../diagnostics/suggest.js';
import { multiplyDimensions, namedDimensions, none, powerDimension } from './dimension.js';
import type { Dimension } from './dimension.js';

/** A value in this unit times `factor * 10^exponent10` is the value in SI base units. */
export interface ScaledUnit {
  readonly exponent10: number;
  readonly factor: number;
  readonly dimension: Dimension;
}

/** Decimal exponents of the prefixes; `u`, the micro sign and the Greek mu are one, `meg` is SPICE's mega. */
const prefixExponents: ReadonlyMap<string, number> = new Map([
  ['a', -18],
  ['f', -15],
  ['p', -12],
  ['n', -9],
  ['u', -6],
  ['\u00b5', -6],
  ['\u03bc', -6],
  ['m', -3],
  ['k', 3],
  ['M', 6],
  ['meg', 6],
  ['G', 9],
  ['T', 12],
]);

const prefixable: ReadonlyMap<string, Dimension> = new Map([
  ...[...namedDimensions].filter(([name]) => name !== 'dB'),
  ['\u03a9', namedDimensions.get('ohm')!],
  ['\u2126', namedDimensions.get('ohm')!],
  ['rad', none],
]);

const plainUnits: ReadonlyMap<string, ScaledUnit> = new Map([
  ['', { exponent10: 0, factor: 1, dimension: none }],
  ['dB', { exponent10: 0, factor: 1, dimension: namedDimensions.get('dB')! }],
  ['%', { exponent10: -2, factor: 1, dimension: none }],
  ['ppm', { exponent10: -6, factor: 1, dimension: none }],
  ['deg', { exponent10: 0, factor: Math.PI / 180, dimension: none }],
]);

const metre: ScaledUnit = { exponent10: 0, factor: 1, dimension: namedDimensions.get('m')! };

/** True for the units that engineering notation may put a prefix on: `V`, `Hz`, but neither `dB` nor `%`. */
export function takesPrefix(name: string): boolean {
  return prefixable.has(name);
}

/** All spellings of one unit, with and without prefix: a few hundred. A bare `m` is milli; the metre has its prefixes only. */
const spellings: ReadonlyMap<string, ScaledUnit> = new Map([
  ...[...prefixable].flatMap(([name, dimension]) =>
    [...prefixExponents].map(([prefix, exponent10]): [string, ScaledUnit] => [prefix + name, { exponent10, factor: 1, dimension }]),
  ),
  ...[...prefixable].map(([name, dimension]): [string, ScaledUnit] => [name, { exponent10: 0, factor: 1, dimension }]),
  ...[...prefixExponents].map(([prefix, exponent10]): [string, ScaledUnit] => [prefix, { exponent10, factor: 1, dimension: none }]),
  ...plainUnits,
]);

/** One unit with its prefix (`mV`), a bare prefix (`k`), or ''; undefined when it is none of them. */
export function findUnit(text: string): ScaledUnit | undefined {
  return spellings.get(text);
}

const longNames: ReadonlyMap<string, string> = new Map([
  ['volt', 'V'],
  ['ampere', 'A'],
  ['amp', 'A'],
  ['second', 's'],
  ['sec', 's'],
  ['kelvin', 'K'],
  ['micrometre', 'um'],
  ['micrometer', 'um'],
  ['micron', 'um'],
  ['hertz', 'Hz'],
  ['farad', 'F'],
  ['henry', 'H'],
  ['ohm', 'ohm'],
  ['siemens', 'S'],
  ['coulomb', 'C'],
  ['watt', 'W'],
  ['joule', 'J'],
  ['decibel', 'dB'],
  ['percent', '%'],
  ['degree', 'deg'],
  ['radian', 'rad'],
]);

/** Units that `text` may have meant: the same letters in another case (`KHz`: `kHz`), a word spelt out (`volts`: `V`), or a near miss. */
export function similarUnits(text: string): string[] {
  const lower = text.toLowerCase();
  const found = [...spellings.keys()].filter((name) => name !== text && name.toLowerCase() === lower);
  if (found.length > 0) {
    // Of `mhz`, mega is likelier than milli; of `mv`, milli than mega.
    const megaFirst = lower.endsWith('hz') || lower.endsWith('ohm');
    return found.sort((a, b) => (megaFirst ? 1 : -1) * (findUnit(b)!.exponent10 - findUnit(a)!.exponent10));
  }
  const short = longNames.get(lower) ?? longNames.get(lower.replace(/s$/, ''));
  if (short !== undefined) return [short];
  const nearest = text.length >= 3 ? nearestName(text, spellings.keys()) : undefined;
  return nearest === undefined ? [] : [nearest];
}

/**
 * A unit as ports declare it: `V`, `mV`, `V/s`, `V^2*s`, `1/s`; '' and `1` are plain numbers.
 * `m` is the metre here: a port has no use for a bare prefix.
 * `scale` turns a value in this unit into SI base units. Undefined when the text is no unit.
 */
export function parseUnit(text: string): { readonly scale: number; readonly dimension: Dimension } | undefined {
  if (text.length > 100) return undefined;
  let exponent10 = 0;
  let factor = 1;
  let dimension = none;
  let sign = 1;
  for (const token of (text === '' ? '1' : text).split(/([*/])/)) {
    if (token === '*' || token === '/') {
      sign = token === '*' ? 1 : -1;
      continue;
    }
    const match = /^([^\d^]+|1)(?:\^(-?\d+(?:\.\d+)?))?$/.exec(token);
    const unit = match === null ? undefined : match[1] === 'm' ? metre : findUnit(match[1] === '1' ? '' : match[1]!);
    if (unit === undefined) return undefined;
    const power = sign * Number(match![2] ?? 1);
    exponent10 += unit.exponent10 * power;
    factor *= unit.factor ** power;
    dimension = multiplyDimensions(dimension, powerDimension(unit.dimension, power));
  }
  const decimal = Number.isInteger(exponent10) ? Number(`1e${exponent10}`) : 10 ** exponent10;
  return { scale: factor * decimal, dimension };
}
