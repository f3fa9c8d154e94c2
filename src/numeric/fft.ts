// Discrete Fourier transform of any length, real or complex, in f64 with planar real and imaginary parts.
// X[k] = sum_j x[j] exp(-2*pi*i*j*k/n), unscaled; the inverse divides by n. Inputs are never changed.

import { planBluestein, transformBluestein } from './bluestein.js';
import { remember } from './remember.js';
import { rootsOfUnity } from './roots-of-unity.js';
import type { ComplexArray } from './roots-of-unity.js';
import { planPowerOfTwo, transformPowerOfTwo } from './stockham.js';

export type { ComplexArray } from './roots-of-unity.js';

/** A transform of one length; it may overwrite its input. */
type Transform = (input: ComplexArray) => ComplexArray;

const transformOf = remember((n: number): Transform => {
  if (Number.isInteger(Math.log2(n))) {
    const plan = planPowerOfTwo(n);
    return (input) => transformPowerOfTwo(plan, input);
  }
  const plan = planBluestein(n);
  return (input) => transformBluestein(plan, input);
});

const firstHalfOfRoots = remember((n: number) => rootsOfUnity(n, n / 2 + 1));

/** Forward transform of `n` complex values (n >= 0). Throws RangeError when the parts differ in length. */
export function fft(input: ComplexArray): ComplexArray {
  const n = input.re.length;
  if (input.im.length !== n) throw new RangeError(`real part has ${n} values, imaginary part ${input.im.length}`);
  const copy: ComplexArray = { re: Float64Array.from(input.re), im: Float64Array.from(input.im) };
  return n < 2 ? copy : transformOf(n)(copy);
}

/** Inverse transform: `inverseFft(fft(x))` is x. */
export function inverseFft(input: ComplexArray): ComplexArray {
  const n = input.re.length;
  const { re: im, im: re } = fft({ re: input.im, im: input.re });
  for (let k = 0; k < n; k++) {
    re[k] = re[k]! / n;
    im[k] = im[k]! / n;
  }
  return { re, im };
}

/** Forward transform of `n` real values: bins 0 .. floor(n/2); the others are their conjugates. */
export function realFft(values: Float64Array): ComplexArray {
  const n = values.length;
  if (n % 2 === 1 || n === 0) {
    const { re, im } = fft({ re: values, im: new Float64Array(n) });
    return { re: re.slice(0, (n + 1) / 2), im: im.slice(0, (n + 1) / 2) };
  }
  return evenRealFft(values);
}

/** Even and odd samples as one complex signal z of half the length: X[k] = E[k] + w^k O[k], w = exp(-2*pi*i/n). */
function evenRealFft(values: Float64Array): ComplexArray {
  const half = values.length / 2;
  const packed: ComplexArray = { re: new Float64Array(half), im: new Float64Array(half) };
  for (let j = 0; j < half; j++) {
    packed.re[j] = values[2 * j]!;
    packed.im[j] = values[2 * j + 1]!;
  }
  const z = half < 2 ? packed : transformOf(half)(packed);
  const w = firstHalfOfRoots(values.length);
  const re = new Float64Array(half + 1);
  const im = new Float64Array(half + 1);
  for (let k = 0; k <= half; k++) {
    const a = k % half;
    const b = (half - k) % half;
    // E = (Z[k] + conj Z[-k]) / 2,  O = (Z[k] - conj Z[-k]) / 2i
    const evenR = (z.re[a]! + z.re[b]!) / 2;
    const evenI = (z.im[a]! - z.im[b]!) / 2;
    const oddR = (z.im[a]! + z.im[b]!) / 2;
    const oddI = (z.re[b]! - z.re[a]!) / 2;
    re[k] = evenR + oddR * w.re[k]! - oddI * w.im[k]!;
    im[k] = evenI + oddR * w.im[k]! + oddI * w.re[k]!;
  }
  return { re, im };
}
