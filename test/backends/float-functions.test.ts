// Elementary functions of lanes in floats are within the units of the last place that they state, and have the values of
// mathematics at the ends.

import { describe, expect, it } from 'vitest';
import { createTile } from '../../src/backends/batch.js';
import { wasmBatchKernel } from '../../src/backends/wasm/lanes/wasm-batch-kernel.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';

const y: StateRef = { kind: 'state', name: 'y', type: 'real', length: 0, init: 0 };

function programOf(make: (x: Expr) => Expr): Program {
  return withArena(() => ({
    name: 'function',
    grid: { numerator: 1, denominator: 1 },
    clocks: [],
    params: [{ name: 'x', value: 0, unit: '' }],
    states: [y],
    records: [],
    events: [{ edges: ['once'], begins: [], resets: [], actions: [{ do: 'set', state: y, value: make(build.param('x')) }] }],
    timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
    signalNames: new Map(),
  }));
}

/** The function at each x, a float, by lanes in floats. */
function valuesOf(make: (x: Expr) => Expr, xs: readonly number[]): Float64Array {
  const program = programOf(make);
  const tile = createTile(program, xs.length, [], Float64Array.from(xs));
  void wasmBatchKernel(program, 'f32').run(tile, 1);
  return tile.states;
}

/** Distance of neighbours among floats of this magnitude. */
const unit = (x: number): number => 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(x)))) - 23);

/** Floats of all magnitudes from `least` to `most`, of both signs where `isOdd`, no two of a simple ratio. */
function floatsFrom(least: number, most: number, isOdd: boolean): number[] {
  const count = 4000;
  const xs = Array.from({ length: count }, (_, i) => Math.fround(least * (most / least) ** ((i + 0.37) / count)));
  return isOdd ? xs.flatMap((x) => [x, -x]) : xs;
}

/** The largest error in units of the result, where that is not below `floor`. */
function largestError(make: (x: Expr) => Expr, exact: (x: number) => number, xs: readonly number[], floor = 0): number {
  const values = valuesOf(make, xs);
  return xs.reduce((most, x, i) => Math.max(most, Math.abs(values[i]! - exact(x)) / unit(Math.max(floor, Math.abs(exact(x))))), 0);
}

const functions: readonly [string, (x: Expr) => Expr, (x: number) => number, readonly number[], number][] = [
  ['log', build.log, Math.log, floatsFrom(2 ** -149, 2 ** 127, false), 2],
  ['log around 1', build.log, Math.log, floatsFrom(0.5, 2, false), 2],
  ['exp', build.exp, Math.exp, floatsFrom(1e-8, 87, true), 2],
  ['tanh', build.tanh, Math.tanh, floatsFrom(1e-30, 30, true), 4],
  ['sin near 0', build.sin, Math.sin, floatsFrom(1e-30, 0.7, true), 2],
];

describe('floats', () => {
  it.each(functions)('of %s are within their units', (_, make, exact, xs, units) => {
    expect(largestError(make, exact, xs)).toBeLessThanOrEqual(units);
  });

  it.each([
    ['sin', build.sin, Math.sin],
    ['cos', build.cos, Math.cos],
  ] as const)('of %s are within 2^-23', (_, make, exact) => {
    const near = floatsFrom(1e-3, 8192, true);
    const values = valuesOf(make, near);
    expect(near.reduce((most, x, i) => Math.max(most, Math.abs(values[i]! - exact(x))), 0)).toBeLessThan(2 ** -23);
    const far = floatsFrom(8192, 2 ** 24, true);
    const there = valuesOf(make, far);
    expect(far.reduce((most, x, i) => Math.max(most, Math.abs(there[i]! - exact(x)) / Math.abs(x)), 0)).toBeLessThan(2 ** -23);
    for (const value of valuesOf(make, [1e10, -1e30, 3e38])) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  });

  it('have the values of the ends', () => {
    expect([...valuesOf(build.log, [0, -0, -1, Infinity, NaN, 1])]).toEqual([-Infinity, -Infinity, NaN, Infinity, NaN, 0]);
    expect([...valuesOf(build.exp, [-Infinity, -200, 200, Infinity, NaN, 0, -0])]).toEqual([0, 0, Infinity, Infinity, NaN, 1, 1]);
    expect([...valuesOf(build.tanh, [-Infinity, -50, 0, -0, 50, NaN])]).toEqual([-1, -1, 0, -0, 1, NaN]);
    expect([...valuesOf(build.sin, [0, -0, NaN])]).toEqual([0, -0, NaN]);
    expect([...valuesOf(build.cos, [0, -0, NaN])]).toEqual([1, 1, NaN]);
  });
});
