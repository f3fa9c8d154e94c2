// What holds of every method: runs go on from encoded states as if they had not stopped, states are never changed, options are
// checked against their declarations, and the page says what is declared.

import { describe, expect, it } from 'vitest';
import type { MethodDefinition, MethodOptionValue } from '../../../src/optimize/methods/define-method.js';
import { methodReference } from '../../../src/optimize/methods/method-reference.js';
import type { MethodState, Problem } from '../../../src/optimize/methods/method.js';
import { methods } from '../../../src/optimize/methods/methods.js';
import { findOptionFault, prepareMethod } from '../../../src/optimize/methods/prepare-method.js';
import { decodeState, encodeState } from '../../../src/optimize/methods/state-text.js';
import { normalValues } from '../../numeric/random-values.js';
import { methodOf, problemOf, rosenbrock, rosenbrockGradient, runMethod } from './problems.js';

/** A bounded valley with a gradient, residuals, noise by batch, one coordinate on a grid and one at rate 0. */
function everyProblem(): Problem {
  const shift = (batch: number) => 0.01 * normalValues(1, batch + 1)[0]!;
  const moved = (x: Float64Array, batch: number) => x.map((value) => value - shift(batch));
  return problemOf(
    5,
    (x, batch) => rosenbrock(moved(x, batch)),
    (x, batch) => rosenbrockGradient(moved(x, batch)),
    {
      min: Float64Array.of(-2, -2, -2, -Infinity, -2),
      max: Float64Array.of(0.5, 2, 2, Infinity, 2),
      rate: Float64Array.of(1, 0.5, 1, 1, 0),
      grid: Float64Array.of(0.25, 0, 0.25, 0.25, 0),
      residuals: (point, batch) => {
        const x = moved(point, batch);
        const rows = [0, 1, 2, 3].flatMap((i) => {
          const [bend, bias] = [new Array<number>(5).fill(0), new Array<number>(5).fill(0)];
          [bend[i], bend[i + 1], bias[i]] = [-20 * x[i]!, 10, -1];
          return [
            { value: 10 * (x[i + 1]! - x[i]! ** 2), row: bend },
            { value: 1 - x[i]!, row: bias },
          ];
        });
        const residuals = Float64Array.from(rows, ({ value }) => value);
        return Promise.resolve({ residuals, jacobian: Float64Array.from(rows.flatMap(({ row }) => row)) });
      },
    },
  );
}
const start = [-1.2, 1, 0.75, -0.5, 1.5];

/** Runs of each method in both kinds of batches, short enough to be resumed from everywhere. */
const runs: readonly (readonly [string, Readonly<Record<string, MethodOptionValue>>])[] = [...methods.keys()].flatMap((name) =>
  ['fresh', 'fixed'].map((batch) => {
    const more = { sgd: { rate: 2e-4 }, integer_search: { pairs: 'all', steps: 60 } }[name];
    return [name, { batch, steps: 25, ...more }] as const;
  }),
);

/** The bits of a state, NaN and -0 told apart from what they equal. */
const bitsOf = (state: MethodState): string => encodeState(state);

describe.each(runs)('%s with %j', (name, options) => {
  it('goes on from every state, written and read, with the same bits', async () => {
    const states = await runMethod(methodOf(name, options), everyProblem(), start);
    expect(states.length).toBeGreaterThan(10);
    for (const [at, state] of states.entries()) {
      if (state.done) continue;
      // A new method and a new problem: nothing may be kept anywhere else.
      const next = await methodOf(name, options).advance(decodeState(encodeState(state)), everyProblem());
      expect(next).toEqual(states[at + 1]);
      expect(bitsOf(next)).toBe(bitsOf(states[at + 1]!));
    }
  });

  it('goes through to the end from a state in the middle', async () => {
    const states = await runMethod(methodOf(name, options), everyProblem(), start);
    let state = decodeState(encodeState(states[5]!));
    const method = methodOf(name, options);
    while (!state.done) state = await method.advance(state, everyProblem());
    expect(bitsOf(state)).toBe(bitsOf(states.at(-1)!));
  });

  it('never changes a state, lowers the loss, keeps to bounds, and holds what is at rate 0', async () => {
    const problem = everyProblem();
    const method = methodOf(name, options);
    const x = Float64Array.from(start);
    let state = method.start(x, problem);
    while (!state.done) {
      const before = bitsOf(state);
      const next = await method.advance(state, problem);
      expect(bitsOf(state)).toBe(before);
      expect(next.step).toBe(state.step + 1);
      state = next;
    }
    expect([...x]).toEqual(start);
    expect(state.failure).toBe(undefined);
    expect(rosenbrock(state.x)).toBeLessThan(rosenbrock(x));
    expect(state.x.every((value, i) => value >= problem.min[i]! && value <= problem.max[i]!)).toBe(true);
    expect(state.x[4]).toBe(1.5);
  });
});

