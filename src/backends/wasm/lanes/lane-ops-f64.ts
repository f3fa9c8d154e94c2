// Operations on vectors of two doubles; ints are lanes 0 and 1 of i32x4.

import { laneOpsOf, type LaneOps, type LaneTarget } from './lane-ops.js';

const mantissaBits = 52;
const bias = 1023;

/** The low words of both halves become lanes 0 and 1. */
function lowWords({ code }: LaneTarget, scratch: number): void {
  code.tee(scratch);
  code.get(scratch);
  code.shuffleWords([0, 2, 0, 2]);
}

export const laneOpsF64: LaneOps = laneOpsOf({
  prefix: 'f64x2',
  widenMask: ({ code }) => code.op('i64x2.extend_low_i32x4_s'),
  narrowMask: (to) => lowWords(to, to.scratchVector()),
  realFromInt: ({ code }) => code.op('f64x2.convert_low_i32x4_s'),
  intFromReal: ({ code }) => code.op('i32x4.trunc_sat_f64x2_s_zero'),
  // The low 12 bits of n + 1023 become sign and exponent.
  pow2: (to) => {
    const { code } = to;
    to.constant('int', bias);
    code.op('i32x4.add');
    code.op('i64x2.extend_low_i32x4_s');
    code.i32(mantissaBits);
    code.op('i64x2.shl');
  },
  exponent: (to) => {
    const { code } = to;
    code.i32(mantissaBits);
    code.op('i64x2.shr_u');
    lowWords(to, to.scratchVector());
    to.constant('int', 0x7ff);
    code.op('v128.and');
    to.constant('int', bias);
    code.op('i32x4.sub');
  },
});
