"use strict";
return function run(S, P, D, R, Q, end) {
  const D0 = D[0];
  const R0 = R[0];
  const R1 = R[1];
  let s0 = S[0];
  let s1 = S[1];
  let k0 = Q[2] - 1 | 0;
  let base = Q[0], e = Q[1], n = 0;
  const t0 = P[0];
  const c0 = D0[0]; // 1000
  const c1 = D0[1]; // 0.5
  const c2 = D0[2]; // 4
  const c3 = D0[3]; // 1
  const c4 = D0[4]; // -1
  for (; base + 0 < end; base += 1) {
    n = base + 0;
    k0 = (k0 + 1) | 0;
    const t1 = (0 <= s1);
    const t2 = (c0 * (n / 1000000));
    const t3 = (t1 ? c3 : c4);
    const t4 = (s0 + (c1 * ((t0 * (c3 - (c2 * Math.abs(((t2 - Math.floor(t2)) - c1))))) - t3)));
    const t5 = (s1 + (c1 * (s0 - t3)));
    R0[k0] = +t1;
    R1[k0] = s1;
    s0 = t4;
    s1 = t5;
  }
  S[0] = s0;
  S[1] = s1;
  Q[2] = k0 + 1;
  Q[0] = base;
  Q[1] = e;
};
