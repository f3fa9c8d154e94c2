"use strict";
const T = new Float64Array(16);
const K = new Float64Array(2);
const copy = (to, at, from, start, length) => { for (let i = 0; i < length; i++) to[at + i] = from[start + i]; };
function e0c0(S, T, P, D, R, K) {
  const D0 = D[0];
  const t0 = (20000 * (K[0] / 1000000));
  const t1 = (1 - (4 * Math.abs(((t0 - Math.floor(t0)) - 0.5))));
  for (let t2 = 0; t2 < 16; t2++) {
    const t3 = (t2 - 1 | 0);
    T[0 + t2] = ((t2 === 0) ? t1 : S[0 + (t3 < 0 ? 0 : t3 > 15 ? 15 : t3)]);
  }
  let t4 = 0;
  for (let t5 = 0; t5 < 16; t5++) {
    const t6 = (D0[t5] * S[0 + t5]);
    t4 += t6;
  }
  R[0][K[1]] = t4;
}
function e0s0(S, T, P, D, R, K) {
  copy(S, 0, T, 0, 16);
}
function e0(S, T, P, D, R, K) {
  e0c0(S, T, P, D, R, K);
  e0s0(S, T, P, D, R, K);
}
return function run(S, P, D, R, Q, end) {
  K[1] = Q[2] - 1;
  let base = Q[0], e = Q[1], n = 0;
  for (; base + 0 < end; base += 1) {
    n = base + 0;
    K[1]++;
    K[0] = n;
    e0(S, T, P, D, R, K);
  }
  Q[2] = K[1] + 1;
  Q[0] = base;
  Q[1] = e;
};
