// SNDR of a record against the reference it should follow, such as speech through a coder: gain, offset and delay are
// forgiven, everything else is noise and distortion.

import { alignToReference } from './alignment.js';
import { decibels } from './decibels.js';
import type { Waveform } from './waveform.js';

export interface ReferenceSndr {
  /** Power of the scaled and delayed reference over that of what it leaves of the output. */
  readonly sndrDb: number;
  readonly gain: number;
  /** In the unit of the output. */
  readonly offset: number;
  /** Positive when the output comes after the reference. */
  readonly delaySeconds: number;
}

/** Delays up to `maxDelaySeconds` either way are searched; method, limits and errors as in `alignToReference`. */
export function referenceSndr(output: Waveform, reference: Waveform, maxDelaySeconds = Infinity): ReferenceSndr {
  const alignment = alignToReference(output, reference, maxDelaySeconds * output.sampleRateHz);
  return {
    sndrDb: decibels(alignment.signalPower / alignment.residualPower),
    gain: alignment.gain,
    offset: alignment.offset,
    delaySeconds: alignment.delayRows / output.sampleRateHz,
  };
}
