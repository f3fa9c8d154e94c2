// Emits the nodes of a region into a function. A node that is used once is pushed where it is used; one that is used
// more often, or whose operands would stack too deep, gets a local.

import { arrayLength, type ArrayRef, type LoopRef } from '../../ir/types.js';
import { argOf, type Expr, type Op } from '../../ir/expr.js';
import type { Intrinsic } from '../../ir/evaluate.js';
import type { Region } from '../../ir/order.js';
import { countUses, isInside, leafOps } from '../uses.js';
import type { FunctionBuilder } from './function-builder.js';
import type { Instruction, ValueType } from './instructions.js';
import { emitClamp, emitConstant, emitFromMemory, valueTypeOf, wasmOps, type OpTarget } from './ops.js';

/** How leaves are pushed, each in its own type. */
export interface LeafCode {
  param(code: FunctionBuilder, name: string): void;
  input(code: FunctionBuilder, key: string): void;
  state(code: FunctionBuilder, expr: Expr): void;
  time(code: FunctionBuilder): void;
  tick(code: FunctionBuilder, clock: string): void;
  /** Whether an int is known not to be negative. */
  isCount(expr: Expr): boolean;
  /** Byte address of an array's first element. */
  addressOf(array: ArrayRef): number;
}

/** The functions that nodes call, by name. */
export type Intrinsics = ReadonlyMap<Intrinsic | 'uniform', FunctionBuilder>;
/** Pushes a value that was computed elsewhere. */
export type Push = (code: FunctionBuilder) => void;

const deepestPush = 24;
/** An address is an index shifted left by this. */
export const doubleShift = 3;
const repeatsOperands: ReadonlySet<Op> = new Set();

/** Uses of each node of a region, for all functions that it is emitted into. */
export const usesOf = (region: Region, roots: readonly Expr[]): ReadonlyMap<Expr, number> => countUses(region, roots, repeatsOperands);

const maskComparisons: { readonly [K in Op]?: Instruction } = { eq: 'f64x2.eq', lt: 'f64x2.lt', le: 'f64x2.le' };
const word = new DataView(new ArrayBuffer(8));

/** The bits of a double as a signed integer. */
function doubleBits(value: number): bigint {
  word.setFloat64(0, value);
  return word.getBigInt64(0);
}

export class BodyEmitter implements OpTarget {
  readonly code: FunctionBuilder;
  protected readonly region: Region;
  private readonly uses: ReadonlyMap<Expr, number>;
  protected readonly leaves: LeafCode;
  private readonly intrinsics: Intrinsics;
  protected readonly given: ReadonlyMap<Expr, Push>;
  /** Depth of the nodes emitted so far, those in locals 0. */
  protected readonly depths = new Map<Expr, number>();
  private readonly locals = new Map<Expr, number>();
  protected readonly indices = new Map<LoopRef, number>();
  /** Locals of both uniforms of each block of random words, by its operands. */
  private readonly uniforms = new Map<string, readonly [number, number]>();
  private readonly scratches = new Map<ValueType, readonly [number, number]>();

  /** `given` pushes nodes that are not in the region, such as hoisted ones. */
  constructor(
    code: FunctionBuilder,
    region: Region,
    uses: ReadonlyMap<Expr, number>,
    leaves: LeafCode,
    intrinsics: Intrinsics,
    given: ReadonlyMap<Expr, Push> = new Map(),
  ) {
    this.code = code;
    this.region = region;
    this.uses = uses;
    this.leaves = leaves;
    this.intrinsics = intrinsics;
    this.given = given;
  }

  /** Emits nodes in order. */
  emit(nodes: readonly Expr[]): void {
    for (const expr of nodes) this.emitNode(expr);
  }

  has(expr: Expr): boolean {
    return this.depths.has(expr);
  }

  /** Local of a node that has one. */
  localOf(expr: Expr): number | undefined {
    return this.locals.get(expr);
  }

  push(expr: Expr): void {
    const local = this.locals.get(expr);
    const given = this.given.get(expr);
    if (local !== undefined) this.code.get(local);
    else if (given !== undefined) given(this.code);
    else this.pushNode(expr);
  }

  /** Keeps the value on the stack in a local, as the node's. */
  keep(expr: Expr): void {
    const local = this.code.addLocal(valueTypeOf(expr.type));
    this.code.set(local);
    this.locals.set(expr, local);
    this.depths.set(expr, 0);
  }

  scratch(type: ValueType): readonly [number, number] {
    let pair = this.scratches.get(type);
    if (pair === undefined) this.scratches.set(type, (pair = [this.code.addLocal(type), this.code.addLocal(type)]));
    return pair;
  }

  call(name: Intrinsic): void {
    this.code.call(this.intrinsics.get(name)!);
  }

  /** The loop of a `sum` or `fill`: `body` gets the local of the index and ends the turn. */
  emitLoop(loop: LoopRef, body: (index: number) => void): void {
    if (loop.length === 0) return;
    const { code } = this;
    const index = code.addLocal('i32');
    this.indices.set(loop, index);
    code.i32(0);
    code.set(index);
    const turn = code.loop();
    this.emit(this.region.loops.get(loop)!.nodes);
    body(index);
    code.get(index);
    code.i32(1);
    code.op('i32.add');
    code.tee(index);
    code.i32(loop.length);
    code.op('i32.lt_s');
    code.brIf(turn);
    code.end();
  }

