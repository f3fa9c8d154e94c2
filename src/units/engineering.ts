// Prints numbers for people: engineering notation with SI prefixes (`12.5 mV`, `167 kHz`). It is not
// meant to be read back bit for bit; machines get the plain number.

import { takesPrefix } from './unit.js';

const prefixes = ['a', 'f', 'p', 'n', '\u00b5', 'm', '', 'k', 'M', 'G', 'T'];
const unityIndex = 6;
/** Nobody says kilosecond or megakelvin. */
const withoutLargePrefixes: ReadonlySet<string> = new Set(['s', 'K', 'rad']);

/**
 * `value` is in `unit`, with at most `digits` significant digits (trailing zeros dropped). A prefix is put on units that
 * take one (`V`, `Hz`, `V/s`), never on `dB`, `bit`, `%`, '' or a unit that has one already.
 */
export function formatQuantity(value: number, unit: string, digits = 4): string {
  const suffix = unit === '' ? '' : ` ${unit}`;
  if (Number.isNaN(value)) return `NaN${suffix}`;
  if (!Number.isFinite(value)) return `${value < 0 ? '-' : ''}inf${suffix}`;
  if (value === 0) return `0${suffix}`;
  if (!takesPrefix(unit.split(/[*/]/)[0]!)) return plain(value, digits) + suffix;

  // The exponent is taken after rounding, so that 999.96 kHz becomes 1 MHz and not 1000 kHz.
  const [mantissa, exponentText] = value.toExponential(digits - 1).split('e') as [string, string];
  const exponent = Number(exponentText);
  const step = Math.floor(exponent / 3);
  const index = step + unityIndex;
  if (step > 0 && withoutLargePrefixes.has(unit)) return plain(value, digits) + suffix;
  const prefix = prefixes[index];
  if (prefix === undefined) return `${trimZeros(mantissa)}e${exponent} ${unit}`;
  const scaled = Number(`${mantissa}e${exponent - 3 * step}`);
  return `${trimZeros(scaled.toPrecision(Math.max(digits, 3)))} ${prefix}${unit}`;
}

/** Positional between 1e-4 and 1e6, and for integers up to 1e9; digits before the point are never rounded off. */
function plain(value: number, digits: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return String(value);
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
    return `${trimZeros(mantissa)}e${Number(exponent)}`;
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return trimZeros(value.toFixed(decimals));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
