// Words for ticks: one SI prefix for all ticks of a linear axis, a prefix each on a logarithmic one.

import { formatQuantity } from '../units/engineering.js';
import type { Ticks } from './ticks.js';

export interface TickLabels {
  /** One number a major tick, without unit on a linear axis; with its unit on a logarithmic one. */
  readonly labels: readonly string[];
  /** Unit with the prefix of the axis (`mV`, `10⁶ ticks`); '' for plain numbers and on logarithmic axes. */
  readonly unit: string;
}

const superscripts: Readonly<Record<string, string>> = {
  '-': '\u207b', '0': '\u2070', '1': '\u00b9', '2': '\u00b2', '3': '\u00b3', '4': '\u2074',
  '5': '\u2075', '6': '\u2076', '7': '\u2077', '8': '\u2078', '9': '\u2079',
}; // prettier-ignore

/** Labels of the major ticks; minus signs are U+2212, as printers set them. */
export function labelTicks(ticks: Ticks, unit: string): TickLabels {
  if (ticks.step === undefined) return { labels: ticks.major.map((value) => minus(formatQuantity(value, unit, 3))), unit: '' };
  const largest = ticks.major.reduce((size, value) => Math.max(size, Math.abs(value)), ticks.step);
  const { exponent, name } = axisUnit(largest, unit);
  const step = ticks.step / 10 ** exponent;
  const decimals = Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const scaled = (value: number): number => (exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent);
  const labels = ticks.major.map((value) => (value === 0 ? '0' : minus(scaled(value).toFixed(decimals))));
  return { labels, unit: name };
}

/** The power of a thousand that makes `largest` a number from 1 to 999, and the unit with its prefix. */
function axisUnit(largest: number, unit: string): { exponent: number; name: string } {
  const exponent = 3 * Math.floor(Math.log10(largest) / 3 + 1e-9);
  if (exponent === 0) return { exponent, name: unit };
  // The prefix is read off a formatted power of ten: which units take which prefix is decided there alone.
  const [, prefixed] = /^1 (\S+)$/.exec(formatQuantity(Number(`1e${exponent}`), unit, 3)) ?? [];
  if (prefixed !== undefined && prefixed !== unit) return { exponent, name: prefixed };
  if (largest >= 1e-3 && largest < 1e6) return { exponent: 0, name: unit };
  const power = [...String(exponent)].map((digit) => superscripts[digit]!).join('');
  return { exponent, name: `10${power}${unit === '' ? '' : ` ${unit}`}` };
}

function minus(text: string): string {
  return text.replace(/^-/, '\u2212');
}
