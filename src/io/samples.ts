// What every sampled recording becomes once it is read, whatever its file format: channels at one
// uniform rate. It is not a table: a CSV file with unevenly spaced rows never gets this far.

/** A recording of one or more channels, uniformly sampled. */
export interface Samples {
  /** Samples per second of every channel, positive. */
  readonly rateHz: number;
  /** One array per channel, all of one length of at least 1, every value finite. PCM full scale is 1.0. */
  readonly channels: readonly Float64Array[];
  /** One name per channel, all different. */
  readonly names: readonly string[];
  /** Name of a clock: each of its ticks takes the next sample, whatever the rate. Absent for recordings, which are read by time. */
  readonly clock?: string | undefined;
}
