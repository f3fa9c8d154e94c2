// Lanes in floats stay near those in doubles on smooth systems, and what all lanes share keeps the accuracy of doubles.

import { describe, expect, it } from 'vitest';
import { createTile } from '../../src/backends/batch.js';
import { BackendError } from '../../src/backends/backend-error.js';
import { compileBatch } from '../../src/backends/compile-batch.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import { noiseParams, drawNormal, drawUniforms } from '../../src/ir/noise.js';
import type { Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';
import { hashPath } from '../../src/random/path-hash.js';
import { philox4x32 } from '../../src/random/philox.js';

const ticks = 2000;
const lanes = 37;
const x: StateRef = { kind: 'state', name: 'x', type: 'real', length: 0, init: 0.25 };
const count: StateRef = { kind: 'state', name: 'count', type: 'int', length: 0, init: 2147483600 };
const line: StateRef = { kind: 'state', name: 'line', type: 'real', length: 8, init: 0 };

/** A grid tick lasts so long that a float does not hold the time to a turn of the sine. */
const grid = { numerator: 1000003, denominator: 1 };

function programOf(
  paramNames: readonly string[],
  write: () => { readonly sets: Program['events'][number]['actions']; readonly value: Expr },
): Program {
  return withArena(() => {
    const { sets, value } = write();
    return {
      name: 'smooth',
      grid,
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: paramNames.map((name) => ({ name, value: 0.5, unit: '' })),
      states: [x, count, line],
      records: [{ name: 'y', unit: '', type: value.type, clock: 0, offset: 0 }],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [...sets, { do: 'record', record: 0, value }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

/** The records of all lanes, whose parameters are `valueOf(param, lane)`. */
async function run(program: Program, precision: 'f64' | 'f32', valueOf: (param: number, lane: number) => number): Promise<Float64Array[]> {
  const kernel = await compileBatch(program, { precision });
  expect(kernel.precision).toBe(precision);
  const columns = Array.from({ length: lanes }, () => new Float64Array(ticks));
  const params = Float64Array.from(program.params.flatMap((_, i) => Array.from({ length: lanes }, (_lane, lane) => valueOf(i, lane))));
  await kernel.run(createTile(program, lanes, [columns], params), ticks);
  return columns;
}

const largest = (a: readonly Float64Array[], b: readonly Float64Array[]): number =>
  a.reduce((most, column, lane) => column.reduce((m, value, i) => Math.max(m, Math.abs(value - b[lane]![i]!)), most), 0);

describe('floats', () => {
  const smooth = programOf(['gain', 'leak'], () => {
    const sine = build.sin(build.mul(build.time(), 1.2345e-7));
    const index = build.toInt(build.sub(build.tick('clk'), build.mul(build.floor(build.mul(build.tick('clk'), 0.125)), 8)));
    const next = build.add(build.mul(build.param('leak'), build.state(x)), build.mul(build.param('gain'), sine));
    const square = build.mul(build.state(x), build.state(x));
    const shaped = build.add(build.tanh(build.state(x)), build.mul(build.exp(build.neg(square)), build.cos(build.state(x))));
    const power = build.pow(build.add(square, 1), build.param('gain'));
    const delayed = build.sumOver(8, (i) => build.mul(0.125, build.load(line, i)));
    return {
      sets: [
        { do: 'set', state: x, value: next },
        { do: 'put', state: line, index, value: next },
      ],
      value: build.add(build.add(shaped, delayed), build.log(power)),
    };
  });
  const valueOf = (param: number, lane: number): number => (param === 0 ? 0.3 : 0.8) + (0.15 * lane) / lanes;

  it('are within 4e-6 on a smooth system of values to 3', async () => {
    const [doubles, floats] = [await run(smooth, 'f64', valueOf), await run(smooth, 'f32', valueOf)];
    expect(Math.max(...doubles.map((column) => Math.max(...column.map(Math.abs))))).toBeGreaterThan(2);
    expect(largest(doubles, floats)).toBeLessThan(4e-6);
    expect(largest(doubles, floats)).toBeGreaterThan(0);
  });

  it('hold ints of 32 bits', async () => {
    const counting = programOf(['step'], () => {
      const value = build.add(build.state(count), build.toInt(build.param('step')));
      return { sets: [{ do: 'set', state: count, value }], value };
    });
    const steps = (_: number, lane: number): number => 16777217 + lane;
    expect(await run(counting, 'f32', steps)).toEqual(await run(counting, 'f64', steps));
  });

  it.each([0, 1] as const)('draw uniform %i of 32 bits: seeds and lanes keep all their bits', async (which) => {
    const noise = programOf(Object.values(noiseParams), () => ({
      sets: [],
      value: drawUniforms({ path: 'a.noise', tick: build.tick('clk'), draw: build.int(3) })[which],
    }));
    const placeOf = (param: number, lane: number): number => [lane, 2147483647 - lane, -123456789][param]!;
    const [doubles, floats] = [await run(noise, 'f64', placeOf), await run(noise, 'f32', placeOf)];
    const { low, high } = hashPath('a.noise');
    const drawn = Array.from({ length: lanes }, (_, lane) =>
      Float64Array.from({ length: ticks }, (_row, tick) => {
        const words = philox4x32([lane, tick, low, ((high << 16) | 0) + 3], [2147483647 - lane, -123456789]);
        const upper = (words[2 * which]! >>> 6) * 64 + (words[2 * which + 1]! >>> 26);
        return Math.fround((upper + 0.5) * 2 ** -32);
      }),
    );
    expect(floats).toEqual(drawn);
    expect(largest(doubles, floats)).toBeLessThanOrEqual(2 ** -33 + 2 ** -25);
  });

  it('make normal noise within 1e-5', async () => {
    const noise = programOf(Object.values(noiseParams), () => ({
      sets: [],
      value: drawNormal({ path: 'a.noise', tick: build.tick('clk'), draw: build.int(0) }),
    }));
    const placeOf = (param: number, lane: number): number => (param === 0 ? lane : 17);
    expect(largest(await run(noise, 'f64', placeOf), await run(noise, 'f32', placeOf))).toBeLessThan(1e-5);
  });

  it('are refused by backends that have none, with DL801', async () => {
    await expect(compileBatch(smooth, { backend: 'js', precision: 'f32' })).rejects.toThrow(
      new BackendError('the js backend runs doubles only', 'use --precision f64, or the backend wasm'),
    );
  });
});
