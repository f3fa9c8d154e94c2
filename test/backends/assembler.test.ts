// The WebAssembly assembler: every instruction is run, and what it refuses throws where it is written.

import { describe, expect, it } from 'vitest';
import { ModuleBuilder } from '../../src/backends/wasm/assembler.js';
import { ByteWriter } from '../../src/backends/wasm/bytes.js';
import type { FunctionBuilder } from '../../src/backends/wasm/function-builder.js';
import { instructions, type Instruction, type InstructionForm } from '../../src/backends/wasm/instructions.js';
import type { vectorInstructions } from '../../src/backends/wasm/vector-instructions.js';
import { assemble, doubles, operands, type Value } from './assembled.js';

const bit = (value: boolean): number => (value ? 1 : 0);
const bits = new DataView(new ArrayBuffer(8));
const bitsOf = (x: number): bigint => (bits.setFloat64(0, x), bits.getBigInt64(0));
const ofBits = (x: bigint): number => (bits.setBigInt64(0, x), bits.getFloat64(0));
type ScalarInstruction = Exclude<Instruction, keyof typeof vectorInstructions | 'f64x2.extract_lane' | 'f32.demote_f64'>;

const int = (f: (a: number, b: number) => number) => (a: Value, b: Value) => f(Number(a), Number(b));
const long = (f: (a: bigint, b: bigint) => bigint) => (a: Value, b: Value) => BigInt.asIntN(64, f(BigInt(a), BigInt(b)));
const meanings: { readonly [K in ScalarInstruction]: (a: Value, b: Value) => Value } = {
  'i32.eqz': int((a) => bit(a === 0)),
  'i32.eq': int((a, b) => bit(a === b)),
  'i32.lt_s': int((a, b) => bit(a < b)),
  'i32.gt_s': int((a, b) => bit(a > b)),
  'i32.le_s': int((a, b) => bit(a <= b)),
  'i32.add': int((a, b) => (a + b) | 0),
  'i32.sub': int((a, b) => (a - b) | 0),
  'i32.mul': int(Math.imul),
  'i32.and': int((a, b) => a & b),
  'i32.or': int((a, b) => a | b),
  'i32.xor': int((a, b) => a ^ b),
  'i32.shl': int((a, b) => a << b),
  'i32.shr_s': int((a, b) => a >> b),
  'i32.shr_u': int((a, b) => (a >>> b) | 0),
  'i64.mul': long((a, b) => a * b),
  'i64.shl': long((a, b) => a << (b & 63n)),
  'i64.shr_u': long((a, b) => BigInt.asUintN(64, a) >> (b & 63n)),
  'f64.eq': int((a, b) => bit(a === b)),
  'f64.ne': int((a, b) => bit(a !== b)),
  'f64.lt': int((a, b) => bit(a < b)),
  'f64.gt': int((a, b) => bit(a > b)),
  'f64.le': int((a, b) => bit(a <= b)),
  'f64.ge': int((a, b) => bit(a >= b)),
  'f64.abs': int(Math.abs),
  'f64.neg': int((a) => -a),
  'f64.floor': int(Math.floor),
  'f64.nearest': int((a) => (Math.abs(a) < 2 ** 52 ? Math.sign(a) * (Math.abs(a) + 2 ** 52 - 2 ** 52) : a)),
  'f64.sqrt': int(Math.sqrt),
  'f64.add': int((a, b) => a + b),
  'f64.sub': int((a, b) => a - b),
  'f64.mul': int((a, b) => a * b),
  'f64.div': int((a, b) => a / b),
  'i32.wrap_i64': (a) => Number(BigInt.asIntN(32, BigInt(a))),
  'i64.extend_i32_u': (a) => BigInt(Number(a) >>> 0),
  'f64.convert_i32_s': int((a) => a),
  'f64.convert_i32_u': int((a) => a >>> 0),
  'i64.reinterpret_f64': (a) => bitsOf(Number(a)),
  'f64.reinterpret_i64': (a) => ofBits(BigInt(a)),
  'i32.trunc_sat_f64_s': int((a) => (Number.isNaN(a) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(a))) + 0)),
};
describe.each(Object.keys(meanings) as ScalarInstruction[])('%s', (name) => {
  it('gives what it means', () => {
    const { takes, gives }: InstructionForm = instructions[name];
    const values = operands[takes[0]!];
    const run = assemble([...takes], [gives], (code) => {
      takes.forEach((_, i) => code.get(i));
      code.op(name);
    });
    for (const a of values) for (const b of values) expect([a, b, run(a, b)]).toEqual([a, b, meanings[name](a, b)]);
  });
});

