// What every operation means on lanes, at the edges of the numbers: one lane for each row of operands, in doubles and,
// rounded to floats, in floats.

import { describe, expect, it } from 'vitest';
import type { Precision } from '../../src/backends/batch.js';
import { wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { ScalarType, StateRef } from '../../src/ir/types.js';
import { runBatch } from './batch-outcome.js';
import { cases, edges, product, type Case } from './operation-cases.js';
import { bitsOf } from './run-pieces.js';

const operands: { readonly [K in ScalarType]: (param: Expr) => Expr } = {
  real: (param) => param,
  int: build.toInt,
  bit: (param) => build.eq(param, 1),
};

/** One event that writes what the operation makes of the parameters, or of states that were set to them. */
function programOf({ operands: types, build: make }: Case, isHeld: boolean): Program {
  return withArena(() => {
    const values = types.map((type, i) => operands[type](build.param(`p${i}`)));
    const states = types.map((type, i): StateRef => ({ kind: 'state', name: `x${i}`, type, length: 0, init: 0 }));
    const value = make(...(isHeld ? states.map(build.state) : values));
    const result: StateRef = { kind: 'state', name: 'y', type: value.type, length: 0, init: 0 };
    const sets = [...states.map((state, i) => ({ state, value: values[i]! })), { state: result, value }];
    return {
      name: 'operation',
      grid: { numerator: 1, denominator: 1 },
      clocks: [],
      params: types.map((_, i) => ({ name: `p${i}`, value: 0, unit: '' })),
      states: [result, ...states],
      records: [],
      events: [{ edges: ['twice'], begins: [], resets: [], actions: sets.map((set) => ({ do: 'set' as const, ...set })) }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

const roundings: { readonly [K in Precision]: (x: number) => number } = { f64: (x) => x, f32: Math.fround };
const forms = [false, true].flatMap((isHeld) => (['f64', 'f32'] as const).map((precision) => ({ precision, isHeld })));

describe.each(cases)('$name of lanes', (one) => {
  it.each(forms)('is what it means in $precision, of states: $isHeld', async ({ precision, isHeld }) => {
    const rounded = roundings[precision];
    const rows = product(one.operands.map((type) => (type === 'real' ? [...new Set(edges.real.map(rounded))] : edges[type])));
    const params = Float64Array.from(one.operands.flatMap((_, i) => rows.map((row) => row[i]!)));
    const program = programOf(one, isHeld);
    const outcomes = await runBatch(program, wasmBatchKernel(program, precision), { lanes: rows.length, params }, [2], 0);
    const isReal = program.states[0]!.type === 'real';
    const expected = rows.map((row) => {
      const value = one.meaning(...row);
      return bitsOf(Float64Array.of(isReal ? flushed(rounded(value), precision, one.name) : value))[0];
    });
    expect(outcomes.map(({ states }) => states[0])).toEqual(expected);
  });
});

/** pow2 in floats is 0 where the power is subnormal. */
const flushed = (value: number, precision: Precision, name: string): number =>
  precision === 'f32' && name === 'pow2' && value < 2 ** -126 ? 0 : value;
