"use strict";
const T = new Float64Array(3);
const K = new Float64Array(3);
const copy = (to, at, from, start, length) => { for (let i = 0; i < length; i++) to[at + i] = from[start + i]; };
function e0c0(S, T, P, D, R, K) {
  T[0] = K[1];
  T[1] = (S[8] | 0);
  T[2] = (((S[8] | 0) === 7) ? 0 : ((S[8] | 0) + 1 | 0));
}
function e0s0(S, T, P, D, R, K) {
  S[8] = T[2];
  S[0 + (T[1] < 0 ? 0 : T[1] > 7 ? 7 : T[1])] = T[0];
}
function e0(S, T, P, D, R, K) {
  e0c0(S, T, P, D, R, K);
  e0s0(S, T, P, D, R, K);
}
function e1c0(S, T, P, D, R, K) {
  const t0 = (((S[8] | 0) === 7) ? 0 : ((S[8] | 0) + 1 | 0));
  R[0][K[2]] = S[0 + (t0 < 0 ? 0 : t0 > 7 ? 7 : t0)];
}
function e1(S, T, P, D, R, K) {
  e1c0(S, T, P, D, R, K);
}
function e2c0(S, T, P, D, R, K) {
  T[0] = K[1];
  T[1] = (S[8] | 0);
  const t0 = (((S[8] | 0) === 7) ? 0 : ((S[8] | 0) + 1 | 0));
  T[2] = t0;
  R[0][K[2]] = S[0 + (t0 < 0 ? 0 : t0 > 7 ? 7 : t0)];
}
function e2s0(S, T, P, D, R, K) {
  S[8] = T[2];
  S[0 + (T[1] < 0 ? 0 : T[1] > 7 ? 7 : T[1])] = T[0];
}
function e2(S, T, P, D, R, K) {
  e2c0(S, T, P, D, R, K);
  e2s0(S, T, P, D, R, K);
}
return function run(S, P, D, R, Q, end) {
  K[1] = Q[2] - 1;
  K[2] = Q[3] - 1;
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
        K[1]++;
        K[0] = n;
        e0(S, T, P, D, R, K);
        break;
      }
      case 1: {
        K[2]++;
        K[0] = n;
        e1(S, T, P, D, R, K);
        break;
      }
      case 2: {
        K[1]++;
        K[2]++;
        K[0] = n;
        e2(S, T, P, D, R, K);
        break;
      }
    }
    if (x0 === n) x0 += 441;
    if (x1 === n) x1 += 1670;
  }
  Q[2] = K[1] + 1;
  Q[3] = K[2] + 1;
  Q[4] = x0;
  Q[5] = x1;
};
