// Random Programs with everything the ir has: all operations and types, arrays, nested loops, resets,
// several events, and every kind of timeline. Values reach the edges of the numbers.

import fc from 'fast-check';
import * as build from '../../src/ir/build.js';
import { withArena, type Expr } from '../../src/ir/expr.js';
import type { Action, EventKind, Program, ProgramClock, Timeline } from '../../src/ir/program.js';
import type { ArrayRef, DataRef, ScalarType, StateRef } from '../../src/ir/types.js';

export const edgeReals = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2.5,
  1.5,
  NaN,
  Infinity,
  -Infinity,
  2 ** 31,
  -(2 ** 31),
  2147483647.5,
  2 ** 52,
  5e-324,
  1e308,
  1e-300,
];
export const edgeInts = [0, 1, -1, 2, 7, 1023, -1022, 2147483647, -2147483648];

const anyReal = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...edgeReals) },
  { weight: 1, arbitrary: fc.double({ min: -1e3, max: 1e3 }) },
);
const anyInt = fc.oneof(fc.constantFrom(...edgeInts), fc.integer());
const values: { readonly [K in ScalarType]: fc.Arbitrary<number> } = { real: anyReal, int: anyInt, bit: fc.constantFrom(0, 1) };
const anyType = fc.constantFrom<ScalarType[]>('real', 'int', 'bit');
const pick = fc.nat(1000);

/** How to make a node from those made before: operands are chosen by number among those of a fitting type. */
interface NodeRecipe {
  readonly op: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly body: readonly NodeRecipe[];
}
interface ActionRecipe {
  readonly value: number;
  readonly index: number;
  readonly kind: number;
  readonly body: readonly NodeRecipe[];
}
interface EventRecipe {
  readonly nodes: readonly NodeRecipe[];
  readonly actions: readonly (ActionRecipe | null)[];
  readonly resets: readonly number[];
}

type Pool = { readonly [K in ScalarType]: Expr[] };
type Maker = (pool: Pool, recipe: NodeRecipe, arrays: readonly ArrayRef[]) => Expr;

const choose = <T>(from: readonly T[], n: number): T => from[n % from.length]!;
/** Every other time one of the last few, which depend on the most. */
const operand = (from: readonly Expr[], n: number): Expr => (n % 2 === 0 ? choose(from, n >> 1) : latest(from, n >> 1));
const latest = (from: readonly Expr[], n: number): Expr => from[from.length - 1 - (n % Math.min(from.length, 4))]!;
const real =
  (make: (a: Expr, b: Expr) => Expr): Maker =>
  ({ real: from }, { a, b }) =>
    make(operand(from, a), operand(from, b));
const int =
  (make: (a: Expr, b: Expr) => Expr): Maker =>
  ({ int: from }, { a, b }) =>
    make(operand(from, a), operand(from, b));
const bit =
  (make: (a: Expr, b: Expr) => Expr): Maker =>
  ({ bit: from }, { a, b }) =>
    make(operand(from, a), operand(from, b));
const select =
  (type: ScalarType): Maker =>
  (pool, { a, b, c }) =>
    build.select(operand(pool.bit, a), operand(pool[type], b), operand(pool[type], c));

/** Few places, so that both uniforms of one block are often asked for. */
const random =
  (which: 0 | 1): Maker =>
  ({ int: from }, { a, b }) => {
    const [word, other] = [operand(from, a), operand(from, b)];
    return build.uniform(which, [word, other, build.int(7), word, build.int(-1), other]);
  };

