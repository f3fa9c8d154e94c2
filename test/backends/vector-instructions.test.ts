// The instructions on vector registers: each is run on vectors of edge values in memory.

import { describe, expect, it } from 'vitest';
import { ModuleBuilder } from '../../src/backends/wasm/assembler.js';
import type { FunctionBuilder } from '../../src/backends/wasm/function-builder.js';
import { instructions, type InstructionForm } from '../../src/backends/wasm/instructions.js';
import type { vectorInstructions } from '../../src/backends/wasm/vector-instructions.js';
import { assemble, doubles, operands, type Value } from './assembled.js';

type VectorInstruction = keyof typeof vectorInstructions;

const floats = doubles.map(Math.fround);
const ints = [...operands.i32] as number[];
const mask = (value: boolean): number => (value ? -1 : 0);
const truncated = (x: number): number => (Number.isNaN(x) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(x))) + 0);
const nearest = (x: number): number => (Math.abs(x) < 2 ** 52 ? Math.sign(x) * (Math.abs(x) + 2 ** 52 - 2 ** 52) : x);
const unsignedProduct = (a: number, b: number): bigint => BigInt.asIntN(64, BigInt(a >>> 0) * BigInt(b >>> 0));

/** Lanes of a vector as numbers of one type. */
const laneViews = {
  i32: (buffer: ArrayBuffer) => new Int32Array(buffer, 0, 4),
  i64: (buffer: ArrayBuffer) => new BigInt64Array(buffer, 0, 2),
  f32: (buffer: ArrayBuffer) => new Float32Array(buffer, 0, 4),
  f64: (buffer: ArrayBuffer) => new Float64Array(buffer, 0, 2),
} as const;
type LaneType = keyof typeof laneViews;

/** What an instruction makes of vectors: types of the lanes that it takes and gives, and its meaning on all of them. */
interface VectorMeaning {
  readonly takes: LaneType;
  readonly gives: LaneType;
  readonly meaning: (a: Value[], b: Value[]) => Value[];
}
const laneValues: { readonly [K in LaneType]: readonly Value[] } = { i32: ints, i64: operands.i64, f32: floats, f64: doubles };
const each = (takes: LaneType, f: (a: number, b: number) => Value, gives: LaneType = takes): VectorMeaning => ({
  takes,
  gives,
  meaning: (a, b) => a.map((x, i) => f(Number(x), Number(b[i]))),
});
const longs = (f: (a: bigint) => bigint): VectorMeaning => ({
  takes: 'i64',
  gives: 'i64',
  meaning: (a) => a.map((x) => BigInt.asIntN(64, f(BigInt(x)))),
});
const lanes = (takes: LaneType, gives: LaneType, meaning: (a: number[], b: number[]) => Value[]): VectorMeaning => ({
  takes,
  gives,
  meaning: (a, b) => meaning(a.map(Number), b.map(Number)),
});
/** Shifts take their distance as an int. */
const shiftBy = 7;

