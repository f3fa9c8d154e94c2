// Expr: the one immutable node of a traced step. Nodes are interned in the current arena, so equal
// expressions are one object and sharing needs no later pass. Build them with build.ts only.

import type { ArrayRef, LoopRef, ScalarType, StateRef } from './types.js';

/** What each operation carries besides its operands. */
export interface OpArgs {
  // leaves
  const: number;
  /** A tunable parameter of the Program, by name. */
  param: string;
  /** A placeholder in the trace of one block: port key, such as `in` or `in[2]`. */
  input: string;
  /** A scalar state, as it was before the event. */
  state: StateRef;
  /** Time of the event in seconds. */
  time: undefined;
  /** Ticks of the named clock that began before this event's tick: 0 in the first. */
  tick: string;
  /** The index of an enclosing loop. */
  index: LoopRef;
  // arrays
  /** Element of an array as it was before the event; the index is clamped into the array. */
  load: ArrayRef;
  /** Sum of the operand over the loop's index, added in index order from 0. */
  sum: LoopRef;
  // arithmetic on two reals or two ints
  add: undefined;
  sub: undefined;
  mul: undefined;
  /** b < a ? b : a. */
  min: undefined;
  /** b > a ? b : a. */
  max: undefined;
  neg: undefined;
  abs: undefined;
  // reals only
  div: undefined;
  floor: undefined;
  /** To the nearest integer, ties to even. */
  round: undefined;
  sqrt: undefined;
  exp: undefined;
  log: undefined;
  sin: undefined;
  cos: undefined;
  tanh: undefined;
  pow: undefined;
  /**
   * A random number in (0, 1): the first or second uniform of a Philox4x32-10 block, from six ints: four words of the
   * counter, two of the key (random/philox.ts).
   */
  uniform: 0 | 1;
  // comparisons of two reals or two ints
  lt: undefined;
  le: undefined;
  eq: undefined;
  // bits
  not: undefined;
  and: undefined;
  or: undefined;
  xor: undefined;
  /** bit ? a : b; both are evaluated. */
  select: undefined;
  // conversions
  /** From int or bit. */
  toReal: undefined;
  /** Truncation toward zero, saturating; NaN gives 0. From bit: 0 or 1. */
  toInt: undefined;
  /** 2^n, n in -1022 .. 1023. */
  pow2: undefined;
  /** floor(log2 |x|) of a normal number, as int. */
  exponent: undefined;
}

export type Op = keyof OpArgs;

export interface Expr {
  readonly op: Op;
  readonly type: ScalarType;
  readonly src: readonly Expr[];
  readonly arg: OpArgs[Op];
  /** Order of creation; an operand's id is smaller than its user's. */
  readonly id: number;
}

/** The argument of a node whose op is known. */
export function argOf<K extends Op>(expr: Expr, op: K): OpArgs[K] {
  if (expr.op !== op) throw new Error(`internal: expected ${op}, got ${expr.op}`);
  return expr.arg as OpArgs[K];
}

const objectIds = new WeakMap<object, number>();
let nextObjectId = 0;
let nextExprId = 0;
let arena: Map<string, Expr> | undefined;

/** Runs `work` with an arena of its own: equal expressions built inside are the same object. */
export function withArena<T>(work: () => T): T {
  const outer = arena;
  arena = new Map();
  try {
    return work();
  } finally {
    arena = outer;
  }
}

/** The node of these parts, an existing one if the arena has it. */
export function intern<K extends Op>(op: K, type: ScalarType, src: readonly Expr[], arg: OpArgs[K]): Expr {
  if (arena === undefined) return Object.freeze({ op, type, src, arg, id: nextExprId++ });
  let key = `${op} ${type} ${argKey(arg)}`;
  for (const operand of src) key += ` ${operand.id}`;
  let expr = arena.get(key);
  if (expr === undefined) {
    expr = Object.freeze({ op, type, src, arg, id: nextExprId++ });
    arena.set(key, expr);
  }
  return expr;
}

function argKey(arg: OpArgs[Op]): string {
  if (arg === undefined) return '';
  if (typeof arg === 'number') return Object.is(arg, -0) ? '-0' : String(arg);
  if (typeof arg === 'string') return JSON.stringify(arg);
  let id = objectIds.get(arg);
  if (id === undefined) objectIds.set(arg, (id = nextObjectId++));
  return `#${id}`;
}