/** Every inner operation of the ir, with int and real forms apart. */
export const makers: Readonly<Record<string, Maker>> = {
  add: real(build.add),
  sub: real(build.sub),
  mul: real(build.mul),
  div: real(build.div),
  min: real(build.min),
  max: real(build.max),
  neg: real((a) => build.neg(a)),
  abs: real((a) => build.abs(a)),
  floor: real((a) => build.floor(a)),
  round: real((a) => build.round(a)),
  sqrt: real((a) => build.sqrt(a)),
  exp: real((a) => build.exp(a)),
  log: real((a) => build.log(a)),
  sin: real((a) => build.sin(a)),
  cos: real((a) => build.cos(a)),
  tanh: real((a) => build.tanh(a)),
  pow: real(build.pow),
  lt: real(build.lt),
  le: real(build.le),
  eq: real(build.eq),
  intAdd: int(build.add),
  intSub: int(build.sub),
  intMul: int(build.mul),
  intMin: int(build.min),
  intMax: int(build.max),
  intNeg: int((a) => build.neg(a)),
  intAbs: int((a) => build.abs(a)),
  intLt: int(build.lt),
  intLe: int(build.le),
  intEq: int(build.eq),
  not: bit((a) => build.not(a)),
  and: bit(build.and),
  or: bit(build.or),
  xor: bit(build.xor),
  select: select('real'),
  intSelect: select('int'),
  bitSelect: select('bit'),
  intToReal: int((a) => build.toReal(a)),
  bitToReal: bit((a) => build.toReal(a)),
  realToInt: real((a) => build.toInt(a)),
  bitToInt: bit((a) => build.toInt(a)),
  pow2: int((a) => build.pow2(a)),
  exponent: real((a) => build.exponent(a)),
  uniform: random(0),
  secondUniform: random(1),
  load: (pool, { a, b }, arrays) => build.load(choose(arrays, a), operand(pool.int, b)),
  sum: (pool, recipe, arrays) =>
    build.sumOver(recipe.a % 4, (index) => {
      const inner = nested(pool, index);
      grow(inner, recipe.body, arrays);
      return latest(inner.real, recipe.b % 2);
    }),
};

/** The pool as a loop's body sees it, with the loop's index in front. */
function nested(pool: Pool, index: Expr): Pool {
  return { real: [...pool.real, build.toReal(index)], int: [...pool.int, index], bit: [...pool.bit] };
}

function grow(pool: Pool, recipes: readonly NodeRecipe[], arrays: readonly ArrayRef[]): void {
  for (const recipe of recipes) {
    const expr = makers[recipe.op]!(pool, recipe, arrays);
    pool[expr.type].push(expr);
  }
}

const flatOps = Object.keys(makers).filter((op) => op !== 'sum');
function recipes(depth: number, maxLength: number): fc.Arbitrary<NodeRecipe[]> {
  const lengths = { maxLength, size: 'max' } as const;
  const flat = fc.record({ op: fc.constantFrom(...flatOps), a: pick, b: pick, c: pick, body: fc.constant<NodeRecipe[]>([]) });
  if (depth === 0) return fc.array(flat, lengths);
  const loop = fc.record({ op: fc.constant('sum'), a: pick, b: pick, c: pick, body: recipes(depth - 1, 5) });
  return fc.array(fc.oneof({ weight: 7, arbitrary: flat }, { weight: 1, arbitrary: loop }), lengths);
}

const anyScalar = anyType.chain((type) => values[type].map((init) => ({ type, length: 0, init: init as number | number[] })));
const anyArray = fc.tuple(anyType, fc.integer({ min: 1, max: 5 })).chain(([type, length]) =>
  fc
    .oneof(
      values[type].map((init): number | number[] => init),
      fc.array(values[type], { minLength: length, maxLength: length }),
    )
    .map((init) => ({ type, length, init })),
);

const anyEvent = (stateCount: number): fc.Arbitrary<EventRecipe> =>
  fc.record({
    nodes: recipes(2, 30),
    actions: fc.array(fc.option(fc.record({ value: pick, index: pick, kind: pick, body: recipes(1, 4) }), { freq: 4 }), {
      minLength: stateCount + 3,
      maxLength: stateCount + 3,
    }),
    resets: fc.oneof({ weight: 2, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.uniqueArray(fc.nat(stateCount - 1)) }),
  });

const clocks: readonly ProgramClock[] = [
  { name: 'a', period: 2, offset: 0 },
  { name: 'b', period: 3, offset: 1 },
];

/** Tables of one entry, of up to 16, of more; and merged clocks. Each uses three kinds of events. */
const anyTimeline: fc.Arbitrary<Timeline> = fc.oneof(
  fc.record({
    kind: fc.constant('table' as const),
    length: fc.constant(2),
    entries: fc.constantFrom([{ at: 0, event: 0 }], [{ at: 1, event: 1 }]),
  }),
  fc.constantFrom<[number, number][]>([2, 16], [17, 40]).chain(([minLength, maxLength]) =>
    fc.record({
      kind: fc.constant('table' as const),
      length: fc.constant(64),
      entries: fc
        .tuple(fc.uniqueArray(fc.nat(63), { minLength, maxLength }), fc.array(fc.nat(2), { minLength: maxLength, maxLength }))
        .map(([ats, events]) => ats.sort((a, b) => a - b).map((at, i) => ({ at, event: events[i]! }))),
    }),
  ),
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(3), fc.nat(9)).map(([p, q, i, j]): Timeline => ({
    kind: 'merged',
    edges: [
      { name: 'a', period: p, offset: i },
      { name: 'b', period: q, offset: j },
    ],
    eventOf: [-1, 0, 1, 2],
  })),
);

