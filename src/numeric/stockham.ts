// The power-of-two core of the FFT: Stockham autosort, radix 4 with one radix-2 pass when log2(n) is odd.
// Forward only, no scaling. Stockham, T. G., "High-speed convolution and correlation", AFIPS 1966.

import { rootsOfUnity } from './roots-of-unity.js';
import type { ComplexArray } from './roots-of-unity.js';

export interface PowerOfTwoPlan {
  readonly n: number;
  /** exp(-2*pi*i*k/n). */
  readonly twiddles: ComplexArray;
}

/** `n` is a power of two, 1 included. */
export function planPowerOfTwo(n: number): PowerOfTwoPlan {
  return { n, twiddles: rootsOfUnity(n) };
}

/** Transforms `input`, which is overwritten; the result is a new pair or `input` itself. Both have length `plan.n`. */
export function transformPowerOfTwo(plan: PowerOfTwoPlan, input: ComplexArray): ComplexArray {
  const { n } = plan;
  let from = input;
  let to: ComplexArray = { re: new Float64Array(n), im: new Float64Array(n) };
  // Before each pass: `stride` interleaved transforms of length n / stride are left to do.
  for (let stride = 1; stride < n;) {
    const isRadix4 = n / stride >= 4;
    if (isRadix4) passRadix4(plan, stride, from, to);
    else passRadix2(n, from, to);
    stride *= isRadix4 ? 4 : 2;
    [from, to] = [to, from];
  }
  return from;
}

/** The last pass: n/2 butterflies of length 2, whose twiddles are all 1. */
function passRadix2(n: number, from: ComplexArray, to: ComplexArray): void {
  const half = n / 2;
  for (let q = 0; q < half; q++) {
    const ar = from.re[q]!;
    const ai = from.im[q]!;
    const br = from.re[q + half]!;
    const bi = from.im[q + half]!;
    to.re[q] = ar + br;
    to.im[q] = ai + bi;
    to.re[q + half] = ar - br;
    to.im[q + half] = ai - bi;
  }
}

function passRadix4(plan: PowerOfTwoPlan, stride: number, from: ComplexArray, to: ComplexArray): void {
  const quarter = plan.n / stride / 4;
  const jump = plan.n / 4;
  const { re: wr, im: wi } = plan.twiddles;
  const { re: xr, im: xi } = from;
  const { re: yr, im: yi } = to;
  for (let p = 0; p < quarter; p++) {
    const w1r = wr[p * stride]!;
    const w1i = wi[p * stride]!;
    const w2r = wr[2 * p * stride]!;
    const w2i = wi[2 * p * stride]!;
    const w3r = wr[3 * p * stride]!;
    const w3i = wi[3 * p * stride]!;
    for (let q = 0; q < stride; q++) {
      const a = q + stride * p;
      const b = a + jump;
      const c = b + jump;
      const d = c + jump;
      const sumAcR = xr[a]! + xr[c]!;
      const sumAcI = xi[a]! + xi[c]!;
      const diffAcR = xr[a]! - xr[c]!;
      const diffAcI = xi[a]! - xi[c]!;
      const sumBdR = xr[b]! + xr[d]!;
      const sumBdI = xi[b]! + xi[d]!;
      // -i * (b - d)
      const turnR = xi[b]! - xi[d]!;
      const turnI = xr[d]! - xr[b]!;
      const out = q + 4 * stride * p;
      yr[out] = sumAcR + sumBdR;
      yi[out] = sumAcI + sumBdI;
      const oneR = diffAcR + turnR;
      const oneI = diffAcI + turnI;
      yr[out + stride] = oneR * w1r - oneI * w1i;
      yi[out + stride] = oneR * w1i + oneI * w1r;
      const twoR = sumAcR - sumBdR;
      const twoI = sumAcI - sumBdI;
      yr[out + 2 * stride] = twoR * w2r - twoI * w2i;
      yi[out + 2 * stride] = twoR * w2i + twoI * w2r;
      const threeR = diffAcR - turnR;
      const threeI = diffAcI - turnI;
      yr[out + 3 * stride] = threeR * w3r - threeI * w3i;
      yi[out + 3 * stride] = threeR * w3i + threeI * w3r;
    }
  }
}
