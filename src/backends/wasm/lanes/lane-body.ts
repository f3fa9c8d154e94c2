// Emits the nodes of a region for a group of lanes. A node that varies is emitted once for each of the group's vectors;
// what all lanes share is a scalar, as in a run of one lane, and is spread over a vector where lanes read it.

import type { Intrinsic } from '../../../ir/evaluate.js';
import { argOf, type Expr } from '../../../ir/expr.js';
import type { Region } from '../../../ir/order.js';
import { arrayLength, type ArrayRef, type ScalarType, type StateRef } from '../../../ir/types.js';
import type { Precision } from '../../batch.js';
import { isInside } from '../../uses.js';
import { BodyEmitter, doubleShift, type Intrinsics, type LeafCode, type Push } from '../body.js';
import type { FunctionBuilder } from '../function-builder.js';
import { emitClamp } from '../ops.js';
import { floatDefinition } from './float-functions.js';
import { truncatedParam } from './lane-memory.js';
import type { LaneOps, LaneTarget } from './lane-ops.js';
import { laneBytes, laneImage, vectorBytes, type LaneShape } from './lane-shape.js';

/** Pushes vector k of a value. */
export type PushLane = (code: FunctionBuilder, k: number) => void;

/** What the bodies of a module share. */
export interface LaneContext {
  readonly shape: LaneShape;
  readonly varies: ReadonlySet<Expr>;
  readonly ops: LaneOps;
  readonly intrinsics: Intrinsics;
  /** Elementary functions on vectors, of floats those that have a definition in floats. */
  readonly laneIntrinsics: Intrinsics;
  /** Scalar leaves. */
  readonly leaves: LeafCode;
  /** Byte offset of an array's first element in the group's area. */
  offsetOf(array: StateRef): number;
  /** Pushes vector k of a scalar state, a parameter or an input. */
  leaf(code: FunctionBuilder, expr: Expr, k: number): void;
  /** Pushes vector k of the int that a parameter is truncated to. */
  truncated(code: FunctionBuilder, param: string, k: number): void;
  /** Pushes the address of the group's area. */
  base(code: FunctionBuilder): void;
  /** Pushes a vector that has the eight bytes twice. */
  image(code: FunctionBuilder, image: bigint): void;
}

/** Values that were computed elsewhere. */
export interface Given {
  readonly scalars: ReadonlyMap<Expr, Push>;
  readonly lanes: ReadonlyMap<Expr, PushLane>;
  /** Byte addresses of the starts of blocks of random words by their operands, one for every four lanes; and the function that ends them. */
  readonly starts?: { readonly of: ReadonlyMap<string, readonly number[]>; readonly end: FunctionBuilder } | undefined;
}

/** What a block of random words is told by: its operands. */
export const blockKey = ({ src }: Expr): string => src.map((operand) => operand.id).join();

export class LaneBody extends BodyEmitter implements LaneTarget {
  private readonly context: LaneContext;
  private readonly givenLanes: ReadonlyMap<Expr, PushLane>;
  private readonly starts: Given['starts'];
  private readonly laneLocals = new Map<Expr, readonly number[]>();
  /** Shared values, spread. */
  private readonly spreads = new Map<Expr, number>();
  /** Locals of both uniforms of each block of random words, by its operands. */
  private readonly laneUniforms = new Map<string, readonly [readonly number[], readonly number[]]>();
  private readonly vectorScratches: number[] = [];
  /** Locals of the addresses of elements that all lanes share the index of, by index and last element. */
  private readonly addresses = new Map<string, number>();

  constructor(code: FunctionBuilder, region: Region, uses: ReadonlyMap<Expr, number>, context: LaneContext, given: Given) {
    super(code, region, uses, context.leaves, context.intrinsics, given.scalars);
    this.context = context;
    this.givenLanes = given.lanes;
    this.starts = given.starts;
  }

  /** Numbers of the vectors of a value. */
  get vectors(): readonly number[] {
    return this.context.shape.vectors;
  }

  varies(expr: Expr): boolean {
    return this.context.varies.has(expr);
  }

  /** Pushes vector k of the value of a node, of one that all lanes share spread over it. */
  pushLane(expr: Expr, k: number): void {
    const { code } = this;
    const locals = this.laneLocals.get(expr);
    const given = this.givenLanes.get(expr);
    if (locals !== undefined) code.get(locals[k]!);
    else if (given !== undefined) given(code, k);
    else if (this.varies(expr)) this.pushLaneNode(expr, k);
    else if (expr.op === 'const') this.constant(expr.type, argOf(expr, 'const'));
    else this.pushSpread(expr);
  }

  /** Locals with the vectors of a node, which no later change of a state reaches. */
  localsOf(expr: Expr): readonly number[] {
    return this.laneLocals.get(expr) ?? this.keepLanes(expr, (k) => this.pushLane(expr, k));
  }

