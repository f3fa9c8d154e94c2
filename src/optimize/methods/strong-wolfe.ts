// A line search for the strong Wolfe conditions: J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., algorithms 3.5
// (a bracket of growing steps) and 3.6 (zoom), with interpolation by a cubic as in their equation 3.59.

/** A point of the line: the loss there and its derivative by the length. */
export interface Probe {
  readonly length: number;
  readonly loss: number;
  readonly slope: number;
}

/** The conditions' constants for quasi-Newton methods (section 3.1): enough of a decrease, and enough less of a slope. */
const decrease = 1e-4;
const curvature = 0.9;
/** By how much lengths grow until a bracket is found. */
const growth = 2;

/**
 * A point where both conditions hold; or, when `probes` are used up or the bracket is as short as rounding allows, the lowest
 * point with enough of a decrease, if there is one.
 * @param origin the point of length 0, at a negative slope
 * @param first length tried first, > 0
 * @param probe a loss that is not finite counts as too long a step
 * @param probes how often `probe` may be called
 */
export async function searchStrongWolfe<Point extends Probe>(
  origin: Probe,
  first: number,
  probe: (length: number) => Promise<Point>,
  probes: number,
): Promise<Point | undefined> {
  const lowersEnough = (point: Probe): boolean => point.loss <= origin.loss + decrease * point.length * origin.slope;
  const isFlatEnough = (point: Probe): boolean => Math.abs(point.slope) <= -curvature * origin.slope;

  /** The lowest point so far with enough of a decrease; the end of the bracket with the lower loss is always this or the origin. */
  let best: Point | undefined;
  let low: Probe = origin;
  let high: Probe | undefined;
  let length = first;
  for (let used = 0; used < probes; used++) {
    const point = await probe(length);
    const isFinite = Number.isFinite(point.loss) && Number.isFinite(point.slope);
    if (!isFinite || !lowersEnough(point) || (best !== undefined && point.loss >= best.loss)) high = isFinite ? point : unknownAt(length);
    else {
      best = point;
      if (isFlatEnough(point)) return point;
      // The minimum lies on the side to which the loss falls: if away from `high`, the bracket is what lies behind.
      if (high === undefined ? point.slope >= 0 : point.slope * (high.length - low.length) >= 0) high = low;
      low = point;
    }
    if (high === undefined) length *= growth;
    else {
      length = interpolate(low, high);
      if (Math.abs(high.length - low.length) <= 4 * Number.EPSILON * Math.max(high.length, low.length)) break;
    }
    if (!(length > 0 && length < Infinity)) break;
  }
  return best;
}

const unknownAt = (length: number): Probe => ({ length, loss: NaN, slope: NaN });

/** Where the cubic through both ends has its minimum, kept off the ends by a tenth of the bracket; the middle if it has none. */
function interpolate(low: Probe, high: Probe): number {
  const span = high.length - low.length;
  const d1 = low.slope + high.slope - (3 * (low.loss - high.loss)) / (low.length - high.length);
  const d2 = Math.sign(span) * Math.sqrt(d1 * d1 - low.slope * high.slope);
  const share = 1 - (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
  return low.length + span * (Number.isFinite(share) ? Math.min(Math.max(share, 0.1), 0.9) : 0.5);
}
