// Constructors of expressions. Each checks the types of its operands and folds what can be folded
// without changing a bit of the result (x*1 and x-0 are exact; x+0 is not: it loses the sign of -0).

import { argOf, intern, type Expr, type Op } from './expr.js';
import { meanings, uniformMeaning, type Intrinsic, type PureOp } from './evaluate.js';
import { arrayLength, type ArrayRef, type LoopRef, type ScalarType, type StateRef } from './types.js';

/** Where a number is meant, a plain number may stand for a real constant. */
export type Operand = Expr | number;

// ---- leaves ----------------------------------------------------------------------------------------

export const real = (value: number): Expr => intern('const', 'real', [], value);
export const bit = (value: boolean): Expr => intern('const', 'bit', [], value ? 1 : 0);
export function int(value: number): Expr {
  if ((value | 0) !== value) throw new Error(`internal: ${value} is not a 32-bit integer`);
  return intern('const', 'int', [], value | 0);
}
export const param = (name: string): Expr => intern('param', 'real', [], name);
export const input = (key: string, type: ScalarType): Expr => intern('input', type, [], key);
export const time = (): Expr => intern('time', 'real', [], undefined);
export const tick = (clock: string): Expr => intern('tick', 'real', [], clock);
export function state(ref: StateRef): Expr {
  if (ref.length > 0) throw new Error(`internal: ${ref.name} is an array; use load`);
  return intern('state', ref.type, [], ref);
}

function constantOf(expr: Expr): number | undefined {
  return expr.op === 'const' ? argOf(expr, 'const') : undefined;
}
const isConstant = (expr: Expr, value: number): boolean => {
  const constant = constantOf(expr);
  return constant !== undefined && Object.is(constant, value);
};
const lift = (operand: Operand): Expr => (typeof operand === 'number' ? real(operand) : operand);

function expectType(op: Op, expr: Expr, ...types: ScalarType[]): void {
  if (!types.includes(expr.type)) throw new Error(`internal: ${op} takes ${types.join(' or ')}, got ${expr.type}`);
}

/** Builds a node, or its value when all operands are constants. */
function make(op: PureOp, type: ScalarType, src: readonly Expr[]): Expr {
  const values = src.map(constantOf);
  if (values.every((value) => value !== undefined)) {
    const operandType = op === 'select' ? src[1]!.type : src[0]!.type;
    const value = meanings[op](operandType, values[0]!, values[1] ?? 0, values[2] ?? 0);
    return intern('const', type, [], value);
  }
  return intern(op, type, src, undefined);
}

// ---- arithmetic ------------------------------------------------------------------------------------

function arithmetic(op: 'add' | 'sub' | 'mul' | 'min' | 'max', a: Operand, b: Operand): Expr {
  const [x, y] = [lift(a), lift(b)];
  expectType(op, x, 'real', 'int');
  expectType(op, y, x.type);
  return make(op, x.type, [x, y]);
}

export const add = (a: Operand, b: Operand): Expr => {
  const [x, y] = [lift(a), lift(b)];
  if (isConstant(y, -0)) return x;
  if (isConstant(x, -0)) return y;
  return arithmetic('add', x, y);
};
export const sub = (a: Operand, b: Operand): Expr => {
  const [x, y] = [lift(a), lift(b)];
  if (isConstant(y, 0)) return x;
  return arithmetic('sub', x, y);
};
export const mul = (a: Operand, b: Operand): Expr => {
  const [x, y] = [lift(a), lift(b)];
  if (isConstant(y, 1)) return x;
  if (isConstant(x, 1)) return y;
  return arithmetic('mul', x, y);
};
/** b < a ? b : a; NaN in `a` stays. */
export const min = (a: Operand, b: Operand): Expr => {
  const [x, y] = [lift(a), lift(b)];
  if (isConstant(y, Infinity)) return x;
  return arithmetic('min', x, y);
};
/** b > a ? b : a; NaN in `a` stays. */
export const max = (a: Operand, b: Operand): Expr => {
  const [x, y] = [lift(a), lift(b)];
  if (isConstant(y, -Infinity)) return x;
  return arithmetic('max', x, y);
};
export const neg = (a: Operand): Expr => {
  const x = lift(a);
  expectType('neg', x, 'real', 'int');
  return x.op === 'neg' ? x.src[0]! : make('neg', x.type, [x]);
};
export const abs = (a: Operand): Expr => {
  const x = lift(a);
  expectType('abs', x, 'real', 'int');
  return make('abs', x.type, [x]);
};

function realOp(op: 'div' | 'floor' | 'round' | 'sqrt', ...operands: Operand[]): Expr {
  const src = operands.map(lift);
  for (const operand of src) expectType(op, operand, 'real');
  return make(op, 'real', src);
}
export const div = (a: Operand, b: Operand): Expr => {
  const divisor = lift(b);
  return isConstant(divisor, 1) ? lift(a) : realOp('div', a, divisor);
};
export const floor = (a: Operand): Expr => realOp('floor', a);
export const round = (a: Operand): Expr => realOp('round', a);
export const sqrt = (a: Operand): Expr => realOp('sqrt', a);

