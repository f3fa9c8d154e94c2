"use strict";
const T = new Float64Array(2);
const K = new Float64Array(2);
const copy = (to, at, from, start, length) => { for (let i = 0; i < length; i++) to[at + i] = from[start + i]; };
function e0c0(S, T, P, D, R, K) {
  const t0 = (50000 * (K[0] / 1000000));
  T[0] = (1 - (4 * Math.abs(((t0 - Math.floor(t0)) - 0.5))));
}
function e0s0(S, T, P, D, R, K) {
  S[0] = T[0];
}
function e0(S, T, P, D, R, K) {
  e0c0(S, T, P, D, R, K);
  e0s0(S, T, P, D, R, K);
}
function e1c0(S, T, P, D, R, K) {
  T[0] = S[0];
  T[1] = ((S[2] | 0) + +(0 < S[0]) | 0);
  R[0][K[1]] = S[1];
  R[1][K[1]] = (S[2] | 0);
}
function e1s0(S, T, P, D, R, K) {
  copy(S, 1, T, 0, 2);
}
function e1(S, T, P, D, R, K) {
  e1c0(S, T, P, D, R, K);
  e1s0(S, T, P, D, R, K);
}
return function run(S, P, D, R, Q, end) {
  K[1] = Q[2] - 1;
  let base = Q[0], e = Q[1], n = 0;
  loop: for (;;) {
    switch (e) {
      case 0: {
        n = base + 1;
        if (n >= end) { e = 0; break loop; }
        K[1]++;
        K[0] = n;
        e0(S, T, P, D, R, K);
      }
      case 1: {
        n = base + 3;
        if (n >= end) { e = 1; break loop; }
        K[0] = n;
        e1(S, T, P, D, R, K);
      }
    }
    e = 0;
    base += 4;
  }
  Q[2] = K[1] + 1;
  Q[0] = base;
  Q[1] = e;
};