const records = ['real', 'int', 'bit'].map((type, i) => ({
  name: `r${i}`,
  unit: '',
  type: type as ScalarType,
  clock: i % 2,
  offset: clocks[i % 2]!.offset,
}));

/** Programs of three kinds of events, two clocks, three records and up to seven states. */
export const anyProgram: fc.Arbitrary<Program> = fc
  .record({
    params: fc.array(anyReal, { minLength: 1, maxLength: 4 }),
    states: fc
      .tuple(fc.array(anyScalar, { minLength: 1, maxLength: 4 }), fc.array(anyArray, { maxLength: 3 }))
      .map(([a, b]) => [...a, ...b]),
    data: fc.array(fc.array(anyReal, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 2 }),
    timeline: anyTimeline,
    grid: fc.constantFrom({ numerator: 1, denominator: 1000 }, { numerator: 3, denominator: 7 }),
  })
  .chain((parts) => fc.tuple(fc.constant(parts), fc.array(anyEvent(parts.states.length), { minLength: 3, maxLength: 3 })))
  .map(([{ params, states, data, timeline, grid }, events]) =>
    withArena((): Program => {
      const refs = states.map((state, i): StateRef => ({ kind: 'state', name: `x${i}`, ...state }));
      const tables = data.map((numbers, i): DataRef => ({ kind: 'data', name: `d${i}`, values: Float64Array.from(numbers) }));
      return {
        name: 'random',
        grid,
        clocks,
        params: params.map((value, i) => ({ name: `p${i}`, value, unit: '' })),
        states: refs,
        records,
        events: events.map((event, kind) => buildEvent(event, kind, refs, tables, params.length)),
        timeline,
        signalNames: new Map(),
      };
    }),
  );

function buildEvent(
  recipe: EventRecipe,
  kind: number,
  states: readonly StateRef[],
  data: readonly DataRef[],
  paramCount: number,
): EventKind {
  const arrays = [...data, ...states.filter((state) => state.length > 0)];
  const pool: Pool = {
    real: [
      build.time(),
      build.tick('a'),
      build.tick('b'),
      build.real(0.25),
      build.real(-0),
      ...Array.from({ length: paramCount }, (_, i) => build.param(`p${i}`)),
    ],
    int: [build.int(3), build.int(-2147483648)],
    bit: [build.bit(true), build.bit(false)],
  };
  for (const state of states) if (state.length === 0) pool[state.type].push(build.state(state));
  grow(pool, recipe.nodes, arrays);
  const begins = kind === 2 ? [0, 1] : [kind];
  const changes = states.flatMap((state, i) => actionsOn(state, recipe.actions[i] ?? null, pool, arrays));
  const writes = records.flatMap(({ type, clock }, record): Action[] => {
    const action = recipe.actions[states.length + record];
    return action == null || !begins.includes(clock) ? [] : [{ do: 'record', record, value: latest(pool[type], action.value) }];
  });
  return { edges: [`e${kind}`], begins, resets: recipe.resets.map((i) => states[i]!), actions: [...changes, ...writes] };
}

function actionsOn(state: StateRef, recipe: ActionRecipe | null, pool: Pool, arrays: readonly ArrayRef[]): Action[] {
  if (recipe === null) return [];
  if (state.length === 0) return [{ do: 'set', state, value: latest(pool[state.type], recipe.value) }];
  if (recipe.kind % 2 === 0)
    return [{ do: 'put', state, index: latest(pool.int, recipe.index), value: latest(pool[state.type], recipe.value) }];
  const loop = build.makeLoop(state.length);
  const inner = nested(pool, build.indexOf(loop));
  grow(inner, recipe.body, arrays);
  return [{ do: 'fill', state, loop, value: latest(inner[state.type], recipe.value) }];
}
