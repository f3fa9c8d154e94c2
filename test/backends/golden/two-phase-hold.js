"use strict";
return function run(S, P, D, R, Q, end) {
  const D0 = D[0];
  const R0 = R[0];
  const R1 = R[1];
  let s0 = S[0];
  let s1 = S[1];
  let s2 = (S[2] | 0);
  let k0 = Q[2] - 1 | 0;
  let base = Q[0], e = Q[1], n = 0;
  const c0 = D0[0]; // 50000
  const c1 = D0[1]; // 0.5
  const c2 = D0[2]; // 4
  const c3 = D0[3]; // 1
  loop: for (;;) {
    switch (e) {
      case 0: {
        n = base + 1;
        if (n >= end) { e = 0; break loop; }
        k0 = (k0 + 1) | 0;
        const t0 = (c0 * (n / 1000000));
        const t1 = (c3 - (c2 * Math.abs(((t0 - Math.floor(t0)) - c1))));
        s0 = t1;
      }
      case 1: {
        n = base + 3;
        if (n >= end) { e = 1; break loop; }
        const t2 = s0;
        const t3 = (s2 + +(0 < s0) | 0);
        R0[k0] = s1;
        R1[k0] = s2;
        s1 = t2;
        s2 = t3;
      }
    }
    e = 0;
    base += 4;
  }
  S[0] = s0;
  S[1] = s1;
  S[2] = s2;
  Q[2] = k0 + 1;
  Q[0] = base;
  Q[1] = e;
};
