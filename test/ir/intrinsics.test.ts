import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { input } from '../../src/ir/build.js';
import { meanings, type Intrinsic } from '../../src/ir/evaluate.js';
import { argOf, withArena } from '../../src/ir/expr.js';
import { intrinsicDefinition } from '../../src/ir/intrinsics.js';
import { polynomial } from '../../src/ir/intrinsics/polynomial.js';
import { evaluator, f, names, nodesOf, specials } from './intrinsic-evaluator.js';
import { makeUniform, randomBitPattern, ulpsOff } from './ulps.js';

function* grid(from: number, to: number, count: number): Generator<number> {
  // The step is not a short binary fraction, so low-order bits vary.
  for (let i = 0; i <= count; i++) yield from + ((to - from) * i) / count;
}

/** Both signs of 2^k m for k in the range, m in 1 .. 2. */
function* magnitudes(fromPower: number, toPower: number, count: number, uniform: () => number): Generator<number> {
  for (let i = 0; i < count; i++) {
    const x = (1 + uniform()) * 2 ** Math.floor(fromPower + (toPower - fromPower) * uniform());
    yield x;
    yield -x;
  }
}

function expectWithin(name: Exclude<Intrinsic, 'pow'>, limit: number, arguments_: Iterable<number>, floor = 0): void {
  let worst = { ulps: 0, x: 0, actual: 0, expected: 0 };
  for (const x of arguments_) {
    const [actual, expected] = [f[name](x), Math[name](x)];
    const ulps = ulpsOff(actual, expected);
    if (ulps > worst.ulps && !(Math.abs(actual - expected) <= floor)) worst = { ulps, x, actual, expected };
  }
  expect(worst.ulps, `${name}(${worst.x}) = ${worst.actual}, not ${worst.expected}`).toBeLessThanOrEqual(limit);
}

/** [arguments, function value rounded from a 600-bit evaluation]. */
const references: { readonly [K in Intrinsic]: { readonly limit: number; readonly rows: readonly (readonly number[])[] } } = {
  exp: {
    limit: 1,
    rows: [
      [1, 2.718281828459045],
      [-1, 0.36787944117144233],
      [0.34657359027997264, 1.414213562373095],
      [-0.3465735902799727, 0.7071067811865475],
      [100.5, 4.4319559098458955e43],
      [-700.25, 7.678723813110872e-305],
      [709.782712893384, 1.7976931348622732e308],
      [-744.4400719213812, 5e-324],
    ],
  },
  log: {
    limit: 1,
    rows: [
      [0.5, -0.6931471805599453],
      [2, 0.6931471805599453],
      [0.7021132568881084, -0.35366055337090757],
      [1.414213562373095, 0.3465735902799726],
      [0.9999999999999999, -1.1102230246251565e-16],
      [1.0000000000000002, 2.2204460492503128e-16],
      [1.7976931348623157e308, 709.782712893384],
      [5e-324, -744.4400719213812],
    ],
  },
  sin: {
    limit: 2,
    rows: [
      [1, 0.8414709848078965],
      [0.7853981633974483, 0.7071067811865475],
      [3.141592653589793, 1.2246467991473532e-16],
      [22, -0.008851309290403876],
      [355, -3.014435335948845e-5],
      [1e5, 0.03574879797201651],
      [-999999, 0.9773520315382229],
      [1.0000000000000002e-8, 1.0000000000000002e-8],
    ],
  },
  cos: {
    limit: 2,
    rows: [
      [1, 0.5403023058681398],
      [1.5707963267948966, 6.123233995736766e-17],
      [11, 0.004425697988050785],
      [355, -0.999999999545659],
      [1e5, -0.9993608074382124],
      [-999999, 0.21161995758460128],
      [1e-8, 1],
      [4.71238898038469, -1.8369701987210297e-16],
    ],
  },
  tanh: {
    limit: 3,
    rows: [
      [1e-300, 1e-300],
      [1e-5, 9.999999999666668e-6],
      [0.1231597005091376, 0.12254074738031119],
      [0.06124615495718544, 0.061169689709364025],
      [0.5, 0.46211715726000974],
      [1, 0.7615941559557649],
      [18.1956656168973, 0.9999999999999997],
      [19.1, 1],
    ],
  },
  pow: {
    limit: 1,
    rows: [
      [2.5, 3.5, 24.705294220065465],
      [1.0000000000000002, 1e18, 2.7086111089766717e96],
      [0.9999999999999999, -3e18, 4.45779387326829e144],
      [10, 308, 1e308],
      [10, -308, 1e-308],
      [1.5, 1700.25, 2.5070512348557902e299],
      [1e-310, 0.5, 9.999999999999986e-156],
      [3, 0.3333333333333333, 1.4422495703074083],
    ],
  },
};

