// The verifier finds each breach that it is there for, and says which.

import { describe, expect, it } from 'vitest';
import * as build from '../../src/ir/build.js';
import { intern, withArena, type Expr } from '../../src/ir/expr.js';
import type { Action, EventKind, Program } from '../../src/ir/program.js';
import type { StateRef } from '../../src/ir/types.js';
import { verifyProgram } from '../../src/ir/verify.js';
import { examplePrograms } from './example-programs.js';

const scalar: StateRef = { kind: 'state', name: 'x', type: 'real', length: 0, init: 0 };
const array: StateRef = { kind: 'state', name: 'z', type: 'int', length: 3, init: [0, 1, 2] };
const flag: StateRef = { kind: 'state', name: 'f', type: 'bit', length: 0, init: 1 };
const stray: StateRef = { kind: 'state', name: 'stray', type: 'real', length: 0, init: 0 };

const set = (value: Expr, state = scalar): Action => ({ do: 'set', state, value });
const event = (...actions: Action[]): EventKind => ({ edges: ['clk'], begins: [0], resets: [], actions });
const program = (parts: Partial<Program> = {}): Program => ({
  name: 'p',
  grid: { numerator: 1, denominator: 1000 },
  clocks: [{ name: 'clk', period: 2, offset: 0 }],
  params: [{ name: 'gain', value: 1, unit: '' }],
  states: [scalar, array, flag],
  records: [{ name: 'r', unit: '', type: 'real', clock: 0, offset: 0 }],
  events: [event(set(build.param('gain')))],
  timeline: { kind: 'table', length: 2, entries: [{ at: 0, event: 0 }] },
  signalNames: new Map(),
  ...parts,
});
const acting = (...actions: Action[]): Program => program({ events: [event(...actions)] });
const breachOf = (broken: Program): string => {
  try {
    verifyProgram(broken);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

const half = build.real(0.5);
const yes = build.bit(true);
const raw = intern as (op: string, type: string, src: readonly Expr[], arg: unknown) => Expr;
const loop = build.makeLoop(3);
const index = build.indexOf(loop);
const late = build.state(scalar);
const early = build.neg(build.toReal(index));

describe('verifyProgram', () => {
  it('passes Programs that are whole', () => {
    expect(breachOf(program())).toBe('none');
    for (const make of examplePrograms.values()) expect(breachOf(make())).toBe('none');
  });

  const broken: readonly (readonly [string, Program, string])[] = [
    [
      'a grid that is not exact',
      program({ grid: { numerator: 0.5, denominator: 1 } }),
      'the grid 0.5/1 is not a ratio of positive exact integers',
    ],
    ['a clock without a period', program({ clocks: [{ name: 'clk', period: 0, offset: 0 }] }), 'clock clk has period 0 and offset 0'],
    ['equal names', program({ states: [scalar, { ...scalar }] }), 'two of state x'],
    ['too few initial values', program({ states: [scalar, { ...array, init: [1] }] }), 'state z of length 3 has 1 initial values'],
    ['initial values of another type', program({ states: [scalar, { ...array, init: 0.5 }] }), 'state z of type int begins at 0.5'],
    ['a bit that is neither 0 nor 1', program({ states: [scalar, { ...flag, init: 2 }] }), 'state f of type bit begins at 2'],
    [
      'a record without a clock',
      program({ records: [{ name: 'r', unit: '', type: 'real', clock: 1, offset: 0 }] }),
      'record r has no clock 1',
    ],
    [
      'a record outside the first tick',
      program({ records: [{ name: 'r', unit: '', type: 'real', clock: 0, offset: 2 }] }),
      'record r is first written at 2, outside the first tick of clk',
    ],
    ['a clock that does not exist', program({ events: [{ ...event(), begins: [1] }] }), 'event clk: there is no clock 1'],
    ['a clock that begins twice', program({ events: [{ ...event(), begins: [0, 0] }] }), 'event clk: a clock begins twice'],
    ['a reset of nothing', program({ events: [{ ...event(), resets: [stray] }] }), 'event clk: there is no state stray'],
    ['a state reset twice', program({ events: [{ ...event(), resets: [scalar, scalar] }] }), 'event clk: a state is reset twice'],
    ['a set of nothing', acting(set(half, stray)), 'event clk: there is no state stray'],
    ['a set of another type', acting(set(yes)), 'event clk: set of bit on state x of type real'],
    ['a set of an array', acting(set(build.int(1), array)), 'event clk: set on state z of length 3'],
    ['two changes of a state', acting(set(half), set(half)), 'event clk: two actions on state x'],
    ['a put on a scalar', acting({ do: 'put', state: scalar, index: build.int(0), value: half }), 'event clk: put on state x of length 0'],
    [
      'a put at a real index',
      acting({ do: 'put', state: array, index: half, value: build.int(0) }),
      'event clk: put on state z at an index of type real',
    ],
    [
      'a fill of another length',
      acting({ do: 'fill', state: array, loop: build.makeLoop(2), value: build.int(0) }),
      'event clk: fill of state z of length 3 by a loop of length 2',
    ],
    ['a record of another type', acting({ do: 'record', record: 0, value: yes }), 'event clk: record of bit on record r of type real'],
    ['a record that does not exist', acting({ do: 'record', record: 4, value: half }), 'event clk: there is no record record 4'],
    [
      'a record written twice',
      acting({ do: 'record', record: 0, value: half }, { do: 'record', record: 0, value: half }),
      'event clk: two actions on record r',
    ],
    ['an input that is left', acting(set(build.input('in', 'real'))), 'input in was not replaced'],
    ['a parameter that does not exist', acting(set(build.param('gian'))), 'there is no parameter gian'],
    ['a clock count that does not exist', acting(set(build.tick('other'))), 'there is no clock other'],
    ['a read of no state', acting(set(build.state(stray))), 'there is no state stray'],
    ['a load from no state', acting(set(build.load({ ...array, name: 'w', type: 'real' }, build.int(0)))), 'there is no state w'],
    ['operands of two types', acting(set(raw('add', 'real', [half, build.int(1)], undefined))), 'add of real does not take (real, int)'],
    ['too few operands', acting(set(raw('div', 'real', [half], undefined))), 'div of real does not take (real)'],
    [
      'a logic operation on numbers',
      acting(set(raw('and', 'bit', [half, half], undefined), flag)),
      'and of bit does not take (real, real)',
    ],
    ['another result type', acting(set(raw('lt', 'real', [half, half], undefined))), 'lt gives bit, not real'],
    [
      'an int that does not fit',
      acting(set(raw('const', 'int', [], 2 ** 31), { ...scalar })),
      'const of int does not take () and is 2147483648',
    ],
    ['a node before its operand', acting(set(Object.freeze({ ...build.neg(late), id: late.id }))), 'neg stands before its operand'],
    ['an index outside of its loop', acting(set(early)), 'event clk: the index of a loop is used outside of it'],
    [
      'a loop used twice',
      acting(set(raw('sum', 'real', [early], loop)), { do: 'fill', state: array, loop, value: index }),
      'event clk: a loop belongs to two sums or fills',
    ],
    [
      'entries out of order',
      program({ timeline: { kind: 'table', length: 2, entries: [1, 0].map((at) => ({ at, event: 0 })) } }),
      'the entry at 0 follows one at 1',
    ],
    [
      'an entry beyond the end',
      program({ timeline: { kind: 'table', length: 2, entries: [{ at: 2, event: 0 }] } }),
      'an entry at 2 lies outside the hyperperiod of 2',
    ],
    [
      'an event that does not exist',
      program({ timeline: { kind: 'table', length: 2, entries: [{ at: 0, event: 1 }] } }),
      'there is no event 1',
    ],
    ['no edges', program({ timeline: { kind: 'merged', edges: [], eventOf: [-1] } }), '0 edges are merged, not 1 to 20'],
    [
      'too few masks',
      program({ timeline: { kind: 'merged', edges: [{ name: 'a', period: 1, offset: 0 }], eventOf: [-1] } }),
      '1 edges have 1 masks',
    ],
    [
      'an edge between grid ticks',
      program({ timeline: { kind: 'merged', edges: [{ name: 'a', period: 1.5, offset: 0 }], eventOf: [-1, 0] } }),
      'edge a has period 1.5 and offset 0',
    ],
    [
      'an event of no edge',
      program({ timeline: { kind: 'merged', edges: [{ name: 'a', period: 1, offset: 0 }], eventOf: [0, 0] } }),
      'there is an event of no edge',
    ],
  ];
  it.each(broken)('finds %s', (_, program, reason) => {
    expect(breachOf(program)).toBe(`internal: program p: ${reason}`);
  });

  it('finds the index of an inner loop outside of it', () => {
    const leaked = withArena(() => {
      const inner = build.makeLoop(2);
      const body = build.mul(build.toReal(build.indexOf(inner)), 0.5);
      return build.add(intern('sum', 'real', [body], inner), body);
    });
    expect(breachOf(acting(set(leaked)))).toBe('internal: program p: event clk: the index of a loop is used outside of it');
  });
});
