import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedDimensions, none, printDimension, sameDimension } from '../../src/units/dimension.js';
import { parseQuantity } from '../../src/units/quantity.js';
import type { Quantity } from '../../src/units/quantity.js';

function read(text: string): Quantity {
  const result = parseQuantity(text);
  if ('problem' in result) throw new Error(`${result.problem} ${result.help ?? ''}`);
  return result;
}

function problemOf(text: string): string {
  const result = parseQuantity(text);
  return 'problem' in result ? [result.problem, result.help].filter(Boolean).join('; ') : `no problem: ${result.value}`;
}

describe('parseQuantity', () => {
  it.each<[string, number, string, string]>([
    ['12.5mV', 12.5e-3, 'mV', 'V'],
    ['10fF', 10e-15, 'fF', 'F'],
    ['167kHz', 167000, 'kHz', 'Hz'],
    ['1MHz', 1e6, 'MHz', 'Hz'],
    ['5mHz', 5e-3, 'mHz', 'Hz'],
    ['1megHz', 1e6, 'megHz', 'Hz'],
    ['-3dB', -3, 'dB', 'dB'],
    ['+1.5V', 1.5, 'V', 'V'],
    ['10F', 10, 'F', 'F'],
    ['10f', 10e-15, 'f', ''],
    ['1m', 1e-3, 'm', ''],
    ['1M', 1e6, 'M', ''],
    ['1meg', 1e6, 'meg', ''],
    ['2.2u', 2.2e-6, 'u', ''],
    ['2.2\u00b5s', 2.2e-6, '\u00b5s', 's'],
    ['2.2\u03bcs', 2.2e-6, '\u03bcs', 's'],
    ['10k', 1e4, 'k', ''],
    ['4.7kohm', 4700, 'kohm', 'ohm'],
    ['4.7k\u03a9', 4700, 'k\u03a9', 'ohm'],
    ['50%', 0.5, '%', ''],
    ['20ppm', 20e-6, 'ppm', ''],
    ['180deg', Math.PI, 'deg', ''],
    ['90deg', Math.PI / 2, 'deg', ''],
    ['2rad', 2, 'rad', ''],
    ['300K', 300, 'K', 'K'],
    ['65_536', 65536, '', ''],
    ['1e-3s', 1e-3, 's', 's'],
    ['1.5E3', 1500, '', ''],
    ['.5', 0.5, '', ''],
    ['0V', 0, 'V', 'V'],
    ['3S', 3, 'S', 'S'],
    ['3s', 3, 's', 's'],
  ])('reads %s', (text, value, unit, dimension) => {
    const quantity = read(text);
    expect(quantity.value).toBe(value);
    expect(quantity.unit).toBe(unit);
    expect(printDimension(quantity.dimension)).toBe(dimension);
  });

  it.each([
    ['167KHz', "unknown unit 'KHz' in '167KHz'; did you mean 'kHz'?"],
    ['167khz', "unknown unit 'khz' in '167khz'; did you mean 'kHz'?"],
    ['1mhz', "unknown unit 'mhz' in '1mhz'; did you mean 'MHz' or 'mHz'?"],
    ['5Mv', "unknown unit 'Mv' in '5Mv'; did you mean 'mV' or 'MV'?"],
    ['5hz', "unknown unit 'hz' in '5hz'; did you mean 'Hz'?"],
    ['5db', "unknown unit 'db' in '5db'; did you mean 'dB'?"],
    ['5Ohm', "unknown unit 'Ohm' in '5Ohm'; did you mean 'ohm'?"],
    ['5uf', "unknown unit 'uf' in '5uf'; did you mean 'uF'?"],
    ['5volts', "unknown unit 'volts' in '5volts'; did you mean 'V'?"],
    ['5kHzz', "unknown unit 'kHzz' in '5kHzz'; did you mean 'kHz'?"],
    ['5kdB', "unknown unit 'kdB' in '5kdB'; did you mean 'dB'?"],
    ['5qqqq', "unknown unit 'qqqq' in '5qqqq'"],
    ['5e', "unknown unit 'e' in '5e'"],
    ['5 mV', "'5 mV' has a space before its unit; write '5mV'"],
    ['5 ', "'5 ' has a space behind the number"],
    ['', "'' is not a number"],
    ['V', "'V' is not a number"],
    ['1.2.3', "'1.2.3' is not a number"],
    ['1__0', "'1__0' is not a number"],
    ['1.', "'1.' is not a number"],
    ['1e401', "exponent of '1e401' is out of range"],
    ['1e999999999999', "exponent of '1e999999999999' is out of range"],
    ['1e309', "'1e309' is too large for a 64-bit float"],
    ['1e-320f', "'1e-320f' is too small for a 64-bit float"],
    ['9'.repeat(1001), 'number of 1001 characters is too long'],
  ])('refuses %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('keeps the exact rational in lowest terms', () => {
    expect(read('12.5mV').exact).toEqual({ numerator: 1n, denominator: 80n });
    expect(read('167kHz').exact).toEqual({ numerator: 167000n, denominator: 1n });
    expect(read('-44.1kHz').exact).toEqual({ numerator: -44100n, denominator: 1n });
    expect(read('0.1Hz').exact).toEqual({ numerator: 1n, denominator: 10n });
    expect(read('0').exact).toEqual({ numerator: 0n, denominator: 1n });
    expect(read('0e5').exact).toEqual({ numerator: 0n, denominator: 1n });
    expect(read('45deg').exact).toBeUndefined();
  });

  it('gives the float nearest to the decimal, whatever the prefix', () => {
    const exponents = { f: -15, p: -12, n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12 };
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom(...Object.entries(exponents)), (whole, fraction, [prefix, exponent]) => {
        const { value, exact } = read(`${whole}.${fraction}${prefix}V`);
        expect(value).toBe(Number(`${whole}.${fraction}e${exponent}`));
        const digits = BigInt(`${whole}${fraction}`);
        const shift = BigInt(exponent - String(fraction).length);
        const [above, below] = shift >= 0n ? [digits * 10n ** shift, 1n] : [digits, 10n ** -shift];
        expect(exact!.numerator * below).toBe(above * exact!.denominator);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789._eE+-mkMVHzd% ') }), (text) => void parseQuantity(text)));
  });

  it('reads every named unit', () => {
    for (const [name, dimension] of namedDimensions) {
      // A bare m is milli: the metre has its prefixes only.
      expect(sameDimension(read(`1${name === 'm' ? 'um' : name}`).dimension, dimension)).toBe(true);
    }
    expect(read('5m')).toMatchObject({ value: 0.005, dimension: none });
    expect(read('5um').value).toBe(5e-6);
    expect(read('1').dimension).toBe(none);
  });
});