describe('definitions', () => {
  it.each(names)('%s is built once and reads its arguments alone', (name) => {
    const { params, body } = intrinsicDefinition(name);
    expect(intrinsicDefinition(name).body).toBe(body);
    expect(params).toEqual(name === 'pow' ? ['x', 'y'] : ['x']);
    const leaves = nodesOf(body).filter((node) => node.op === 'input');
    expect(leaves.map((leaf) => `${argOf(leaf, 'input')}: ${leaf.type}`).sort()).toEqual(params.map((param) => `${param}: real`));
    expect(body.type).toBe('real');
  });

  it.each(names)('%s is made of exact operations', (name) => {
    const ops = nodesOf(intrinsicDefinition(name).body).map((node) => node.op);
    const exact = new Set<string>([...Object.keys(meanings), 'const', 'input']);
    expect(ops.filter((op) => !exact.has(op))).toEqual([]);
  });

  it('keeps the bodies small', () => {
    const counts = names.map(
      (name) => nodesOf(intrinsicDefinition(name).body).filter((node) => node.op !== 'const' && node.op !== 'input').length,
    );
    expect(Object.fromEntries(names.map((name, i) => [name, counts[i]]))).toEqual({
      exp: 35,
      log: 44,
      sin: 56,
      cos: 55,
      tanh: 37,
      pow: 165,
    });
  });

  it.each(names)('%s keeps pow2 in its range for every argument', (name) => {
    const number = fc.double();
    fc.assert(
      fc.property(number, number, (x, y) => {
        f[name](x, y);
      }),
      { numRuns: 2000 },
    );
    for (const x of [...specials, NaN]) for (const y of [...specials, NaN]) f[name](x, y);
  });
});

describe('polynomial', () => {
  it('is the sum of coefficients times powers', () => {
    for (let count = 1; count <= 12; count++) {
      const coefficients = Array.from({ length: count }, (_, i) => (i * i * 7 + 3) % 11);
      const evaluate = evaluator(
        ['z'],
        withArena(() => polynomial(input('z', 'real'), coefficients)),
      );
      for (const z of [-3, 0, 1, 5]) expect(evaluate(z)).toBe(coefficients.reduce((sum, c, i) => sum + c * z ** i, 0));
    }
  });
});

describe('reference values', () => {
  it.each(names)('%s', (name) => {
    const { limit, rows } = references[name];
    for (const row of rows) expect(ulpsOff(f[name](...row.slice(0, -1)), row.at(-1)!), `${name}(${row})`).toBeLessThanOrEqual(limit);
  });
});

describe('exp', () => {
  it('is within 2 ulp of the library', () => {
    const uniform = makeUniform(1);
    expectWithin('exp', 2, grid(-746, 710, 40_000));
    expectWithin('exp', 2, grid(-1, 1, 20_000));
    expectWithin('exp', 2, grid(-746, -707, 20_000));
    expectWithin('exp', 2, magnitudes(-1074, 9, 10_000, uniform));
    expectWithin(
      'exp',
      2,
      Array.from({ length: 20_000 }, () => randomBitPattern(uniform)),
    );
  });
  it('has exact ends', () => {
    expect([0, -0, 5e-324, -5e-324, 1e-17].map((x) => f.exp(x))).toEqual([1, 1, 1, 1, 1]);
    expect([Infinity, 709.783, 710, 1e300].map((x) => f.exp(x))).toEqual(Array(4).fill(Infinity));
    expect([-Infinity, -745.14, -746, -1e300].map((x) => f.exp(x))).toEqual(Array(4).fill(0));
    expect(f.exp(-745.13)).toBe(5e-324);
    expect(f.exp(NaN)).toBeNaN();
  });
});