describe('instructions with arguments', () => {
  it.each([0, 63, 64, -64, -65, 2147483647, -2147483648])('i32.const %i', (value) => {
    expect(assemble([], ['i32'], (code) => code.i32(value))()).toBe(value);
  });
  it.each([0n, 2n ** 63n - 1n, -(2n ** 63n)])('i64.const %s', (value) => {
    expect(assemble([], ['i64'], (code) => code.i64(value))()).toBe(value);
  });
  it.each(doubles)('f64.const %d', (value) => {
    expect(assemble([], ['f64'], (code) => code.f64(value))()).toBe(value);
  });

  it('select, locals, globals and calls', () => {
    const run = assemble(['f64', 'f64', 'i32'], ['f64'], (code, module) => {
      const twice = module.addFunction(['f64'], ['f64']);
      twice.get(0);
      twice.get(0);
      twice.op('f64.add');
      const kept = module.addGlobal('f64');
      const local = code.addLocal('f64');
      code.get(0);
      code.get(1);
      code.get(2);
      code.select();
      code.set(local);
      code.get(local);
      code.tee(local);
      code.call(twice);
      code.setGlobal(kept);
      code.getGlobal(kept);
    });
    expect([run(3, 4, 1), run(3, 4, 0)]).toEqual([6, 8]);
  });

  it('loads, stores and copies memory', () => {
    const run = assemble(['f64'], ['f64'], (code) => {
      code.i32(8);
      code.get(0);
      code.store(16);
      for (const operand of [800, 24, 8]) code.i32(operand);
      code.copyMemory();
      code.i32(0);
      code.load(800);
    });
    expect(run(Math.PI)).toBe(Math.PI);
  });

  it('if, loop and branches: the sum of 1 .. n', () => {
    const run = assemble(['i32'], ['i32'], (code) => {
      const sum = code.addLocal('i32');
      code.get(0);
      code.if();
      const turn = code.loop();
      code.get(sum);
      code.get(0);
      code.op('i32.add');
      code.set(sum);
      code.get(0);
      code.i32(1);
      code.op('i32.sub');
      code.tee(0);
      code.brIf(turn);
      code.end();
      code.end();
      code.get(sum);
    });
    expect([0, 1, 10].map((n) => run(n))).toEqual([0, 1, 55]);
  });

  it('br_table goes to the label of its index', () => {
    const run = assemble(['i32'], ['i32'], (code) => {
      const result = code.addLocal('i32');
      const done = code.block();
      const labels = [code.block(), code.block(), code.block()].reverse();
      code.get(0);
      code.brTable(labels.slice(0, 2), labels[2]!);
      for (const value of [10, 20, 30]) {
        code.end();
        code.i32(value);
        code.set(result);
        code.br(done);
      }
      code.end();
      code.get(result);
    });
    expect([0, 1, 2, 3, -1].map((i) => run(i))).toEqual([10, 20, 30, 30, 30]);
  });
});

describe('mistakes', () => {
  const newFunction = (): FunctionBuilder => new ModuleBuilder().addFunction(['i32', 'f64'], ['f64']);
  it.each<[string, string, (code: FunctionBuilder) => void]>([
    ['an operand of another type', 'f64.add takes f64 and finds i32', (code) => (code.get(1), code.get(0), code.op('f64.add'))],
    ['no operand', 'f64.neg takes f64 and finds nothing', (code) => code.op('f64.neg')],
    ['an operand of the block around', 'local.set takes f64 and finds nothing', (code) => (code.get(1), code.block(), code.set(1))],
    ['a value left in a block', 'end in a block leaves (f64) on the stack', (code) => (code.block(), code.get(1), code.end())],
    ['code behind a branch', 'i32.const stands behind a branch and cannot be reached', (code) => (code.br(code.block()), code.i32(0))],
    ['an open block', '1 blocks are open at the end of a function', (code) => (code.block(), code.toBytes())],
    ['no result', 'a function that gives (f64) ends with ()', (code) => code.toBytes()],
    ['no local', 'there is no local 2', (code) => code.get(2)],
    ['an end too many', 'end outside of a block', (code) => code.end()],
    ['a number that is no int', '0.5 is not a 32-bit integer', (code) => code.i32(0.5)],
    ['a number that is no long', `${2n ** 63n} is not a 64-bit integer`, (code) => code.i64(2n ** 63n)],
    [
      'a branch to a closed block',
      'a branch to a block that is not open',
      (code) => {
        const label = code.block();
        code.end();
        code.br(label);
      },
    ],
  ])('%s throws', (_, message, write) => {
    expect(() => write(newFunction())).toThrow(new Error(`internal: wasm: ${message}`));
  });

  it('a memory beyond 32-bit addresses throws', () => {
    expect(() => new ModuleBuilder().toBytes(65537)).toThrow('internal: wasm: a memory of 65537 pages');
  });

  it('a number that is not unsigned throws', () => {
    expect(() => new ByteWriter().unsigned(-1)).toThrow('internal: -1 is not an unsigned 32-bit integer');
  });
});
