// Operations on vectors of four floats.

import { laneOpsOf, type LaneOps } from './lane-ops.js';

const mantissaBits = 23;
const bias = 127;

export const laneOpsF32: LaneOps = laneOpsOf({
  prefix: 'f32x4',
  widenMask: () => undefined,
  narrowMask: () => undefined,
  realFromInt: ({ code }) => code.op('f32x4.convert_i32x4_s'),
  intFromReal: ({ code }) => code.op('i32x4.trunc_sat_f32x4_s'),
  // Beyond the exponents of floats it is 0 or Infinity: 2^-127 would be subnormal.
  pow2: (to) => {
    const { code } = to;
    to.constant('int', bias + 1);
    code.op('i32x4.min_s');
    to.constant('int', -bias);
    code.op('i32x4.max_s');
    to.constant('int', bias);
    code.op('i32x4.add');
    code.i32(mantissaBits);
    code.op('i32x4.shl');
  },
  exponent: (to) => {
    const { code } = to;
    code.i32(mantissaBits);
    code.op('i32x4.shr_u');
    to.constant('int', 0xff);
    code.op('v128.and');
    to.constant('int', bias);
    code.op('i32x4.sub');
  },
});