describe('log', () => {
  it('is within 2 ulp of the library', () => {
    const uniform = makeUniform(2);
    expectWithin('log', 2, grid(0.5, 2, 40_000));
    expectWithin('log', 2, grid(0.999, 1.001, 20_000));
    expectWithin('log', 2, grid(1e-3, 1e3, 20_000));
    expectWithin('log', 2, grid(0, 1e-306, 10_000));
    expectWithin(
      'log',
      2,
      Array.from({ length: 20_000 }, () => Math.abs(randomBitPattern(uniform))),
    );
  });
  it('has exact ends', () => {
    expect(f.log(1)).toBe(0);
    expect([f.log(0), f.log(-0), f.log(Infinity)]).toEqual([-Infinity, -Infinity, Infinity]);
    expect([-5e-324, -1, -1e300, -Infinity, NaN].map((x) => f.log(x))).toEqual(Array(5).fill(NaN));
  });
});

describe.each(['sin', 'cos'] as const)('%s', (name) => {
  // The rounding of the third part of n pi/2 for n < 2^20.
  const floor = 2 ** -88;

  it('is within 2 ulp of the library to 1e6', () => {
    const uniform = makeUniform(3);
    expectWithin(name, 2, grid(-7, 7, 40_000), floor);
    expectWithin(name, 2, grid(-1e6, 1e6, 40_000), floor);
    expectWithin(name, 2, magnitudes(-60, 19, 20_000, uniform), floor);
    expectWithin(name, 2, [...magnitudes(-1074, -60, 2_000, uniform)], floor);
  });
  it('is relatively accurate around its zeros', () => {
    const around = function* (): Generator<number> {
      for (let n = -636_619; n <= 636_619; n += 61) {
        yield (n * Math.PI) / 2;
        yield (n * Math.PI) / 2 + 1e-4;
      }
      for (let n = -200; n <= 200; n++) yield (n * Math.PI) / 2;
    };
    expectWithin(name, 2, around(), floor);
  });
  it('stays within 1e-9 to 1e9', () => {
    for (const x of grid(-1e9, 1e9, 40_000)) expect(Math.abs(f[name](x) - Math[name](x))).toBeLessThan(1e-9);
  });
  it('stays within -1 .. 1', () => {
    const uniform = makeUniform(4);
    for (let i = 0; i < 20_000; i++) {
      const x = randomBitPattern(uniform);
      if (Number.isFinite(x) && !(Math.abs(f[name](x)) <= 1)) expect.fail(`${name}(${x}) = ${f[name](x)}`);
    }
    for (const x of [...grid(-1e-7, 1e-7, 10_000), ...grid(1.5707, 1.5709, 10_000)]) expect(Math.abs(f[name](x))).toBeLessThanOrEqual(1);
    expect(Math.abs(f[name](Number.MAX_VALUE))).toBeLessThanOrEqual(1);
  });
  it('is NaN outside the reals', () => {
    expect([Infinity, -Infinity, NaN].map((x) => f[name](x))).toEqual([NaN, NaN, NaN]);
  });
  it('has its symmetry in every bit', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.oneof(finite, fc.double({ min: -1e6, max: 1e6, noNaN: true })), (x) =>
        Object.is(f[name](-x), name === 'sin' ? -f.sin(x) : f.cos(x)),
      ),
      { numRuns: 2000 },
    );
  });
  it('is exact at zero', () => {
    expect([f[name](0), f[name](-0)]).toEqual(name === 'sin' ? [0, -0] : [1, 1]);
  });
});

describe('tanh', () => {
  it('is within 3 ulp of the library', () => {
    const uniform = makeUniform(5);
    expectWithin('tanh', 3, grid(-23, 23, 40_000));
    expectWithin('tanh', 3, grid(-1, 1, 40_000));
    expectWithin('tanh', 3, magnitudes(-1074, 6, 20_000, uniform));
  });
  it('is odd in every bit, and no larger than its argument or 1', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -25, max: 25, noNaN: true })), (x) => {
        const y = f.tanh(x);
        return Object.is(f.tanh(-x), -y) && Math.abs(y) <= Math.min(Math.abs(x), 1);
      }),
      { numRuns: 2000 },
    );
  });
  it('has exact ends', () => {
    expect([0, -0, 5e-324, -1e-20, 22, 1e300, Infinity, -Infinity].map((x) => f.tanh(x))).toEqual([0, -0, 5e-324, -1e-20, 1, 1, 1, -1]);
    expect(f.tanh(NaN)).toBeNaN();
  });
});
