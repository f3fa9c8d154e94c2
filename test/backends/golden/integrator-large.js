"use strict";
const T = new Float64Array(1);
const K = new Float64Array(2);
const copy = (to, at, from, start, length) => { for (let i = 0; i < length; i++) to[at + i] = from[start + i]; };
function e0c0(S, T, P, D, R, K) {
  const t0 = (1000 * (K[0] / 1000000));
  T[0] = ((P[0] * S[0]) + (P[1] * (1 - (4 * Math.abs(((t0 - Math.floor(t0)) - 0.5))))));
  R[0][K[1]] = S[0];
}
function e0s0(S, T, P, D, R, K) {
  S[0] = T[0];
}
function e0(S, T, P, D, R, K) {
  e0c0(S, T, P, D, R, K);
  e0s0(S, T, P, D, R, K);
}
function e1r0(S, T, P, D, R, K) {
  S.fill(0.25, 0, 1);
}
function e1c0(S, T, P, D, R, K) {
  const t0 = (1000 * (K[0] / 1000000));
  T[0] = ((P[0] * S[0]) + (P[1] * (1 - (4 * Math.abs(((t0 - Math.floor(t0)) - 0.5))))));
  R[0][K[1]] = S[0];
}
function e1s0(S, T, P, D, R, K) {
  S[0] = T[0];
}
function e1(S, T, P, D, R, K) {
  e1r0(S, T, P, D, R, K);
  e1c0(S, T, P, D, R, K);
  e1s0(S, T, P, D, R, K);
}
return function run(S, P, D, R, Q, end) {
  K[1] = Q[2] - 1;
  let base = Q[0], e = Q[1], n = 0;
  const AT = [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19], E = [1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0];
  for (;;) {
    n = base + AT[e];
    if (n >= end) break;
    switch (E[e]) {
      case 0: {
        K[1]++;
        K[0] = n;
        e0(S, T, P, D, R, K);
        break;
      }
      case 1: {
        K[1]++;
        K[0] = n;
        e1(S, T, P, D, R, K);
        break;
      }
    }
    if (++e === 20) { e = 0; base += 20; }
  }
  Q[2] = K[1] + 1;
  Q[0] = base;
  Q[1] = e;
};