function intrinsic(op: Intrinsic, ...operands: Operand[]): Expr {
  const src = operands.map(lift);
  for (const operand of src) expectType(op, operand, 'real');
  return intern(op, 'real', src, undefined);
}
export const exp = (a: Operand): Expr => intrinsic('exp', a);
export const log = (a: Operand): Expr => intrinsic('log', a);
export const sin = (a: Operand): Expr => intrinsic('sin', a);
export const cos = (a: Operand): Expr => intrinsic('cos', a);
export const tanh = (a: Operand): Expr => intrinsic('tanh', a);
export const pow = (a: Operand, b: Operand): Expr => intrinsic('pow', a, b);

/** One of the two uniforms of a block of random words; `place` has six ints: lane, tick, stream, draw and the two words of the key. */
export function uniform(which: 0 | 1, place: readonly Expr[]): Expr {
  if (place.length !== 6) throw new Error(`internal: uniform takes six operands, got ${place.length}`);
  for (const word of place) expectType('uniform', word, 'int');
  const values = place.map(constantOf);
  return values.every((value) => value !== undefined) ? real(uniformMeaning(which, values)) : intern('uniform', 'real', place, which);
}

/** Sum of terms from the left; 0 for none. */
export function addAll(terms: readonly Expr[]): Expr {
  return terms.length === 0 ? real(0) : terms.reduce((sum, term) => add(sum, term));
}
/** x limited to low .. high; NaN stays. */
export const clip = (x: Operand, low: Operand, high: Operand): Expr => min(max(x, low), high);

// ---- comparisons and bits --------------------------------------------------------------------------

function comparison(op: 'lt' | 'le' | 'eq', a: Operand, b: Operand): Expr {
  const [x, y] = [lift(a), lift(b)];
  expectType(op, x, 'real', 'int');
  expectType(op, y, x.type);
  return make(op, 'bit', [x, y]);
}
export const lt = (a: Operand, b: Operand): Expr => comparison('lt', a, b);
export const le = (a: Operand, b: Operand): Expr => comparison('le', a, b);
export const gt = (a: Operand, b: Operand): Expr => comparison('lt', b, a);
export const ge = (a: Operand, b: Operand): Expr => comparison('le', b, a);
export const eq = (a: Operand, b: Operand): Expr => comparison('eq', a, b);

export const not = (a: Expr): Expr => {
  expectType('not', a, 'bit');
  return a.op === 'not' ? a.src[0]! : make('not', 'bit', [a]);
};
function logic(op: 'and' | 'or' | 'xor', a: Expr, b: Expr): Expr {
  expectType(op, a, 'bit');
  expectType(op, b, 'bit');
  return make(op, 'bit', [a, b]);
}
export const and = (a: Expr, b: Expr): Expr => logic('and', a, b);
export const or = (a: Expr, b: Expr): Expr => logic('or', a, b);
export const xor = (a: Expr, b: Expr): Expr => logic('xor', a, b);

export const select = (test: Expr, yes: Operand, no: Operand): Expr => {
  const [a, b] = [lift(yes), lift(no)];
  expectType('select', test, 'bit');
  expectType('select', b, a.type);
  const decided = constantOf(test);
  if (decided !== undefined) return decided !== 0 ? a : b;
  return a === b ? a : make('select', a.type, [test, a, b]);
};

// ---- conversions -----------------------------------------------------------------------------------

export const toReal = (a: Operand): Expr => {
  const x = lift(a);
  return x.type === 'real' ? x : make('toReal', 'real', [x]);
};
export const toInt = (a: Operand): Expr => {
  const x = lift(a);
  return x.type === 'int' ? x : make('toInt', 'int', [x]);
};
export const pow2 = (n: Expr): Expr => {
  expectType('pow2', n, 'int');
  return make('pow2', 'real', [n]);
};
export const exponent = (x: Expr): Expr => {
  expectType('exponent', x, 'real');
  return make('exponent', 'int', [x]);
};

// ---- arrays ----------------------------------------------------------------------------------------

/** Element of an array before the event; an index outside is clamped into it. */
export function load(array: ArrayRef, index: Expr): Expr {
  expectType('load', index, 'int');
  if (arrayLength(array) === 0) throw new Error(`internal: ${array.name} has no elements`);
  return intern('load', array.kind === 'data' ? 'real' : array.type, [index], array);
}

/** Sum of `body(index)` for index = 0 .. length-1, as a loop. */
export function sumOver(length: number, body: (index: Expr) => Expr): Expr {
  const loop = makeLoop(length);
  const term = body(indexOf(loop));
  expectType('sum', term, 'real');
  return intern('sum', 'real', [term], loop);
}

export const makeLoop = (length: number): LoopRef => Object.freeze({ length });
export const indexOf = (loop: LoopRef): Expr => intern('index', 'int', [], loop);
