// What the gpu backend refuses: the whole text of each, with what it is for and what to use instead.

import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/backends/backend-error.js';
import { createTile } from '../../src/backends/batch.js';
import { gpuBatchKernel } from '../../src/backends/gpu/kernel.js';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Action, Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';
import { sweptProgram } from './gpu-systems.js';

const scalar = (name: string, type: StateRef['type'], init = 0): StateRef => ({ kind: 'state', name, type, length: 0, init });
const x = scalar('loop.x', 'real');
const n = scalar('loop.n', 'int');

/** One event that records `value` as y. */
function programOf(
  make: () => { readonly value: Expr; readonly states: readonly StateRef[]; readonly actions?: readonly Action[] },
): Program {
  return withArena((): Program => {
    const { value, states, actions = [] } = make();
    return {
      name: 'refused',
      grid: { numerator: 1, denominator: 1 },
      clocks: [{ name: 'clk', period: 1, offset: 0 }],
      params: [{ name: 'p', value: 1, unit: '' }],
      states,
      records: [{ name: 'y', unit: '', type: value.type, clock: 0, offset: 0 }],
      events: [{ edges: ['clk'], begins: [0], resets: [], actions: [...actions, { do: 'record', record: 0, value }] }],
      timeline: { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] },
      signalNames: new Map(),
    };
  });
}

/** A real state that differs from lane to lane. */
const varying = (): Action => ({ do: 'set', state: x, value: build.add(build.state(x), build.param('p')) });

async function refusalOf(work: Promise<unknown>): Promise<{ message: string; help: string }> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BackendError);
  const { message, help, code } = error as BackendError;
  expect(code).toBe('DL801');
  return { message, help };
}

describe('operations that are refused', () => {
  it.each<[string, () => Expr, string]>([
    [
      'noise of every tick',
      () =>
        build.uniform(0, [build.toInt(build.param('p')), build.toInt(build.tick('clk')), ...[1, 2, 3, 4].map((word) => build.int(word))]),
      "the gpu backend cannot run 'uniform' for the record 'y': its generator needs true 32-bit integers, which gpu.js has not",
    ],
    [
      'a power of two from bits',
      () => build.pow2(build.clip(build.toInt(build.clip(build.state(x), -10, 10)), build.int(-5), build.int(5))),
      "the gpu backend cannot run 'pow2' for the record 'y': gpu.js cannot make floats from bits",
    ],
    [
      'an exponent',
      () => build.exponent(build.state(x)),
      "the gpu backend cannot run 'exponent' for the record 'y': gpu.js cannot look at the bits of floats",
    ],
    [
      'a power of what may be negative',
      () => build.pow(build.state(x), build.real(2.5)),
      "the gpu backend cannot run 'pow' for the record 'y': graphics processors raise positive numbers only, and this one is not known to be positive",
    ],
    [
      'an int without bounds',
      () => build.toReal(build.toInt(build.state(x))),
      "the gpu backend cannot run the int operation 'toInt' for the record 'y': gpu.js has floats only, which hold whole numbers up to 2^24, and this one is not known to stay within",
    ],
  ])('%s', async (_, value, message) => {
    const program = programOf(() => ({ value: value(), states: [x], actions: [varying()] }));
    expect(await refusalOf(gpuBatchKernel(program))).toEqual({ message, help: 'use the backend wasm' });
  });

  it('an int state that counts on and on', async () => {
    const program = programOf(() => {
      const next = build.select(build.lt(build.param('p'), 0), build.state(n), build.add(build.state(n), build.int(1)));
      return { value: build.toReal(build.state(n)), states: [n], actions: [{ do: 'set', state: n, value: next }] };
    });
    expect(await refusalOf(gpuBatchKernel(program))).toEqual({
      message:
        "the gpu backend cannot hold the int state 'loop.n': gpu.js has floats only, which hold whole numbers up to 2^24, and this one is not known to stay within",
      help: 'use the backend wasm',
    });
  });

  it('but not one that is known to stay small, nor what is the same in all lanes', async () => {
    const program = programOf(() => {
      const up = build.select(build.lt(build.param('p'), 0), build.state(n), build.add(build.state(n), build.int(1)));
      const draw = build.uniform(0, [build.toInt(build.tick('clk')), ...[1, 2, 3, 4, 5].map((word) => build.int(word))]);
      const power = build.pow(build.add(build.abs(build.state(x)), 1), draw);
      return {
        value: build.mul(build.toReal(build.state(n)), power),
        states: [n, x],
        actions: [varying(), { do: 'set', state: n, value: build.min(up, build.int(5)) }],
      };
    });
    expect((await gpuBatchKernel(program)).backend).toBe('gpu');
  });
});

