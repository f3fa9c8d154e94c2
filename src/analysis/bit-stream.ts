// Figures of bit-streams; for other signals a value above zero is a one.

import type { Waveform } from './waveform.js';

/** Share of ones, 0 .. 1. */
export function density({ values }: Waveform): number {
  return values.reduce((ones, value) => ones + (value > 0 ? 1 : 0), 0) / values.length;
}

/** Changes between one and zero, per second. */
export function transitionRateHz({ values, sampleRateHz }: Waveform): number {
  let changes = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > 0 !== values[i - 1]! > 0) changes++;
  return (changes / (values.length - 1)) * sampleRateHz;
}
