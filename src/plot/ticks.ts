// Where ticks stand: multiples of 1, 2 or 5 times a power of ten on linear axes, decades with minor
// ticks on logarithmic ones.

export interface Ticks {
  /** Ascending values with a label. */
  readonly major: readonly number[];
  /** Ascending values with a grid line only. */
  readonly minor: readonly number[];
  /** Distance of major ticks; undefined on a logarithmic axis. */
  readonly step: number | undefined;
}

/** The multiples of a nice step in [low, high], about `count` of them (between count / 2.5 and 2 * count + 1). Needs low < high. */
export function linearTicks(low: number, high: number, count: number): Ticks {
  const { mantissa, exponent } = niceStep((high - low) / count);
  // Dividing by a power of ten rounds once: 3 * 10^-1 is 0.3 and not 0.30000000000000004.
  const scaled = (k: number): number => (exponent < 0 ? (k * mantissa) / 10 ** -exponent : k * mantissa * 10 ** exponent);
  const step = scaled(1);
  const tolerance = 1e-9;
  const first = Math.ceil(low / step - tolerance);
  const last = Math.floor(high / step + tolerance);
  const major: number[] = [];
  for (let k = first; k <= last; k++) major.push(scaled(k) + 0);
  return { major, minor: [], step };
}

/** The 1-2-5 number nearest to `rough` in ratio. */
function niceStep(rough: number): { mantissa: number; exponent: number } {
  const exponent = Math.floor(Math.log10(rough));
  const ratio = rough / 10 ** exponent;
  if (ratio < Math.SQRT2) return { mantissa: 1, exponent };
  if (ratio < Math.sqrt(10)) return { mantissa: 2, exponent };
  if (ratio < Math.sqrt(50)) return { mantissa: 5, exponent };
  return { mantissa: 1, exponent: exponent + 1 };
}

/**
 * Decades in [low, high], 0 < low < high, every n-th if there are more than `count`; their multiples by 2 to 9 are minor.
 * With fewer than two decades in sight 2 and 5 get labels too, and when even these are too few the ticks are linear.
 */
export function logTicks(low: number, high: number, count: number): Ticks {
  const from = Math.floor(Math.log10(low) - 1e-9);
  const to = Math.ceil(Math.log10(high) + 1e-9);
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const decades: number[] = [];
  const others: number[] = [];
  for (let k = from; k <= to; k++) {
    const decade = Number(`1e${k}`);
    if (inside(decade)) decades.push(decade);
    for (let m = 2; m <= 9; m++) if (inside(Number(`${m}e${k}`))) others.push(Number(`${m}e${k}`));
  }
  if (decades.length > count) {
    const stride = Math.ceil(decades.length / count);
    return { major: decades.filter((_, i) => i % stride === 0), minor: decades.filter((_, i) => i % stride !== 0), step: undefined };
  }
  if (decades.length >= 2) return { major: decades, minor: others, step: undefined };
  const isLabelled = (value: number): boolean => /^[125]/.test(value.toExponential());
  const labelled = [...decades, ...others].filter(isLabelled).sort((a, b) => a - b);
  if (labelled.length >= 2) return { major: labelled, minor: others.filter((value) => !isLabelled(value)), step: undefined };
  return linearTicks(low, high, Math.min(count, 5));
}
