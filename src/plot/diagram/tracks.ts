// Channel routing: each net that changes height in a channel gets a vertical track. No two wires may
// run on top of each other, and few should cross.

/** A net in one channel: heights at which it comes from the left side and leaves to the right side. */
export interface Crossbar {
  readonly net: number;
  readonly lefts: readonly number[];
  readonly rights: readonly number[];
}

/** A crossbar with its track, 0 being the leftmost; -1 for a wire that runs straight through. */
export interface TrackedCrossbar extends Crossbar {
  readonly track: number;
}

/** Horizontals nearer than this would read as one wire. */
const nearPx = 4;
/** Verticals in one track keep this distance. */
const clearancePx = 6;
const overlapCost = 1e6;
/** Comparing all pairs is quadratic: with more turning wires than this, which nobody can read apart, a sort must do. */
const mostCompared = 400;

interface Bar extends Crossbar {
  readonly low: number;
  readonly high: number;
}

/** Tracks for all nets of a channel. A net may come back as two crossbars when it must turn twice (a dogleg). */
export function assignTracks(crossbars: readonly Crossbar[]): TrackedCrossbar[] {
  const straight = crossbars.filter(isStraight).map((bar) => ({ ...bar, track: -1 }));
  let bars = crossbars.filter((bar) => !isStraight(bar)).map(withExtent);
  if (bars.length > mostCompared) return [...straight, ...packTracks(sortBars(bars))];
  let order = orderBars(bars);
  // Two nets that trade heights cannot both be drawn with one vertical each: one gets a dogleg.
  for (let attempt = 0; attempt < 8; attempt++) {
    const stuck = findOverlap(order);
    if (stuck === undefined) break;
    bars = [...bars.filter((bar) => bar !== stuck), ...splitBar(stuck, crossbars, bars)];
    order = orderBars(bars);
  }
  return [...straight, ...packTracks(order)];
}

function isStraight({ lefts, rights }: Crossbar): boolean {
  const first = lefts[0] ?? rights[0]!;
  return [...lefts, ...rights].every((y) => Math.abs(y - first) < 0.01);
}

function withExtent(bar: Crossbar): Bar {
  const all = [...bar.lefts, ...bar.rights];
  return { ...bar, low: all.reduce((a, b) => Math.min(a, b)), high: all.reduce((a, b) => Math.max(a, b)) };
}

/** Crossings when `a` is left of `b`; far more when they would overlap: then a's right end meets b's left end. */
function cost(a: Bar, b: Bar): number {
  if (a.high < b.low - nearPx || b.high < a.low - nearPx) return 0;
  let sum = 0;
  for (const y of a.rights) if (y > b.low && y < b.high) sum++;
  for (const y of b.lefts) if (y > a.low && y < a.high) sum++;
  if (overlaps(a, b)) sum += overlapCost;
  return sum;
}

/** True if `a` left of `b` puts two horizontals on one height: a's runs right from its track, b's comes from the left to its own. */
function overlaps(a: Bar, b: Bar): boolean {
  // The two halves of a dogleg share a height by design, first half left.
  if (a.net === b.net) return !a.rights.some((y) => b.lefts.includes(y));
  return a.rights.some((right) => b.lefts.some((left) => Math.abs(left - right) < nearPx));
}

/** Orders bars from left to right: each is inserted where it adds the least cost, twice when there are few. */
function orderBars(bars: readonly Bar[]): Bar[] {
  let order: Bar[] = [];
  const insert = (bar: Bar): void => {
    // Cost of standing before everything, then updated step by step to the right.
    let current = order.reduce((sum, other) => sum + cost(bar, other), 0);
    let least = current;
    let best = 0;
    order.forEach((other, i) => {
      current += cost(other, bar) - cost(bar, other);
      if (current < least) {
        least = current;
        best = i + 1;
      }
    });
    order.splice(best, 0, bar);
  };
  bars.forEach(insert);
  if (bars.length <= 100) {
    for (let round = 0; round < 2; round++) {
      for (const bar of bars) {
        order = order.filter((other) => other !== bar);
        insert(bar);
      }
    }
  }
  return order;
}

/** Nested turns in the order that does not cross: downward ones from the lowest start, upward ones from the highest. */
function sortBars(bars: readonly Bar[]): Bar[] {
  const isDownward = ({ lefts, rights }: Bar): boolean => (lefts[0] ?? -Infinity) < (rights[0] ?? Infinity);
  const key = (bar: Bar): number => (isDownward(bar) ? -bar.low : bar.high);
  return [...bars].sort((a, b) => Number(isDownward(b)) - Number(isDownward(a)) || key(a) - key(b));
}

/** The first bar that overlaps another one in this order and can be split: it comes from the left and leaves to the right. */
function findOverlap(order: readonly Bar[]): Bar | undefined {
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length; j++) {
      const [a, b] = [order[i]!, order[j]!];
      if (a.high < b.low - nearPx || b.high < a.low - nearPx || !overlaps(a, b)) continue;
      if (a.lefts.length > 0 && a.rights.length > 0) return a;
      if (b.lefts.length > 0 && b.rights.length > 0) return b;
    }
  }
  return undefined;
}

/** Two bars joined by a horizontal at a height near the middle that nothing else in the channel uses. */
function splitBar(bar: Bar, crossbars: readonly Crossbar[], bars: readonly Bar[]): Bar[] {
  const taken = [...crossbars, ...bars].flatMap(({ lefts, rights }) => [...lefts, ...rights]);
  const middle = (bar.low + bar.high) / 2;
  const isFree = (y: number): boolean => taken.every((other) => Math.abs(other - y) >= clearancePx);
  let y = middle;
  for (let k = 1; !isFree(y); k++) y = middle + (k % 2 === 0 ? -1 : 1) * Math.ceil(k / 2) * 3;
  return [withExtent({ net: bar.net, lefts: bar.lefts, rights: [y] }), withExtent({ net: bar.net, lefts: [y], rights: bar.rights })];
}

/** The leftmost track for each bar, in order: bars share a track only where their verticals are apart. */
function packTracks(order: readonly Bar[]): TrackedCrossbar[] {
  const placed: { bar: Bar; track: number }[] = [];
  for (const bar of order) {
    let track = 0;
    for (const other of placed) {
      if (other.track >= track && other.bar.low < bar.high + clearancePx && bar.low < other.bar.high + clearancePx) track = other.track + 1;
    }
    placed.push({ bar, track });
  }
  return placed.map(({ bar: { net, lefts, rights }, track }) => ({ net, lefts, rights, track }));
}
