// Statistics of a measure over a campaign's points in memory that does not grow with them: a first pass gives count, mean,
// deviation and range, a second the quantiles and a histogram. Values come in the order of the points, so the bits are fixed.

import { percentile } from '../numeric/statistics.js';

/** A value and the point that has it, the first of several. */
export interface Extreme {
  readonly value: number;
  readonly point: number;
}

/** Bin i holds the values from start + i*width to before start + (i+1)*width; the last one those at its end, too. */
export interface Bins {
  readonly start: number;
  /** 0 if all values are one value: there is one bin then. */
  readonly width: number;
  readonly counts: readonly number[];
}

/** First pass. NaN, a measure that could not be taken, and infinities are counted apart; all else is about finite values. */
export class RunningStatistics {
  count = 0;
  missing = 0;
  infinite = 0;
  min: Extreme | undefined;
  max: Extreme | undefined;
  private center = 0;
  private squares = 0;

  /** B. P. Welford, Technometrics 4 (1962) 419-420: no digits are lost where the mean is far larger than the spread. */
  add(point: number, value: number): void {
    if (Number.isNaN(value)) this.missing++;
    else if (!Number.isFinite(value)) this.infinite++;
    else {
      this.count++;
      const before = value - this.center;
      this.center += before / this.count;
      this.squares += before * (value - this.center);
      if (this.min === undefined || value < this.min.value) this.min = { value, point };
      if (this.max === undefined || value > this.max.value) this.max = { value, point };
    }
  }

  /** NaN for no values. */
  get mean(): number {
    return this.count === 0 ? NaN : this.center;
  }

  /** Of the population that the points are a sample of (divided by n - 1); NaN for fewer than two values. */
  get standardDeviation(): number {
    return this.count < 2 ? NaN : Math.sqrt(this.squares / (this.count - 1));
  }
}

/** So many values are kept as they are; of more, how many fall into so many bins. */
const mostKept = 2 ** 16;
const mostBins = 200;
/** Of a histogram that is made of the fine bins: a power of two, so that each of its bins is a whole number of those. */
const mostMergedBins = 256;

/** Second pass, over the same values. Memory: 512 KiB. */
export class Distribution {
  private readonly low: number;
  private readonly high: number;
  private readonly count: number;
  /** The values, or the counts of the fine bins. */
  private readonly kept: Float64Array;
  private readonly isExact: boolean;
  private seen = 0;

  constructor({ count, min, max }: RunningStatistics) {
    this.low = min?.value ?? NaN;
    this.high = max?.value ?? NaN;
    this.count = count;
    this.isExact = count <= mostKept;
    this.kept = new Float64Array(Math.min(count, mostKept));
  }

  add(value: number): void {
    if (!Number.isFinite(value)) return;
    if (this.isExact) this.kept[this.seen] = value;
    else this.kept[binOf(value, this.low, this.high, mostKept)]!++;
    this.seen++;
  }

  /** By how much a percentile may be off: 0 up to 65536 values, above a 65536th of the range. */
  get resolution(): number {
    return this.isExact ? 0 : this.high / mostKept - this.low / mostKept;
  }

  /** Value below which a share `percent` (0 .. 100) lies, linear between order statistics; NaN for no values. */
  percentile(percent: number): number {
    this.checkComplete();
    if (this.isExact) return percentile(this.kept, percent);
    if (!(percent >= 0 && percent <= 100)) throw new RangeError(`percentile ${percent} is not between 0 and 100`);
    const position = (percent / 100) * (this.count - 1);
    const below = Math.floor(position);
    const share = position - below;
    const low = this.orderStatistic(below);
    return share === 0 ? low : (1 - share) * low + share * this.orderStatistic(below + 1);
  }

  /** Bins of one width from the least to the greatest value; none for no values. */
  histogram(): Bins {
    this.checkComplete();
    const { low, high } = this;
    if (!(low < high)) return { start: low, width: 0, counts: this.count === 0 ? [] : [this.count] };
    const wanted = this.wantedBins();
    const bins = this.isExact ? wanted : Math.min(mostMergedBins, 2 ** Math.ceil(Math.log2(wanted)));
    const counts = Array.from({ length: bins }, () => 0);
    if (this.isExact) for (const value of this.kept) counts[binOf(value, low, high, bins)]!++;
    else this.kept.forEach((count, fine) => (counts[Math.floor((fine * bins) / mostKept)]! += count));
    return { start: low, width: high / bins - low / bins, counts };
  }

  /** D. Freedman and P. Diaconis, Z. Wahrscheinlichkeitstheorie 57 (1981): width 2 IQR / n^(1/3); sqrt(n) bins where half of the values are one. */
  private wantedBins(): number {
    const ideal = (2 * (this.percentile(75) - this.percentile(25))) / Math.cbrt(this.count);
    const bins = ideal > 0 ? this.high / ideal - this.low / ideal : Math.sqrt(this.count);
    return Math.min(mostBins, Math.max(1, Math.ceil(bins)));
  }

  /** About the value that `rank` values are below: those of a fine bin are taken to lie evenly in it, but for the ends. */
  private orderStatistic(rank: number): number {
    if (rank === 0 || rank === this.count - 1) return rank === 0 ? this.low : this.high;
    let bin = 0;
    let before = 0;
    for (; before + this.kept[bin]! <= rank; bin++) before += this.kept[bin]!;
    const share = (bin + (rank - before + 0.5) / this.kept[bin]!) / mostKept;
    return (1 - share) * this.low + share * this.high;
  }

  private checkComplete(): void {
    if (this.seen !== this.count) throw new Error(`internal: ${this.seen} values in the second pass, ${this.count} in the first`);
  }
}

/** Halves keep the range of values with both signs from overflowing. */
function binOf(value: number, low: number, high: number, bins: number): number {
  const range = high / 2 - low / 2;
  return range === 0 ? 0 : Math.min(bins - 1, Math.floor(((value / 2 - low / 2) / range) * bins));
}
