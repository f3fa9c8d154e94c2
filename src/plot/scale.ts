// Maps values to pixels, linearly or by decades, and chooses the domain of an axis from its data.

export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  /** Pixel of a value; values outside the domain map outside the range. A log scale takes positive values only. */
  readonly toPixel: (value: number) => number;
}

/** domain [a, b] with a < b to range [p, q]; p > q for an axis that grows upwards. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [a, b] = checkedDomain(domain);
  const [p, q] = range;
  return { kind: 'linear', domain, range, toPixel: (value) => p + ((value - a) / (b - a)) * (q - p) };
}

/** domain [a, b] with 0 < a < b, equal lengths for equal ratios. */
export function logScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [a, b] = checkedDomain(domain);
  if (a <= 0) throw new RangeError(`logarithmic domain starts at ${a}; it must be positive`);
  const [p, q] = range;
  const decades = Math.log10(b / a);
  return { kind: 'log', domain, range, toPixel: (value) => p + (Math.log10(value / a) / decades) * (q - p) };
}

function checkedDomain(domain: readonly [number, number]): readonly [number, number] {
  const [a, b] = domain;
  if (!(a < b && Number.isFinite(b - a))) throw new RangeError(`domain [${a}, ${b}] is empty or not finite`);
  return domain;
}

/**
 * A domain that shows values from `low` to `high` with a margin of `padding` times the span on both sides. Equal values
 * get a span around them; no value at all (`low > high`) gives [0, 1].
 */
export function paddedDomain(low: number, high: number, padding: number): [number, number] {
  if (low > high) return [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Under 1e-9 of the values' size the span is rounding error and not a signal.
  if (high - low <= 1e-9 * size) return size === 0 ? [-1, 1] : [low - 0.1 * size, high + 0.1 * size];
  const margin = padding * (high - low);
  return [low - margin, high + margin];
}