  protected emitNode(expr: Expr): void {
    if (expr.op === 'sum') {
      this.emitSum(expr);
      return;
    }
    if (expr.op === 'uniform') {
      this.emitUniform(expr);
      return;
    }
    if (!this.takesLocal(expr)) return;
    this.pushNode(expr);
    this.keep(expr);
  }

  /** Whether a node that is to be emitted gets a local of its own; notes its depth. */
  protected takesLocal(expr: Expr): boolean {
    const depth = 1 + expr.src.reduce((deepest, operand) => Math.max(deepest, this.depths.get(operand) ?? 0), 0);
    this.depths.set(expr, leafOps.has(expr.op) ? 0 : depth);
    return !leafOps.has(expr.op) && ((this.uses.get(expr) ?? 0) > 1 || depth > deepestPush);
  }

  private emitSum(expr: Expr): void {
    const { code } = this;
    const sum = code.addLocal('f64');
    code.f64(0);
    code.set(sum);
    this.emitLoop(argOf(expr, 'sum'), () => {
      code.get(sum);
      this.push(expr.src[0]!);
      code.op('f64.add');
      code.set(sum);
    });
    this.locals.set(expr, sum);
    this.depths.set(expr, 0);
  }

  /** Both uniforms come from one call: the second one asked for has its local already. */
  private emitUniform(expr: Expr): void {
    const { code } = this;
    const key = expr.src.map((operand) => operand.id).join();
    let pair = this.uniforms.get(key);
    if (pair === undefined) {
      this.uniforms.set(key, (pair = [code.addLocal('f64'), code.addLocal('f64')]));
      for (const operand of expr.src) this.push(operand);
      code.call(this.intrinsics.get('uniform')!);
      code.set(pair[1]);
      code.set(pair[0]);
    }
    this.locals.set(expr, pair[argOf(expr, 'uniform')]);
    this.depths.set(expr, 0);
  }

  private pushNode(expr: Expr): void {
    const { code, leaves } = this;
    switch (expr.op) {
      case 'const':
        return emitConstant(code, expr.type, argOf(expr, 'const'));
      case 'param':
        return leaves.param(code, argOf(expr, 'param'));
      case 'input':
        return leaves.input(code, argOf(expr, 'input'));
      case 'state':
        return leaves.state(code, expr);
      case 'time':
        return leaves.time(code);
      case 'tick':
        return leaves.tick(code, argOf(expr, 'tick'));
      case 'index':
        return code.get(this.indices.get(argOf(expr, 'index'))!);
      case 'load':
        return this.pushElement(expr);
      case 'sum':
        throw new Error('internal: a sum is emitted as a loop');
      case 'uniform':
        throw new Error('internal: uniforms are emitted as a call');
      default: {
        if (expr.op === 'select' && expr.type === 'real') return this.pushChoice(expr.src as [Expr, Expr, Expr]);
        const [first, ...rest] = expr.src as [Expr, ...Expr[]];
        for (const operand of expr.op === 'select' ? [...rest, first] : expr.src) this.push(operand);
        wasmOps[expr.op](this, expr);
      }
    }
  }

  /**
   * A choice of reals without a branch, which a one-bit stream would mispredict: engines make a branch of f64.select.
   * A comparison gives a mask in a vector register, where the operands are; any other bit moves them as integers.
   */
  private pushChoice([test, yes, no]: readonly [Expr, Expr, Expr]): void {
    const { code } = this;
    const compare = maskComparisons[test.op];
    if (compare !== undefined && test.src[0]!.type === 'real' && !this.locals.has(test) && !this.given.has(test)) {
      for (const operand of [yes, no, ...test.src]) {
        // A literal takes no register across the loop; the constants of choices are mostly powers of two, which are cheap.
        if (operand.op === 'const') code.f64(argOf(operand, 'const'));
        else this.push(operand);
        code.op('f64x2.splat');
      }
      code.op(compare);
      code.op('v128.bitselect');
      code.op('f64x2.extract_lane');
      return;
    }
    for (const operand of [yes, no]) {
      if (operand.op === 'const') code.i64(doubleBits(argOf(operand, 'const')));
      else {
        this.push(operand);
        code.op('i64.reinterpret_f64');
      }
    }
    this.push(test);
    code.select();
    code.op('f64.reinterpret_i64');
  }

  private pushElement(expr: Expr): void {
    const { code } = this;
    const array = argOf(expr, 'load');
    const [index] = expr.src as [Expr];
    const last = arrayLength(array) - 1;
    this.push(index);
    if (!isInside(index, last)) emitClamp(code, this.scratch('i32')[0], last, this.leaves.isCount(index));
    code.i32(doubleShift);
    code.op('i32.shl');
    code.load(this.leaves.addressOf(array));
    emitFromMemory(code, expr.type);
  }
}
