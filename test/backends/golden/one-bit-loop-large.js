"use strict";
const T = new Float64Array(2);
const K = new Float64Array(2);
const copy = (to, at, from, start, length) => { for (let i = 0; i < length; i++) to[at + i] = from[start + i]; };
function e0c0(S, T, P, D, R, K) {
  const t0 = (1000 * (K[0] / 1000000));
  const t1 = (0 <= S[1]);
  const t2 = (t1 ? 1 : (-1));
  T[0] = (S[0] + (0.5 * ((P[0] * (1 - (4 * Math.abs(((t0 - Math.floor(t0)) - 0.5))))) - t2)));
  T[1] = (S[1] + (0.5 * (S[0] - t2)));
  R[0][K[1]] = +t1;
  R[1][K[1]] = S[1];
}
function e0s0(S, T, P, D, R, K) {
  copy(S, 0, T, 0, 2);
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
