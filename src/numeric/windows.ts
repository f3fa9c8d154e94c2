// Windows for spectra: cosine sums w[j] = sum_m (-1)^m a_m cos(2*pi*m*j/n), periodic in n (not symmetric), so
// that a coherent tone fills exactly 2M-1 bins of a window with M terms. Harris, Proc. IEEE 66 (1978) 51-83.

import { remember } from './remember.js';

export const windowNames = ['rectangular', 'hann', 'blackman_harris', 'flat_top'] as const;
export type WindowName = (typeof windowNames)[number];

/** Coefficients a_m. Blackman-Harris: 4 terms, -92 dB (Harris, Table I); flat top: HFT95 (Heinzel, Ruediger, Schilling 2002). */
const coefficients: { readonly [name in WindowName]: readonly number[] } = {
  rectangular: [1],
  hann: [0.5, 0.5],
  blackman_harris: [0.35875, 0.48829, 0.14128, 0.01168],
  flat_top: [1, 1.9383379, 1.3045202, 0.402827, 0.0350665],
};

export interface Window {
  readonly name: WindowName;
  readonly values: Float64Array;
  /** sum of w. */
  readonly sum: number;
  /** Equivalent noise bandwidth in bins: n * sum w^2 / (sum w)^2. */
  readonly nbwBins: number;
  /** A coherent tone fills its bin and this many on either side. */
  readonly halfLobeBins: number;
}

const windowsOf: { readonly [name in WindowName]: (n: number) => Window } = {
  rectangular: remember((n: number) => computeWindow('rectangular', n)),
  hann: remember((n: number) => computeWindow('hann', n)),
  blackman_harris: remember((n: number) => computeWindow('blackman_harris', n)),
  flat_top: remember((n: number) => computeWindow('flat_top', n)),
};

/** The window of length `n` >= 1; it is kept, and not to be changed. */
export const makeWindow = (name: WindowName, n: number): Window => windowsOf[name](n);

function computeWindow(name: WindowName, n: number): Window {
  const terms = coefficients[name];
  const values = new Float64Array(n);
  let sum = 0;
  let squares = 0;
  for (let j = 0; j < n; j++) {
    let value = 0;
    for (let m = 0; m < terms.length; m++) value += (m % 2 === 0 ? 1 : -1) * terms[m]! * Math.cos((2 * Math.PI * ((m * j) % n)) / n);
    values[j] = value;
    sum += value;
    squares += value * value;
  }
  return { name, values, sum, nbwBins: (n * squares) / (sum * sum), halfLobeBins: halfLobeBins(name) };
}

export function halfLobeBins(name: WindowName): number {
  return coefficients[name].length - 1;
}

/** Bins on either side that the tail of a leaking tone is summed over; beyond them is less than 0.1 % of it. */
const tailBins = 500;

/**
 * Share of a tone's power that falls outside its nearest bin and `halfLobeBins` on either side, when its frequency is
 * `offsetBins` off that bin (-0.5 .. 0.5); 0 for a coherent tone. From the transform of a long window,
 * W(x) = n * sum_m a_m/2 (sinc(x-m) + sinc(x+m)), and Parseval.
 */
export function leakedShare(name: WindowName, offsetBins: number): number {
  const terms = coefficients[name];
  const transform = (x: number) => terms.reduce((sum, a, m) => sum + (a / 2) * (sinc(x - m) + sinc(x + m)), 0);
  const total = terms.reduce((sum, a, m) => sum + (m === 0 ? a * a : (a * a) / 2), 0);
  let outside = 0;
  for (let bin = terms.length; bin < terms.length + tailBins; bin++) {
    outside += transform(bin - offsetBins) ** 2 + transform(-bin - offsetBins) ** 2;
  }
  return outside / total;
}

/** sin(pi x) / (pi x), exactly 0 at whole numbers, where the sine of a rounded multiple of pi is not. */
function sinc(x: number): number {
  if (x === 0) return 1;
  const whole = Math.round(x);
  return ((whole % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * (x - whole))) / (Math.PI * x);
}