const vectorMeanings: { readonly [K in Exclude<VectorInstruction, `${string}splat`>]: VectorMeaning } = {
  'i32x4.eq': each('i32', (a, b) => mask(a === b)),
  'i32x4.lt_s': each('i32', (a, b) => mask(a < b)),
  'i32x4.le_s': each('i32', (a, b) => mask(a <= b)),
  'f32x4.eq': each('f32', (a, b) => mask(a === b), 'i32'),
  'f32x4.lt': each('f32', (a, b) => mask(a < b), 'i32'),
  'f32x4.le': each('f32', (a, b) => mask(a <= b), 'i32'),
  'f64x2.eq': each('f64', (a, b) => BigInt(mask(a === b)), 'i64'),
  'f64x2.lt': each('f64', (a, b) => BigInt(mask(a < b)), 'i64'),
  'f64x2.le': each('f64', (a, b) => BigInt(mask(a <= b)), 'i64'),
  'v128.not': each('i32', (a) => ~a),
  'v128.and': each('i32', (a, b) => a & b),
  'v128.or': each('i32', (a, b) => a | b),
  'v128.xor': each('i32', (a, b) => a ^ b),
  'v128.bitselect': each('i32', (a, b) => (a & a) | (b & ~a)),
  'f32x4.demote_f64x2_zero': lanes('f64', 'f32', ([a, b]) => [Math.fround(a!), Math.fround(b!), 0, 0]),
  'f64x2.promote_low_f32x4': lanes('f32', 'f64', ([a, b]) => [a!, b!]),
  'f32x4.floor': each('f32', Math.floor),
  'f32x4.nearest': each('f32', nearest),
  'f64x2.floor': each('f64', Math.floor),
  'f64x2.nearest': each('f64', nearest),
  'i32x4.abs': each('i32', (a) => Math.abs(a) | 0),
  'i32x4.neg': each('i32', (a) => -a | 0),
  'i32x4.shl': each('i32', (a) => a << shiftBy),
  'i32x4.shr_u': each('i32', (a) => (a >>> shiftBy) | 0),
  'i32x4.add': each('i32', (a, b) => (a + b) | 0),
  'i32x4.sub': each('i32', (a, b) => (a - b) | 0),
  'i32x4.mul': each('i32', Math.imul),
  'i32x4.min_s': each('i32', Math.min),
  'i32x4.max_s': each('i32', Math.max),
  'i64x2.extend_low_i32x4_s': lanes('i32', 'i64', ([a, b]) => [BigInt(a!), BigInt(b!)]),
  'i64x2.shl': longs((a) => a << BigInt(shiftBy)),
  'i64x2.shr_u': longs((a) => BigInt.asUintN(64, a) >> BigInt(shiftBy)),
  'i64x2.extmul_low_i32x4_u': lanes('i32', 'i64', (a, b) => [0, 1].map((i) => unsignedProduct(a[i]!, b[i]!))),
  'i64x2.extmul_high_i32x4_u': lanes('i32', 'i64', (a, b) => [2, 3].map((i) => unsignedProduct(a[i]!, b[i]!))),
  'f32x4.abs': each('f32', Math.abs),
  'f32x4.neg': each('f32', (a) => -a),
  'f32x4.sqrt': each('f32', (a) => Math.fround(Math.sqrt(a))),
  'f32x4.add': each('f32', (a, b) => Math.fround(a + b)),
  'f32x4.sub': each('f32', (a, b) => Math.fround(a - b)),
  'f32x4.mul': each('f32', (a, b) => Math.fround(a * b)),
  'f32x4.div': each('f32', (a, b) => Math.fround(a / b)),
  'f32x4.pmin': each('f32', (a, b) => (b < a ? b : a)),
  'f32x4.pmax': each('f32', (a, b) => (a < b ? b : a)),
  'f64x2.abs': each('f64', Math.abs),
  'f64x2.neg': each('f64', (a) => -a),
  'f64x2.sqrt': each('f64', Math.sqrt),
  'f64x2.add': each('f64', (a, b) => a + b),
  'f64x2.sub': each('f64', (a, b) => a - b),
  'f64x2.mul': each('f64', (a, b) => a * b),
  'f64x2.div': each('f64', (a, b) => a / b),
  'f64x2.pmin': each('f64', (a, b) => (b < a ? b : a)),
  'f64x2.pmax': each('f64', (a, b) => (a < b ? b : a)),
  'i32x4.trunc_sat_f32x4_s': each('f32', truncated, 'i32'),
  'f32x4.convert_i32x4_s': each('i32', Math.fround, 'f32'),
  'i32x4.trunc_sat_f64x2_s_zero': lanes('f64', 'i32', ([a, b]) => [truncated(a!), truncated(b!), 0, 0]),
  'f64x2.convert_low_i32x4_s': lanes('i32', 'f64', ([a, b]) => [a!, b!]),
};

/** Runs code that leaves a vector on the stack, with two vectors in memory at 16 and 32; it comes back from memory. */
function runVectors(
  a: readonly Value[],
  b: readonly Value[],
  type: LaneType,
  gives: LaneType,
  write: (code: FunctionBuilder) => void,
): Value[] {
  const module = new ModuleBuilder();
  const code = module.addFunction();
  code.i32(0);
  write(code);
  code.storeVector(48);
  module.exportFunction('run', code);
  module.exportMemory('memory');
  const { run, memory } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes(1))).exports as {
    run: () => void;
    memory: WebAssembly.Memory;
  };
  [a, b].forEach((values, i) => {
    const lanesOfVector = laneViews[type](new ArrayBuffer(16));
    values.forEach((value, lane) => (lanesOfVector[lane] = value as never));
    new Uint8Array(memory.buffer).set(new Uint8Array(lanesOfVector.buffer), 16 + 16 * i);
  });
  run();
  return Array.from<Value>(laneViews[gives](memory.buffer.slice(48, 64)) as Iterable<Value> & ArrayLike<Value>);
}
const pushVector = (code: FunctionBuilder, at: number): void => {
  code.i32(0);
  code.loadVector(at);
};

