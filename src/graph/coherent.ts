// Coherent frequencies: a whole number of periods fits into the run, so that a spectrum has the tone in one bin.

import { divideRational, greatestCommonDivisor, multiplyRational, rationalOfNumber, rationalToNumber } from '../numeric/rational.js';
import type { GraphClock } from './graph.js';

/** Beyond, neighbouring whole numbers are no longer told apart. */
const mostCycles = 2 ** 52;

/** The frequency nearest to `hertz` of which a whole number of periods, prime to the ticks, fits into the run. */
export function coherentHertz(hertz: number, clock: Pick<GraphClock, 'period'>, ticks: number): number {
  const duration = multiplyRational(clock.period, rationalOfNumber(ticks));
  const cycles = hertz * rationalToNumber(duration);
  if (!(cycles >= 0.5 && cycles <= mostCycles)) return hertz;
  return rationalToNumber(divideRational(rationalOfNumber(coherentCycles(cycles, ticks)), duration));
}

/** The nearest whole number; within one per cent a neighbour that is prime to the ticks, so that every sample of the sine differs. */
function coherentCycles(cycles: number, ticks: number): number {
  const nearest = Math.max(1, Math.round(cycles));
  const isPrime = (count: number): boolean => count >= 1 && greatestCommonDivisor(BigInt(count), BigInt(ticks)) === 1n;
  const sign = cycles >= nearest ? 1 : -1;
  for (let distance = 0; distance <= Math.max(0.5, 0.01 * cycles); distance++) {
    for (const count of [nearest + sign * distance, nearest - sign * distance]) if (isPrime(count)) return count;
  }
  return nearest;
}
