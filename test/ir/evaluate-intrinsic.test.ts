import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateIntrinsic } from '../../src/ir/evaluate-intrinsic.js';
import { f, names, specials } from './intrinsic-evaluator.js';

describe('elementary functions as plain functions', () => {
  it.each(names)('%s has the bits of its body', (name) => {
    const arity = name === 'pow' ? 2 : 1;
    const argument = fc.oneof(fc.double(), fc.double({ min: -30, max: 30 }), fc.constantFrom(...specials));
    fc.assert(
      fc.property(fc.array(argument, { minLength: arity, maxLength: arity }), (args) => {
        expect(Object.is(evaluateIntrinsic(name, args), f[name](...args))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('knows what follows from the definitions', () => {
    expect(evaluateIntrinsic('exp', [0])).toBe(1);
    expect(evaluateIntrinsic('log', [0])).toBe(-Infinity);
    expect(evaluateIntrinsic('pow', [2, 10])).toBe(1024);
    expect(evaluateIntrinsic('sin', [NaN])).toBe(NaN);
  });
});
