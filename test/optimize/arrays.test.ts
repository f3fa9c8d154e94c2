// Reverses that read arrays as they were: by puts, by fills, across resets, for every cut of time, against differences.

import { describe, expect, it } from 'vitest';
import type { BatchBackendName } from '../../src/backends/compile-batch.js';
import { compileKernel } from '../../src/backends/compile.js';
import { createMachine } from '../../src/backends/kernel.js';
import {
  add,
  eq,
  indexOf,
  int,
  load,
  lt,
  makeLoop,
  mul,
  param,
  select,
  sin,
  state,
  sub,
  sumOver,
  tick,
  toInt,
  toReal,
} from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Action, EventKind, Program, Timeline } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';
import { reachableNodes } from '../../src/ir/leaves.js';
import { specialize } from '../../src/ir/specialize.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { loadText } from '../../src/index.js';
import { adjointProgram } from '../../src/optimize/adjoint-program.js';
import { laneGradients } from '../../src/optimize/lane-gradients.js';
import { compileNetlist } from '../../src/simulate/compile-netlist.js';

const size = 5;
const line: StateRef = { kind: 'state', name: 'line', type: 'real', length: size, init: [0.1, -0.2, 0.3, 0.4, -0.5] };
const total: StateRef = { kind: 'state', name: 'total', type: 'real', length: 0, init: 0.2 };
const pointer: StateRef = { kind: 'state', name: 'pointer', type: 'int', length: 0, init: 1 };
const flags: StateRef = { kind: 'state', name: 'flags', type: 'bit', length: size, init: [1, 0, 0, 1, 1] };
const counts: StateRef = { kind: 'state', name: 'counts', type: 'int', length: size, init: [3, 1, 2, 0, 2] };

/** sum_i (line[i] * line[i - pointer], or a sine of it where a flag stands) * counts[i] * p */
const energy = (): Expr =>
  sumOver(size, (i) => {
    const back = sub(i, state(pointer));
    const other = load(line, select(lt(back, int(0)), add(back, int(size)), back));
    const product = mul(load(line, i), other);
    return mul(mul(select(load(flags, i), sin(product), product), toReal(load(counts, i))), param('p'));
  });
const advance = (): Expr => select(eq(state(pointer), int(size - 1)), int(0), add(state(pointer), int(1)));

const put = (value: Expr): Action => ({ do: 'put', state: line, index: state(pointer), value });
const fill = (): Action => {
  const loop = makeLoop(size);
  const i = indexOf(loop);
  return { do: 'fill', state: line, loop, value: add(mul(sin(load(line, i)), param('q')), mul(load(line, add(i, int(1))), load(line, i))) };
};
const steps = (): Action[] => [
  { do: 'set', state: total, value: add(mul(state(total), 0.7), energy()) },
  { do: 'set', state: pointer, value: advance() },
  { do: 'put', state: flags, index: state(pointer), value: lt(state(total), 0.1) },
  { do: 'put', state: counts, index: toInt(tick('a')), value: add(state(pointer), int(1)) },
];
const record: Action = { do: 'record', record: 0, value: add(state(total), 0) };
const event = (actions: Action[], resets: readonly StateRef[] = []): EventKind => ({
  edges: ['e'],
  begins: [0],
  resets,
  actions: [...actions, record],
});

const table: Timeline = {
  kind: 'table',
  length: 4,
  entries: [
    { at: 0, event: 0 },
    { at: 1, event: 1 },
    { at: 3, event: 0 },
  ],
};
const merged: Timeline = {
  kind: 'merged',
  edges: [
    { name: 'a', period: 3, offset: 1 },
    { name: 'b', period: 5, offset: 12 },
  ],
  eventOf: [-1, 0, 1, 1],
};