describe.each(Object.keys(vectorMeanings) as (keyof typeof vectorMeanings)[])('%s', (name) => {
  it('gives what it means', () => {
    const { takes, gives, meaning } = vectorMeanings[name];
    const form: InstructionForm = instructions[name];
    const values = laneValues[takes];
    const count = takes.endsWith('32') ? 4 : 2;
    const vectorFrom = (first: number): Value[] => Array.from({ length: count }, (_, i) => values[(first + i) % values.length]!);
    for (let i = 0; i < values.length; i++) {
      for (let j = 0; j < values.length; j++) {
        const [a, b] = [vectorFrom(i), vectorFrom(j)];
        const result = runVectors(a, b, takes, gives, (code) => {
          pushVector(code, 16);
          if (form.takes[1] === 'i32') code.i32(shiftBy);
          else if (form.takes.length > 1) pushVector(code, 32);
          if (form.takes.length > 2) pushVector(code, 16);
          code.op(name);
        });
        expect([a, b, result]).toEqual([a, b, meaning(a, b)]);
      }
    }
  });
});

describe('vectors and scalars', () => {
  it('splat spreads a number, extract takes one lane', () => {
    const spread = (type: LaneType, write: (code: FunctionBuilder) => void) => runVectors([], [], type, type, write);
    expect(spread('i32', (code) => (code.i32(-5), code.op('i32x4.splat')))).toEqual([-5, -5, -5, -5]);
    expect(spread('f64', (code) => (code.f64(0.1), code.op('f64x2.splat')))).toEqual([0.1, 0.1]);
    const third = Math.fround(1 / 3);
    expect(spread('f32', (code) => (code.f64(1 / 3), code.op('f32.demote_f64'), code.op('f32x4.splat')))).toEqual([
      third,
      third,
      third,
      third,
    ]);
    for (const lane of [0, 1, 2, 3]) {
      const taken = runVectors([5, 6, 7, 8], [], 'i32', 'i32', (code) => {
        pushVector(code, 16);
        code.extractInt(lane);
        code.op('i32x4.splat');
      });
      expect(taken).toEqual(Array<number>(4).fill(5 + lane));
    }
    expect(assemble(['f64'], ['f64'], (code) => (code.get(0), code.op('f64x2.splat'), code.op('f64x2.extract_lane')))(2.5)).toBe(2.5);
  });

  it('replaces a lane', () => {
    const floatsAfter = runVectors([1, 2, 3, 4], [], 'f32', 'f32', (code) => {
      pushVector(code, 16);
      code.f64(9);
      code.op('f32.demote_f64');
      code.replaceLane('f32', 2);
    });
    expect(floatsAfter).toEqual([1, 2, 9, 4]);
    const doublesAfter = runVectors([1, 2], [], 'f64', 'f64', (code) => (pushVector(code, 16), code.f64(9), code.replaceLane('f64', 1)));
    expect(doublesAfter).toEqual([1, 9]);
  });

  it('shuffles words of two vectors', () => {
    const shuffled = runVectors([1, 2, 3, 4], [5, 6, 7, 8], 'i32', 'i32', (code) => {
      pushVector(code, 16);
      pushVector(code, 32);
      code.shuffleWords([0, 7, 2, 4]);
    });
    expect(shuffled).toEqual([1, 8, 3, 5]);
  });

  it('loads and stores lanes', () => {
    for (const [bits, type] of [
      [32, 'i32'],
      [64, 'f64'],
    ] as const) {
      const a = type === 'i32' ? [1, 2, 3, 4] : [1, 2];
      const b = type === 'i32' ? [5, 6, 7, 8] : [5, 6];
      const loaded = runVectors(a, b, type, type, (code) => {
        code.i32(0);
        pushVector(code, 16);
        code.loadLane(bits, 32, 1);
      });
      expect(loaded).toEqual([a[0], b[0], ...a.slice(2)]);
      const stored = runVectors(a, b, type, type, (code) => {
        code.i32(0);
        pushVector(code, 16);
        code.storeLane(bits, 32, 1);
        pushVector(code, 32);
      });
      expect(stored).toEqual([a[1], ...b.slice(1)]);
    }
  });
});