  /** Keeps what `push` pushes in locals, as the node's. */
  keepLanes(expr: Expr, push: (k: number) => void): readonly number[] {
    const { code } = this;
    const locals = this.context.shape.vectors.map((k) => {
      const local = code.addLocal('v128');
      push(k);
      code.set(local);
      return local;
    });
    this.laneLocals.set(expr, locals);
    this.depths.set(expr, 0);
    return locals;
  }

  constant(type: ScalarType, value: number): void {
    this.context.image(this.code, laneImage(this.context.shape.precision, type, value));
  }

  scratchVector(n = 0): number {
    return (this.vectorScratches[n] ??= this.code.addLocal('v128'));
  }

  callLanes(name: Intrinsic): void {
    const { code, context } = this;
    const called = context.laneIntrinsics.get(name)!;
    if (context.shape.precision === 'f64' || floatDefinition(name) !== undefined) code.call(called);
    else this.callInHalves(called);
  }

  /** Spreads the scalar on the stack over a vector. */
  spread(type: ScalarType): void {
    const { code } = this;
    if (type === 'real') {
      if (this.context.shape.precision === 'f32') code.op('f32.demote_f64');
      code.op(this.context.shape.precision === 'f64' ? 'f64x2.splat' : 'f32x4.splat');
      return;
    }
    // -1 is all ones.
    if (type === 'bit') {
      code.i32(-1);
      code.op('i32.mul');
    }
    code.op('i32x4.splat');
  }

  /** Pushes the byte address of the element of a lane's array, less its offset in the group's area; clamps the index. */
  pushElementAddress(index: Expr, last: number): void {
    const { code } = this;
    const key = `${index.id} ${last}`;
    const known = this.addresses.get(key);
    if (known !== undefined) return code.get(known);
    this.push(index);
    if (!isInside(index, last)) emitClamp(code, this.scratch('i32')[0], last, this.leaves.isCount(index));
    code.i32(this.context.shape.slotShift);
    code.op('i32.shl');
    this.context.base(code);
    code.op('i32.add');
    const address = code.addLocal('i32');
    this.addresses.set(key, address);
    code.tee(address);
  }

  protected override emitNode(expr: Expr): void {
    if (!this.varies(expr)) super.emitNode(expr);
    else if (expr.op === 'sum') this.emitLaneSum(expr);
    else if (expr.op === 'uniform') this.emitLaneUniform(expr);
    else if (this.takesLocal(expr)) this.keepLanes(expr, (k) => this.pushLaneNode(expr, k));
  }

  private emitLaneSum(expr: Expr): void {
    const { code } = this;
    const sums = this.keepLanes(expr, () => this.constant('real', 0));
    const add = this.context.shape.precision === 'f64' ? 'f64x2.add' : 'f32x4.add';
    this.emitLoop(argOf(expr, 'sum'), () => {
      sums.forEach((sum, k) => {
        code.get(sum);
        this.pushLane(expr.src[0]!, k);
        code.op(add);
        code.set(sum);
      });
    });
  }

  /** Both uniforms of four lanes come from one call. */
  private emitLaneUniform(expr: Expr): void {
    const { code, context } = this;
    const key = blockKey(expr);
    let both = this.laneUniforms.get(key);
    if (both === undefined) {
      both = [context.shape.vectors.map(() => code.addLocal('v128')), context.shape.vectors.map(() => code.addLocal('v128'))];
      this.laneUniforms.set(key, both);
      const isWide = context.shape.precision === 'f64';
      for (let k = 0; k < context.shape.vectors.length; k += isWide ? 2 : 1) {
        const start = this.starts?.of.get(key)?.[isWide ? k / 2 : k];
        if (start === undefined) {
          for (const operand of expr.src) this.pushWords(operand, k);
          code.call(context.laneIntrinsics.get('uniform')!);
        } else {
          this.pushWords(expr.src[1]!, k);
          code.i32(start);
          code.call(this.starts!.end);
        }
        for (const which of [1, 0] as const) {
          if (isWide) code.set(both[which][k + 1]!);
          code.set(both[which][k]!);
        }
      }
    }
    this.laneLocals.set(expr, both[argOf(expr, 'uniform')]);
    this.depths.set(expr, 0);
  }

  /** Pushes four ints from vector k on, of doubles from two vectors. */
  pushWords(expr: Expr, k: number): void {
    this.pushLane(expr, k);
    if (this.context.shape.precision === 'f32') return;
    this.pushLane(expr, k + 1);
    this.code.shuffleWords([0, 1, 4, 5]);
  }

  private pushSpread(expr: Expr): void {
    const { code } = this;
    const known = this.spreads.get(expr);
    if (known !== undefined) return code.get(known);
    const local = code.addLocal('v128');
    this.push(expr);
    this.spread(expr.type);
    code.tee(local);
    this.spreads.set(expr, local);
  }