const programOf = (timeline: Timeline, events: () => EventKind[]): Program =>
  withArena(() => ({
    name: 'arrays',
    grid: { numerator: 1, denominator: 1 },
    clocks: [{ name: 'a', period: 1, offset: 0 }],
    params: ['p', 'q'].map((name, i) => ({ name, value: 0.1 + 0.2 * i, unit: '' })),
    states: [line, total, pointer, flags, counts],
    records: [{ name: 'total', unit: '', type: 'real', clock: 0, offset: 0 }],
    events: events(),
    timeline,
    signalNames: new Map(),
  }));

const putOf = (): Action => put(add(mul(state(total), param('q')), sin(mul(load(line, state(pointer)), 2))));
const changes: Readonly<Record<string, () => EventKind[]>> = {
  puts: () => [event([...steps(), putOf()]), event([putOf()])],
  fills: () => [event([...steps(), putOf()]), event([...steps(), fill()])],
  'resets and puts': () => [event([...steps(), putOf()]), event([...steps(), putOf()], [line, total, flags])],
  'resets and fills': () => [event([...steps(), fill()], [counts]), event([...steps(), fill()], [line, flags, counts])],
};

const ticks = 41;
function objective(program: Program, p: number, q: number): number {
  const fixed = specialize(
    program,
    new Map([
      ['p', p],
      ['q', q],
    ]),
    new Set(),
  );
  const columns = [new Float64Array(2 * ticks)];
  compileKernel(fixed, 'interpret').run(createMachine(fixed, columns), ticks);
  return columns[0]!.reduce((sum, value) => sum + value * value, 0);
}

async function gradientOf(program: Program, backend: BatchBackendName, hyperperiods: number): Promise<number[]> {
  const gradients = await laneGradients(program, { learned: ['p', 'q'], objectives: ['total'], clock: 0, ticks, backend, hyperperiods });
  verifyProgram(gradients.adjoint.program);
  const { params } = gradients.adjoint.program;
  const result = await gradients.run(
    1,
    Float64Array.from(params, ({ value }) => value),
    ([rows]) => [rows!.map((column) => column.map((value) => 2 * value))],
  );
  return result.map(([value]) => value!);
}

describe.each(Object.entries(changes))('%s', (_, events) => {
  it.each([
    ['a table', table],
    ['merged clocks', merged],
  ])('with %s', async (__, timeline) => {
    const program = programOf(timeline, events);
    verifyProgram(program);
    const gradient = await gradientOf(program, 'interpret', 100);
    for (const [i, value] of gradient.entries()) {
      const step = 1e-4;
      const at = (delta: number): number => objective(program, 0.1 + (i === 0 ? delta * step : 0), 0.3 + (i === 1 ? delta * step : 0));
      const difference = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
      expect(Math.abs(difference)).toBeGreaterThan(1e-3);
      expect(Math.abs(value / difference - 1)).toBeLessThan(1e-6);
    }
    for (const backend of ['interpret', 'js', 'wasm'] as const)
      for (const length of [1, 2, 7]) expect(await gradientOf(program, backend, length)).toEqual(gradient);
  });
});

describe('circular buffers', () => {
  const { program } = compileNetlist(
    loadText(`
      system s(a = 0.7) {
        clock clk = 1MHz
        x = integrator(a - z, leak: 0.9)
        w = fir(x, taps: [0.5, 0.3, -0.2, 0.1])
        z = delay(w*x, ticks: 3)
        output z
      }
      bench s {
        run 30 ticks of clk
        record z
      }`),
    {},
  );
  const { program: adjoint } = adjointProgram(program, { learned: ['a'], objectives: ['z'], hyperperiods: 10 });
  const [reverse] = adjoint.events.filter(({ edges }) => edges[0]!.startsWith('reverse of clk'));
  const changeOf = (array: string): Action => reverse!.actions.find((action) => action.do !== 'record' && action.state.name === array)!;

  it('go back by one element where they went forward by one', () => {
    expect(changeOf('cotangent z.line').do).toBe('put');
  });

  it('have no loop in a loop where they had one loop', () => {
    const change = changeOf('cotangent w.line');
    expect(change.do).toBe('fill');
    expect([...reachableNodes([change.value])].filter(({ op }) => op === 'sum')).toEqual([]);
  });
});