describe('sizes that are refused', () => {
  const systemOf = (lines: string): Program =>
    sweptProgram({
      name: 's',
      text: `system s(g = 1) {\n  clock clk = 1MHz\n  input u : V\n  a = integrator(u, gain: g, leak: 0.5)\n${lines}}\nbench s {\n  u = dc(value: 1V)\n  run 10 ticks of clk\n  record y\n}\n`,
      swept: ['g'],
    });

  it('a long array', async () => {
    expect(await refusalOf(gpuBatchKernel(systemOf('  y = delay(a, ticks: 3000)\n  output y\n')))).toEqual({
      message:
        "the gpu backend cannot run the array 'y.line' of 3000 elements: a kernel has no memory, and as single variables and choices this takes more than 2000 operations",
      help: 'use the backend wasm',
    });
  });

  it('many states', async () => {
    expect(await refusalOf(gpuBatchKernel(systemOf('  y = delay(a, ticks: 300)\n  output y\n')))).toEqual({
      message: "the gpu backend cannot run 's': it has 301 states that differ from lane to lane, and a kernel takes 256",
      help: 'use the backend wasm',
    });
  });

  it('many operations', async () => {
    const stages = Array.from(
      { length: 230 },
      (_, i) =>
        `  b${i} = integrator(${i === 0 ? 'a' : `b${i - 1}`}, leak: 0.${i + 1}, gain: g)\n  c${i} = tanh(b${i}*b${i}) + sqrt(abs(b${i} - a))\n`,
    );
    const sum = stages.map((_, i) => `c${i}`).join(' + ');
    const { message, help } = await refusalOf(gpuBatchKernel(systemOf(`${stages.join('')}  y = ${sum}\n  output y\n`)));
    expect(message).toMatch(
      /^the gpu backend cannot run 's': it has \d{4} operations that differ from lane to lane, and a kernel takes 2000$/,
    );
    expect(help).toBe('use the backend wasm');
  });
});

describe('records and resets that are refused', () => {
  const one = programOf(() => ({ value: build.state(x), states: [x], actions: [varying()] }));
  const [event] = one.events as [Program['events'][number]];

  it('more records than a launch has slots', async () => {
    const [record] = one.records as [Program['records'][number]];
    const records = Array.from({ length: 1025 }, (_, i) => ({ ...record, name: `y${i}` }));
    const actions = [...event.actions, ...records.map((_, i): Action => ({ do: 'record', record: i, value: build.state(x) }))];
    expect(await refusalOf(gpuBatchKernel({ ...one, records, events: [{ ...event, actions }] }))).toEqual({
      message: "the gpu backend cannot run 'refused': it has 1025 records that differ from lane to lane, and a kernel takes 1024",
      help: 'use the backend wasm',
    });
  });

  it('a frame that begins with no float', async () => {
    const huge = scalar('loop.x', 'real', 1e300);
    const actions: Action[] = [
      { do: 'set', state: huge, value: build.add(build.state(huge), build.param('p')) },
      { do: 'record', record: 0, value: build.state(huge) },
    ];
    expect(await refusalOf(gpuBatchKernel({ ...one, states: [huge], events: [{ ...event, resets: [huge], actions }] }))).toEqual({
      message: "the gpu backend cannot reset the state 'loop.x' to 1e+300: it has no such float",
      help: 'use the backend wasm',
    });
  });
});

describe('runs that are refused', () => {
  it('past 2^24 ticks that are counted', async () => {
    const program = programOf(() => ({ value: build.mul(build.tick('clk'), build.state(x)), states: [x], actions: [varying()] }));
    const kernel = await gpuBatchKernel(program, 'webasm');
    const tile = createTile(program, 2, [[new Float64Array(2 ** 24 + 3), new Float64Array(2 ** 24 + 3)]]);
    tile.position.set([2 ** 24 - 1, 0, 2 ** 24 - 1]);
    await kernel.run(tile, 2 ** 24 + 1);
    expect(tile.records[0]![1]!.slice(2 ** 24 - 1)).toEqual(Float64Array.of(0, 2 ** 24, 0, 0));
    expect(await refusalOf(Promise.resolve(kernel.run(tile, 2 ** 24 + 2)))).toEqual({
      message: 'the gpu backend cannot run on: a count of ticks became 16777217, and floats hold whole numbers up to 2^24 only',
      help: 'use the backend wasm, or run fewer ticks',
    });
  });

  it('in a mode that this place has not', async () => {
    const program = programOf(() => ({ value: build.state(x), states: [x], actions: [varying()] }));
    expect(await refusalOf(gpuBatchKernel(program, 'webgl2'))).toEqual({
      message: 'the gpu backend is not available: A requested mode of "webgl2" and is not supported',
      help: 'use the backend wasm',
    });
  });
});
