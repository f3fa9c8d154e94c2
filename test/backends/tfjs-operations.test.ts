// What every operation means on tensors of tfjs, at the edges of the numbers: one lane for each row of operands, rounded to floats.

import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/backends/tfjs/tfjs.js';
import { tensorOps } from '../../src/backends/tfjs/tensor-ops.js';
import { toTensors } from '../../src/backends/tfjs/to-tensors.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import { programNodes } from '../../src/ir/roots.js';
import type { Program } from '../../src/ir/program.js';
import type { ScalarType } from '../../src/ir/types.js';
import { cases, edges, elementaryCases, op, product, R, type Case } from './operation-cases.js';
import { interpretColumns } from './interpret-columns.js';
import { tensorBackends, useTensorBackend } from './tfjs-place.js';

const operands: { readonly [K in ScalarType]: (param: Expr) => Expr } = {
  real: (param) => param,
  int: build.toInt,
  bit: (param) => build.eq(param, 1),
};

/** One tick that records what the operation makes of the parameters. */
function programOf({ operands: types, build: make }: Case): Program {
  return withArena(() => {
    const value = make(...types.map((type, i) => operands[type](build.param(`p${i}`))));
    return {
      name: 'operation',
      grid: { numerator: 1, denominator: 1 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: types.map((_, i) => ({ name: `p${i}`, value: 0, unit: '' })),
      states: [],
      records: [{ name: 'y', unit: '', type: value.type, clock: 0, offset: 0 }],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [{ do: 'record', record: 0, value }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

const floats = (numbers: readonly number[]): number[] => [...new Set(numbers.map(Math.fround))];
const plain = [0.3, 0.7, 1, 1.9, 2.5, 4, -0.4, -1.3, 13.7].map(Math.fround);
const exponentCase = op(
  'exponent',
  [R],
  (a) => build.exponent(a),
  () => NaN,
);
const normals = [1, -1, 1.999, 2, 0.75, -0.4999, 1e30, -3e-30, 1e15].map(Math.fround);

function compute(one: Case, rows: readonly (readonly number[])[]): number[] {
  const given = Object.fromEntries(one.operands.map((_, i) => [`p${i}`, tf.tensor1d(rows.map((row) => row[i]!))]));
  const { finals } = toTensors(programOf(one), { clock: 0, ticks: 1 }).run(given, { lanes: rows.length });
  return [...finals['y']!.dataSync()];
}

describe.each(tensorBackends)('operations on tensors of %s', (backend) => {
  beforeAll(() => useTensorBackend(backend));

  it.each(cases.map((one) => [one.name, one] as const))('%s is what it means', (_, one) => {
    const rows = product(one.operands.map((type) => floats(edges[type])));
    const found = compute(one, rows);
    rows.forEach((row, i) => {
      const given = row.map((value, j) => (one.operands[j] === 'int' ? Math.max(-(2 ** 31), Math.min(value, 2 ** 31 - 1)) : value));
      const expected = Math.fround(one.meaning(...given));
      expect(
        found[i] === expected || Object.is(found[i], expected),
        `${one.name}(${given.join(', ')}) = ${found[i]}, not ${expected}`,
      ).toBe(true);
    });
  });

  it.each([...elementaryCases, exponentCase].map((one) => [one.name, one] as const))('%s is near', (name, one) => {
    const rows = product(one.operands.map(() => (name === 'exponent' ? normals : plain)));
    const found = compute(one, rows);
    rows.forEach((row, i) => {
      const expected = interpretColumns(programOf(one), 1, new Map(row.map((value, j) => [`p${j}`, value]))).columns[0]![0]!;
      const isNear = Math.abs(found[i]! - expected) <= 2e-6 * Math.max(1, Math.abs(expected));
      expect(isNear || Object.is(found[i], expected), `${name}(${row.join(', ')}) = ${found[i]}, not ${expected}`).toBe(true);
    });
  });

  it('have the slope of the adjoint where two meet: of |x| none, of ties that of the first', () => {
    const slopes = (one: Case): number[][] => {
      const { run } = toTensors(programOf(one), { clock: 0, ticks: 1 });
      const value = (...p: tf.Tensor[]): tf.Tensor => run(Object.fromEntries(p.map((own, i) => [`p${i}`, own])), { lanes: 3 }).finals['y']!;
      return tf
        .grads(value)(one.operands.map(() => tf.tensor1d([-2, 0, 2])))
        .map((gradient) => [...gradient.dataSync()]);
    };
    const byName = (name: string): Case => cases.find((one) => one.name === name)!;
    expect(slopes(byName('abs'))).toEqual([[-1, 0, 1]]);
    expect(slopes(byName('min'))).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
    expect(slopes(byName('max'))).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
  });

  it('draw the noise of the interpreter', () => {
    const place = (lane: Expr): Parameters<typeof build.uniform>[1] => [
      lane,
      build.int(5),
      build.int(-7),
      build.int(9),
      lane,
      build.int(3),
    ];
    const draw = (which: 0 | 1): Case =>
      op(
        'uniform',
        [R],
        (a) => build.uniform(which, place(build.toInt(a))),
        () => NaN,
      );
    for (const which of [0, 1] as const) {
      const lanes = [0, 1, 2, 77];
      const expected = lanes.map((lane) =>
        Math.fround(interpretColumns(programOf(draw(which)), 1, new Map([['p0', lane]])).columns[0]![0]!),
      );
      expect(
        compute(
          draw(which),
          lanes.map((lane) => [lane]),
        ),
      ).toEqual(expected);
    }
  });
});

it('cases cover the table', () => {
  const all = [...cases, ...elementaryCases, exponentCase];
  const seen = new Set(all.flatMap((one) => [...programNodes(programOf(one))].map((node) => node.op as string)));
  expect(
    Object.keys(tensorOps)
      .filter((name) => !seen.has(name))
      .sort(),
  ).toEqual(['surrogate', 'uniform']);
});
