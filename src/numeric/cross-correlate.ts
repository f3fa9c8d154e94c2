// Cross-correlation of two finite records by FFT, zero outside the records (not circular).

import { fft, inverseFft } from './fft.js';

/**
 * c[lag + maxLag] = sum_t a[t + lag] * b[t] for lag = -maxLag .. maxLag. Its maximum is at lag > 0 when `a` is a delayed `b`.
 * Both records have the same length n, 0 <= maxLag < n.
 */
export function crossCorrelate(a: Float64Array, b: Float64Array, maxLag: number): Float64Array {
  const n = a.length;
  if (b.length !== n) throw new RangeError(`records have ${n} and ${b.length} values`);
  if (!(maxLag >= 0 && maxLag < n)) throw new RangeError(`lag ${maxLag} is outside a record of ${n} values`);
  let length = 1;
  while (length < n + maxLag) length *= 2;
  // Both real records in one transform z = a + i b:  A = (Z[k] + conj Z[-k]) / 2,  B = (Z[k] - conj Z[-k]) / 2i.
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  re.set(a);
  im.set(b);
  const z = fft({ re, im });
  for (let k = 0; k < length; k++) {
    const m = (length - k) % length;
    const aR = (z.re[k]! + z.re[m]!) / 2;
    const aI = (z.im[k]! - z.im[m]!) / 2;
    const bR = (z.im[k]! + z.im[m]!) / 2;
    const bI = (z.re[m]! - z.re[k]!) / 2;
    // A * conj B
    re[k] = aR * bR + aI * bI;
    im[k] = aI * bR - aR * bI;
  }
  const circular = inverseFft({ re, im }).re;
  return Float64Array.from({ length: 2 * maxLag + 1 }, (_, i) => circular[(i - maxLag + length) % length]!);
}
