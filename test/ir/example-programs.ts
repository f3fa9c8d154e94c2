// Five tiny Programs by hand: what they compile to is kept as golden text.

import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Program, ProgramClock, ProgramParam, ProgramRecord, Timeline } from '../../src/ir/program.js';
import type { DataRef, ScalarType, StateRef } from '../../src/ir/types.js';

const scalar = (name: string, type: ScalarType = 'real', init = 0): StateRef => ({ kind: 'state', name, type, length: 0, init });
const grid = { numerator: 1, denominator: 1_000_000 };
const clk: ProgramClock = { name: 'clk', period: 1, offset: 0 };
const everyTick: Timeline = { kind: 'table', length: 1, entries: [{ at: 0, event: 0 }] };
const param = (name: string, value: number, unit = ''): ProgramParam => ({ name, value, unit });
const record = (name: string, type: ScalarType, unit = '', clock = 0, offset = 0): ProgramRecord => ({ name, type, unit, clock, offset });
/** A triangle wave from -1 to 1. */
function triangleAt(freqHz: number): Expr {
  const cycles = build.mul(freqHz, build.time());
  const inCycle = build.sub(cycles, build.floor(cycles));
  return build.sub(1, build.mul(4, build.abs(build.sub(inCycle, 0.5))));
}
const sign = (bit: Expr): Expr => build.select(bit, 1, -1);

/** x+ = leak*x + gain*u, reset each 20 ticks. */
function delayingIntegrator(): Program {
  const x = scalar('int.x', 'real', 0.25);
  const next = build.add(build.mul(build.param('int.leak'), build.state(x)), build.mul(build.param('int.gain'), triangleAt(1000)));
  const actions: Program['events'][number]['actions'] = [
    { do: 'set', state: x, value: next },
    { do: 'record', record: 0, value: build.state(x) },
  ];
  return {
    name: 'integrator',
    grid,
    clocks: [clk],
    params: [param('int.leak', 0.99), param('int.gain', 0.5)],
    states: [x],
    records: [record('int', 'real', 'V')],
    events: [
      { edges: ['clk'], begins: [0], resets: [], actions },
      { edges: ['clk', 'frame of 20'], begins: [0], resets: [x], actions },
    ],
    timeline: { kind: 'table', length: 20, entries: Array.from({ length: 20 }, (_, at) => ({ at, event: at === 0 ? 1 : 0 })) },
    signalNames: new Map([[build.state(x), 'int']]),
  };
}

/** Two integrators and a 1-bit quantizer: v = x2 >= 0; x1+ = x1 + (u - v)/2; x2+ = x2 + (x1 - v)/2. */
function oneBitLoop(): Program {
  const [x1, x2] = [scalar('x1.x'), scalar('x2.x')];
  const v = build.ge(build.state(x2), 0);
  const u = build.mul(build.param('u.amplitude'), triangleAt(1000));
  const step = (x: StateRef, input: Expr): Expr => build.add(build.state(x), build.mul(0.5, build.sub(input, sign(v))));
  return {
    name: 'mod2',
    grid,
    clocks: [clk],
    params: [param('u.amplitude', 0.5, 'V')],
    states: [x1, x2],
    records: [record('v', 'bit'), record('x2', 'real', 'V')],
    events: [
      {
        edges: ['clk'],
        begins: [0],
        resets: [],
        actions: [
          { do: 'set', state: x1, value: step(x1, u) },
          { do: 'set', state: x2, value: step(x2, build.state(x1)) },
          { do: 'record', record: 0, value: v },
          { do: 'record', record: 1, value: build.state(x2) },
        ],
      },
    ],
    timeline: everyTick,
    signalNames: new Map([
      [v, 'v'],
      [u, 'u'],
    ]),
  };
}

