// The instructions on vector registers that take and give values on the operand stack and have no argument, with their
// codes and types (WebAssembly Core Specification 2.0, section 5.4.8).

import type { InstructionForm, ValueType } from './instructions.js';

/** Codes beyond 127 take two bytes of LEB128. */
const form = (code: number, takes: readonly ValueType[], gives: ValueType = 'v128'): InstructionForm => ({
  code: code < 128 ? [0xfd, code] : [0xfd, (code & 0x7f) | 0x80, code >> 7],
  takes,
  gives,
});
const one = (code: number): InstructionForm => form(code, ['v128']);
const two = (code: number): InstructionForm => form(code, ['v128', 'v128']);
const shift = (code: number): InstructionForm => form(code, ['v128', 'i32']);

export const vectorInstructions = {
  'i32x4.splat': form(17, ['i32']),
  'f32x4.splat': form(19, ['f32']),
  'f64x2.splat': form(20, ['f64']),
  'i32x4.eq': two(55),
  'i32x4.lt_s': two(57),
  'i32x4.le_s': two(61),
  'f32x4.eq': two(65),
  'f32x4.lt': two(67),
  'f32x4.le': two(69),
  'f64x2.eq': two(71),
  'f64x2.lt': two(73),
  'f64x2.le': two(75),
  'v128.not': one(77),
  'v128.and': two(78),
  'v128.or': two(80),
  'v128.xor': two(81),
  /** Bits of the first operand where the third has ones, of the second where it has zeros. */
  'v128.bitselect': form(82, ['v128', 'v128', 'v128']),
  /** Lanes 2 and 3 of the result are zero. */
  'f32x4.demote_f64x2_zero': one(94),
  /** Of lanes 0 and 1. */
  'f64x2.promote_low_f32x4': one(95),
  'f32x4.floor': one(104),
  'f32x4.nearest': one(106),
  'f64x2.floor': one(117),
  'f64x2.nearest': one(148),
  'i32x4.abs': one(160),
  'i32x4.neg': one(161),
  'i32x4.shl': shift(171),
  'i32x4.shr_u': shift(173),
  'i32x4.add': two(174),
  'i32x4.sub': two(177),
  'i32x4.mul': two(181),
  'i32x4.min_s': two(182),
  'i32x4.max_s': two(184),
  /** Of lanes 0 and 1. */
  'i64x2.extend_low_i32x4_s': one(199),
  'i64x2.shl': shift(203),
  'i64x2.shr_u': shift(205),
  /** Products of lanes 0 and 1, or 2 and 3. */
  'i64x2.extmul_low_i32x4_u': two(222),
  'i64x2.extmul_high_i32x4_u': two(223),
  'f32x4.abs': one(224),
  'f32x4.neg': one(225),
  'f32x4.sqrt': one(227),
  'f32x4.add': two(228),
  'f32x4.sub': two(229),
  'f32x4.mul': two(230),
  'f32x4.div': two(231),
  /** b < a ? b : a. */
  'f32x4.pmin': two(234),
  /** a < b ? b : a. */
  'f32x4.pmax': two(235),
  'f64x2.abs': one(236),
  'f64x2.neg': one(237),
  'f64x2.sqrt': one(239),
  'f64x2.add': two(240),
  'f64x2.sub': two(241),
  'f64x2.mul': two(242),
  'f64x2.div': two(243),
  /** b < a ? b : a. */
  'f64x2.pmin': two(246),
  /** a < b ? b : a. */
  'f64x2.pmax': two(247),
  'i32x4.trunc_sat_f32x4_s': one(248),
  'f32x4.convert_i32x4_s': one(250),
  /** Lanes 2 and 3 of the result are zero. */
  'i32x4.trunc_sat_f64x2_s_zero': one(252),
  /** Of lanes 0 and 1. */
  'f64x2.convert_low_i32x4_s': one(254),
} as const satisfies Record<string, InstructionForm>;
