import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Axis } from '../../src/campaign/plan.js';
import { printAxis } from '../../src/campaign/print-axis.js';
import { readAxis } from '../../src/campaign/read-axis.js';
import { locate } from '../../src/diagnostics/span.js';
import { diagnosticsOf } from '../io/raised.js';

describe('reading an axis', () => {
  it.each([
    ['lin(0.1V, 1V, 10)', 'V', { kind: 'lin', from: 0.1, to: 1, count: 10 }],
    ['log(1kHz, 1MHz, 20)', 'Hz', { kind: 'log', from: 1e3, to: 1e6, count: 20 }],
    ['lin(-3dB, 0dB, 4)', 'dB', { kind: 'lin', from: -3, to: 0, count: 4 }],
    ['list(10mV, 20mV)', 'V', { kind: 'list', values: [0.01, 0.02] }],
    ['[10mV, 20mV]', 'V', { kind: 'list', values: [0.01, 0.02] }],
    ['[0.1*i for i in 1..4]', '', { kind: 'list', values: [0.1, 0.2, 0.1 * 3] }],
    ['uniform(-1, 1)', 'V', { kind: 'uniform', from: -1, to: 1 }],
    ['loguniform(1p, 1n)', 'F', { kind: 'loguniform', from: 1e-12, to: 1e-9 }],
    ['normal(0V, 1mV)', 'V', { kind: 'normal', mean: 0, sigma: 0.001 }],
    ['normal(sigma: 1mV, mean: 2V/4)', 'V', { kind: 'normal', mean: 0.5, sigma: 0.001 }],
    ['normal(100fF, 5%)', 'F', { kind: 'normal', mean: 1e-13, sigma: 5e-15 }],
    ['normal(sigma: 100ppm, mean: -2V)', 'V', { kind: 'normal', mean: -2, sigma: 2e-4 }],
    ['normal(0.5, 2%)', '', { kind: 'normal', mean: 0.5, sigma: 0.01 }],
    ['normal(0, 5%)', '', { kind: 'normal', mean: 0, sigma: 0.05 }],
    ['normal(1, 0.1)', 'V', { kind: 'normal', mean: 1, sigma: 0.1 }],
    ['lin(0, 1, count: 2^3 + 1)', '', { kind: 'lin', from: 0, to: 1, count: 9 }],
    [' lin( 1 , 2 , 3 ) ', 'V/s', { kind: 'lin', from: 1, to: 2, count: 3 }],
  ] satisfies [string, string, object][])('%s in %s', (text, unit, axis) => {
    expect(readAxis('x1.gain', text, unit)).toEqual({ name: 'x1.gain', ...axis });
  });

  /** Of `x1.gain=…`: `CODE column: message`, each with its help. */
  const faultsOf = (text: string, unit: string): string[] =>
    diagnosticsOf(() => readAxis('g', text, unit)).map(({ code, span, message, help }) => {
      expect(span!.source).toEqual({ name: '<command line>', text: `g=${text}` });
      return `${code} ${locate(span!).replace('<command line>:1:', '')}: ${message}${help === undefined ? '' : `; ${help}`}`;
    });

  it.each([
    ['lin(1V, 2, 3)', 'Hz', ["DL301 7: 'g' is a value in Hz, not in V; write it in Hz, or without a unit"]],
    [
      '[1V, 2s, 3Hz]',
      'V',
      [
        "DL301 8: 'g' is a value in V, not in s; write it in V, or without a unit",
        "DL301 12: 'g' is a value in V, not in Hz; write it in V, or without a unit",
      ],
    ],
    ['lin(1V, 2V, 3V)', 'V', ["DL301 15: 'count' is a plain number, not in V; leave the unit out"]],
    [
      'lin(1s, 2V, 2.5)',
      'V',
      [
        "DL301 7: 'g' is a value in V, not in s; write it in V, or without a unit",
        'DL303 15: 2.5 is not a whole number; write a whole number',
      ],
    ],
    ['lin(0, 1, 0)', '', ["DL303 13: 'count' of lin(…) is 0; write how many values to take: lin(from, to, 11)"]],
    ['log(1, 2, -3)', '', ["DL303 13: 'count' of log(…) is -3; write how many values to take: log(from, to, 11)"]],
    ['lin(0, 1, 1e12)', '', ["DL303 13: 'count' of lin(…) is 1000000000000; take fewer values"]],
    ['log(0, 1, 5)', '', ["DL303 7: 'from' of log(…) is zero; take lin(…), or ends above zero"]],
    ['loguniform(1, -1)', '', ["DL303 17: 'to' of loguniform(…) is negative; take uniform(…), or ends above zero"]],
    ['uniform(2, 1)', '', ["DL303 11: 'from' of uniform(…) is above 'to'; swap the two"]],
    ['normal(0, -1mV)', 'V', ["DL303 13: 'sigma' of normal(…) is negative; leave the minus sign out"]],
    [
      'normal(100fF, 0.05)',
      'F',
      ["DL301 17: 'sigma' has no unit, and the mean is in F; write sigma in F, or as a part of the mean such as 5%"],
    ],
    ['normal(0V, 5%)', 'V', ["DL301 14: 'sigma' has no unit, and the mean is in V; write sigma in V"]],
    ['normal(0, inf)', '', ["DL303 13: 'sigma' of normal(…) is Infinity; write a finite number"]],
    ['[]', '', ['DL303 3: the list is empty; write its values: [1, 2]']],
    ['list()', '', ['DL303 3: the list is empty; write its values: [1, 2]']],
    ['list(1, 1/0)', '', ['DL303 3: value 2 of the list is Infinity; write a finite number']],
    ['list(a: 1)', '', ["DL204 8: 'a' is no argument of list(…); write list(a, b, …)"]],
    ['list([1, 2])', '', ['DL305 8: a list of 2 where a number is needed']],
    ['linn(0, 1, 3)', '', ["DL201 3: there is no axis 'linn(…)'; did you mean 'lin'?"]],
    ['gauss(0, 1)', '', ["DL201 3: there is no axis 'gauss(…)'; known: list, lin, log, uniform, loguniform, normal"]],
    ['lin(0, 1)', '', ["DL206 3: 'lin(…)' lacks 'count'; write lin(from, to, count)"]],
    ['normal()', '', ["DL206 3: 'normal(…)' lacks 'mean' and 'sigma'; write normal(mean, sigma)"]],
    ['uniform(0, 1, 10)', '', ["DL207 17: 'uniform(…)' takes 2 arguments, not 3; write uniform(from, to)"]],
    ['normal(0, sgima: 1)', '', ["DL204 13: 'sgima' is no argument of normal(…); did you mean 'sigma'?"]],
    ['normal(0, mean: 1)', '', ["DL202 19: 'mean' is given twice; write normal(mean, sigma)"]],
    ['lin(fs, 1, 3)', '', ["DL201 7: 'fs' means nothing here"]],
    ['lin("a", true, 3)', '', ['DL305 7: the text "a" where a number is needed', 'DL305 12: true where a number is needed']],
    ['lin(1KHz, 2, 3)', 'Hz', ["DL103 7: unknown unit 'KHz' in '1KHz'; did you mean 'kHz'?"]],
    ['lin(1, 2', '', ["DL102 6: '(' is never closed; write ')' where it ends"]],
  ] satisfies [string, string, string[]][])('refuses %s in %s', (text, unit, faults) => {
    expect(faultsOf(text, unit)).toEqual(faults);
  });

  it.each(['0.3V', 'x', '"a"', '1 + 1'])('takes %s for no axis, and says what one is', (text) => {
    const [fault] = faultsOf(text, 'V');
    expect(fault).toContain(`DL305 3: '${text}' says no values for 'g' to take in turn; write lin(from, to, count), log(`);
  });

  it('refuses nothing at all', () => {
    expect(diagnosticsOf(() => readAxis('g', '', ''))[0]!.code).toBe('DL101');
  });
});