/** A sample taken in the first phase is handed on in the second; a count of the samples above zero. */
function twoPhaseHold(): Program {
  const [sampled, held, count] = [scalar('hold.sampled'), scalar('hold.held'), scalar('count.n', 'int')];
  const positive = build.gt(build.state(sampled), 0);
  return {
    name: 'hold',
    grid,
    clocks: [{ name: 'clk', period: 4, offset: 1 }],
    params: [],
    states: [sampled, held, count],
    records: [record('hold', 'real', 'V', 0, 3), record('count', 'int', '', 0, 3)],
    events: [
      { edges: ['clk.p1'], begins: [0], resets: [], actions: [{ do: 'set', state: sampled, value: triangleAt(50_000) }] },
      {
        edges: ['clk.p2'],
        begins: [],
        resets: [],
        actions: [
          { do: 'set', state: held, value: build.state(sampled) },
          { do: 'set', state: count, value: build.add(build.state(count), build.toInt(positive)) },
          { do: 'record', record: 0, value: build.state(held) },
          { do: 'record', record: 1, value: build.state(count) },
        ],
      },
    ],
    timeline: {
      kind: 'table',
      length: 4,
      entries: [
        { at: 1, event: 0 },
        { at: 3, event: 1 },
      ],
    },
    signalNames: new Map(),
  };
}

/** y = sum of h[k] z[k] over a line of the last 16 inputs, which moves by one each tick. */
function finiteImpulseResponse(): Program {
  const length = 16;
  const line: StateRef = { kind: 'state', name: 'fir.z', type: 'real', length, init: 0 };
  const taps: DataRef = { kind: 'data', name: 'fir.h', values: Float64Array.from({ length }, (_, k) => (k + 1) / 136) };
  const y = build.sumOver(length, (k) => build.mul(build.load(taps, k), build.load(line, k)));
  const loop = build.makeLoop(length);
  const k = build.indexOf(loop);
  const shifted = build.select(build.eq(k, build.int(0)), triangleAt(20_000), build.load(line, build.sub(k, build.int(1))));
  return {
    name: 'fir',
    grid,
    clocks: [clk],
    params: [],
    states: [line],
    records: [record('y', 'real', 'V')],
    events: [
      {
        edges: ['clk'],
        begins: [0],
        resets: [],
        actions: [
          { do: 'fill', state: line, loop, value: shifted },
          { do: 'record', record: 0, value: y },
        ],
      },
    ],
    timeline: everyTick,
    signalNames: new Map([[y, 'fir']]),
  };
}

/** Two clocks without a short common period: one writes a ring of eight, the other reads its oldest element. */
function mergedClocks(): Program {
  const ring: StateRef = { kind: 'state', name: 'ring.z', type: 'real', length: 8, init: [1, 2, 3, 4, 5, 6, 7, -0] };
  const at = scalar('ring.at', 'int');
  const index = build.state(at);
  const next = build.select(build.eq(index, build.int(7)), build.int(0), build.add(index, build.int(1)));
  const write: Program['events'][number]['actions'] = [
    { do: 'put', state: ring, index, value: build.tick('fast') },
    { do: 'set', state: at, value: next },
  ];
  const read: Program['events'][number]['actions'] = [{ do: 'record', record: 0, value: build.load(ring, next) }];
  return {
    name: 'merged',
    grid,
    clocks: [
      { name: 'fast', period: 441, offset: 0 },
      { name: 'slow', period: 1670, offset: 5 },
    ],
    params: [],
    states: [ring, at],
    records: [record('oldest', 'real', '', 1, 5)],
    events: [
      { edges: ['fast'], begins: [0], resets: [], actions: write },
      { edges: ['slow'], begins: [1], resets: [], actions: read },
      { edges: ['fast', 'slow'], begins: [0, 1], resets: [], actions: [...write, ...read] },
    ],
    timeline: {
      kind: 'merged',
      edges: [
        { name: 'fast', period: 441, offset: 0 },
        { name: 'slow', period: 1670, offset: 5 },
      ],
      eventOf: [-1, 0, 1, 2],
    },
    signalNames: new Map(),
  };
}

/** By the name of their golden files. */
export const examplePrograms: ReadonlyMap<string, () => Program> = new Map(
  Object.entries({
    integrator: delayingIntegrator,
    'one-bit-loop': oneBitLoop,
    'two-phase-hold': twoPhaseHold,
    'fir-loop': finiteImpulseResponse,
    'merged-clocks': mergedClocks,
  }).map(([name, make]) => [name, () => withArena(make)]),
);
