// FFT of any length as a convolution with a chirp, done by power-of-two transforms (Bluestein 1970):
// jk = (j^2 + k^2 - (k-j)^2) / 2, so X[k] = c[k] * sum_j (x[j] c[j]) conj(c[k-j]) with c[k] = exp(-i*pi*k^2/n).

import { rootsOfUnity } from './roots-of-unity.js';
import type { ComplexArray } from './roots-of-unity.js';
import { planPowerOfTwo, transformPowerOfTwo } from './stockham.js';
import type { PowerOfTwoPlan } from './stockham.js';

export interface BluesteinPlan {
  readonly n: number;
  readonly chirp: ComplexArray;
  readonly convolution: PowerOfTwoPlan;
  /** Transform of the conjugate chirp, wrapped around, divided by the length of the convolution. */
  readonly kernel: ComplexArray;
}

export function planBluestein(n: number): BluesteinPlan {
  const roots = rootsOfUnity(2 * n);
  const chirp: ComplexArray = { re: new Float64Array(n), im: new Float64Array(n) };
  // k^2 mod 2n in exact integers: the angle never grows, so it never loses digits.
  for (let k = 0, square = 0; k < n; square = (square + 2 * k + 1) % (2 * n), k++) {
    chirp.re[k] = roots.re[square]!;
    chirp.im[k] = roots.im[square]!;
  }
  let length = 1;
  while (length < 2 * n - 1) length *= 2;
  const convolution = planPowerOfTwo(length);
  const wrapped: ComplexArray = { re: new Float64Array(length), im: new Float64Array(length) };
  for (let k = 0; k < n; k++) {
    const index = (length - k) % length;
    wrapped.re[k] = wrapped.re[index] = chirp.re[k]! / length;
    wrapped.im[k] = wrapped.im[index] = -chirp.im[k]! / length;
  }
  return { n, chirp, convolution, kernel: transformPowerOfTwo(convolution, wrapped) };
}

/** Forward transform, no scaling; `input` has length `plan.n` and is kept. */
export function transformBluestein(plan: BluesteinPlan, input: ComplexArray): ComplexArray {
  const { n, chirp, convolution, kernel } = plan;
  const padded: ComplexArray = { re: new Float64Array(convolution.n), im: new Float64Array(convolution.n) };
  multiply(input, chirp, padded, n);
  const product = transformPowerOfTwo(convolution, padded);
  multiply(product, kernel, product, convolution.n);
  // The inverse transform is the forward one with real and imaginary parts swapped on both sides.
  const swapped = transformPowerOfTwo(convolution, { re: product.im, im: product.re });
  const result: ComplexArray = { re: new Float64Array(n), im: new Float64Array(n) };
  multiply({ re: swapped.im, im: swapped.re }, chirp, result, n);
  return result;
}

function multiply(a: ComplexArray, b: ComplexArray, result: ComplexArray, count: number): void {
  for (let k = 0; k < count; k++) {
    const ar = a.re[k]!;
    const ai = a.im[k]!;
    const br = b.re[k]!;
    const bi = b.im[k]!;
    result.re[k] = ar * br - ai * bi;
    result.im[k] = ar * bi + ai * br;
  }
}