describe('encodeState', () => {
  const base = { x: Float64Array.of(0.1, -0), step: 3, loss: NaN, evaluations: 7, done: false };

  it('keeps every bit', () => {
    const values = [0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 0.1, -1 / 3, 2 ** -1074, 1e21];
    const state = { ...base, values: Float64Array.from(values), ...Object.fromEntries(values.map((value, i) => [`n${i}`, value])) };
    const read = decodeState(encodeState(state));
    expect(read).toEqual(state);
    values.forEach((value, i) => expect(Object.is((read as unknown as Record<string, number>)[`n${i}`], value)).toBe(true));
    // A NaN with a payload, which arithmetic would lose.
    const odd = new Float64Array(new BigUint64Array([0x7ff8dead_beef0001n, 0xfff00000_00000001n]).buffer);
    const back = decodeState(encodeState({ ...base, x: odd })).x;
    expect([...new BigUint64Array(back.buffer)]).toEqual([0x7ff8dead_beef0001n, 0xfff00000_00000001n]);
  });

  it('keeps arrays of any length, words and failures', () => {
    for (const length of [0, 1, 2, 3, 5000]) {
      const state = { ...base, done: true, failure: 'the loss is "NaN" at step 3', kind: 'a\n', m: normalValues(length, 1) };
      expect(decodeState(encodeState(state))).toEqual(state);
    }
  });

  it('writes doubles little endian', () => {
    expect(encodeState({ ...base, x: Float64Array.of(1) })).toContain('"doubles":"AAAAAAAA8D8="');
  });

  it.each([
    ['[]', 'the state is no object'],
    ['{"x":1}', 'the state lacks what every state has'],
    ['{"x":{"doubles":"AAAA"}}', 'the state holds a part of a number'],
    ['{"x":{"doubles":"*"}}', 'the state holds numbers that are not base64'],
    ['{"x":{"number":"1e3"}}', "'x' of the state cannot be read"],
    ['{"x":null}', "'x' of the state cannot be read"],
  ])('does not read %s', (text, message) => {
    expect(() => decodeState(text)).toThrow(new SyntaxError(message));
  });
});

describe('options', () => {
  const faultOf = (name: string, key: string, value: MethodOptionValue) => {
    const fault = findOptionFault(methods.get(name)!, key, value);
    return fault === undefined ? undefined : [fault.message, fault.help];
  };

  it('are checked by name, kind and range', () => {
    expect(faultOf('adam', 'rate', 0.003)).toBe(undefined);
    expect(faultOf('adam', 'rat', 1)).toEqual(["'adam' has no option 'rat'", "did you mean 'rate'?"]);
    expect(faultOf('adam', 'rate', 0)).toEqual(["option 'rate' is 0, not greater than 0", undefined]);
    expect(faultOf('adam', 'beta1', 1)).toEqual(["option 'beta1' is 1, not at least 0 and less than 1", undefined]);
    expect(faultOf('adam', 'steps', 2.5)).toEqual(["option 'steps' is 2.5, not a whole number", undefined]);
    expect(faultOf('adam', 'rate', Infinity)).toEqual(["option 'rate' is Infinity", undefined]);
    expect(faultOf('adam', 'rate', 'fast')).toEqual(["option 'rate' is not a number", undefined]);
    expect(faultOf('adam', 'batch', 'frehs')).toEqual(["option 'batch' is not one of fresh, fixed", "did you mean 'fresh'?"]);
    expect(faultOf('sgd', 'nesterov', 1)).toEqual(["option 'nesterov' is not one of no, yes", undefined]);
    expect(faultOf('cma_es', 'population', 3)).toEqual(["option 'population' is 3, not at least 4 and at most 65536", undefined]);
    expect(() => prepareMethod(methods.get('lbfgs')!, { memory: 0 }, { seed: 1, restart: 0 })).toThrow("option 'memory' is 0");
  });

  it('have defaults that they would accept, steps, and batches', () => {
    for (const definition of methods.values()) {
      for (const [key, option] of Object.entries(definition.options)) {
        if (option.default !== undefined) expect(findOptionFault(definition, key, option.default)).toBe(undefined);
      }
      expect(Object.keys(definition.options).slice(0, 2)).toEqual(['steps', 'batch']);
    }
    const batchOf = ({ options }: MethodDefinition) => options['batch']!.default;
    expect([...methods.values()].map((definition) => [definition.name, batchOf(definition)])).toEqual([
      ['adam', 'fresh'],
      ['sgd', 'fresh'],
      ['lbfgs', 'fixed'],
      ['least_squares', 'fixed'],
      ['cma_es', 'fixed'],
      ['integer_search', 'fixed'],
    ]);
  });
});

describe('methodReference', () => {
  it('has a section for each method and a row for each option', () => {
    const page = methodReference();
    for (const { name, options } of methods.values()) {
      expect(page).toContain(`\n## ${name}\n`);
      for (const key of Object.keys(options)) expect(page).toContain(`\n| \`${key}\` | `);
    }
    expect(page).toContain('| `beta1` | number, at least 0 and less than 1 | 0.9 | Weight of the past in the mean of gradients. |');
  });
});
