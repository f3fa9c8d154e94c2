"use strict";
return function run(S, P, D, R, Q, end) {
  const R0 = R[0];
  const A0 = S.subarray(0, 8);
  let s1 = (S[8] | 0);
  let k0 = Q[2] - 1;
  let k1 = Q[3] - 1 | 0;
  let n = 0;
  let x0 = Q[4];
  let x1 = Q[5];
  const E = [-1,0,1,2];
  for (;;) {
    n = x0;
    if (x1 < n) n = x1;
    if (n >= end) break;
    switch (E[(x0 === n ? 1 : 0) + (x1 === n ? 2 : 0)]) {
      case 0: {
        k0++;
        const t0 = s1, t1 = k0;
        const t2 = ((s1 === 7) ? 0 : (s1 + 1 | 0));
        A0[(t0 < 0 ? 0 : t0 > 7 ? 7 : t0)] = t1;
        s1 = t2;
        break;
      }
      case 1: {
        k1 = (k1 + 1) | 0;
        const t3 = ((s1 === 7) ? 0 : (s1 + 1 | 0));
        R0[k1] = A0[(t3 < 0 ? 0 : t3 > 7 ? 7 : t3)];
        break;
      }
      case 2: {
        k0++;
        k1 = (k1 + 1) | 0;
        const t4 = ((s1 === 7) ? 0 : (s1 + 1 | 0));
        const t5 = s1, t6 = k0;
        const t7 = t4;
        R0[k1] = A0[(t4 < 0 ? 0 : t4 > 7 ? 7 : t4)];
        A0[(t5 < 0 ? 0 : t5 > 7 ? 7 : t5)] = t6;
        s1 = t7;
        break;
      }
    }
    if (x0 === n) x0 += 441;
    if (x1 === n) x1 += 1670;
  }
  S[8] = s1;
  Q[2] = k0 + 1;
  Q[3] = k1 + 1;
  Q[4] = x0;
  Q[5] = x1;
};