describe('printing an axis', () => {
  it.each([
    [{ kind: 'log', name: 'f', from: 1e3, to: 1e6, count: 20 }, 'Hz', 'log(1kHz, 1MHz, 20)'],
    [{ kind: 'lin', name: 'f', from: 0.1, to: 1, count: 10 }, 'V', 'lin(100mV, 1V, 10)'],
    [
      { kind: 'list', name: 'f', values: [0.0125, 0, -33e-15, 1e20, 1.25e-21] },
      'F',
      'list(12.5mF, 0F, -33fF, 100000000000000000000F, 1.25e-21F)',
    ],
    [{ kind: 'normal', name: 'f', mean: -3, sigma: 0.25 }, 'dB', 'normal(-3dB, 0.25dB)'],
    [{ kind: 'uniform', name: 'f', from: 1e-7, to: 1e21 }, '', 'uniform(1e-7, 1e21)'],
    [{ kind: 'loguniform', name: 'f', from: 1, to: 2000 }, 'V/s', 'loguniform(1, 2000)'],
  ] satisfies [Axis, string, string][])('%o in %s', (axis, unit, text) => {
    expect(printAxis(axis, unit)).toBe(text);
  });

  it('gives a part of the mean as what it is', () => {
    const axis = readAxis('c', 'normal(100fF, 5%)', 'F');
    expect(printAxis(axis, 'F')).toBe('normal(100fF, 5fF)');
    expect(readAxis('c', printAxis(axis, 'F'), 'F')).toEqual(axis);
  });

  it('is the inverse of reading', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const positive = fc.double({ noNaN: true, min: Number.MIN_VALUE, max: Number.MAX_VALUE });
    const ordered = (number: fc.Arbitrary<number>) =>
      fc.tuple(number, number).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    const count = fc.integer({ min: 1, max: 2 ** 31 });
    const name = 'x1.gain';
    const axis: fc.Arbitrary<Axis> = fc.oneof(
      fc.array(finite, { minLength: 1, maxLength: 8 }).map((values): Axis => ({ kind: 'list', name, values })),
      fc.tuple(ordered(finite), count).map(([ends, n]): Axis => ({ kind: 'lin', name, ...ends, count: n })),
      fc.tuple(ordered(positive), count).map(([ends, n]): Axis => ({ kind: 'log', name, ...ends, count: n })),
      ordered(finite).map((ends): Axis => ({ kind: 'uniform', name, ...ends })),
      ordered(positive).map((ends): Axis => ({ kind: 'loguniform', name, ...ends })),
      fc.tuple(finite, positive).map(([mean, sigma]): Axis => ({ kind: 'normal', name, mean, sigma })),
    );
    const unit = fc.constantFrom('', 'V', 'Hz', 's', 'K', 'F', 'dB', 'ohm', 'V/s', 'V^2*s', '1/s^2');
    fc.assert(
      fc.property(axis, unit, (original, its) => {
        expect(readAxis(name, printAxis(original, its), its)).toStrictEqual(original);
      }),
      { numRuns: 500 },
    );
  });
});
