"use strict";
return function run(S, P, D, R, Q, end) {
  const D0 = D[0];
  const R0 = R[0];
  let s0 = S[0];
  let k0 = Q[2] - 1 | 0;
  let base = Q[0], e = Q[1], n = 0;
  const t0 = P[0];
  const t1 = P[1];
  const c0 = D0[0]; // 1000
  const c1 = D0[1]; // 0.5
  const c2 = D0[2]; // 4
  const c3 = D0[3]; // 1
  const AT = [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19], E = [1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0];
  for (;;) {
    n = base + AT[e];
    if (n >= end) break;
    switch (E[e]) {
      case 0: {
        k0 = (k0 + 1) | 0;
        const t2 = (c0 * (n / 1000000));
        const t3 = ((t0 * s0) + (t1 * (c3 - (c2 * Math.abs(((t2 - Math.floor(t2)) - c1))))));
        R0[k0] = s0;
        s0 = t3;
        break;
      }
      case 1: {
        k0 = (k0 + 1) | 0;
        s0 = 0.25;
        const t4 = (c0 * (n / 1000000));
        const t5 = ((t0 * s0) + (t1 * (c3 - (c2 * Math.abs(((t4 - Math.floor(t4)) - c1))))));
        R0[k0] = s0;
        s0 = t5;
        break;
      }
    }
    if (++e === 20) { e = 0; base += 20; }
  }
  S[0] = s0;
  Q[2] = k0 + 1;
  Q[0] = base;
  Q[1] = e;
};
