// The instructions that take and give values on the operand stack and have no argument, with their codes and types
// (WebAssembly Core Specification 2.0, section 5.4). Those with arguments are methods of the function builder.

import { vectorInstructions } from './vector-instructions.js';

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

export interface InstructionForm {
  readonly code: readonly number[];
  /** Types of the operands, the top of the stack last. */
  readonly takes: readonly ValueType[];
  readonly gives: ValueType;
}

const form = (code: readonly number[], takes: readonly ValueType[], gives: ValueType): InstructionForm => ({ code, takes, gives });
const ints = (code: number): InstructionForm => form([code], ['i32', 'i32'], 'i32');
const longs = (code: number): InstructionForm => form([code], ['i64', 'i64'], 'i64');
const double = (code: number): InstructionForm => form([code], ['f64'], 'f64');
const doubles = (code: number): InstructionForm => form([code], ['f64', 'f64'], 'f64');
const comparison = (code: number): InstructionForm => form([code], ['f64', 'f64'], 'i32');

export const instructions = {
  'i32.eqz': form([0x45], ['i32'], 'i32'),
  'i32.eq': ints(0x46),
  'i32.lt_s': ints(0x48),
  'i32.gt_s': ints(0x4a),
  'i32.le_s': ints(0x4c),
  'i32.add': ints(0x6a),
  'i32.sub': ints(0x6b),
  'i32.mul': ints(0x6c),
  'i32.and': ints(0x71),
  'i32.or': ints(0x72),
  'i32.xor': ints(0x73),
  'i32.shl': ints(0x74),
  'i32.shr_s': ints(0x75),
  'i32.shr_u': ints(0x76),
  'i64.mul': longs(0x7e),
  'i64.shl': longs(0x86),
  'i64.shr_u': longs(0x88),
  'f64.eq': comparison(0x61),
  'f64.ne': comparison(0x62),
  'f64.lt': comparison(0x63),
  'f64.gt': comparison(0x64),
  'f64.le': comparison(0x65),
  'f64.ge': comparison(0x66),
  'f64.abs': double(0x99),
  'f64.neg': double(0x9a),
  'f64.floor': double(0x9c),
  'f64.nearest': double(0x9e),
  'f64.sqrt': double(0x9f),
  'f64.add': doubles(0xa0),
  'f64.sub': doubles(0xa1),
  'f64.mul': doubles(0xa2),
  'f64.div': doubles(0xa3),
  'i32.wrap_i64': form([0xa7], ['i64'], 'i32'),
  'i64.extend_i32_u': form([0xad], ['i32'], 'i64'),
  'f64.convert_i32_s': form([0xb7], ['i32'], 'f64'),
  'f64.convert_i32_u': form([0xb8], ['i32'], 'f64'),
  'i64.reinterpret_f64': form([0xbd], ['f64'], 'i64'),
  'f64.reinterpret_i64': form([0xbf], ['i64'], 'f64'),
  'i32.trunc_sat_f64_s': form([0xfc, 2], ['f64'], 'i32'),
  'f32.demote_f64': form([0xb6], ['f64'], 'f32'),
  /** Of lane 0. */
  'f64x2.extract_lane': form([0xfd, 0x21, 0], ['v128'], 'f64'),
  ...vectorInstructions,
} as const satisfies Record<string, InstructionForm>;

export type Instruction = keyof typeof instructions;

export const valueTypeCodes: { readonly [K in ValueType]: number } = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };
