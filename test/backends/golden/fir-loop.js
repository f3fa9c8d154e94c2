"use strict";
return function run(S, P, D, R, Q, end) {
  const D0 = D[0];
  const D1 = D[1];
  const R0 = R[0];
  const A0 = S.subarray(0, 16);
  const F0 = new Float64Array(16);
  let k0 = Q[2] - 1 | 0;
  let base = Q[0], e = Q[1], n = 0;
  const c0 = D0[0]; // 20000
  const c1 = D0[1]; // 0.5
  const c2 = D0[2]; // 4
  const c3 = D0[3]; // 1
  for (; base + 0 < end; base += 1) {
    n = base + 0;
    k0 = (k0 + 1) | 0;
    let t0 = 0;
    for (let t1 = 0; t1 < 16; t1++) {
      const t2 = (D1[t1] * A0[t1]);
      t0 += t2;
    }
    const t3 = (c0 * (n / 1000000));
    const t4 = (c3 - (c2 * Math.abs(((t3 - Math.floor(t3)) - c1))));
    for (let t5 = 0; t5 < 16; t5++) {
      const t6 = (t5 - 1 | 0);
      F0[t5] = ((t5 === 0) ? t4 : A0[(t6 < 0 ? 0 : t6 > 15 ? 15 : t6)]);
    }
    R0[k0] = t0;
    A0.set(F0);
  }
  Q[2] = k0 + 1;
  Q[0] = base;
  Q[1] = e;
};
