// What every operation means at the edges of the numbers, written out, and Programs that compute them.

import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { ScalarType, StateRef } from '../../src/ir/types.js';
import { edgeInts, edgeReals } from '../ir/arbitrary-program.js';

const int32 = (value: bigint): number => Number(BigInt.asIntN(32, value));
const bit = (value: boolean): number => (value ? 1 : 0);

export interface Case {
  readonly name: string;
  readonly operands: readonly ScalarType[];
  readonly build: (...operands: Expr[]) => Expr;
  readonly meaning: (...values: number[]) => number;
}
export const op = (
  name: string,
  operands: Case['operands'],
  make: (a: Expr, b: Expr, c: Expr) => Expr,
  meaning: (a: number, b: number, c: number) => number,
): Case => ({
  name,
  operands,
  build: make as Case['build'],
  meaning: meaning as Case['meaning'],
});
export const [R, I, B] = ['real', 'int', 'bit'] as const;

/** Nearest integer with ties to even, by remainder instead of by rounding of a sum. */
function nearestEven(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const low = Math.floor(x);
  const rest = x - low;
  const up = rest > 0.5 || (rest === 0.5 && Math.abs(low % 2) === 1);
  const nearest = up ? low + 1 : low;
  return nearest === 0 && x < 0 ? -0 : nearest;
}

export const cases: readonly Case[] = [
  op('add', [R, R], build.add, (a, b) => a + b),
  op('sub', [R, R], build.sub, (a, b) => a - b),
  op('mul', [R, R], build.mul, (a, b) => a * b),
  op('div', [R, R], build.div, (a, b) => a / b),
  op('min', [R, R], build.min, (a, b) => (b < a ? b : a)),
  op('max', [R, R], build.max, (a, b) => (b > a ? b : a)),
  op('neg', [R], build.neg, (a) => a * -1),
  op('abs', [R], build.abs, (a) => (a > 0 ? a : 0 - a)),
  op('floor', [R], build.floor, Math.floor),
  op('round', [R], build.round, nearestEven),
  op('sqrt', [R], build.sqrt, Math.sqrt),
  op('lt', [R, R], build.lt, (a, b) => bit(a < b)),
  op('le', [R, R], build.le, (a, b) => bit(a <= b)),
  op('eq', [R, R], build.eq, (a, b) => bit(a === b)),
  op('add of ints', [I, I], build.add, (a, b) => int32(BigInt(a) + BigInt(b))),
  op('sub of ints', [I, I], build.sub, (a, b) => int32(BigInt(a) - BigInt(b))),
  op('mul of ints', [I, I], build.mul, (a, b) => int32(BigInt(a) * BigInt(b))),
  op('min of ints', [I, I], build.min, Math.min),
  op('max of ints', [I, I], build.max, Math.max),
  op('neg of ints', [I], build.neg, (a) => int32(-BigInt(a))),
  op('abs of ints', [I], build.abs, (a) => int32(a < 0 ? -BigInt(a) : BigInt(a))),
  op('lt of ints', [I, I], build.lt, (a, b) => bit(a < b)),
  op('le of ints', [I, I], build.le, (a, b) => bit(a <= b)),
  op('eq of ints', [I, I], build.eq, (a, b) => bit(a === b)),
  op('not', [B], build.not, (a) => (a === 0 ? 1 : 0)),
  op('and', [B, B], build.and, (a, b) => a * b),
  op('or', [B, B], build.or, (a, b) => Math.max(a, b)),
  op('xor', [B, B], build.xor, (a, b) => (a + b) % 2),
  op('select', [B, R, R], build.select, (test, a, b) => [b, a][test]!),
  op('select of ints', [B, I, I], build.select, (test, a, b) => [b, a][test]!),
  op('select of bits', [B, B, B], build.select, (test, a, b) => [b, a][test]!),
  op('toReal of ints', [I], build.toReal, (a) => a),
  op('toReal of bits', [B], build.toReal, (a) => a),
  op('toInt', [R], build.toInt, (a) => (Number.isNaN(a) ? 0 : Math.trunc(Math.min(Math.max(a, -2147483648), 2147483647)) + 0)),
  op('toInt of bits', [B], build.toInt, (a) => a),
  op(
    'pow2',
    [I],
    (n) => build.pow2(build.max(build.min(n, build.int(1023)), build.int(-1022))),
    (n) => 2 ** Math.max(Math.min(n, 1023), -1022),
  ),
];

export const edges: { readonly [K in ScalarType]: readonly number[] } = { real: edgeReals, int: edgeInts, bit: [0, 1] };
export const product = (lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);

/** One event that writes the result for each row of operands, which stand in states so that nothing folds. */
export function programOf({ operands, build: make }: Case, rows: readonly (readonly number[])[]): Program {
  return withArena(() => {
    const operandStates = rows.map((row, r) =>
      row.map((init, i): StateRef => ({ kind: 'state', name: `a${r}.${i}`, type: operands[i]!, length: 0, init })),
    );
    const values = operandStates.map((states) => make(...states.map(build.state)));
    const results = values.map((value, r): StateRef => ({ kind: 'state', name: `y${r}`, type: value.type, length: 0, init: 0 }));
    return {
      name: 'operation',
      grid: { numerator: 1, denominator: 1 },
      clocks: [],
      params: [],
      states: [...results, ...operandStates.flat()],
      records: [],
      events: [
        { edges: ['once'], begins: [], resets: [], actions: results.map((state, r) => ({ do: 'set' as const, state, value: values[r]! })) },
      ],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

/** The elementary functions, whose meaning is their shared definition: backends are compared with the interpreter alone. */
export const elementaryCases: readonly Case[] = [
  ...(['exp', 'log', 'sin', 'cos', 'tanh'] as const).map((name) =>
    op(
      name,
      [R],
      (a) => build[name](a),
      () => NaN,
    ),
  ),
  op('pow', [R, R], build.pow, () => NaN),
];