  private pushLaneNode(expr: Expr, k: number): void {
    switch (expr.op) {
      case 'param':
      case 'state':
      case 'input':
        return this.context.leaf(this.code, expr, k);
      case 'load':
        return this.pushLaneElement(expr, k);
      case 'const':
      case 'time':
      case 'tick':
      case 'index':
      case 'sum':
      case 'uniform':
      case 'surrogate':
        throw new Error(`internal: ${expr.op} of lanes is not pushed`);
      default: {
        if (expr.op === 'select' && this.pushConstantChoice(expr.src as [Expr, Expr, Expr], k)) return;
        const truncated = truncatedParam(expr);
        if (truncated !== undefined) return this.context.truncated(this.code, truncated, k);
        const [first, ...rest] = expr.src as [Expr, ...Expr[]];
        for (const operand of expr.op === 'select' ? [...rest, first] : expr.src) this.pushLane(operand, k);
        this.context.ops[expr.op](this, expr);
      }
    }
  }

  /** A choice between two constants, b ^ ((a ^ b) & mask), takes one operation less than one between any two values. */
  private pushConstantChoice([test, yes, no]: readonly [Expr, Expr, Expr], k: number): boolean {
    const { code, context } = this;
    const images = constantChoice(context.shape.precision, yes, no);
    if (images === undefined) return false;
    this.pushLane(test, k);
    for (const [i, image] of images.entries()) {
      context.image(code, image);
      code.op(i === 0 ? 'v128.and' : 'v128.xor');
    }
    return true;
  }

  private pushLaneElement(expr: Expr, k: number): void {
    const { code, context } = this;
    const array = argOf(expr, 'load');
    const index = expr.src[0]!;
    const last = arrayLength(array) - 1;
    if (this.varies(index)) return this.gather(array, index, k);
    if (array.kind === 'data') throw new Error('internal: a constant array does not vary');
    const offset = context.offsetOf(array) + vectorBytes * k;
    if (index.op === 'const') {
      context.base(code);
      code.loadVector(offset + context.shape.slotBytes * Math.max(0, Math.min(argOf(index, 'const'), last)));
    } else {
      this.pushElementAddress(index, last);
      code.loadVector(offset);
    }
  }

  /** Elements that each lane chooses, loaded one by one. */
  private gather(array: ArrayRef, index: Expr, k: number): void {
    const { code, context } = this;
    const { precision, lanesPerVector, slotShift } = context.shape;
    const addresses = this.scratchVector();
    this.pushLane(index, k);
    pushAddresses(this, arrayLength(array) - 1, array.kind === 'data' ? doubleShift : slotShift);
    code.set(addresses);
    const gathered = this.scratchVector(1);
    this.constant('real', 0);
    for (let lane = 0; lane < lanesPerVector; lane++) {
      code.set(gathered);
      if (array.kind === 'data' && precision === 'f32') {
        code.get(gathered);
        code.get(addresses);
        code.extractInt(lane);
        code.load(this.leaves.addressOf(array));
        code.op('f32.demote_f64');
        code.replaceLane('f32', lane);
        continue;
      }
      code.get(addresses);
      code.extractInt(lane);
      if (array.kind === 'data') {
        code.get(gathered);
        code.loadLane(64, this.leaves.addressOf(array), lane);
        continue;
      }
      context.base(code);
      code.op('i32.add');
      code.get(gathered);
      const width = laneBytes(precision, array.type);
      code.loadLane(width === 8 ? 64 : 32, context.offsetOf(array) + vectorBytes * k + width * lane, lane);
    }
  }

  /** Floats become doubles for an elementary function, two at a time. */
  private callInHalves(called: FunctionBuilder): void {
    const { code } = this;
    const args = called.type.params.map((_, i) => this.scratchVector(i + 2)).reverse();
    for (const arg of args) code.set(arg);
    args.reverse();
    const half = (isHigh: boolean): void => {
      for (const arg of args) {
        code.get(arg);
        if (isHigh) {
          code.get(arg);
          code.shuffleWords([2, 3, 2, 3]);
        }
        code.op('f64x2.promote_low_f32x4');
      }
      code.call(called);
      code.op('f32x4.demote_f64x2_zero');
    };
    half(false);
    half(true);
    code.shuffleWords([0, 1, 4, 5]);
  }
}

/** Turns the indices on the stack, one in each lane, into distances from the first element; they are clamped to 0 .. last. */
export function pushAddresses(to: Pick<LaneTarget, 'code' | 'constant'>, last: number, shift: number): void {
  const { code } = to;
  to.constant('int', last);
  code.op('i32x4.min_s');
  to.constant('int', 0);
  code.op('i32x4.max_s');
  code.i32(shift);
  code.op('i32x4.shl');
}

/** The images that a bit is joined with by `and`, then by `xor`, to choose between two constants. */
export function constantChoice(precision: Precision, yes: Expr, no: Expr): readonly [bigint, bigint] | undefined {
  if (yes.op !== 'const' || no.op !== 'const') return undefined;
  // Ints of a vector of doubles stand in its low half, bits do not.
  if (yes.type === 'int' && precision === 'f64') return undefined;
  const [a, b] = [yes, no].map((one) => laneImage(precision, one.type, argOf(one, 'const'))) as [bigint, bigint];
  return [a ^ b, b];
}
