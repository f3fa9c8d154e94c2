import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatQuantity } from '../../src/units/engineering.js';
import { parseQuantity } from '../../src/units/quantity.js';

it.each<[number, string, string]>([
  [12.5e-3, 'V', '12.5 mV'],
  [167e3, 'Hz', '167 kHz'],
  [37.9, 'dB', '37.9 dB'],
  [-120.345, 'dB', '-120.3 dB'],
  [0, 'V', '0 V'],
  [-0, 'V', '0 V'],
  [-1.25, 'V', '-1.25 V'],
  [Infinity, 'V', 'inf V'],
  [-Infinity, 'dB', '-inf dB'],
  [NaN, '', 'NaN'],
  [999.96e3, 'Hz', '1 MHz'],
  [999.4e3, 'Hz', '999.4 kHz'],
  [2.2e-6, 's', '2.2 \u00b5s'],
  [1234.5, 's', '1235 s'],
  [3e6, 'V/s', '3 MV/s'],
  [0.002, 'V^2', '0.002 V^2'],
  [0.002, 'Hz^2', '0.002 Hz^2'],
  [12.5, 'mV', '12.5 mV'],
  [10e-15, 'F', '10 fF'],
  [1.5e-21, 'F', '1.5e-21 F'],
  [2e16, 'Hz', '2e16 Hz'],
  [65536, '', '65536'],
  [0.001, '', '0.001'],
  [1.5e-7, '', '1.5e-7'],
  [12345.678, '', '12346'],
  [1.25e7 + 0.5, '', '1.25e7'],
  [1, 'bit', '1 bit'],
  [50, '%', '50 %'],
])('formatQuantity(%d, %s) is %s', (value, unit, text) => {
  expect(formatQuantity(value, unit)).toBe(text);
});

it('rounds to the digits asked for', () => {
  expect(formatQuantity(1.23456e-3, 'V', 2)).toBe('1.2 mV');
  expect(formatQuantity(987.6, 'V', 1)).toBe('1 kV');
  expect(formatQuantity(0.1 + 0.2, 'V', 6)).toBe('300 mV');
});

it('reads back within the rounding', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-17, max: 9e14, noNaN: true }), fc.constantFrom('V', 'Hz', 'F'), (value, unit) => {
      const back = parseQuantity(formatQuantity(value, unit).replace(' ', ''));
      expect('value' in back && Math.abs(back.value / value - 1)).toBeLessThan(0.50001e-3);
    }),
  );
});
