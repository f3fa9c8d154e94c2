import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  divideDimensions,
  multiplyDimensions,
  namedDimensions,
  none,
  powerDimension,
  printDimension,
  sameDimension,
} from '../../src/units/dimension.js';
import { parseUnit } from '../../src/units/unit.js';

const named = (name: string) => namedDimensions.get(name)!;
const anyNamed = fc.constantFrom(...namedDimensions.values());

describe('dimensions', () => {
  it('knows the laws of circuits', () => {
    expect(printDimension(multiplyDimensions(named('ohm'), named('A')))).toBe('V');
    expect(printDimension(multiplyDimensions(named('ohm'), named('F')))).toBe('s');
    expect(printDimension(divideDimensions(named('C'), named('V')))).toBe('F');
    expect(printDimension(multiplyDimensions(named('W'), named('s')))).toBe('J');
    expect(printDimension(divideDimensions(named('V'), named('ohm')))).toBe('A');
    expect(printDimension(divideDimensions(none, named('ohm')))).toBe('S');
    expect(printDimension(divideDimensions(named('V'), named('s')))).toBe('V/s');
    expect(printDimension(divideDimensions(powerDimension(named('V'), 2), named('Hz')))).toBe('V^2*s');
    expect(printDimension(powerDimension(named('Hz'), 2))).toBe('1/s^2');
    expect(printDimension(divideDimensions(named('F'), powerDimension(named('m'), 2)))).toBe('F/m^2');
    expect(printDimension(multiplyDimensions(named('ohm'), named('m')))).toBe('ohm*m');
    expect(printDimension(divideDimensions(named('m'), named('s')))).toBe('m/s');
    expect(printDimension(none)).toBe('');
  });

  it('keeps decibels apart from everything else', () => {
    expect(sameDimension(named('dB'), none)).toBe(false);
    expect(printDimension(multiplyDimensions(named('dB'), named('V')))).toBe('V*dB');
  });

  it('is a commutative group, printed in a form that reads back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNamed, fc.integer({ min: -3, max: 3 })), { maxLength: 6 }), (factors) => {
        const product = factors.reduce((d, [f, n]) => multiplyDimensions(d, powerDimension(f, n)), none);
        const reversed = factors.reduceRight((d, [f, n]) => multiplyDimensions(powerDimension(f, n), d), none);
        expect(reversed).toEqual(product);
        expect(sameDimension(divideDimensions(product, product), none)).toBe(true);
        expect(parseUnit(printDimension(product))?.dimension).toEqual(product);
      }),
    );
  });

  it('takes fractional powers', () => {
    const density = divideDimensions(named('V'), powerDimension(named('Hz'), 0.5));
    expect(printDimension(density)).toBe('V*s^0.5');
    expect(parseUnit('V/Hz^0.5')?.dimension).toEqual(density);
  });
});

describe('parseUnit', () => {
  it.each([
    ['V', 1, 'V'],
    ['mV', 1e-3, 'V'],
    ['V/s', 1, 'V/s'],
    ['V/us', 1e6, 'V/s'],
    ['mV^2', 1e-6, 'V^2'],
    ['1/s', 1, 'Hz'],
    ['', 1, ''],
    ['1', 1, ''],
    ['%', 0.01, ''],
    ['k\u2126', 1e3, 'ohm'],
    ['deg/s', Math.PI / 180, 'Hz'],
  ])('%s', (text, scale, name) => {
    const unit = parseUnit(text)!;
    expect(unit.scale).toBe(scale);
    expect(printDimension(unit.dimension)).toBe(name);
  });

  it.each(['bit', 'volt', 'V/', '/s', 'V^', 'V^x', '2V', 'kdB', 'V s', 'x'.repeat(500)])('refuses %s', (text) => {
    expect(parseUnit(text)).toBeUndefined();
  });
});
