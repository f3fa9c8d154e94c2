// The low-pass prototype of the resampler: a sinc under a Kaiser window. Values only, no rates.
// Source: Oppenheim, Schafer, Discrete-Time Signal Processing, 3rd ed., section 7.5.3.

import { kaiser } from '../numeric/kaiser.js';

/** Zero crossings of the sinc on each side of its centre. */
export const halfLength = 64;

/**
 * Design attenuation of the stop band. With A = 100 dB and a length of 2*64 zero crossings the transition band is
 * (A - 7.95) / (14.36 * 128) = 0.050 of the lower rate wide, centred on half of that rate: pass band to 0.475, stop band
 * from 0.525.
 */
const stopBandDb = 100;
const beta = 0.1102 * (stopBandDb - 8.7);

/** The prototype at `z` zero crossings from its centre; 1 at 0, exactly 0 at every other whole number and beyond `halfLength`. */
export function kaiserSinc(z: number): number {
  if (z === 0) return 1;
  if (Math.abs(z) >= halfLength) return 0;
  // sin(pi z) from the distance to the nearest whole number, so that whole numbers give 0.
  const whole = Math.round(z);
  const sine = Math.sin(Math.PI * (z - whole)) * (whole % 2 === 0 ? 1 : -1);
  return (sine / (Math.PI * z)) * kaiser(z / halfLength, beta);
}
